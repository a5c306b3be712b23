//! How often somebody may try to sign in, or report a problem: counted in the database, so that several servers count
//! together.

use std::net::IpAddr;

use jiff::{SignedDuration, Timestamp};

use super::{Error, Refused};
use crate::domain::problem::PLACE_KEPT;
use crate::store::sign_in::{self, Tried};
use crate::store::{self, Connection, Pool, problems};

/// How long a failed attempt counts.
const WINDOW: SignedDuration = SignedDuration::from_mins(15);
/// Failures of one account from one address.
const PER_ACCOUNT: i64 = 10;
/// Failures of all accounts from one address: many people may share it.
const PER_ADDRESS: i64 = 60;

/// Problems from one address, as long as it is remembered: a newsroom may share it.
const PROBLEMS: i64 = 10;

/// Counts a problem that is reported from an address, or says how long nothing more is taken from there. What is rolled
/// back was not counted.
pub async fn problem(
    conn: &mut Connection,
    address: IpAddr,
    now: Timestamp,
) -> Result<Result<(), SignedDuration>, store::Error> {
    let place = place(address);
    let (count, first) = problems::sent_from(conn, &place, now - PLACE_KEPT).await?;
    if let Some(first) = first.filter(|_| count >= PROBLEMS) {
        return Ok(Err((first + PLACE_KEPT).duration_since(now)));
    }
    problems::count_sent(conn, &place, now).await?;
    Ok(Ok(()))
}

/// Counts an attempt, before its password is looked at; refuses it if there were too many.
pub(super) async fn count(pool: &Pool, email: &str, place: &str, now: Timestamp) -> Result<(), Error> {
    let mut tx = pool.begin().await?;
    let tried = sign_in::tried(&mut tx, email, place, now - WINDOW).await?;
    if let Some(until) = until(&tried) {
        return Err(Refused::TooOften(until.duration_since(now)).into());
    }
    sign_in::add(&mut tx, email, place, now, now - WINDOW).await?;
    tx.commit().await?;
    Ok(())
}

fn until(tried: &Tried) -> Option<Timestamp> {
    let of_account = tried.account_since.filter(|_| tried.account >= PER_ACCOUNT);
    let of_address = tried.address_since.filter(|_| tried.address >= PER_ADDRESS);
    of_account.max(of_address).map(|since| since + WINDOW)
}

/// Where somebody is, as it is counted: an owner of an IPv6 network has all addresses of it.
pub(super) fn place(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_of_ipv6_is_one_place() {
        let place = |text: &str| place(text.parse().unwrap());
        assert_eq!(place("2001:db8:1:2::1"), place("2001:db8:1:2:ffff::9"));
        assert_ne!(place("2001:db8:1:2::1"), place("2001:db8:1:3::1"));
        assert_eq!(place("::ffff:192.0.2.7"), "192.0.2.7");
    }
}
