use jiff::{SignedDuration, Span, SpanRelativeTo};
use serde::{Deserialize, Serialize};

/// A length of time as policies write it: `PT2H`, `PT0S`, `P30D` (ISO 8601). A day is 24 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Period(SignedDuration);

/// A text that is not a length of time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is not a length of time: expected one as PT2H, PT0S or P30D, not negative and without months and years"
)]
pub(crate) struct InvalidPeriod(String);

impl Period {
    pub(crate) const fn new(duration: SignedDuration) -> Self {
        Self(duration)
    }

    pub(crate) const fn as_duration(self) -> SignedDuration {
        self.0
    }
}

impl TryFrom<String> for Period {
    type Error = InvalidPeriod;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        // The parser also knows a form for people, such as `2h`.
        let iso = text.starts_with('P').then_some(&text);
        let parsed = iso
            .and_then(|text| text.parse().ok())
            .and_then(|span: Span| {
                span.to_duration(SpanRelativeTo::days_are_24_hours())
                    .ok()
                    .filter(|duration| !duration.is_negative())
            });
        parsed.map(Self).ok_or(InvalidPeriod(text))
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.0.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Period, InvalidPeriod> {
        Period::try_from(text.to_owned())
    }

    #[test]
    fn what_okta_writes_is_read_and_written_alike() {
        for text in ["PT0S", "PT15M", "PT2H", "PT12H", "PT43800H", "PT2H30M"] {
            assert_eq!(String::from(parse(text).expect("a period")), text);
        }
        assert_eq!(parse("P30D"), parse("PT720H"));
    }

    #[test]
    fn what_has_no_fixed_length_is_refused() {
        for text in ["", "2h", "P1M", "P1Y", "-PT2H", "PT", "PT1H "] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
