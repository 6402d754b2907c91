//! What the app says to people, in each of its languages.
//!
//! There is a file for each area of the app, with one struct of texts and two constants of it, so that a text that is
//! not translated does not compile. Pages take their texts by `texts` and hold no sentence themselves. Nothing of this
//! belongs into an island: what an island shows is rendered by the server, so that no text is part of the download.

mod api;
pub(crate) mod campaigns;
mod choice;
mod claims;
pub mod common;
mod frame;
mod home;
mod language;
pub(crate) mod onboarding;
pub(crate) mod own_forms;
pub mod problem;
mod profile;
mod security;
#[cfg(feature = "ssr")]
pub(crate) mod server;
mod session;
mod sign_in_errors;
mod toast;
mod tokens;
mod widget;

pub(crate) use choice::LanguageChoice;
pub use language::Language;
use leptos::prelude::*;

/// What stands before and after something that a page puts in between, such as a time or a link.
pub(crate) type Around = (&'static str, &'static str);

/// A way to somewhere, or a step of it: its name, and what is there.
pub(crate) type Way = (&'static str, &'static str);

/// Every text of the app, in one language.
#[derive(Debug)]
pub(crate) struct Texts {
    pub(crate) onboarding: onboarding::Onboarding,
    pub(crate) tokens: tokens::Tokens,
    pub(crate) toast: toast::Toast,
    pub(crate) sign_in_errors: sign_in_errors::SignInErrors,
    pub(crate) session: session::Session,
    pub(crate) security: security::Security,
    pub(crate) profile: profile::Profile,
    pub(crate) problem: problem::Problem,
    pub(crate) home: home::Home,
    pub(crate) common: common::Common,
    pub(crate) campaigns: campaigns::Campaigns,
    pub(crate) claims: claims::Claims,
    pub(crate) frame: frame::Frame,
    pub(crate) own_forms: own_forms::OwnForms,
    pub(crate) widget: widget::Widget,
}

static ENGLISH: Texts = Texts {
    onboarding: onboarding::ENGLISH,
    tokens: tokens::ENGLISH,
    toast: toast::ENGLISH,
    sign_in_errors: sign_in_errors::ENGLISH,
    session: session::ENGLISH,
    security: security::ENGLISH,
    profile: profile::ENGLISH,
    problem: problem::ENGLISH,
    home: home::ENGLISH,
    common: common::ENGLISH,
    campaigns: campaigns::ENGLISH,
    claims: claims::ENGLISH,
    frame: frame::ENGLISH,
    own_forms: own_forms::ENGLISH,
    widget: widget::ENGLISH,
};

static GERMAN: Texts = Texts {
    onboarding: onboarding::GERMAN,
    tokens: tokens::GERMAN,
    toast: toast::GERMAN,
    sign_in_errors: sign_in_errors::GERMAN,
    session: session::GERMAN,
    security: security::GERMAN,
    profile: profile::GERMAN,
    problem: problem::GERMAN,
    home: home::GERMAN,
    common: common::GERMAN,
    campaigns: campaigns::GERMAN,
    claims: claims::GERMAN,
    frame: frame::GERMAN,
    own_forms: own_forms::GERMAN,
    widget: widget::GERMAN,
};

/// The texts in the language of the request, as in `texts().frame.skip_to_content`.
pub(crate) fn texts() -> &'static Texts {
    Language::current().texts()
}

impl Language {
    /// The language of the request being answered; the default one where there is no request, as while routes are
    /// listed at start.
    pub(crate) fn current() -> Self {
        use_context::<Self>().unwrap_or_default()
    }

    /// The texts in this language.
    pub(crate) const fn texts(self) -> &'static Texts {
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
        }
    }
}
