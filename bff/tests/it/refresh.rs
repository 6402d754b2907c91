//! Tokens that are renewed: once for all who need them, and without anybody being signed out.

use std::sync::Arc;

use bff::{
    Bff, BoxFuture, Demand, HeldTokens, HttpClient, HttpError, Renewal, RenewalTrouble,
    SessionState, TokensCheck, TokensState,
};
use bytes::Bytes;
use http::{HeaderMap, Request, Response};
use model::Clock;
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use testkit::provider::{Endpoint, Fault, Provider, Trouble};
use tokio::sync::Semaphore;

use crate::support::{Browser, World, turn, with_each_store};

const HOUR: i64 = 60 * 60;

with_each_store! {
    tokens_are_renewed_a_minute_before_they_expire_and_not_earlier
    a_hundred_requests_of_two_processes_make_one_call_and_sign_nobody_out
    requests_with_older_cookies_find_the_newer_tokens
    what_the_org_answers_decides_whether_the_session_goes_on
    tokens_of_another_person_org_or_app_end_the_session
    after_a_crash_between_answer_and_store_the_next_process_goes_on
    an_org_that_asks_for_patience_is_left_in_peace
    tokens_can_be_renewed_on_demand
    a_session_that_ends_meanwhile_is_not_brought_back
    renewed_tokens_that_are_too_long_for_cookies_are_kept_in_the_store
}

/// A world whose org hands out refresh tokens that count once, and a browser that is signed in.
pub(crate) async fn signed_in(world: &World) -> Browser {
    world.provider.offer_refresh(30);
    world.signed_in().await
}

pub(crate) async fn tokens(world: &World, browser: &mut Browser, demand: Demand) -> TokensState {
    let TokensCheck { state, cookies } = world.bff.tokens(&browser.headers(), demand).await;
    browser.take(&cookies);
    state
}

pub(crate) fn held(state: TokensState) -> HeldTokens {
    match state {
        TokensState::Held(held) => *held,
        other => panic!("expected tokens, got {other:?}"),
    }
}

pub(crate) async fn access_token(world: &World, browser: &mut Browser) -> String {
    let held = held(tokens(world, browser, Demand::Valid).await);
    held.tokens.access_token().expose_secret().to_owned()
}

/// How often the token endpoint was called since the sign-in.
pub(crate) fn renewals(world: &World) -> usize {
    world.provider.calls(Endpoint::Token) - 1
}

async fn tokens_are_renewed_a_minute_before_they_expire_and_not_earlier(world: World) {
    let mut browser = signed_in(&world).await;
    let first = access_token(&world, &mut browser).await;
    world.clock.advance_seconds(HOUR - 61);
    assert_eq!(access_token(&world, &mut browser).await, first);
    assert_eq!(renewals(&world), 0);
    world.provider.change_payload(|mut claims| {
        claims.insert("name".to_owned(), json!("John D. Doe"));
        Value::Object(claims).to_string().into_bytes()
    });
    world.clock.advance_seconds(1);
    let cookies = browser.cookies.clone();
    let renewed = held(tokens(&world, &mut browser, Demand::Valid).await);
    assert_eq!(renewed.renewal, Renewal::Done);
    assert_eq!(renewed.session.display_name(), "John D. Doe");
    assert_ne!(browser.cookies, cookies, "the browser has the new tokens");
    assert_eq!(renewals(&world), 1);
    let second = access_token(&world, &mut browser).await;
    assert_ne!(second, first);
    assert_eq!(renewals(&world), 1);
    let session = world.session(&mut browser).await;
    assert_eq!(session.display_name(), "John D. Doe", "so say all pages");
    assert_eq!(
        session.claim("given_name"),
        Some("John"),
        "what userinfo said stays"
    );
    assert!(browser.line().len() <= 8 * 1024);
    for _ in 0..5 {
        world.clock.advance_seconds(HOUR);
        assert!(world.is_signed_in(&mut browser).await);
        access_token(&world, &mut browser).await;
    }
    assert_eq!(renewals(&world), 6, "each with the token of the one before");
    assert_eq!(world.provider.reuses(), 0);
}

