//! What is said about something that was done.

use crate::toast::Done;

/// What toasts say.
#[derive(Debug)]
pub(crate) struct Toast {
    pub(crate) dismiss: &'static str,
    pub(crate) undo: &'static str,
    /// What was done: in short, and what it means.
    pub(crate) done: fn(Done) -> (&'static str, &'static str),
}

pub(super) const ENGLISH: Toast = Toast {
    dismiss: "Dismiss",
    undo: "Undo",
    done: |done| match done {
        Done::SessionEnded => (
            "The session has ended",
            "Whoever uses that browser has to sign in again.",
        ),
        Done::OtherSessionsEnded => (
            "All other sessions have ended",
            "You are signed in here and nowhere else in this app.",
        ),
        Done::AuthenticatorRemoved => ("It is removed", "From now on nobody can sign in with it."),
        Done::PhoneAdded => (
            "The telephone is set up",
            "You can prove who you are with it from now on.",
        ),
        Done::LanguageChosen { before: _ } => (
            "The language is English now",
            "It stays so in this browser, whoever is signed in.",
        ),
    },
};

pub(super) const GERMAN: Toast = Toast {
    dismiss: "Schließen",
    undo: "Rückgängig machen",
    done: |done| match done {
        Done::SessionEnded => (
            "Die Sitzung ist beendet",
            "Wer jenen Browser benutzt, muss sich erneut anmelden.",
        ),
        Done::OtherSessionsEnded => (
            "Alle anderen Sitzungen sind beendet",
            "In dieser App sind Sie nur noch hier angemeldet.",
        ),
        Done::AuthenticatorRemoved => (
            "Es ist entfernt",
            "Ab sofort kann sich niemand mehr damit anmelden.",
        ),
        Done::PhoneAdded => (
            "Die Telefonnummer ist eingerichtet",
            "Ab sofort können Sie damit Ihre Identität nachweisen.",
        ),
        Done::LanguageChosen { before: _ } => (
            "Die Sprache ist jetzt Deutsch",
            "So bleibt es in diesem Browser, wer auch immer angemeldet ist.",
        ),
    },
};
