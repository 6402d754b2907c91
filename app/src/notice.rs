use leptos::prelude::*;

/// Whether a notice tells of something good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    Good,
    Bad,
}

/// What became of a form: where the redirect after it leads to, so that it is read first, and announced.
#[component]
pub(crate) fn Notice(tone: Tone, title: &'static str, children: Children) -> impl IntoView {
    let class = match tone {
        Tone::Good => "notice notice-good",
        Tone::Bad => "notice notice-bad",
    };
    view! {
        <div id="outcome" class=class role="status" tabindex="-1">
            <h2>{title}</h2>
            {children()}
        </div>
    }
}
