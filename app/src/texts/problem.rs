//! Pages for what went wrong. The sentences of each code are in `super::sign_in_errors`.

/// What pages about problems say.
#[derive(Debug)]
pub struct Problem {
    pub(crate) the_org_said: &'static str,
    /// Before the code.
    pub(crate) code_to_quote: &'static str,
    pub(crate) cannot_check: &'static str,
    /// The heading when the app itself failed.
    pub could_not_finish: &'static str,
    pub(crate) no_page: &'static str,
    pub(crate) no_page_cause: &'static str,
    pub(crate) no_page_remedy: &'static str,
    pub(crate) sign_in_to_continue: &'static str,
    pub(crate) page_of_a_person: &'static str,
}

pub(super) const ENGLISH: Problem = Problem {
    the_org_said: "The org said",
    code_to_quote: "Code to quote when asking for help:",
    cannot_check: "We cannot check your session right now",
    could_not_finish: "We could not finish this",
    no_page: "There is no page here",
    no_page_cause: "The address is misspelt, or the page has moved.",
    no_page_remedy: "The home page leads to everything there is.",
    sign_in_to_continue: "Sign in to continue",
    page_of_a_person: "This page belongs to a person. Sign in, and you come straight back to it.",
};

pub(super) const GERMAN: Problem = Problem {
    the_org_said: "Die Organisation hat mitgeteilt",
    code_to_quote: "Nennen Sie diesen Code, wenn Sie um Hilfe bitten:",
    cannot_check: "Ihre Sitzung lässt sich gerade nicht prüfen",
    could_not_finish: "Das hat nicht geklappt",
    no_page: "Hier gibt es keine Seite",
    no_page_cause: "Die Adresse enthält einen Tippfehler, oder die Seite ist umgezogen.",
    no_page_remedy: "Von der Startseite aus erreichen Sie alles, was es gibt.",
    sign_in_to_continue: "Bitte melden Sie sich an",
    page_of_a_person: "Diese Seite gehört zu einer Person. Melden Sie sich an, dann kommen Sie direkt hierher zurück.",
};