async fn a_hundred_requests_of_two_processes_make_one_call_and_sign_nobody_out(world: World) {
    let _turn = turn().await;
    let processes = [world.bff.clone(), world.reopen(|_| {}).await];
    let mut browser = Browser::default();
    for run in 0..100 {
        // A session lives twelve hours.
        if run % 10 == 0 {
            browser = signed_in(&world).await;
            world.provider.offer_refresh(0);
        }
        world.clock.advance_seconds(HOUR);
        let before = world.provider.calls(Endpoint::Token);
        assert_eq!(crowd(&processes, &browser).await, 110, "run {run}");
        let calls = world.provider.calls(Endpoint::Token) - before;
        assert_eq!(calls, 1, "run {run}");
        access_token(&world, &mut browser).await;
    }
    assert_eq!(world.provider.reuses(), 0);
}

/// Ten tabs that ask ten times each, and ten renders, over all processes. Gives how many were served with good tokens.
async fn crowd(processes: &[Bff], browser: &Browser) -> usize {
    let requests: Vec<_> = (0..110)
        .map(|number| {
            let bff = processes[number % processes.len()].clone();
            let headers = browser.headers();
            tokio::spawn(async move { is_served(&bff, &headers, number >= 100).await })
        })
        .collect();
    let mut served = 0;
    for request in requests {
        served += usize::from(request.await.expect("no panic"));
    }
    served
}

async fn is_served(bff: &Bff, headers: &HeaderMap, is_render: bool) -> bool {
    if is_render && !matches!(bff.session(headers).await.state, SessionState::SignedIn(_)) {
        return false;
    }
    match bff.tokens(headers, Demand::Valid).await.state {
        TokensState::Held(held) => held.renewal == Renewal::Done,
        _ => false,
    }
}

async fn requests_with_older_cookies_find_the_newer_tokens(world: World) {
    let mut browser = signed_in(&world).await;
    let mut old = browser.clone();
    world.clock.advance_seconds(HOUR);
    let new = access_token(&world, &mut browser).await;
    let mut without = old.clone();
    for name in without.names("portico_tokens") {
        without.cookies.remove(&name);
    }
    assert_eq!(access_token(&world, &mut old).await, new);
    assert_eq!(old.names("portico_tokens"), browser.names("portico_tokens"));
    assert_eq!(
        access_token(&world, &mut old).await,
        new,
        "and have them from now on"
    );
    assert_eq!(access_token(&world, &mut without).await, new);
    assert_eq!(renewals(&world), 1);
}

async fn what_the_org_answers_decides_whether_the_session_goes_on(world: World) {
    let unavailable = Some(RenewalTrouble::OrgUnavailable);
    let refused = Some(RenewalTrouble::OrgRefused);
    // What it answers, how often it is asked, and what is said of it; nothing where the session ends.
    let table = [
        (Some(Trouble::Down), Fault::None, 2, unavailable),
        (Some(Trouble::Status(500)), Fault::None, 2, unavailable),
        (Some(Trouble::Status(503)), Fault::None, 2, unavailable),
        (Some(Trouble::Status(429)), Fault::None, 2, unavailable),
        (
            Some(Trouble::RetryAfter(429, 60)),
            Fault::None,
            1,
            unavailable,
        ),
        (Some(Trouble::Html), Fault::None, 1, refused),
        (Some(Trouble::Huge), Fault::None, 1, refused),
        (Some(Trouble::Redirect), Fault::None, 1, refused),
        (None, Fault::InvalidClient, 1, refused),
        (None, Fault::WithoutIdToken, 1, None),
        (None, Fault::InvalidGrant, 1, None),
        (None, Fault::NotAssigned, 1, None),
    ];
    for (trouble, fault, calls, expected) in table {
        let mut browser = signed_in(&world).await;
        world.clock.advance_seconds(HOUR);
        let before = world.provider.calls(Endpoint::Token);
        world.provider.set_fault(fault);
        world
            .provider
            .set_trouble(trouble.map(|trouble| (Endpoint::Token, trouble)));
        let state = tokens(&world, &mut browser, Demand::Valid).await;
        let asked = world.provider.calls(Endpoint::Token) - before;
        assert_eq!(asked, calls, "{trouble:?} {fault:?}");
        world.provider.set_fault(Fault::None);
        world.provider.set_trouble(None);
        match (state, expected) {
            (TokensState::Held(held), Some(expected)) => {
                assert_eq!(
                    held.renewal,
                    Renewal::Failed(expected),
                    "{trouble:?} {fault:?}"
                );
                world.clock.advance_seconds(60);
                let again = self::held(tokens(&world, &mut browser, Demand::Valid).await);
                assert_eq!(again.renewal, Renewal::Done, "{trouble:?} {fault:?}");
            }
            (TokensState::Held(held), None) => {
                assert_eq!(fault, Fault::WithoutIdToken);
                assert_eq!(held.renewal, Renewal::Done);
            }
            (TokensState::SignedOut, None) => {
                assert!(browser.cookies.is_empty(), "{fault:?}");
            }
            (state, _) => panic!("{trouble:?} {fault:?}: {state:?}"),
        }
    }
}

