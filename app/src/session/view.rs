use leptos::prelude::*;

use super::watch::SessionWatch;
use crate::Viewer;
use crate::context;
use crate::path;
use crate::texts::texts;

/// Watches the session of whoever is signed in. It stands in the frame of every page and shows nothing until it must.
#[component]
pub(crate) fn SessionGuard() -> impl IntoView {
    match context::viewer() {
        Viewer::SignedIn(person) => view! {
            <SessionWatch>
                <div data-person=person.key.clone()>
                    <IdleWarning />
                    <SignedOut />
                </div>
            </SessionWatch>
        }
        .into_any(),
        Viewer::SignedOut | Viewer::CannotCheck => ().into_any(),
    }
}

/// Shown two minutes before the end, by the script alone.
#[component]
fn IdleWarning() -> impl IntoView {
    let (words, common) = (&texts().session, &texts().common);
    view! {
        <dialog class="dialog" aria-labelledby="idle-title" aria-describedby="idle-text">
            <h2 id="idle-title">{words.still_there}</h2>
            <p id="idle-text">{words.idle_soon}</p>
            <div class="actions">
                <button class="button" type="button" autofocus data-stay>
                    {common.stay_signed_in}
                </button>
                <form method="post" action=path::SIGN_OUT>
                    <button class="button button-quiet" type="submit">{common.sign_out}</button>
                </form>
            </div>
        </dialog>
    }
}

/// What takes the place of the page when the session has ended. A template is no part of the page before that.
#[component]
fn SignedOut() -> impl IntoView {
    let (words, common) = (&texts().session, &texts().common);
    let reasons = [
        ("idle", words.ended_idle),
        ("expired", words.ended_of_age),
        ("signed-out", words.ended_elsewhere),
        ("other-person", words.ended_by_other),
    ];
    view! {
        <template data-title=format!("{} · Portico", words.signed_out)>
            <div class="account" data-region="account">
                <a class="button" href=path::LOGIN rel="external" data-again>{common.sign_in}</a>
            </div>
            <main id="main" tabindex="-1" data-region="main">
                <h1>{words.signed_out}</h1>
                {reasons
                    .map(|(reason, sentence)| {
                        view! {
                            <p class="lead" role="alert" data-reason=reason>
                                {sentence}
                            </p>
                        }
                    })
                    .into_iter()
                    .collect_view()}
                <p>{words.drafts_are_kept}</p>
                <div class="actions">
                    <a class="button" href=path::LOGIN rel="external" data-again>
                        {common.sign_in_again}
                    </a>
                    <a class="button button-quiet" href=path::HOME rel="external">
                        {common.go_home}
                    </a>
                </div>
            </main>
        </template>
    }
}
