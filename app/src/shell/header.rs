use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::Viewer;
use crate::context;
use crate::path;

/// The drawing of a portico: a pediment on four columns.
#[component]
pub(crate) fn Logo() -> impl IntoView {
    view! {
        <svg class="logo" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">
            <path d="M16 3 30 11v3H2v-3z" />
            <path d="M5 16h4v9H5zM12.300 16h2.400v9h-2.400zM17.300 16h2.400v9h-2.400zM23 16h4v9h-4z" />
            <path d="M2 27h28v2.500H2z" />
        </svg>
    }
}

/// The top of every page: where you can go, and who you are.
#[component]
pub(crate) fn Header() -> impl IntoView {
    let here = use_location().pathname;
    let current = move |to: &'static str| here.with(|path| path == to).then_some("page");
    view! {
        <header class="site-header">
            <div class="site-header-inner">
                <a class="wordmark" href=path::HOME>
                    <Logo />
                    "Portico"
                </a>
                <nav aria-label="Main" data-region="navigation">
                    <a href=path::HOME aria-current=current(path::HOME)>"Home"</a>
                    <a href=path::PROFILE aria-current=current(path::PROFILE)>"Profile"</a>
                    <a href=path::ONBOARDING aria-current=current(path::ONBOARDING)>"Onboarding"</a>
                </nav>
                <div class="account" data-region="account">
                    <Account />
                </div>
            </div>
        </header>
    }
}

#[component]
fn Account() -> impl IntoView {
    match context::viewer() {
        Viewer::SignedIn(person) => view! {
            <span class="account-name">{person.name.clone()}</span>
            <form method="post" action=path::SIGN_OUT>
                <button class="button button-quiet" type="submit">"Sign out"</button>
            </form>
        }
        .into_any(),
        // The external mark keeps the client router away from an address that leaves the app.
        Viewer::SignedOut => view! {
            <a class="button" href=path::LOGIN rel="external">"Sign in"</a>
        }
        .into_any(),
        Viewer::CannotCheck => view! {
            <span class="account-name">"Session unknown"</span>
        }
        .into_any(),
    }
}

/// The bottom of every page.
#[component]
pub(crate) fn Footer() -> impl IntoView {
    let issuer = context::org().map(|org| org.issuer.clone());
    view! {
        <footer class="site-footer">
            <p>
                "Tokens stay on the server and never reach this page. "
                {issuer.map(|issuer| view! { "Sign-in by " <code>{issuer}</code> "." })}
            </p>
        </footer>
    }
}