/// `refresh-token-invalid-issuer`, `refresh-token-invalid-sub` and their kin.
async fn tokens_of_another_person_org_or_app_end_the_session(world: World) {
    let faults = [
        Fault::InvalidIss,
        Fault::InvalidAud,
        Fault::InvalidSecondaryAud,
        Fault::MissingSub,
        Fault::ExpiredExp,
        Fault::InvalidAtHash,
        Fault::InvalidSigRs256,
        Fault::IdTokenSigNone,
    ];
    for fault in faults {
        let mut browser = signed_in(&world).await;
        world.clock.advance_seconds(HOUR);
        world.provider.set_fault(fault);
        let state = tokens(&world, &mut browser, Demand::Valid).await;
        world.provider.set_fault(Fault::None);
        assert!(
            matches!(state, TokensState::SignedOut),
            "{fault:?}: {state:?}"
        );
        assert!(!world.is_signed_in(&mut browser).await, "{fault:?}");
        let revoked = world.provider.revoked();
        assert!(
            revoked.last().is_some_and(|token| token.ends_with("-2")),
            "{fault:?}: what was handed out is given back"
        );
    }
    let mut browser = signed_in(&world).await;
    world.clock.advance_seconds(HOUR);
    world.provider.change_payload(|mut claims| {
        claims.insert("sub".to_owned(), json!("00uSomebodyElse00001"));
        Value::Object(claims).to_string().into_bytes()
    });
    let state = tokens(&world, &mut browser, Demand::Valid).await;
    assert!(matches!(state, TokensState::SignedOut), "{state:?}");
}

/// A network in which answers of the token endpoint wait until they are let through.
#[derive(Debug)]
struct Gate {
    provider: Arc<Provider>,
    let_through: Semaphore,
}

impl Gate {
    fn before(world: &World) -> Arc<Self> {
        Arc::new(Self {
            provider: world.provider.clone(),
            let_through: Semaphore::new(0),
        })
    }
}

impl HttpClient for Gate {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, HttpError>> {
        Box::pin(async move {
            let waits = request.uri().path() == "/token";
            let answer = self.provider.send(request).await;
            if waits {
                self.let_through.acquire().await.expect("open").forget();
            }
            answer
        })
    }
}

async fn after_a_crash_between_answer_and_store_the_next_process_goes_on(world: World) {
    let mut browser = signed_in(&world).await;
    let crashing = world.reopen_over(Gate::before(&world)).await;
    world.clock.advance_seconds(HOUR);
    let (copy, headers) = (browser.clone(), browser.headers());
    let crash = tokio::spawn(async move { crashing.tokens(&headers, Demand::Valid).await.cookies });
    while renewals(&world) == 0 {
        tokio::task::yield_now().await;
    }
    crash.abort();
    // The lease of the one that is gone runs out; the org still accepts the token that it has used.
    world.clock.advance_seconds(18);
    let renewed = held(tokens(&world, &mut browser, Demand::Valid).await);
    assert_eq!(renewed.renewal, Renewal::Done);
    assert_eq!(renewals(&world), 2);
    assert_eq!(world.provider.reuses(), 0);
    assert!(world.is_signed_in(&mut browser).await);
    world.clock.advance_seconds(HOUR);
    let mut old = copy;
    let again = held(tokens(&world, &mut old, Demand::Valid).await);
    assert_eq!(again.renewal, Renewal::Done, "the line of tokens goes on");
}

