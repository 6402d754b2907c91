use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::notice::{Notice, Tone};
use crate::texts::texts;

/// What became of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Outcome {
    Made,
    Deleted,
    Started,
    Discarded,
    WrongName,
    WrongGroup,
    Busy,
    Nobody,
    FileTooLong,
    FileTooManyRows,
    FileEmpty,
    FileNoAddresses,
    FileNotText,
    FileBroken,
    OrgUnavailable,
    OrgRefused,
    StoreUnavailable,
    NotAllowed,
    NoSuchInvitation,
}

impl Outcome {
    const fn is_good(self) -> bool {
        matches!(
            self,
            Self::Made | Self::Deleted | Self::Started | Self::Discarded
        )
    }
}

/// What became of the form before this page.
#[component]
pub(super) fn OutcomeNotice(outcome: Outcome) -> impl IntoView {
    let tone = if outcome.is_good() {
        Tone::Good
    } else {
        Tone::Bad
    };
    let (title, text) = (texts().campaigns.outcome)(outcome);
    view! {
        <Notice tone title>
            <p>{text}</p>
        </Notice>
    }
}
