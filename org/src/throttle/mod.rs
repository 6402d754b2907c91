//! How many failures one client address may cause: a limit beside that of each account, for those who try many accounts.
//! And how many letters one address or telephone may get.

mod buckets;
mod letters;

use axum::extract::FromRequestParts;
use http::request::Parts;
use jiff::{SignedDuration, Timestamp};
use std::convert::Infallible;
use std::net::{IpAddr, Ipv6Addr};

use buckets::{Buckets, Pace};

pub(crate) use letters::{LetterLimit, Recipient};

/// So many failures in a row are let pass: enough for a household or an office behind one address. After that, one more in
/// each interval.
const PACE: Pace = Pace {
    burst: 50,
    interval: SignedDuration::from_secs(10),
};

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

    /// Of a request that came by no socket, and of what the org does by itself.
    pub(crate) const UNKNOWN: Self = Self(None);

    /// The address, for the System Log.
    pub(crate) const fn ip(self) -> Option<IpAddr> {
        self.0
    }
}

impl<S: Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get().copied().unwrap_or(Self::UNKNOWN))
    }
}

/// The failures of each address.
#[derive(Debug, Default)]
pub(crate) struct Throttle {
    failures: Buckets<ClientAddress>,
}

impl Throttle {
    /// Whether the address may try again. Asking costs nothing.
    pub(crate) fn allow(&self, address: ClientAddress, now: Timestamp) -> bool {
        self.failures.has_room(address, PACE, now)
    }

    /// Counts a failure.
    pub(crate) fn failed(&self, address: ClientAddress, now: Timestamp) {
        self.failures.fill(address, PACE, now);
    }
}

#[cfg(test)]
mod tests {
    use super::buckets::{REMEMBERED, later};
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
        assert_eq!(failures, PACE.burst);
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
        assert!(throttle.allow(here, later(earlier, PACE.interval)));
    }

    #[test]
    fn ever_more_addresses_take_no_more_memory_and_do_not_free_the_worst_one() {
        let worst = address("192.0.2.1");
        let throttle = exhausted(worst);
        for number in 0..2 * u32::try_from(REMEMBERED).expect("a small number") {
            let other = IpAddr::V4((0x0a00_0000 + number).into());
            throttle.failed(ClientAddress::new(other), START);
        }
        assert!(throttle.failures.len() <= REMEMBERED);
        assert!(!throttle.allow(worst, START));
    }
}
