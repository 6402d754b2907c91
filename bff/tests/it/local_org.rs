//! The relying party and the local org together: they share nothing but HTTP.

use std::sync::Arc;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use axum::routing::get;
use bff::{
    Bff, BffConfig, BrowserInfo, CallbackQuery, ClientAuthentication, ClientCredentials,
    SessionKeys, SessionState, StoreAddress,
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use model::{ReturnTo, SignInErrorCode};
use testkit::http::{Behaviour, InProcessHttp};
use testkit::{APP_URL, Browser, ORG_URL, PASSWORD, Page, SeededEntropy, TestDir, TestOrg};
use url::Url;

use crate::support::FIRST_KEY;

const ORG_AUTHORITY: &str = "localhost:7000";
const JOHN: &str = "john.doe@example.com";

/// A small app, the local org, and a browser that reaches both.
struct Town {
    org: TestOrg,
    network: Arc<InProcessHttp>,
    browser: Browser,
    _dir: TestDir,
}

impl Town {
    async fn new() -> Self {
        let org = TestOrg::start().await;
        let network = Arc::new(InProcessHttp::new());
        network.serve(ORG_AUTHORITY, org.org().router());
        let dir = TestDir::new();
        let registration = org.org().portico_client();
        let config = BffConfig {
            app_url: Url::parse(APP_URL).expect("a URL"),
            issuer: ORG_URL.to_owned(),
            client: ClientCredentials {
                client_id: registration.client_id.as_str().to_owned(),
                authentication: ClientAuthentication::SecretBasic(registration.client_secret),
            },
            scopes: None,
            session_keys: SessionKeys::parse(FIRST_KEY).expect("keys"),
            store: StoreAddress::Sqlite(dir.path().join("app.sqlite")),
        };
        let clock = Arc::new(org.clock.clone());
        let bff = Bff::open(
            config,
            clock,
            Arc::new(SeededEntropy::new(7)),
            network.clone(),
        );
        let bff = bff.await.expect("the relying party opens");
        let browser = org.browser().with_site(APP_URL, app(bff));
        Self {
            org,
            network,
            browser,
            _dir: dir,
        }
    }

    /// Signs in on the org's hosted pages, as a person would, up to the app's answer.
    async fn sign_in(&mut self, login: &str) -> Page {
        let browser = &mut self.browser;
        let page = browser.visit(&format!("{APP_URL}/login?/profile")).await;
        let page = browser
            .submit(&page, page.form("/identify"), &[("identifier", login)])
            .await;
        let page = browser.follow(page).await;
        let page = browser
            .submit(&page, page.form("/password"), &[("password", PASSWORD)])
            .await;
        browser.follow(page).await
    }

    async fn who(&mut self) -> String {
        self.browser.get(&format!("{APP_URL}/who")).await.text()
    }
}

fn app(bff: Bff) -> Router {
    Router::new()
        .route("/login", get(login))
        .route("/login/callback", get(callback))
        .route("/who", get(who))
        .route("/sign-out", get(sign_out))
        .route("/signed-out", get(signed_out))
        .fallback(|| async { "a page" })
        .with_state(bff)
}

fn redirect(location: &str, cookies: Vec<HeaderValue>) -> Response {
    let cookies = cookies
        .into_iter()
        .map(|cookie| (header::SET_COOKIE, cookie));
    (
        AppendHeaders(cookies.collect::<Vec<_>>()),
        Redirect::to(location),
    )
        .into_response()
}

async fn login(State(bff): State<Bff>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let return_to = ReturnTo::parse(&query.unwrap_or_default());
    match bff.begin_sign_in(&headers, return_to).await {
        Ok(begun) => redirect(begun.location.as_str(), begun.cookies),
        Err(error) => (StatusCode::BAD_GATEWAY, error.code.as_str()).into_response(),
    }
}

async fn callback(
    State(bff): State<Bff>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let query = CallbackQuery::new(&query.unwrap_or_default());
    match bff
        .complete_sign_in(&headers, query, BrowserInfo::default())
        .await
    {
        Ok(completed) => redirect(completed.go_to.as_str(), completed.cookies),
        Err((error, _)) => (StatusCode::BAD_GATEWAY, error.code.as_str()).into_response(),
    }
}

async fn who(State(bff): State<Bff>, headers: HeaderMap) -> String {
    match bff.session(&headers).await.state {
        SessionState::SignedIn(session) => {
            format!(
                "{} of {}",
                session.display_name(),
                session.groups().join(" and ")
            )
        }
        SessionState::SignedOut => "nobody".to_owned(),
        SessionState::CannotCheck => "cannot check".to_owned(),
    }
}

async fn sign_out(State(bff): State<Bff>, headers: HeaderMap) -> Response {
    let sign_out = bff.sign_out(&headers).await;
    redirect(&sign_out.location, sign_out.cookies)
}

async fn signed_out(
    State(bff): State<Bff>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> String {
    let back = bff.confirm_signed_out(&headers, &query.unwrap_or_default());
    format!("confirmed: {}", back.is_confirmed)
}

#[tokio::test]
async fn a_person_signs_in_is_known_and_signs_out_everywhere() {
    let mut town = Town::new().await;
    let page = town.sign_in(JOHN).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    assert_eq!(
        page.url.as_str(),
        format!("{APP_URL}/onboarding?return_to=%2Fprofile")
    );
    let who = town.who().await;
    assert!(
        who.starts_with("John Doe of ") && who.contains("Retailers"),
        "{who}"
    );

    let page = town.browser.visit(&format!("{APP_URL}/sign-out")).await;
    assert!(
        page.url
            .as_str()
            .starts_with(&format!("{APP_URL}/signed-out?state=")),
        "{}",
        page.url
    );
    assert_eq!(page.text(), "confirmed: true");
    assert_eq!(town.who().await, "nobody");
    let page = town.browser.visit(&format!("{APP_URL}/login")).await;
    assert_eq!(
        page.url.origin().ascii_serialization(),
        ORG_URL,
        "the org asks again"
    );
}

#[tokio::test]
async fn signing_in_again_while_the_org_knows_the_person_asks_nothing() {
    let mut town = Town::new().await;
    town.sign_in(JOHN).await.text();
    town.browser.remove_cookie("127.0.0.1", "portico_session");
    assert_eq!(town.who().await, "nobody");
    let page = town
        .browser
        .visit(&format!("{APP_URL}/login?/profile"))
        .await;
    assert_eq!(
        page.url.origin().ascii_serialization(),
        APP_URL,
        "{}",
        page.text()
    );
    assert!(town.who().await.starts_with("John Doe"));
}

#[tokio::test]
async fn an_unassigned_person_is_told_so() {
    let mut town = Town::new().await;
    town.org
        .unassign(town.org.org().portico_client().client_id.as_str());
    let page = town.sign_in(JOHN).await;
    let is_told = page.text().contains(SignInErrorCode::NotAssigned.as_str())
        || page.text().contains("User is not assigned");
    assert!(is_told, "{}", page.text());
    assert_eq!(town.who().await, "nobody");
}

#[tokio::test]
async fn an_org_that_goes_away_signs_nobody_out() {
    for behaviour in [Behaviour::Down, Behaviour::Hanging] {
        let mut town = Town::new().await;
        town.sign_in(JOHN).await.text();
        town.network.set_behaviour(ORG_AUTHORITY, behaviour);
        // From here on the runtime moves the time whenever everything waits.
        tokio::time::pause();
        assert!(town.who().await.starts_with("John Doe"));
        let page = town.browser.visit(&format!("{APP_URL}/sign-out")).await;
        assert_eq!(page.url.as_str(), format!("{APP_URL}/signed-out"));
        assert_eq!(town.who().await, "nobody");
        tokio::time::resume();
        town.network.set_behaviour(ORG_AUTHORITY, Behaviour::Up);
        let page = town.browser.visit(&format!("{APP_URL}/login")).await;
        assert_eq!(
            page.url.origin().ascii_serialization(),
            ORG_URL,
            "no restart is needed, and the session that the org still has is not enough"
        );
        assert_eq!(town.who().await, "nobody");
    }
}
