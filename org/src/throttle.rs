//! How many failures one client address may cause: a limit beside that of each account, for those who try many accounts.

use axum::extract::FromRequestParts;
use http::request::Parts;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// So many failures in a row are let pass: enough for a household or an office behind one address.
const BURST: i64 = 50;
/// After that, one more in this time.
const INTERVAL: SignedDuration = SignedDuration::from_secs(10);
/// So many addresses are remembered at once, in about a mebibyte.
const REMEMBERED: usize = 10_000;

/// Where a request came from, as far as it counts for limits: an IPv4 address, or the /64 of an IPv6 address, of which one
/// subscriber has all.
///
/// The server's listener puts it on each request as an extension. Requests without one share one unknown address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClientAddress(Option<IpAddr>);

impl ClientAddress {
    /// The address in its one form, whichever way it was written: IPv4 within IPv6 is IPv4.
    pub fn new(address: IpAddr) -> Self {
        Self(Some(match address.to_canonical() {
            IpAddr::V4(address) => IpAddr::V4(address),
            IpAddr::V6(address) => {
                let network = u128::from(address) & !u128::from(u64::MAX);
                IpAddr::V6(Ipv6Addr::from(network))
            }
        }))
    }

    const UNKNOWN: Self = Self(None);
}

impl<S: Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get().copied().unwrap_or(Self::UNKNOWN))
    }
}

/// The failures of each address, in memory: a bucket that each failure fills and time empties.
#[derive(Debug, Default)]
pub(crate) struct Throttle {
    /// When the bucket of an address will be empty again.
    empty_at: Mutex<HashMap<ClientAddress, Timestamp>>,
}

impl Throttle {
    /// Whether the address may try again. Asking costs nothing.
    pub(crate) fn allow(&self, address: ClientAddress, now: Timestamp) -> bool {
        level(&mut self.lock(), address, now) + INTERVAL <= full()
    }

    /// Counts a failure.
    pub(crate) fn failed(&self, address: ClientAddress, now: Timestamp) {
        let mut empty_at = self.lock();
        let level = (level(&mut empty_at, address, now) + INTERVAL).min(full());
        if empty_at.len() >= REMEMBERED && !empty_at.contains_key(&address) {
            make_room(&mut empty_at, now);
        }
        empty_at.insert(address, later(now, level));
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<ClientAddress, Timestamp>> {
        self.empty_at.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How long a full bucket takes to empty.
const fn full() -> SignedDuration {
    SignedDuration::from_secs(BURST * INTERVAL.as_secs())
}

/// How long the bucket of an address takes to empty from now. More than a full one takes means that the clock was moved back;
/// the bucket is full then, and empties by the clock as it is.
fn level(
    empty_at: &mut HashMap<ClientAddress, Timestamp>,
    address: ClientAddress,
    now: Timestamp,
) -> SignedDuration {
    let Some(moment) = empty_at.get_mut(&address) else {
        return SignedDuration::ZERO;
    };
    let left = moment.duration_since(now);
    if left > full() {
        *moment = later(now, full());
    }
    left.clamp(SignedDuration::ZERO, full())
}

/// Forgets the empty buckets or, when none is empty, those that are nearest to it: an eighth at least, so that this is rare.
fn make_room(empty_at: &mut HashMap<ClientAddress, Timestamp>, now: Timestamp) {
    empty_at.retain(|_, moment| *moment > now);
    if empty_at.len() >= REMEMBERED {
        let mut moments: Vec<Timestamp> = empty_at.values().copied().collect();
        let (_, limit, _) = moments.select_nth_unstable(REMEMBERED / 8);
        empty_at.retain(|_, moment| *moment > *limit);
    }
}

fn later(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.saturating_add(by).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Timestamp = Timestamp::UNIX_EPOCH;

    fn address(text: &str) -> ClientAddress {
        ClientAddress::new(text.parse().expect("an address"))
    }

    fn after(seconds: i64) -> Timestamp {
        START + SignedDuration::from_secs(seconds)
    }

    fn exhausted(address: ClientAddress) -> Throttle {
        let throttle = Throttle::default();
        let mut failures = 0;
        while throttle.allow(address, START) {
            throttle.failed(address, START);
            failures += 1;
        }
        assert_eq!(failures, BURST);
        throttle
    }

    #[test]
    fn an_address_that_failed_too_often_waits_and_then_has_one_more_try() {
        let here = address("192.0.2.1");
        let throttle = exhausted(here);
        assert!(!throttle.allow(here, after(9)));
        assert!(throttle.allow(here, after(10)));
        throttle.failed(here, after(10));
        assert!(!throttle.allow(here, after(19)));
        assert!(throttle.allow(address("192.0.2.2"), START));
    }

    #[test]
    fn failures_that_go_on_while_they_are_refused_do_not_lengthen_the_wait() {
        let here = address("192.0.2.1");
        let throttle = exhausted(here);
        for _ in 0..1000 {
            throttle.failed(here, START);
        }
        assert!(throttle.allow(here, after(10)));
    }

    #[test]
    fn every_way_to_write_an_address_and_every_address_of_a_subscriber_is_the_same_client() {
        for [one, other] in [
            ["192.0.2.1", "::ffff:192.0.2.1"],
            ["192.0.2.1", "::ffff:c000:201"],
            ["2001:db8:1:2::1", "2001:0DB8:0001:0002:FFFF:FFFF:FFFF:FFFF"],
        ] {
            assert_eq!(address(one), address(other));
        }
        for [one, other] in [
            ["192.0.2.1", "192.0.2.2"],
            ["2001:db8:1:2::1", "2001:db8:1:3::1"],
        ] {
            assert_ne!(address(one), address(other));
        }
    }

    #[test]
    fn a_clock_that_is_moved_back_keeps_nobody_out_for_longer() {
        let here = address("192.0.2.1");
        let throttle = exhausted(here);
        let earlier = after(-1_000_000);
        assert!(!throttle.allow(here, earlier));
        assert!(throttle.allow(here, later(earlier, INTERVAL)));
    }

    #[test]
    fn ever_more_addresses_take_no_more_memory_and_do_not_free_the_worst_one() {
        let worst = address("192.0.2.1");
        let throttle = exhausted(worst);
        for number in 0..2 * u32::try_from(REMEMBERED).expect("a small number") {
            let other = IpAddr::V4((0x0a00_0000 + number).into());
            throttle.failed(ClientAddress::new(other), START);
        }
        assert!(throttle.lock().len() <= REMEMBERED);
        assert!(!throttle.allow(worst, START));
    }
}
