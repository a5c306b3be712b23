//! Which addresses are public, and a resolver that yields no others.

use std::error::Error;
use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use futures::future::BoxFuture;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Whether an address belongs to the public internet. What is reserved for anything else does not.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let reserved = address.is_private()
        || address.is_loopback()
        || address.is_link_local() // clouds answer with secrets at 169.254.169.254
        || address.is_multicast()
        || address.is_documentation()
        || a == 0
        || a >= 240 // reserved, and broadcast
        || (a == 100 && (64..128).contains(&b)) // shared by carriers; some clouds have theirs here
        || (a == 192 && b == 0 && c == 0) // protocol assignments
        || (a == 192 && b == 88 && c == 99) // relays of 6to4
        || (a == 198 && (18..20).contains(&b)); // benchmarks
    !reserved
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(mapped) = address.to_ipv4_mapped() {
        return is_public_v4(mapped);
    }
    let embedded = |high: u16, low: u16| is_public_v4(Ipv4Addr::from(u32::from(high) << 16 | u32::from(low)));
    match address.segments() {
        // Translated to IPv4 on the way: NAT64 and 6to4.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => embedded(high, low),
        [0x2001, second, ..] if second < 0x200 => false, // Teredo and other protocol assignments
        [0x2001, 0xdb8, ..] => false,                    // documentation
        [0x3fff, second, ..] if second < 0x1000 => false, // documentation
        // Only this eighth is handed out to the public; loopback, local and multicast lie outside it.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

/// Asks for the addresses of a name.
pub(super) type Lookup = fn(String) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>>;

/// Asks as this machine does.
pub(super) fn system(name: String) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>> {
    Box::pin(async move { Ok(tokio::net::lookup_host((name, 0)).await?.collect()) })
}

/// Resolves names, and fails if *any* answer lies in a private network: what is connected to has been checked, each time
/// that it is resolved, and a name that means both is up to no good.
#[derive(Debug)]
pub(super) struct Resolver {
    pub(super) is_open: fn(IpAddr) -> bool,
    pub(super) lookup: Lookup,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let Self { is_open, lookup } = *self;
        Box::pin(async move {
            let answers = lookup(name.as_str().to_owned()).await?;
            if !answers.iter().all(|answer| is_open(answer.ip())) {
                return Err(Refused.into());
            }
            Ok(Box::new(answers.into_iter()) as Addrs)
        })
    }
}

/// A name that leads into a private network.
#[derive(Debug)]
struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a private address")
    }
}

impl Error for Refused {}

/// Whether a request failed because its host is private.
pub(super) fn refused(error: &(dyn Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.is::<Refused>() {
            return true;
        }
        cause = error.source();
    }
    false
}
