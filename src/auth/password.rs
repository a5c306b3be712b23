//! Passwords: Argon2id, with nothing to tell a known account from an unknown one by the time that it takes.

use std::sync::OnceLock;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, Params, PasswordHasher as _, PasswordVerifier as _};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization as _;

use super::{Error, Refused};

/// Characters of the shortest password. What they are is nobody's business.
pub const SHORTEST: usize = 12;

/// Passwords hashed at the same time: each takes 19 MiB and a processor, and guesses must not take all.
static ROOM: Semaphore = Semaphore::const_new(2);

/// How a password compares with what is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is another, or there is none.
    Wrong,
    /// It is the one.
    Right,
    /// It is the one, and ought to be hashed anew: more effort is usual by now.
    RightButWeak,
}

/// Hashes a password that is long enough.
pub async fn hash(password: &str) -> Result<String, Error> {
    if password.chars().count() < SHORTEST {
        return Err(Refused::Short.into());
    }
    let password = normal(password);
    Ok(apart(move || Argon2::default().hash_password(&password).map(|hash: PasswordHash| hash.to_string())).await?)
}

/// Compares a password with a hash; without one it takes as long.
pub async fn verify(password: &str, hash: Option<String>) -> Result<Verdict, Error> {
    let password = normal(password);
    Ok(apart(move || match hash {
        Some(hash) => compare(&password, &PasswordHash::new(&hash)?),
        None => compare(&password, nobodys()?).map(|_| Verdict::Wrong),
    })
    .await?)
}

/// The same letters, however a keyboard composes them.
fn normal(password: &str) -> Vec<u8> {
    password.nfc().collect::<String>().into_bytes()
}

fn compare(password: &[u8], hash: &PasswordHash) -> Result<Verdict, argon2::password_hash::Error> {
    match Argon2::default().verify_password(password, hash) {
        Ok(()) if Params::try_from(hash).is_ok_and(|params| is_weak(&params)) => Ok(Verdict::RightButWeak),
        Ok(()) => Ok(Verdict::Right),
        Err(argon2::password_hash::Error::PasswordInvalid) => Ok(Verdict::Wrong),
        Err(error) => Err(error),
    }
}

fn is_weak(params: &Params) -> bool {
    params.m_cost() < Params::DEFAULT_M_COST || params.t_cost() < Params::DEFAULT_T_COST
}

/// A hash that no password is known for.
fn nobodys() -> Result<&'static PasswordHash, argon2::password_hash::Error> {
    static NOBODYS: OnceLock<PasswordHash> = OnceLock::new();
    if let Some(hash) = NOBODYS.get() {
        return Ok(hash);
    }
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).map_err(|_| argon2::password_hash::Error::Crypto)?;
    let hash = Argon2::default().hash_password(&secret)?;
    Ok(NOBODYS.get_or_init(|| hash))
}

/// Runs something long where it holds up no request.
async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, argon2::password_hash::Error> + Send + 'static,
) -> Result<T, argon2::password_hash::Error> {
    let _room = ROOM.acquire().await.map_err(|_| argon2::password_hash::Error::Internal)?;
    tokio::task::spawn_blocking(work).await.map_err(|_| argon2::password_hash::Error::Internal)?
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "three grey herons";

    #[tokio::test]
    async fn only_the_same_password_is_right() {
        let kept = hash(LONG).await.unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert_ne!(kept, hash(LONG).await.unwrap(), "salted");
        assert_eq!(verify(LONG, Some(kept.clone())).await.unwrap(), Verdict::Right);
        assert_eq!(verify("three grey heron", Some(kept)).await.unwrap(), Verdict::Wrong);
        assert_eq!(verify(LONG, None).await.unwrap(), Verdict::Wrong);
    }

    #[tokio::test]
    async fn twelve_characters_are_enough_and_eleven_are_not() {
        assert!(matches!(hash("ééééééééééé").await, Err(Error::Refused(Refused::Short))));
        let composed = hash("éééééééééééé").await.unwrap();
        assert_eq!(verify(&"e\u{301}".repeat(12), Some(composed)).await.unwrap(), Verdict::Right);
    }

    #[tokio::test]
    async fn a_hash_of_less_effort_is_to_be_made_anew() {
        let weak = Argon2::from(Params::new(8 * 1024, 1, 1, None).unwrap());
        let weak: PasswordHash = weak.hash_password(LONG.as_bytes()).unwrap();
        assert_eq!(verify(LONG, Some(weak.to_string())).await.unwrap(), Verdict::RightButWeak);
    }
}
