//! What the program says when it is ready.

use std::fmt::Write as _;

use app::context::DemoAccount;

/// The lines printed once everything listens: the addresses, whether the local org has its pages for developers, and its
/// demo accounts.
pub fn ready(
    app_url: Option<&str>,
    org_url: &str,
    has_dev_pages: bool,
    accounts: &[DemoAccount],
) -> String {
    let mut text = "Portico is ready.\n\n".to_owned();
    let mut line = |what: &str, address: &str| {
        // Writing to a String cannot fail.
        let _infallible = writeln!(text, "  {what:<5} {address}");
    };
    if let Some(app_url) = app_url {
        line("App", app_url.trim_end_matches('/'));
    }
    let org_url = org_url.trim_end_matches('/');
    line("Org", org_url);
    if has_dev_pages {
        let what = "inbox of all messages, clock, app codes: for this machine only";
        line("Dev", &format!("{org_url}/dev ({what})"));
    }
    text.push_str(&table(accounts));
    text.push_str("\nStop with Ctrl-C.");
    text
}

fn table(accounts: &[DemoAccount]) -> String {
    let width =
        |cell: fn(&DemoAccount) -> &str| accounts.iter().map(|account| cell(account).len()).max();
    let (Some(login), Some(password)) = (
        width(|account| &account.login),
        width(|account| &account.password),
    ) else {
        return String::new();
    };
    let mut text = "\n  Demo accounts (user, password):\n".to_owned();
    for account in accounts {
        let _infallible = writeln!(
            text,
            "    {:<login$}  {:<password$}  {}",
            account.login, account.password, account.purpose
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_addresses_and_the_accounts_are_named() {
        let accounts = [DemoAccount {
            login: "john.doe@example.com".to_owned(),
            purpose: "a customer".to_owned(),
            password: "correct-horse".to_owned(),
        }];
        let text = ready(
            Some("http://127.0.0.1:3000/"),
            "http://localhost:7000/",
            true,
            &accounts,
        );
        for expected in [
            "http://127.0.0.1:3000\n",
            "http://localhost:7000\n",
            "http://localhost:7000/dev (inbox",
            "john.doe@example.com",
            "correct-horse",
        ] {
            assert!(text.contains(expected), "{expected} in {text}");
        }
    }

    #[test]
    fn a_real_org_has_no_demo_accounts() {
        let text = ready(
            Some("https://app.example.com"),
            "https://example.okta.com",
            false,
            &[],
        );
        assert!(!text.contains("Demo accounts") && !text.contains("/dev"));
    }
}
