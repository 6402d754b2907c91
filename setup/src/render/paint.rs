use std::fmt::{Display, Formatter, Result};

/// A colour by what it means.
#[derive(Debug, Clone, Copy)]
pub(super) enum Colour {
    Created,
    Changed,
    Removed,
    Manual,
    Quiet,
    Heading,
}

impl Colour {
    fn code(self) -> &'static str {
        match self {
            Self::Created => "32",
            Self::Changed => "33",
            Self::Removed => "31",
            Self::Manual => "36",
            Self::Quiet => "2",
            Self::Heading => "1",
        }
    }
}

/// A text in a colour, or without one.
#[derive(Debug)]
pub(super) struct Painted<'t> {
    pub(super) text: &'t str,
    pub(super) colour: Option<Colour>,
}

impl Display for Painted<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self.colour {
            Some(colour) => write!(f, "\u{1b}[{}m{}\u{1b}[0m", colour.code(), self.text),
            None => f.write_str(self.text),
        }
    }
}

/// Paints, or does not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paint {
    pub(super) is_on: bool,
}

impl Paint {
    pub(super) fn with(self, colour: Colour, text: &str) -> Painted<'_> {
        Painted {
            text,
            colour: self.is_on.then_some(colour),
        }
    }
}
