use leptos::prelude::*;

use super::frame::ToastFrame;
use super::{Done, Pending};
use crate::path;
use crate::shell::here;
use crate::texts::texts;

/// The place of the toast. It is on every page, and empty on most.
#[component]
pub(crate) fn Toasts() -> impl IntoView {
    let done = use_context::<Pending>().map(|pending| {
        (pending.said)();
        pending.done
    });
    view! {
        <div class="toasts" data-region="toast">
            {done
                .map(|done| {
                    view! {
                        <ToastFrame>
                            <Toast done />
                        </ToastFrame>
                    }
                })}
        </div>
    }
}

/// The redirect after a form leads here by the fragment, so that it is read first where there is no script.
#[component]
fn Toast(done: Done) -> impl IntoView {
    let words = &texts().toast;
    let (title, text) = (words.done)(done);
    view! {
        <div id="outcome" class="toast" role="status" tabindex="-1">
            <h2>{title}</h2>
            <p>{text}</p>
            <div class="toast-actions">
                <Undo done />
                // Without a script this loads the page again, which has nothing to say any more.
                <a class="button button-quiet" href=here() rel="external" data-dismiss>
                    {words.dismiss}
                </a>
            </div>
        </div>
    }
}

/// A form that takes back what was done, where something can be taken back.
#[component]
fn Undo(done: Done) -> impl IntoView {
    match done {
        Done::LanguageChosen { before } => Some(view! {
            <form method="post" action=path::API_LANGUAGE>
                <input type="hidden" name="return_to" value=here() />
                <input type="hidden" name="language" value=before.tag() />
                <button class="button button-quiet" type="submit">
                    {texts().toast.undo}
                </button>
            </form>
        }),
        Done::SessionEnded
        | Done::OtherSessionsEnded
        | Done::AuthenticatorRemoved
        | Done::PhoneAdded => None,
    }
}
