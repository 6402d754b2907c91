//! The page for everything that went wrong: what happened, why, and what to do now.

use leptos::prelude::*;

use crate::shell::Page;
use crate::texts::texts;

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
    let words = &texts().problem;
    view! {
        <Page title=title>
            <section class="problem">
                <p class="lead">{cause}</p>
                <p>{remedy}</p>
                {said_by_org
                    .map(|said| {
                        view! {
                            <figure class="quote">
                                <figcaption>{words.the_org_said}</figcaption>
                                <blockquote>{said}</blockquote>
                            </figure>
                        }
                    })}
                <div class="actions">{children()}</div>
                {code
                    .map(|code| {
                        view! {
                            <p class="fine-print">
                                {words.code_to_quote} " " <code>{code}</code>
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
    let words = &texts().sign_in_errors;
    let code = model::SignInErrorCode::StoreUnavailable;
    crate::context::set_status(code.status());
    view! {
        <Problem
            title=texts().problem.cannot_check
            cause=(words.cause)(code)
            remedy=(words.remedy)(code)
            code=code.as_str()
        >
            <a class="button" href="" rel="external">{texts().common.try_again}</a>
        </Problem>
    }
}

/// The page for something that cannot be shown right now, with a way to try again.
#[component]
pub(crate) fn Unavailable(
    title: &'static str,
    code: model::SignInErrorCode,
    /// The path of the page.
    page: &'static str,
) -> impl IntoView {
    let words = &texts().sign_in_errors;
    crate::context::set_status(code.status());
    view! {
        <Problem title cause=(words.cause)(code) remedy=(words.remedy)(code) code=code.as_str()>
            <a class="button" href=page>{texts().common.try_again}</a>
        </Problem>
    }
}
