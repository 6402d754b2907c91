//! What is no request of the org about somebody whom the app knows ends nothing.

use http::{HeaderValue, header};
use model::Clock;
use serde_json::{Map, Value, json};
use testkit::provider::{Fault, ISSUER, SUBJECT};

use super::{KIND, OTHER, Request, address, headers, john, request, send};
use crate::support::World;

/// What is wrong with a request.
enum Wrong {
    /// The signature, or what belongs to it.
    Signature(Fault),
    /// `typ`.
    Kind(Option<&'static str>),
    /// The claims, at this second.
    Claims(fn(&mut Map<String, Value>, i64)),
    /// The headers.
    Headers(fn(&mut http::HeaderMap)),
    /// The body.
    Body(&'static str),
    /// Who is meant.
    Subject(fn() -> Value),
}

use Wrong::{Body, Claims, Headers, Kind, Signature, Subject};

const REQUESTS: [(&str, Wrong, u16); 52] = [
    ("no signature", Signature(Fault::IdTokenSigNone), 401),
    ("alg none with a signature", Signature(Fault::NullAlg), 401),
    (
        "an empty signature",
        Signature(Fault::SignatureMissing),
        401,
    ),
    (
        "a stranger's signature",
        Signature(Fault::InvalidSigRs256),
        401,
    ),
    (
        "an HMAC with the public key",
        Signature(Fault::InvalidSigHs256),
        401,
    ),
    ("another algorithm", Signature(Fault::InvalidSigEs256), 401),
    ("a key in the header", Signature(Fault::KeyInHeader), 401),
    (
        "the address of a key",
        Signature(Fault::KeyAddressInHeader),
        401,
    ),
    ("an unknown key", Signature(Fault::UnknownKid), 401),
    (
        "an unknown extension",
        Signature(Fault::CriticalHeader),
        401,
    ),
    ("kid is a number", Signature(Fault::KidIsANumber), 401),
    ("no type", Kind(None), 401),
    ("the type of an ID token", Kind(Some("JWT")), 401),
    ("the type of a logout token", Kind(Some("logout+jwt")), 401),
    (
        "iss is another org",
        Claims(|claims, _| set(claims, "iss", json!("https://evil.example"))),
        401,
    ),
    (
        "iss with a slash",
        Claims(|claims, _| set(claims, "iss", json!("https://op.example/"))),
        401,
    ),
    (
        "aud is another app",
        Claims(|claims, _| {
            set(
                claims,
                "aud",
                json!("https://other.example/universal-logout"),
            );
        }),
        401,
    ),
    (
        "aud is the client",
        Claims(|claims, _| set(claims, "aud", claims["sub"].clone())),
        401,
    ),
    (
        "aud with a query",
        Claims(|claims, _| {
            set(
                claims,
                "aud",
                json!("https://app.example/universal-logout?a"),
            );
        }),
        401,
    ),
    (
        "aud of two",
        Claims(|claims, _| {
            set(
                claims,
                "aud",
                json!(["https://app.example/universal-logout", "b"]),
            );
        }),
        401,
    ),
    (
        "sub is another app",
        Claims(|claims, _| set(claims, "sub", json!("0oaAnotherApp0000001"))),
        403,
    ),
    (
        "sub is missing",
        Claims(|claims, _| drop(claims.remove("sub"))),
        401,
    ),
    (
        "jti is missing",
        Claims(|claims, _| drop(claims.remove("jti"))),
        401,
    ),
    (
        "jti is empty",
        Claims(|claims, _| set(claims, "jti", json!(""))),
        401,
    ),
    (
        "jti is long",
        Claims(|claims, _| set(claims, "jti", json!("j".repeat(256)))),
        401,
    ),
    (
        "iat is missing",
        Claims(|claims, _| drop(claims.remove("iat"))),
        401,
    ),
    (
        "iat is a text",
        Claims(|claims, now| set(claims, "iat", json!(now.to_string()))),
        401,
    ),
    (
        "iat in the future",
        Claims(|claims, now| times(claims, now + 120, now + 240)),
        401,
    ),
    (
        "exp is missing",
        Claims(|claims, _| drop(claims.remove("exp"))),
        401,
    ),
    (
        "exp has passed",
        Claims(|claims, now| times(claims, now - 300, now - 60)),
        401,
    ),
    (
        "six minutes",
        Claims(|claims, now| times(claims, now, now + 360)),
        401,
    ),
    (
        "exp before iat",
        Claims(|claims, now| times(claims, now, now - 1)),
        401,
    ),
    (
        "nbf in the future",
        Claims(|claims, now| set(claims, "nbf", json!(now + 120))),
        401,
    ),
    (
        "no authorization",
        Headers(|headers| drop(headers.remove(header::AUTHORIZATION))),
        401,
    ),
    (
        "another scheme",
        Headers(|headers| {
            drop(headers.insert(
                header::AUTHORIZATION,
                HeaderValue::from_static("Basic YTpi"),
            ));
        }),
        401,
    ),
    (
        "not a token",
        Headers(|headers| {
            drop(headers.insert(
                header::AUTHORIZATION,
                HeaderValue::from_static("Bearer a.b.c"),
            ));
        }),
        401,
    ),
    (
        "two tokens",
        Headers(|headers| {
            headers.append(
                header::AUTHORIZATION,
                HeaderValue::from_static("Bearer a.b.c"),
            );
        }),
        401,
    ),
    (
        "a form",
        Headers(|headers| {
            drop(headers.insert(
                header::CONTENT_TYPE,
                HeaderValue::from_static("application/x-www-form-urlencoded"),
            ));
        }),
        400,
    ),
    (
        "no type of content",
        Headers(|headers| drop(headers.remove(header::CONTENT_TYPE))),
        400,
    ),
    ("an empty body", Body(""), 400),
    ("no JSON", Body("sub_id=00uJohnDoe0000000001"), 400),
    ("a list", Body("[]"), 400),
    ("nobody is named", Body("{}"), 400),
    (
        "sub_id is a text",
        Body(r#"{"sub_id":"00uJohnDoe0000000001"}"#),
        400,
    ),
    (
        "sub_id twice",
        Body(r#"{"sub_id":{"format":"opaque","id":"a"},"sub_id":{"format":"opaque","id":"b"}}"#),
        400,
    ),
    (
        "id twice",
        Body(r#"{"sub_id":{"format":"opaque","id":"a","id":"b"}}"#),
        400,
    ),
    (
        "an unknown format",
        Subject(|| json!({"format": "phone_number", "phone_number": "+15550100"})),
        400,
    ),
    (
        "sub is missing in sub_id",
        Subject(|| json!({"format": "iss_sub", "iss": ISSUER})),
        400,
    ),
    (
        "a member too many",
        Subject(|| json!({"format": "opaque", "id": SUBJECT, "iss": ISSUER})),
        400,
    ),
    (
        "an empty address",
        Subject(|| json!({"format": "email", "email": ""})),
        400,
    ),
    (
        "somebody unknown",
        Subject(|| json!({"format": "opaque", "id": OTHER})),
        404,
    ),
    (
        "another org's",
        Subject(|| json!({"format": "iss_sub", "iss": "https://evil.example", "sub": SUBJECT})),
        404,
    ),
];

fn set(claims: &mut Map<String, Value>, name: &str, value: Value) {
    claims.insert(name.to_owned(), value);
}

fn times(claims: &mut Map<String, Value>, issued_at: i64, expires_at: i64) {
    set(claims, "iat", json!(issued_at));
    set(claims, "exp", json!(expires_at));
}

fn made(world: &World, wrong: &Wrong) -> Request {
    let now = world.clock.now().as_second();
    let provider = &world.provider;
    let honest = json!({"sub_id": john()}).to_string();
    let signed = |fault, kind, change: &dyn Fn(&mut Map<String, Value>)| Request {
        headers: headers(
            &provider.revocation_token(&address(), fault, kind, |claims| change(claims)),
        ),
        body: honest.clone(),
    };
    match wrong {
        Signature(fault) => signed(*fault, Some(KIND), &|_| {}),
        Kind(kind) => signed(Fault::None, *kind, &|_| {}),
        Claims(change) => signed(Fault::None, Some(KIND), &|claims| change(claims, now)),
        Headers(change) => {
            let mut request = request(world, &john());
            change(&mut request.headers);
            request
        }
        Body(body) => Request {
            body: (*body).to_owned(),
            ..request(world, &john())
        },
        Subject(subject) => request(world, &subject()),
    }
}

#[tokio::test]
async fn no_other_request_ends_a_session_and_each_is_told_why() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    for (what, wrong, status) in &REQUESTS {
        let outcome = send(&world.bff, &made(&world, wrong)).await;
        assert_eq!(outcome.status(), *status, "{what}: {outcome:?}");
        assert!(outcome.problem().is_some(), "{what}");
        assert!(world.is_signed_in(&mut browser).await, "{what}");
    }
    let control = send(&world.bff, &request(&world, &john())).await;
    assert_eq!(
        control.status(),
        204,
        "the same without a fault: {control:?}"
    );
}
