//! Besides the modules of the conformance suite: what a logout token must say, and whose sessions it ends.

use bff::BackChannelLogout;
use serde_json::{Map, Value, json};
use url::form_urlencoded;

use crate::support::World;

type Change = fn(&mut Map<String, Value>);

async fn send(world: &World, change: Change) -> BackChannelLogout {
    let token = world.provider.logout_token(change);
    let form = form_urlencoded::Serializer::new(String::new())
        .append_pair("logout_token", &token)
        .finish();
    world.bff.back_channel_logout(form.as_bytes()).await
}

fn set(claims: &mut Map<String, Value>, name: &str, value: Value) {
    claims.insert(name.to_owned(), value);
}

#[tokio::test]
async fn a_token_without_a_session_ends_all_of_the_person() {
    let world = World::new().await;
    let mut here = world.signed_in().await;
    world.provider.change_payload(|mut claims| {
        set(&mut claims, "sid", json!("idxElsewhere"));
        Value::Object(claims).to_string().into_bytes()
    });
    let mut elsewhere = world.signed_in().await;
    let of_one_session = send(&world, |_| {}).await;
    assert_eq!(of_one_session, BackChannelLogout::Done);
    assert!(!world.is_signed_in(&mut here).await);
    assert!(world.is_signed_in(&mut elsewhere).await);
    let of_the_person = send(&world, |claims| drop(claims.remove("sid"))).await;
    assert_eq!(of_the_person, BackChannelLogout::Done);
    assert!(!world.is_signed_in(&mut elsewhere).await);
}

#[tokio::test]
async fn a_token_that_lacks_what_it_must_say_ends_nothing() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    let changes: [(&str, Change); 14] = [
        ("no iss", |claims| drop(claims.remove("iss"))),
        ("no aud", |claims| drop(claims.remove("aud"))),
        ("no iat", |claims| drop(claims.remove("iat"))),
        ("no exp", |claims| drop(claims.remove("exp"))),
        ("no jti", |claims| drop(claims.remove("jti"))),
        ("a long jti", |claims| {
            set(claims, "jti", json!("j".repeat(256)));
        }),
        ("neither sub nor sid", |claims| {
            claims.remove("sub");
            claims.remove("sid");
        }),
        ("an empty sid", |claims| set(claims, "sid", json!(""))),
        ("sid is a number", |claims| set(claims, "sid", json!(1))),
        ("events is a list", |claims| {
            set(claims, "events", json!([]));
        }),
        ("the event is a text", |claims| {
            let event = "http://schemas.openid.net/event/backchannel-logout";
            set(claims, "events", json!({ event: "yes" }));
        }),
        ("exp has passed", |claims| {
            set(
                claims,
                "exp",
                json!(claims["iat"].as_i64().unwrap_or(0) - 60),
            );
        }),
        ("iat in the future", |claims| {
            set(claims, "iat", json!(claims["exp"]));
        }),
        ("another audience besides", |claims| {
            set(claims, "aud", json!([claims["aud"], "another-client"]));
        }),
    ];
    for (what, change) in changes {
        let outcome = send(&world, change).await;
        assert!(
            matches!(outcome, BackChannelLogout::Refused(_)),
            "{what}: {outcome:?}"
        );
        assert!(world.is_signed_in(&mut browser).await, "{what}");
    }
    for form in [
        "",
        "logout_token=",
        "logout_token=a&logout_token=b",
        "token=a",
    ] {
        let outcome = world.bff.back_channel_logout(form.as_bytes()).await;
        assert!(matches!(outcome, BackChannelLogout::Refused(_)), "{form}");
    }
}
