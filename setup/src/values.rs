//! The names and values of the guide, and what of them was chosen otherwise.

use clap::{Args, ValueEnum};
use secrecy::SecretString;
use url::Url;

use crate::Fault;

/// What kind of app is registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AppKind {
    /// A web app with a server of its own, which keeps a secret
    Web,
    /// A single-page app, which lives in the browser
    Spa,
    /// A desktop or mobile app
    Native,
}

/// The names and values of the guide.
#[derive(Debug, Clone, Args)]
pub struct Values {
    /// Your own address, the secondary one of the accounts; that of the token's owner unless given
    #[arg(long, help_heading = "Names and values of the guide")]
    pub admin_email: Option<String>,
    /// The first name of the test account John Doe
    #[arg(
        long,
        default_value = "John",
        help_heading = "Names and values of the guide"
    )]
    pub john_first_name: String,
    /// The last name of the test account John Doe
    #[arg(
        long,
        default_value = "Doe",
        help_heading = "Names and values of the guide"
    )]
    pub john_last_name: String,
    /// The address and user name of John Doe
    #[arg(
        long,
        default_value = "john.doe@example.com",
        help_heading = "Names and values of the guide"
    )]
    pub john_email: String,
    /// The address and user name of the service account
    #[arg(
        long,
        default_value = "okta.service@example.com",
        help_heading = "Names and values of the guide"
    )]
    pub service_email: String,
    /// The address and user name of Alex Doe, of the case password-only
    #[arg(
        long,
        default_value = "alex.doe@example.com",
        help_heading = "Names and values of the guide"
    )]
    pub alex_email: String,
    /// John Doe's password; made up and shown once unless given
    #[arg(
        long,
        env = "SETUP_JOHN_PASSWORD",
        hide_env_values = true,
        help_heading = "Names and values of the guide"
    )]
    pub john_password: Option<SecretString>,
    /// The service account's password; made up and shown once unless given
    #[arg(
        long,
        env = "SETUP_SERVICE_PASSWORD",
        hide_env_values = true,
        help_heading = "Names and values of the guide"
    )]
    pub service_password: Option<SecretString>,
    /// Alex Doe's password; made up and shown once unless given
    #[arg(
        long,
        env = "SETUP_ALEX_PASSWORD",
        hide_env_values = true,
        help_heading = "Names and values of the guide"
    )]
    pub alex_password: Option<SecretString>,
    /// The name of the group
    #[arg(
        long,
        default_value = "Retailers",
        help_heading = "Names and values of the guide"
    )]
    pub group: String,
    /// The description of the group
    #[arg(
        long,
        default_value = "All retailers",
        help_heading = "Names and values of the guide"
    )]
    pub group_description: String,
    /// The name of the app in the org
    #[arg(
        long,
        default_value = "Portico",
        help_heading = "Names and values of the guide"
    )]
    pub app_label: String,
    /// What kind of app it is
    #[arg(
        long,
        value_enum,
        default_value = "web",
        help_heading = "Names and values of the guide"
    )]
    pub app_kind: AppKind,
    /// Where the org leads back after a sign-in; `<APP_URL>/login/callback` unless given. May be repeated
    #[arg(long = "redirect-uri", help_heading = "Names and values of the guide")]
    pub redirect_uris: Vec<String>,
    /// Where the org leads back after a sign-out; `<APP_URL>/signed-out` unless given. May be repeated
    #[arg(long = "logout-uri", help_heading = "Names and values of the guide")]
    pub logout_uris: Vec<String>,
}

impl Values {
    /// Fills in what depends on the app's address, and refuses what Okta would refuse.
    pub fn checked(mut self, app_url: &Url) -> Result<Self, Fault> {
        let at = |path: &str| format!("{}{path}", origin(app_url));
        if self.redirect_uris.is_empty() {
            self.redirect_uris = vec![at("/login/callback")];
        }
        if self.logout_uris.is_empty() {
            self.logout_uris = vec![at("/signed-out")];
        }
        for (option, value) in self.texts() {
            if value.trim().is_empty() {
                return Err(Fault::option(option, "it must not be empty"));
            }
            check_characters(option, value)?;
        }
        for (option, value) in self.texts() {
            if option.ends_with("-email") && !value.contains('@') {
                let reason = format!("`{value}` is not an email address");
                return Err(Fault::option(option, reason));
            }
        }
        Ok(self)
    }

    fn texts(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let one = [
            ("--john-first-name", &self.john_first_name),
            ("--john-last-name", &self.john_last_name),
            ("--john-email", &self.john_email),
            ("--service-email", &self.service_email),
            ("--alex-email", &self.alex_email),
            ("--group", &self.group),
            ("--group-description", &self.group_description),
            ("--app-label", &self.app_label),
        ];
        let admin = self
            .admin_email
            .iter()
            .map(|value| ("--admin-email", value));
        let redirect = self.redirect_uris.iter().map(|uri| ("--redirect-uri", uri));
        let logout = self.logout_uris.iter().map(|uri| ("--logout-uri", uri));
        one.into_iter()
            .chain(admin)
            .chain(redirect)
            .chain(logout)
            .map(|(option, value)| (option, value.as_str()))
    }
}

/// An address without a slash at its end.
pub(crate) fn origin(url: &Url) -> &str {
    url.as_str().trim_end_matches('/')
}

/// Okta keeps characters of up to three bytes in UTF-8 and refuses longer ones, such as emoji.
fn check_characters(option: &'static str, value: &str) -> Result<(), Fault> {
    let Some(long) = value.chars().find(|character| character.len_utf8() > 3) else {
        return Ok(());
    };
    let reason = format!(
        "`{long}` (U+{:X}) takes four bytes in UTF-8, and Okta keeps characters of at most three",
        u32::from(long)
    );
    Err(Fault::option(option, reason))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        values: Values,
    }

    fn values(arguments: &[&str]) -> Result<Values, Fault> {
        let arguments = ["setup"].iter().chain(arguments);
        let line = Line::try_parse_from(arguments).expect("a command line");
        line.values
            .checked(&Url::parse("http://127.0.0.1:3000").expect("an address"))
    }

    #[test]
    fn the_defaults_are_those_of_the_guide() {
        let values = values(&[]).expect("values");
        assert_eq!(
            (&*values.group, &*values.group_description),
            ("Retailers", "All retailers")
        );
        assert_eq!(
            (&*values.john_first_name, &*values.john_last_name),
            ("John", "Doe")
        );
        assert_eq!(values.john_email, "john.doe@example.com");
        assert_eq!(
            values.redirect_uris,
            ["http://127.0.0.1:3000/login/callback"]
        );
        assert_eq!(values.logout_uris, ["http://127.0.0.1:3000/signed-out"]);
    }

    #[test]
    fn characters_of_three_bytes_are_taken_and_of_four_refused_with_the_reason() {
        let taken = values(&["--john-last-name", "李€ß", "--group", "小売"]).expect("values");
        assert_eq!(taken.john_last_name, "李€ß");
        for (option, value) in [
            ("--john-first-name", "John 🙂"),
            ("--group", "𠮷"),
            ("--app-label", "🦀"),
        ] {
            let error = values(&[option, value]).expect_err(option).to_string();
            assert!(
                error.starts_with(option) && error.contains("four bytes"),
                "{error}"
            );
        }
    }

    #[test]
    fn what_is_empty_or_no_address_is_refused_by_its_option() {
        for (option, value) in [
            ("--group", " "),
            ("--john-email", "john"),
            ("--admin-email", "me"),
        ] {
            let error = values(&[option, value]).expect_err(option).to_string();
            assert!(error.starts_with(option), "{error}");
        }
    }
}
