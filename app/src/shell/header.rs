use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::Viewer;
use crate::context::{self, RunsCampaigns};
use crate::path;
use crate::texts::{LanguageChoice, texts};

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

/// Where the person who is looking can go, with the names of the places.
fn places() -> Vec<(&'static str, &'static str)> {
    let words = &texts().frame;
    match context::viewer() {
        Viewer::SignedIn(_) => {
            let campaigns =
                use_context::<RunsCampaigns>().map(|_| (path::CAMPAIGNS, words.campaigns));
            let places = [
                (path::HOME, words.home),
                (path::PROFILE, words.profile),
                (path::TOKENS, words.tokens),
                (path::SECURITY, words.security),
                (path::ONBOARDING, words.onboarding),
            ];
            places.into_iter().chain(campaigns).collect()
        }
        Viewer::SignedOut | Viewer::CannotCheck => vec![
            (path::HOME, words.home),
            (path::PROFILE, words.profile),
            (path::ONBOARDING, words.onboarding),
        ],
    }
}

/// How a link is marked on a page: as its own, or as one of those below it.
fn mark(page: &str, link: &str) -> Option<&'static str> {
    let below = page.strip_prefix(link)?;
    match below {
        "" => Some("page"),
        _ if link != path::HOME && below.starts_with('/') => Some("true"),
        _ => None,
    }
}

/// The top of every page: where you can go, and who you are.
#[component]
pub(crate) fn Header() -> impl IntoView {
    let here = use_location().pathname;
    let current = move |to: &'static str| here.with(|path| mark(path, to));
    view! {
        <header class="site-header">
            <div class="site-header-inner">
                <a class="wordmark" href=path::HOME>
                    <Logo />
                    "Portico"
                </a>
                <nav aria-label=texts().frame.navigation data-region="navigation">
                    {places()
                        .into_iter()
                        .map(|(to, name)| {
                            view! {
                                <a href=to aria-current=current(to)>
                                    {name}
                                </a>
                            }
                        })
                        .collect_view()}
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
                <button class="button button-quiet" type="submit">{texts().common.sign_out}</button>
            </form>
        }
        .into_any(),
        // The external mark keeps the client router away from an address that leaves the app.
        Viewer::SignedOut => view! {
            <a class="button" href=path::LOGIN rel="external">{texts().common.sign_in}</a>
        }
        .into_any(),
        Viewer::CannotCheck => view! {
            <span class="account-name">{texts().frame.session_unknown}</span>
        }
        .into_any(),
    }
}

/// Where administrators go on. Who may is for the org to say, which is asked there and not for every page.
#[component]
fn ForAdministrators() -> impl IntoView {
    view! {
        <a href=path::CAMPAIGNS rel="external">
            {texts().campaigns.title}
        </a>
    }
}

/// The bottom of every page.
#[component]
pub(crate) fn Footer() -> impl IntoView {
    let words = &texts().frame;
    let issuer = context::org().map(|org| org.issuer.clone());
    let is_signed_in = matches!(context::viewer(), Viewer::SignedIn(_));
    view! {
        <footer class="site-footer">
            <p>
                {words.tokens_stay} " "
                {issuer.map(|issuer| view! { {words.sign_in_by} " " <code>{issuer}</code> "." })}
            </p>
            <p data-region="administration">{is_signed_in.then(|| view! { <ForAdministrators /> })}</p>
            <div data-region="language">
                <LanguageChoice />
            </div>
        </footer>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_marked_on_its_page_and_on_those_below_it() {
        for (page, link, mark_of_link) in [
            ("/", "/", Some("page")),
            ("/profile", "/", None),
            ("/profile", "/profile", Some("page")),
            ("/campaigns/7/preview", "/campaigns", Some("true")),
            ("/profiles", "/profile", None),
        ] {
            assert_eq!(mark(page, link), mark_of_link, "{page} {link}");
        }
    }
}
