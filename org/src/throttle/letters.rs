use jiff::{SignedDuration, Timestamp};

use super::buckets::{Buckets, Pace};
use crate::authenticator::Method;
use crate::store::Digest;

/// Emails to one address: about as many as Okta sends at once, and then one every two minutes.
const EMAILS: Pace = Pace {
    burst: 30,
    interval: SignedDuration::from_mins(2),
};
/// Text messages or calls to one telephone. They cost money, and wake people.
const TO_PHONES: Pace = Pace {
    burst: 15,
    interval: SignedDuration::from_mins(4),
};

/// Who gets a letter, as far as it counts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Recipient<'a> {
    pub(crate) method: Method,
    /// A telephone number or an email address.
    pub(crate) to: &'a str,
    /// The device that asks for the letter, if its owner has signed in with it before. Letters that others ask for are
    /// counted apart from these: whoever has letters sent to somebody else keeps nobody from their own.
    pub(crate) known_device: Option<Digest>,
}

/// How many letters with codes and links one address or telephone gets, whichever interactions ask for them.
///
/// What is too many is not sent, and nothing else differs: where it could be read from an answer that a letter was not
/// sent, it could be read that others are, and so whose address it is.
#[derive(Debug, Default)]
pub(crate) struct LetterLimit {
    letters: Buckets<[u8; 32]>,
}

impl LetterLimit {
    /// Counts a letter. `false`: it is not to be sent.
    pub(crate) fn allow(&self, recipient: Recipient<'_>, now: Timestamp) -> bool {
        let pace = match recipient.method {
            Method::Sms | Method::Voice => TO_PHONES,
            _ => EMAILS,
        };
        self.letters.try_fill(key(recipient), pace, now)
    }
}

fn key(recipient: Recipient<'_>) -> [u8; 32] {
    let Recipient {
        method,
        to,
        known_device,
    } = recipient;
    let device = known_device.map_or([0; 32], |device| *device.as_bytes());
    let to = to.trim().to_lowercase();
    *Digest::of(&format!("{} {to} {device:?}", method.as_str())).as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Timestamp = Timestamp::UNIX_EPOCH;

    fn to(method: Method, to: &str) -> Recipient<'_> {
        Recipient {
            method,
            to,
            known_device: None,
        }
    }

    fn allowed(limit: &LetterLimit, recipient: Recipient<'_>, now: Timestamp) -> usize {
        (0..1000).filter(|_| limit.allow(recipient, now)).count()
    }

    #[test]
    fn an_address_gets_so_many_letters_at_once_and_then_one_now_and_then() {
        let limit = LetterLimit::default();
        for (method, burst, minutes) in [
            (Method::Email, 30, 2),
            (Method::Sms, 15, 4),
            (Method::Voice, 15, 4),
        ] {
            let john = to(method, "john.doe@example.com");
            assert_eq!(allowed(&limit, john, START), burst, "{method:?}");
            let later = START + SignedDuration::from_mins(minutes);
            assert_eq!(allowed(&limit, john, later), 1, "{method:?}");
        }
    }

    #[test]
    fn an_address_is_the_same_however_it_is_written_and_no_other_is_hit() {
        let limit = LetterLimit::default();
        assert_eq!(
            allowed(&limit, to(Method::Email, "a@example.com"), START),
            30
        );
        assert_eq!(
            allowed(&limit, to(Method::Email, " A@Example.com"), START),
            0
        );
        assert_eq!(
            allowed(&limit, to(Method::Email, "b@example.com"), START),
            30
        );
    }

    #[test]
    fn what_strangers_ask_for_is_counted_apart_from_what_its_owner_asks_for() {
        let limit = LetterLimit::default();
        let stranger = to(Method::Email, "a@example.com");
        let owner = Recipient {
            known_device: Some(Digest::of("device")),
            ..stranger
        };
        assert_eq!(allowed(&limit, stranger, START), 30);
        assert_eq!(allowed(&limit, owner, START), 30);
        assert_eq!(allowed(&limit, owner, START), 0);
    }
}
