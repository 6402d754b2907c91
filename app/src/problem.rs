//! The page for everything that went wrong: what happened, why, and what to do now.

use leptos::prelude::*;

use crate::shell::Page;

/// A problem in words, with a way out.
#[component]
pub(crate) fn Problem(
    /// The heading.
    title: &'static str,
    /// One sentence: what happened.
    #[prop(into)]
    cause: String,
    /// One sentence: what to do about it.
    #[prop(into)]
    remedy: String,
    /// The stable code to quote.
    #[prop(optional)]
    code: Option<&'static str>,
    /// What the org said, as untrusted text.
    #[prop(optional_no_strip)]
    said_by_org: Option<String>,
    /// The ways out: links or a form.
    children: Children,
) -> impl IntoView {
    view! {
        <Page title=title>
            <section class="problem">
                <p class="lead">{cause}</p>
                <p>{remedy}</p>
                {said_by_org
                    .map(|said| {
                        view! {
                            <figure class="quote">
                                <figcaption>"The org said"</figcaption>
                                <blockquote>{said}</blockquote>
                            </figure>
                        }
                    })}
                <div class="actions">{children()}</div>
                {code
                    .map(|code| {
                        view! {
                            <p class="fine-print">
                                "Code to quote when asking for help: " <code>{code}</code>
                            </p>
                        }
                    })}
            </section>
        </Page>
    }
}

/// The page for a session store that does not answer: nobody is signed out by it.
#[component]
pub(crate) fn CannotCheck() -> impl IntoView {
    let code = model::SignInErrorCode::StoreUnavailable;
    crate::context::set_status(code.status());
    view! {
        <Problem
            title="We cannot check your session right now"
            cause=code.cause()
            remedy=code.remedy()
            code=code.as_str()
        >
            <a class="button" href="" rel="external">"Try again"</a>
        </Problem>
    }
}
