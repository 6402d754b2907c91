//! The brand of the org, as a fresh org of Okta's has it.

/// The name in the titles of the hosted pages.
pub(crate) const NAME: &str = "Portico";

/// Colours as CSS writes them.
#[derive(Debug)]
pub(crate) struct Theme {
    pub(crate) primary: &'static str,
    /// Readable on the primary colour.
    pub(crate) primary_contrast: &'static str,
}

/// Okta's default theme.
pub(crate) const THEME: Theme = Theme {
    primary: "#1662dd",
    primary_contrast: "#ffffff",
};