async fn an_org_that_asks_for_patience_is_left_in_peace(world: World) {
    let mut browser = signed_in(&world).await;
    world.clock.advance_seconds(HOUR);
    let trouble = Trouble::RetryAfter(429, 40);
    world.provider.set_trouble(Some((Endpoint::Token, trouble)));
    for _ in 0..10 {
        let state = held(tokens(&world, &mut browser, Demand::Valid).await);
        assert_eq!(
            state.renewal,
            Renewal::Failed(RenewalTrouble::OrgUnavailable)
        );
        assert!(world.is_signed_in(&mut browser).await);
    }
    assert_eq!(renewals(&world), 1);
    world.provider.set_trouble(None);
    world.clock.advance_seconds(39);
    access_token(&world, &mut browser).await;
    assert_eq!(renewals(&world), 1);
    world.clock.advance_seconds(1);
    access_token(&world, &mut browser).await;
    assert_eq!(renewals(&world), 2);
    // A short wait is waited for.
    world.clock.advance_seconds(HOUR);
    let trouble = Trouble::RetryAfter(503, 0);
    world.provider.set_trouble(Some((Endpoint::Token, trouble)));
    tokens(&world, &mut browser, Demand::Valid).await;
    assert_eq!(renewals(&world), 4);
}

async fn tokens_can_be_renewed_on_demand(world: World) {
    let mut browser = signed_in(&world).await;
    let first = access_token(&world, &mut browser).await;
    let kept = held(tokens(&world, &mut browser, Demand::AsKept).await);
    assert_eq!(kept.tokens.access_token().expose_secret(), first);
    let renewed = held(tokens(&world, &mut browser, Demand::New).await);
    assert_eq!(renewed.renewal, Renewal::Done);
    assert_eq!(renewals(&world), 1);
    assert_ne!(access_token(&world, &mut browser).await, first);
    assert_eq!(
        renewed
            .tokens
            .access_expires_at()
            .map(model::Timestamp::as_second),
        Some(world.clock.now().as_second() + HOUR)
    );
    world.provider.end_all_refresh_tokens();
    let state = tokens(&world, &mut browser, Demand::New).await;
    assert!(matches!(state, TokensState::SignedOut), "{state:?}");
}

async fn a_session_that_ends_meanwhile_is_not_brought_back(world: World) {
    let mut browser = signed_in(&world).await;
    let session = world.session(&mut browser).await;
    let gate = Gate::before(&world);
    let process = world.reopen_over(gate.clone()).await;
    world.clock.advance_seconds(HOUR);
    let headers = browser.headers();
    let renewal = tokio::spawn(async move { process.tokens(&headers, Demand::Valid).await.state });
    while renewals(&world) == 0 {
        tokio::task::yield_now().await;
    }
    let ended = world
        .bff
        .end_sessions_of_account(&session.issuer, &session.subject)
        .await;
    assert_eq!(ended, Ok(1));
    gate.let_through.add_permits(1);
    let state = renewal.await.expect("no panic");
    assert!(matches!(state, TokensState::SignedOut), "{state:?}");
    assert!(!world.is_signed_in(&mut browser).await);
    assert_eq!(
        world.provider.revoked(),
        ["refresh-0-2"],
        "what came too late is given back"
    );
}

async fn renewed_tokens_that_are_too_long_for_cookies_are_kept_in_the_store(world: World) {
    let mut browser = signed_in(&world).await;
    world.clock.advance_seconds(HOUR);
    world.provider.set_fault(Fault::LongTokens);
    world.provider.change_payload(|mut claims| {
        let groups: Vec<_> = (0..200).map(|number| format!("Group {number}")).collect();
        claims.insert("groups".to_owned(), groups.into());
        claims.insert("notes".to_owned(), "x y z ".repeat(11_000).into());
        Value::Object(claims).to_string().into_bytes()
    });
    let renewed = held(tokens(&world, &mut browser, Demand::Valid).await);
    assert_eq!(renewed.renewal, Renewal::Done);
    assert!(
        browser.names("portico_tokens").is_empty(),
        "the older ones go"
    );
    assert!(browser.line().len() <= 8 * 1024);
    assert_eq!(world.session(&mut browser).await.groups().len(), 200);
    let long = access_token(&world, &mut browser).await;
    assert!(long.len() > 4_000);
    world.clock.advance_seconds(HOUR);
    assert_ne!(access_token(&world, &mut browser).await, long);
    assert_eq!(renewals(&world), 2);
}
