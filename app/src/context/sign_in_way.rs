use std::error::Error;
use std::fmt;
use std::str::FromStr;

/// Where "Sign in" leads.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SignInWay {
    /// To the org's own page.
    #[default]
    Hosted,
    /// To the app's own forms, at `/sign-in`. The org has to let the app ask people itself.
    Forms,
    /// To the org's widget in a page of the app, at `/sign-in/widget`. The org's switch for it has to be on.
    Widget,
}

/// A text that is no [`SignInWay`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidSignInWay;

impl fmt::Display for InvalidSignInWay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "it is `hosted` (the org's page), `forms` (/sign-in) or `widget` (/sign-in/widget)",
        )
    }
}

impl Error for InvalidSignInWay {}

impl FromStr for SignInWay {
    type Err = InvalidSignInWay;

    fn from_str(text: &str) -> Result<Self, InvalidSignInWay> {
        match text {
            "hosted" => Ok(Self::Hosted),
            "forms" => Ok(Self::Forms),
            "widget" => Ok(Self::Widget),
            _ => Err(InvalidSignInWay),
        }
    }
}
