use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::{Stylesheet, Title};
use leptos_router::hooks::use_location;
use model::SignInError;

use super::api::begin_interaction;
use super::{Embedding, EmbeddingState, WidgetFiles};
use crate::context::set_status;
use crate::path;
use crate::problem::Problem;
use crate::texts::texts;

/// Shows the widget once its script is there.
const START: &str = include_str!("start.js");

/// Nothing of the page works until somebody changes something.
const UNAVAILABLE: u16 = 503;

/// `/sign-in/widget`: the interaction begins while this page is rendered.
#[component]
pub(crate) fn WidgetPage() -> impl IntoView {
    let query = use_location().search.get_untracked();
    Suspend::new(async move {
        match begin_interaction(query).await {
            Ok(Embedding { return_to, state }) => view! { <Embedded return_to state /> }.into_any(),
            Err(error) => view! {
                <Failed return_to=path::HOME.to_owned() error=error.into_sign_in_error() />
            }
            .into_any(),
        }
    })
}

#[component]
fn Embedded(return_to: String, state: EmbeddingState) -> impl IntoView {
    let texts = &texts().widget;
    match state {
        EmbeddingState::Ready(configuration) => {
            view! { <Asking return_to configuration /> }.into_any()
        }
        EmbeddingState::Failed(error) => view! { <Failed return_to error /> }.into_any(),
        EmbeddingState::FilesMissing => view! {
            <Unavailable return_to cause=texts.files_missing steps=vec![texts.get_files]>
                <p>
                    <code>"cargo xtask build"</code>
                </p>
            </Unavailable>
        }
        .into_any(),
        EmbeddingState::NotOffered => view! {
            <Unavailable return_to cause=texts.not_offered steps=vec![texts.not_offered_remedy] />
        }
        .into_any(),
        EmbeddingState::SwitchedOff => view! {
            <Unavailable
                return_to
                cause=texts.switched_off
                steps=vec![texts.switch_on_org, texts.switch_on_server, texts.local_org]
            />
        }
        .into_any(),
        EmbeddingState::NotGranted => view! {
            <Unavailable
                return_to
                cause=texts.not_granted
                steps=vec![texts.grant, texts.local_org]
            />
        }
        .into_any(),
    }
}

/// The widget, and the way around it.
///
/// The region has a name of its own, so that the browser itself comes to this page and leaves it: its scripts run only in a
/// document that was loaded, and what its policy allows ends with that document. It is the `main` of the page by its role alone,
/// because the widget brings a `main` that nothing may be around.
#[component]
fn Asking(return_to: String, configuration: String) -> impl IntoView {
    let texts = &texts().widget;
    let files = use_context::<WidgetFiles>();
    let script = files.as_ref().map(WidgetFiles::script);
    let style = files.as_ref().map(WidgetFiles::style);
    view! {
        <Title text=format!("{} · Portico", texts.title) />
        {style.map(|href| view! { <Stylesheet href /> })}
        <div id="main" class="widget-page" role="main" tabindex="-1" data-region="widget">
            <div role="region" aria-labelledby="widget-title">
                <h1 id="widget-title">{texts.title}</h1>
                <p class="lead">{texts.lead}</p>
            </div>
            <div class="widget">
                <noscript>
                    <p>{texts.needs_script}</p>
                </noscript>
                <p id="widget-failure" role="alert" hidden>
                    {texts.failure}
                </p>
                <div id="widget-place" aria-busy="true" data-configuration=configuration>
                    <p>{texts.loading}</p>
                </div>
                <Elsewhere return_to />
            </div>
            <script defer nonce=use_nonce() src=script></script>
            <script type="module" nonce=use_nonce()>
                {START}
            </script>
        </div>
    }
}

/// The org's own page, which always works.
#[component]
fn Elsewhere(return_to: String) -> impl IntoView {
    let texts = &texts().widget;
    view! {
        <section class="sign-in-elsewhere" aria-labelledby="elsewhere">
            <h2 id="elsewhere">{texts.elsewhere}</h2>
            <p>{texts.elsewhere_help}</p>
            <Hosted return_to is_quiet=true />
        </section>
    }
}

#[component]
fn Hosted(return_to: String, #[prop(optional)] is_quiet: bool) -> impl IntoView {
    view! {
        <form method="post" action=path::API_SIGN_IN_HOSTED>
            <input type="hidden" name="return_to" value=return_to />
            <button class="button" class:button-quiet=is_quiet type="submit">
                {texts().widget.use_hosted}
            </button>
        </form>
    }
}

/// Why there is no widget, and what an administrator can do about it.
#[component]
fn Unavailable(
    return_to: String,
    cause: &'static str,
    /// Each in a sentence.
    steps: Vec<&'static str>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    set_status(UNAVAILABLE);
    let texts = &texts().widget;
    view! {
        <crate::shell::Page title=texts.unavailable>
            <p class="lead">{cause}</p>
            <section class="panel" aria-labelledby="remedy">
                <h2 id="remedy">{texts.remedy}</h2>
                <ul class="widget-remedy">
                    {steps.into_iter().map(|step| view! { <li>{step}</li> }).collect_view()}
                </ul>
                {children.map(|children| children())}
            </section>
            <div class="widget">
                <Elsewhere return_to />
            </div>
        </crate::shell::Page>
    }
}

#[component]
fn Failed(return_to: String, error: SignInError) -> impl IntoView {
    let SignInError { code, said_by_org } = error;
    set_status(code.status());
    view! {
        <Problem
            title=texts().widget.unavailable
            cause=code.cause()
            remedy=code.remedy()
            code=code.as_str()
            said_by_org
        >
            <Hosted return_to />
        </Problem>
    }
}
