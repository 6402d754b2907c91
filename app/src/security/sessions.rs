use leptos::prelude::*;
use model::Timestamp;

use super::Device;
use crate::moment::Moment;
use crate::path;
use crate::texts::texts;

/// The browsers in which the person is signed in to the app.
#[component]
pub(super) fn Sessions(sessions: Vec<Device>, at: Timestamp) -> impl IntoView {
    let words = &texts().security;
    let has_others = sessions.len() > 1;
    view! {
        <section class="panel" aria-labelledby="sessions">
            <h2 id="sessions">{words.sessions}</h2>
            <p>{words.sessions_lead}</p>
            <ul class="rows">
                {sessions.into_iter().map(|device| view! { <Row device at /> }).collect_view()}
            </ul>
            {(!has_others)
                .then(|| view! { <p class="fine-print">{words.nowhere_else}</p> })}
            <div class="actions">
                {has_others
                    .then(|| {
                        view! {
                            <form method="post" action=path::API_SECURITY_END_OTHERS>
                                <button class="button button-quiet" type="submit">
                                    {words.end_others}
                                </button>
                            </form>
                        }
                    })}
                <form method="post" action=path::API_SECURITY_END_EVERYWHERE>
                    <button class="button button-danger" type="submit" aria-describedby="everywhere">
                        {words.end_everywhere}
                    </button>
                </form>
            </div>
            <p class="fine-print" id="everywhere">
                {words.everywhere_means}
            </p>
        </section>
    }
}

#[component]
fn Row(device: Device, at: Timestamp) -> impl IntoView {
    let Device {
        handle,
        label,
        began,
        last_seen,
        is_this,
    } = device;
    let words = &texts().security;
    let label = (words.device)(&label);
    let ago = (texts().common.ago)(at.as_second() - last_seen.as_second());
    let seen = (words.last_seen)(&ago);
    let action = if is_this {
        view! { <span class="badge badge-good">{words.this_browser}</span> }.into_any()
    } else {
        let name = format!(": {label}{seen}");
        view! {
            <form method="post" action=path::API_SECURITY_END_SESSION>
                <input type="hidden" name="handle" value=handle />
                <button class="button button-quiet" type="submit">
                    {texts().common.sign_out}
                    <span class="visually-hidden">{name}</span>
                </button>
            </form>
        }
        .into_any()
    };
    view! {
        <li>
            <div>
                <p class="row-name">{label}</p>
                <p class="fine-print">
                    {words.signed_in} <Moment at=began /> {seen}
                </p>
            </div>
            {action}
        </li>
    }
}
