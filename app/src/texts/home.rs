//! The home page.

use super::{Around, Way};

/// What the home page says.
#[derive(Debug)]
pub(crate) struct Home {
    /// The heading, from the first name.
    pub(crate) welcome_back: fn(&str) -> String,
    pub(crate) signed_in: &'static str,
    /// Around the email address.
    pub(crate) known_as: Around,
    pub(crate) profile: Way,
    pub(crate) tokens: Way,
    pub(crate) security: Way,
    pub(crate) onboarding: Way,
    pub(crate) sign_out: Way,
    /// The heading for somebody who is not signed in.
    pub(crate) promise: &'static str,
    pub(crate) promise_in_full: &'static str,
    pub(crate) accounts: &'static str,
    pub(crate) accounts_why: &'static str,
    /// The table's name for those who do not see that it scrolls.
    pub(crate) accounts_scroll: &'static str,
    pub(crate) username: &'static str,
    pub(crate) password: &'static str,
    pub(crate) purpose: &'static str,
    pub(crate) what_happens: &'static str,
    pub(crate) steps: [Way; 3],
}

pub(super) const ENGLISH: Home = Home {
    welcome_back: |name| format!("Welcome back, {name}"),
    signed_in: "You are signed in.",
    known_as: ("The org knows you as ", "."),
    profile: (
        "Your profile",
        "Who the org says you are, and how you proved it.",
    ),
    tokens: (
        "Your tokens",
        "What the org gave this app for you, claim by claim, and what becomes of it.",
    ),
    security: (
        "Security",
        "Where you are signed in, and how you prove who you are.",
    ),
    onboarding: (
        "Onboarding",
        "How you want to be addressed, and where to start.",
    ),
    sign_out: ("Sign out", "Ends the session here and at the org."),
    promise: "Customer identity, working in a minute",
    promise_in_full: "Sign in on a hosted page, come back with tokens that stay on the server, see what the org knows about you, and sign out of everything.",
    accounts: "Demo accounts",
    accounts_why: "This table is here because the org runs on this computer. The passwords were made at the first start and are in the data directory.",
    accounts_scroll: "Demo accounts, a table that scrolls",
    username: "Username",
    password: "Password",
    purpose: "What it is for",
    what_happens: "What happens when you sign in",
    steps: [
        (
            "The org asks who you are",
            "The password goes to the org's own page. This app never sees it.",
        ),
        (
            "The server fetches the tokens",
            "A one-time code comes back, is exchanged on the server, and every claim is checked.",
        ),
        (
            "Your browser keeps a sealed cookie",
            "No script can read it, and no page contains a token.",
        ),
    ],
};

pub(super) const GERMAN: Home = Home {
    welcome_back: |name| format!("Willkommen zurück, {name}"),
    signed_in: "Sie sind angemeldet.",
    known_as: ("Die Organisation kennt Sie als ", "."),
    profile: (
        "Ihr Profil",
        "Wer Sie laut der Organisation sind, und wie Sie das nachgewiesen haben.",
    ),
    tokens: (
        "Ihre Token",
        "Was die Organisation dieser App für Sie gegeben hat, Claim für Claim, und was daraus wird.",
    ),
    security: (
        "Sicherheit",
        "Wo Sie angemeldet sind, und wie Sie Ihre Identität nachweisen.",
    ),
    onboarding: (
        "Einrichtung",
        "Wie Sie angesprochen werden möchten, und wo Sie beginnen.",
    ),
    sign_out: (
        "Abmelden",
        "Beendet die Sitzung hier und bei der Organisation.",
    ),
    promise: "Kundenidentität, in einer Minute startklar",
    promise_in_full: "Melden Sie sich auf einer eigenen Anmeldeseite an, kehren Sie mit Token zurück, die auf dem Server bleiben, sehen Sie, was die Organisation über Sie weiß, und melden Sie sich überall ab.",
    accounts: "Demokonten",
    accounts_why: "Diese Tabelle erscheint, weil die Organisation auf diesem Rechner läuft. Die Passwörter sind beim ersten Start entstanden und liegen im Datenverzeichnis.",
    accounts_scroll: "Demokonten, eine Tabelle zum Verschieben",
    username: "Benutzername",
    password: "Passwort",
    purpose: "Wofür es gedacht ist",
    what_happens: "Was beim Anmelden geschieht",
    steps: [
        (
            "Die Organisation fragt, wer Sie sind",
            "Das Passwort geht an die Seite der Organisation. Diese App sieht es nie.",
        ),
        (
            "Der Server holt die Token",
            "Ein Einmalcode kommt zurück, wird auf dem Server eingetauscht, und jeder Claim wird geprüft.",
        ),
        (
            "Ihr Browser behält ein versiegeltes Cookie",
            "Kein Skript kann es lesen, und keine Seite enthält ein Token.",
        ),
    ],
};
