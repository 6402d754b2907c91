use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::SsrMode;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;

use super::header::{Footer, Header};
use crate::campaigns::{
    CampaignPage, CampaignsPage, DeletePage, JoinPage, NewCampaignPage, PreviewPage,
};
use crate::home::HomePage;
use crate::navigation::Navigator;
use crate::not_found::NotFound;
use crate::onboarding::OnboardingPage;
use crate::profile::ProfilePage;
use crate::security::SecurityPage;
use crate::session::SessionGuard;
use crate::sign_in::{CallbackPage, LoginPage, OwnSignInPage};
use crate::sign_out::{SignOutPage, SignedOutPage};
use crate::texts::texts;
use crate::toast::Toasts;
use crate::tokens::TokensPage;
use crate::widget::WidgetPage;

/// The app: its routes inside the frame that every page shares.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();

    view! {
        <Router>
            <a class="skip-link" href="#main">{texts().frame.skip_to_content}</a>
            <Header />
            <Toasts />
            <Routes fallback=NotFound>
                <Route path=path!("") view=HomePage ssr=SsrMode::Async />
                <Route path=path!("login") view=LoginPage ssr=SsrMode::Async />
                <Route path=path!("login/callback") view=CallbackPage ssr=SsrMode::Async />
                <Route path=path!("sign-in") view=OwnSignInPage ssr=SsrMode::Async />
                <Route path=path!("sign-in/widget") view=WidgetPage ssr=SsrMode::Async />
                <Route path=path!("profile") view=ProfilePage ssr=SsrMode::Async />
                <Route path=path!("security") view=SecurityPage ssr=SsrMode::Async />
                <Route path=path!("tokens") view=TokensPage ssr=SsrMode::Async />
                <Route path=path!("onboarding") view=OnboardingPage ssr=SsrMode::Async />
                <Route path=path!("campaigns") view=CampaignsPage ssr=SsrMode::Async />
                <Route path=path!("campaigns/new") view=NewCampaignPage ssr=SsrMode::Async />
                <Route path=path!("campaigns/:id") view=CampaignPage ssr=SsrMode::Async />
                <Route path=path!("campaigns/:id/preview") view=PreviewPage ssr=SsrMode::Async />
                <Route path=path!("campaigns/:id/delete") view=DeletePage ssr=SsrMode::Async />
                <Route path=path!("join") view=JoinPage ssr=SsrMode::Async />
                <Route path=path!("sign-out") view=SignOutPage ssr=SsrMode::Async />
                <Route path=path!("signed-out") view=SignedOutPage ssr=SsrMode::Async />
            </Routes>
            <Footer />
            <Navigator>
                <div class="visually-hidden" role="status" aria-live="polite"></div>
            </Navigator>
            <SessionGuard />
        </Router>
    }
}
