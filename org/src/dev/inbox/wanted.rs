use jiff::SignedDuration;
use std::time::Duration;

use super::super::answer::Refusal;
use crate::inbox::{Channel, Filter};
use crate::oauth::parameters::Parameters;

/// Messages in one answer, unless the client says otherwise.
pub(super) const DEFAULT_LIMIT: u32 = 100;
const HIGHEST_LIMIT: u32 = 1000;
/// Longer than this nobody waits in one request.
const LONGEST_WAIT: Duration = Duration::from_mins(1);

/// What a client wants to see, and how long it waits for it.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) filter: Filter,
    pub(super) wait: Duration,
}

impl Wanted {
    /// Reads `to`, `channel`, `after`, `before`, `limit` and `wait`.
    pub(super) fn parse(query: &str, limit: u32) -> Result<Self, Refusal> {
        let query = Parameters::parse(query);
        let channel = query.get("channel").map(|text| {
            Channel::try_from(text.to_owned()).map_err(|error| Refusal::Invalid(error.to_string()))
        });
        let filter = Filter {
            to: query.get("to").map(recipient),
            channel: channel.transpose()?,
            after: id(&query, "after")?,
            before: id(&query, "before")?,
            limit: query.get("limit").map_or(Ok(limit), parse_limit)?,
        };
        let wait = query.get("wait").map_or(Ok(Duration::ZERO), parse_wait)?;
        Ok(Self { filter, wait })
    }
}

/// In an address a bare `+` means a space, and who writes `to=+15551234567` means a telephone number.
fn recipient(text: &str) -> String {
    match text.strip_prefix(' ') {
        Some(digits) if digits.starts_with(|first: char| first.is_ascii_digit()) => {
            format!("+{digits}")
        }
        _ => text.trim().to_owned(),
    }
}

fn id(query: &Parameters, name: &str) -> Result<Option<i64>, Refusal> {
    let parse = |text: &str| text.parse().ok().filter(|id| *id >= 0);
    query
        .get(name)
        .map(|text| {
            parse(text).ok_or_else(|| {
                Refusal::Invalid(format!("{name}: expected the id of a message, a number"))
            })
        })
        .transpose()
}

fn parse_limit(text: &str) -> Result<u32, Refusal> {
    text.parse()
        .ok()
        .filter(|limit| (1..=HIGHEST_LIMIT).contains(limit))
        .ok_or_else(|| {
            Refusal::Invalid(format!(
                "limit: expected a number from 1 to {HIGHEST_LIMIT}"
            ))
        })
}

/// `5s`, `500ms`, `PT5S`, or a number of seconds.
fn parse_wait(text: &str) -> Result<Duration, Refusal> {
    let seconds = text.parse().map(SignedDuration::from_secs).ok();
    seconds
        .or_else(|| text.parse().ok())
        .and_then(|wait| Duration::try_from(wait).ok())
        .filter(|wait| *wait <= LONGEST_WAIT)
        .ok_or_else(|| {
            let longest = LONGEST_WAIT.as_secs();
            Refusal::Invalid(format!(
                "wait: expected a time such as 5s, of at most {longest}s"
            ))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(query: &str) -> Result<Wanted, Refusal> {
        Wanted::parse(query, DEFAULT_LIMIT)
    }

    #[test]
    fn a_telephone_number_is_understood_whether_its_plus_is_encoded_or_not() {
        for query in ["to=+15551234567", "to=%2B15551234567"] {
            let to = wanted(query).expect("a query").filter.to;
            assert_eq!(to.as_deref(), Some("+15551234567"), "{query}");
        }
    }

    #[test]
    fn a_wait_is_a_time_with_or_without_its_unit_and_has_an_upper_limit() {
        for (text, milliseconds) in [("5s", 5000), ("5", 5000), ("PT1M", 60_000), ("250ms", 250)] {
            let wait = wanted(&format!("wait={text}")).expect("a wait").wait;
            assert_eq!(wait, Duration::from_millis(milliseconds), "{text}");
        }
        for text in ["61s", "-1", "soon", "9999999999999999999"] {
            assert!(wanted(&format!("wait={text}")).is_err(), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_understood_is_named() {
        for (query, name) in [
            ("after=x", "after"),
            ("before=-1", "before"),
            ("limit=0", "limit"),
            ("limit=1001", "limit"),
            ("channel=fax", "fax"),
        ] {
            let Err(Refusal::Invalid(text)) = wanted(query) else {
                panic!("{query} was understood");
            };
            assert!(text.contains(name), "{text}");
        }
    }
}
