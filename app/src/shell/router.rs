use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::SsrMode;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;

use super::header::{Footer, Header};
use crate::home::HomePage;
use crate::navigation::Navigator;
use crate::not_found::NotFound;
use crate::onboarding::OnboardingPage;
use crate::profile::ProfilePage;
use crate::sign_in::{CallbackPage, LoginPage};
use crate::sign_out::{SignOutPage, SignedOutPage};

/// The app: its routes inside the frame that every page shares.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();

    view! {
        <Router>
            <a class="skip-link" href="#main">"Skip to content"</a>
            <Header />
            <Routes fallback=NotFound>
                <Route path=path!("") view=HomePage ssr=SsrMode::Async />
                <Route path=path!("login") view=LoginPage ssr=SsrMode::Async />
                <Route path=path!("login/callback") view=CallbackPage ssr=SsrMode::Async />
                <Route path=path!("profile") view=ProfilePage ssr=SsrMode::Async />
                <Route path=path!("onboarding") view=OnboardingPage ssr=SsrMode::Async />
                <Route path=path!("sign-out") view=SignOutPage ssr=SsrMode::Async />
                <Route path=path!("signed-out") view=SignedOutPage ssr=SsrMode::Async />
            </Routes>
            <Footer />
            <Navigator />
        </Router>
    }
}
