//! The org ends every session of a person, server to server.

mod refusals;

use bff::{Bff, UniversalLogout};
use http::{HeaderMap, HeaderValue, header};
use model::Clock;
use rusqlite::Connection;
use serde_json::{Map, Value, json};
use testkit::provider::{Endpoint, Fault, ISSUER, SUBJECT, Trouble};

use crate::support::{APP_URL, Browser, World};

/// The type of a token that shows who sends such a request.
const KIND: &str = "global-token-revocation+jwt";

/// Somebody else at the same org.
const OTHER: &str = "00uSomebodyElse00001";

/// John's address, which userinfo says is verified.
const EMAIL: &str = "john.doe@example.com";

/// A request on its way.
struct Request {
    headers: HeaderMap,
    body: String,
}

fn address() -> String {
    format!("{APP_URL}/universal-logout")
}

/// A request of the org about a person.
fn request(world: &World, sub_id: &Value) -> Request {
    let token = world
        .provider
        .revocation_token(&address(), Fault::None, Some(KIND), |_| {});
    Request {
        headers: headers(&token),
        body: json!({"sub_id": sub_id}).to_string(),
    }
}

fn headers(token: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let bearer = format!("Bearer {token}").parse().expect("a header");
    headers.insert(header::AUTHORIZATION, bearer);
    let json = HeaderValue::from_static("application/json");
    headers.insert(header::CONTENT_TYPE, json);
    headers
}

async fn send(bff: &Bff, Request { headers, body }: &Request) -> UniversalLogout {
    bff.universal_logout(headers, body.as_bytes()).await
}

fn john() -> Value {
    json!({"format": "iss_sub", "iss": ISSUER, "sub": SUBJECT})
}

/// Signs another person in, by what the ID token says alone.
async fn signed_in_as_other(world: &World, change: fn(&mut Map<String, Value>)) -> Browser {
    world.provider.set_fault(Fault::UserinfoForbidden);
    world.provider.change_payload(move |mut claims| {
        claims.insert("sub".to_owned(), json!(OTHER));
        change(&mut claims);
        Value::Object(claims).to_string().into_bytes()
    });
    let browser = world.signed_in().await;
    world.provider.set_fault(Fault::None);
    world
        .provider
        .change_payload(|claims| Value::Object(claims).to_string().into_bytes());
    browser
}

#[tokio::test]
async fn every_session_of_the_person_ends_and_only_theirs_for_the_next_request_and_for_good() {
    let world = World::new().await;
    let mut other = signed_in_as_other(&world, |_| {}).await;
    let mut sessions = Vec::new();
    for _ in 0..3 {
        sessions.push(world.signed_in().await);
    }
    let outcome = send(&world.bff, &request(&world, &john())).await;
    assert_eq!((outcome.status(), outcome.problem()), (204, None));
    let restarted = world.reopen(|_| {}).await;
    for browser in &mut sessions {
        let after_restart = restarted.session(&browser.headers()).await.state;
        assert!(matches!(after_restart, bff::SessionState::SignedOut));
        assert!(!world.is_signed_in(browser).await);
    }
    assert!(world.is_signed_in(&mut other).await, "it was not about her");
    assert!(
        world.is_signed_in(&mut world.signed_in().await).await,
        "a later sign-in is not held back"
    );
}

#[tokio::test]
async fn each_way_to_name_the_person_does() {
    let ways = [
        john(),
        json!({"format": "opaque", "id": SUBJECT}),
        json!({"format": "email", "email": EMAIL}),
        json!({"format": "email", "email": "John.Doe@Example.com"}),
    ];
    for way in ways {
        let world = World::new().await;
        let mut browser = world.signed_in().await;
        let outcome = send(&world.bff, &request(&world, &way)).await;
        assert_eq!(outcome, UniversalLogout::Ended, "{way}");
        assert!(!world.is_signed_in(&mut browser).await, "{way}");
    }
}

#[tokio::test]
async fn tokens_that_the_store_kept_are_dropped() {
    let world = World::with_fault(Fault::LongTokens).await;
    let _browser = world.signed_in().await;
    let store = Connection::open(world.store_path()).expect("the store");
    let kept = || -> i64 {
        store
            .query_row(
                "SELECT count(*) FROM session WHERE tokens IS NOT NULL OR length(claims) > 0",
                [],
                |row| row.get(0),
            )
            .expect("a count")
    };
    assert_eq!(kept(), 1, "the control");
    world.provider.set_fault(Fault::None);
    assert_eq!(
        send(&world.bff, &request(&world, &john())).await,
        UniversalLogout::Ended
    );
    assert_eq!(kept(), 0);
}

