use leptos::prelude::*;

use super::Outcome;
use crate::notice::{Notice, Tone};
use crate::texts::texts;

/// What became of the form before this page.
#[component]
pub(super) fn OutcomeNotice(outcome: Outcome) -> impl IntoView {
    let tone = match outcome {
        Outcome::CodeSent => Tone::Good,
        Outcome::NoSuchSession
        | Outcome::WrongNumber
        | Outcome::WrongCode
        | Outcome::NothingToRemove
        | Outcome::NotAllowed
        | Outcome::OrgRefused
        | Outcome::OrgUnavailable
        | Outcome::StoreUnavailable => Tone::Bad,
    };
    let (title, text) = (texts().security.outcome)(outcome);
    view! {
        <Notice tone title>
            <p>{text}</p>
        </Notice>
    }
}
