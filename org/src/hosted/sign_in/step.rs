//! A page of the sign-in as data: what the template renders, which knows nothing of the engine.

use std::borrow::Cow;

use super::form::Form;
use super::passkey::Passkey;

/// What a page shows, from top to bottom.
#[derive(Debug, Clone, Default)]
pub(super) struct Step {
    pub(super) title: &'static str,
    /// Whom the page is about, as they named themselves.
    pub(super) identity: Option<String>,
    pub(super) lead: Option<Cow<'static, str>>,
    pub(super) parts: Vec<Part>,
    /// Ways around the question.
    pub(super) ways: Vec<Way>,
}

impl Step {
    pub(super) fn new(title: &'static str) -> Self {
        Self {
            title,
            ..Self::default()
        }
    }

    pub(super) fn about(mut self, identity: Option<&str>) -> Self {
        self.identity = identity.map(str::to_owned);
        self
    }

    pub(super) fn lead(mut self, lead: impl Into<Cow<'static, str>>) -> Self {
        self.lead = Some(lead.into());
        self
    }

    pub(super) fn part(mut self, part: Part) -> Self {
        self.parts.push(part);
        self
    }

    /// Adds a form and, when it is the first that asks for something, puts the focus into it.
    pub(super) fn form(mut self, mut form: Form) -> Self {
        form.focus();
        self.parts.push(Part::Form(form));
        self
    }

    pub(super) fn way(mut self, answer: &'static str, label: &'static str) -> Self {
        self.ways.push(Way { answer, label });
        self
    }

    pub(super) fn way_if(self, is_open: bool, answer: &'static str, label: &'static str) -> Self {
        if is_open {
            self.way(answer, label)
        } else {
            self
        }
    }

    /// Whether the page needs the script for passkeys.
    pub(super) fn has_passkey(&self) -> bool {
        let is_passkey = |part: &Part| matches!(part, Part::Passkey(_));
        self.parts.iter().any(is_passkey)
    }
}

/// A part of a page.
#[derive(Debug, Clone)]
pub(super) enum Part {
    Form(Form),
    Passkey(Passkey),
    Offers(Offers),
    /// What a new password must be.
    Rules(Vec<String>),
    /// What an authenticator app needs.
    App(AppKey),
    /// The way to the app that began the sign-in.
    Leave(String),
}

/// Authenticators to choose from.
#[derive(Debug, Clone)]
pub(super) struct Offers {
    /// Words that open the list; always open without.
    pub(super) summary: Option<&'static str>,
    pub(super) rows: Vec<Row>,
}

/// One of them.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) name: &'static str,
    /// What it is, or where a code would go.
    pub(super) hint: Option<Cow<'static, str>>,
    /// What is sent when it is chosen.
    pub(super) choice: String,
    /// What the button says.
    pub(super) action: &'static str,
    /// The name of its picture.
    pub(super) picture: &'static str,
}

/// How a key comes into an authenticator app.
#[derive(Debug, Clone)]
pub(super) struct AppKey {
    /// The name of the app.
    pub(super) app: &'static str,
    /// The address of the QR code.
    pub(super) picture: String,
    /// The key as it is typed, in groups.
    pub(super) key: String,
    /// The address that opens the app on this device.
    pub(super) link: String,
}

/// A small form that leads elsewhere.
#[derive(Debug, Clone)]
pub(super) struct Way {
    pub(super) answer: &'static str,
    pub(super) label: &'static str,
}
