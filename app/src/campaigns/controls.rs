use leptos::prelude::*;
use model::{CampaignJob, CampaignStart};

use super::renewed::{PAUSE, Renewed};
use super::{One, Progress};
use crate::path;
use crate::texts::texts;

/// What is being done, and how far it has come.
#[component]
pub(super) fn Working(id: i64, progress: Progress) -> impl IntoView {
    let words = &texts().campaigns;
    let is_import = progress.job == CampaignJob::Import;
    view! {
        <section class="panel" aria-labelledby="working">
            <h2 id="working">{(words.job_name)(progress.job)}</h2>
            <div>
                <Renewed>
                    <HowFar progress />
                </Renewed>
            </div>
            <p class="fine-print">{words.goes_on}</p>
            <div class="actions">
                <a class="button button-quiet" href=path::campaign(id) rel="external">
                    {words.refresh}
                </a>
                {is_import.then(|| view! { <Act id what="take_back" label=words.take_back is_quiet=true /> })}
            </div>
            <Refresh id />
        </section>
    }
}

/// The part of the page that is renewed for as long as it is about the same job.
#[component]
fn HowFar(progress: Progress) -> impl IntoView {
    let words = &texts().campaigns;
    view! {
        <div data-part=progress.job.as_str()>
            <progress
                class="campaign-progress"
                max=progress.total.max(1)
                value=progress.done
                aria-labelledby="working"
            ></progress>
            <p>{(words.done_of)(progress.done, progress.total)}</p>
            {progress.is_waiting.then(|| view! { <p>{words.waiting}</p> })}
        </div>
    }
}

/// Makes a browser without scripts load the page anew. Browsers take the element in the body as well, where it can be left to those.
///
/// The element names the address, because one with a fragment would be looked up in the page that is there.
#[component]
fn Refresh(id: i64) -> impl IntoView {
    let refresh = format!("{}; url={}", PAUSE.as_secs(), path::campaign(id));
    view! {
        <noscript>
            <meta http-equiv="refresh" content=refresh />
        </noscript>
    }
}

/// What can be done now.
#[component]
pub(super) fn Controls(one: One) -> impl IntoView {
    let words = &texts().campaigns;
    if one.progress.is_some() || (one.total == 0 && one.drafts == 0) {
        return ().into_any();
    }
    let id = one.id;
    let send = if one.start == CampaignStart::Email {
        (words.send)(one.ready)
    } else {
        (words.make_links)(one.ready)
    };
    view! {
        <div class="actions">
            {(one.drafts > 0)
                .then(|| {
                    view! {
                        <a class="button" href=path::campaign_preview(id)>
                            {(words.drafts)(one.drafts)}
                        </a>
                    }
                })} {(one.ready > 0).then(|| view! { <Act id what="send" label=send /> })}
            {(one.unsent > 0)
                .then(|| view! { <Act id what="take_back" label=words.take_back is_quiet=true /> })}
            {(one.resendable > 0 && one.start == CampaignStart::Email)
                .then(|| {
                    view! { <Act id what="resend" label=(words.resend)(one.resendable) is_quiet=true /> }
                })}
            {(one.sent > 0)
                .then(|| view! { <Act id what="look" label=words.look is_quiet=true /> })}
            {(one.total > 0)
                .then(|| {
                    view! {
                        <a
                            class="button button-quiet"
                            href=format!("{}/export", path::campaign(id))
                            rel="external"
                            download
                        >
                            {words.export}
                        </a>
                    }
                })}
        </div>
    }
    .into_any()
}

/// A button that does something with the campaign.
#[component]
pub(super) fn Act(
    id: i64,
    what: &'static str,
    #[prop(into)] label: String,
    #[prop(optional)] is_quiet: bool,
    #[prop(optional)] is_dangerous: bool,
) -> impl IntoView {
    let class = if is_dangerous {
        "button button-danger"
    } else if is_quiet {
        "button button-quiet"
    } else {
        "button"
    };
    view! {
        <form method="post" action=path::API_CAMPAIGNS_ACT>
            <input type="hidden" name="id" value=id />
            <input type="hidden" name="what" value=what />
            <button class=class type="submit">
                {label}
            </button>
        </form>
    }
}