#[tokio::test]
async fn somebody_without_a_session_is_still_known() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    for _ in 0..2 {
        let outcome = send(&world.bff, &request(&world, &john())).await;
        assert_eq!(outcome, UniversalLogout::Ended);
        assert!(!world.is_signed_in(&mut browser).await);
    }
}

#[tokio::test]
async fn an_address_that_two_people_have_signs_nobody_out() {
    let world = World::new().await;
    let mut first = world.signed_in().await;
    let mut second = signed_in_as_other(&world, |claims| {
        claims.insert("email_verified".to_owned(), json!(true));
    })
    .await;
    let by_email = json!({"format": "email", "email": EMAIL});
    let outcome = send(&world.bff, &request(&world, &by_email)).await;
    assert_eq!(outcome.status(), 422);
    assert!(
        outcome
            .problem()
            .is_some_and(|text| text.contains("iss_sub"))
    );
    assert!(world.is_signed_in(&mut first).await);
    assert!(world.is_signed_in(&mut second).await);
}

#[tokio::test]
async fn an_address_that_the_org_has_not_verified_names_nobody() {
    let world = World::new().await;
    let mut other = signed_in_as_other(&world, |claims| {
        claims.insert("email".to_owned(), json!("boss@example.com"));
    })
    .await;
    let by_email = json!({"format": "email", "email": "boss@example.com"});
    let outcome = send(&world.bff, &request(&world, &by_email)).await;
    assert_eq!(outcome, UniversalLogout::UnknownSubject);
    assert!(world.is_signed_in(&mut other).await);
}

#[tokio::test]
async fn a_request_counts_once_also_for_other_processes() {
    let world = World::new().await;
    let _first = world.signed_in().await;
    let sent = request(&world, &john());
    assert_eq!(send(&world.bff, &sent).await, UniversalLogout::Ended);
    let mut later = world.signed_in().await;
    let restarted = world.reopen(|_| {}).await;
    for bff in [&world.bff, &restarted] {
        assert_eq!(send(bff, &sent).await.status(), 401);
    }
    assert!(world.is_signed_in(&mut later).await);
}

#[tokio::test]
async fn a_key_that_the_org_has_just_begun_to_use_is_asked_for() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    world.provider.rotate_keys();
    let token = world.provider.revocation_token(
        &address(),
        Fault::RotationJustBeforeSigning,
        Some(KIND),
        |_| {},
    );
    let sent = Request {
        headers: headers(&token),
        body: json!({"sub_id": john()}).to_string(),
    };
    assert_eq!(send(&world.bff, &sent).await, UniversalLogout::Ended);
    assert!(!world.is_signed_in(&mut browser).await);
}

#[tokio::test]
async fn what_cannot_be_checked_or_written_down_is_to_be_sent_again() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    let down = Some((Endpoint::Discovery, Trouble::Down));
    world.provider.set_trouble(down);
    let restarted = world.reopen(|_| {}).await;
    let outcome = send(&restarted, &request(&world, &john())).await;
    assert_eq!(outcome.status(), 503, "the org's keys cannot be had");
    world.provider.set_trouble(None);

    let store = Connection::open(world.store_path()).expect("the store");
    let rename = |from: &str, to: &str| {
        store
            .execute_batch(&format!("ALTER TABLE {from} RENAME TO {to}"))
            .expect("renamed");
    };
    rename("session", "away");
    let outcome = send(&world.bff, &request(&world, &john())).await;
    assert_eq!(outcome.status(), 503, "the store does not answer");
    rename("away", "session");
    assert!(world.is_signed_in(&mut browser).await);
    assert_eq!(
        send(&world.bff, &request(&world, &john())).await.status(),
        204
    );
}

#[tokio::test]
async fn a_request_is_good_for_as_long_as_it_says_and_a_minute_for_the_clocks() {
    for (seconds, status) in [(0, 204), (359, 204), (360, 401), (-60, 204), (-61, 401)] {
        let world = World::new().await;
        let _browser = world.signed_in().await;
        let sent = request(&world, &john());
        let before = world.clock.now();
        world.clock.advance_seconds(seconds);
        let outcome = send(&world.bff, &sent).await;
        assert_eq!(outcome.status(), status, "{seconds} s after {before}");
    }
}
