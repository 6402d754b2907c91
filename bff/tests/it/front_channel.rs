use bff::FrontChannelLogout;
use rusqlite::Connection;
use serde_json::{Value, json};
use testkit::provider::{ISSUER, SESSION};
use url::form_urlencoded;

use crate::support::{Browser, World};

fn parameters(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

/// Signs in from another session of the org.
async fn signed_in_elsewhere(world: &World, sid: Option<&'static str>) -> Browser {
    world.provider.change_payload(move |mut claims| {
        match sid {
            Some(sid) => claims.insert("sid".to_owned(), json!(sid)),
            None => claims.remove("sid"),
        };
        Value::Object(claims).to_string().into_bytes()
    });
    world.signed_in().await
}

#[tokio::test]
async fn the_session_of_the_org_that_ended_ends_here_and_no_other_of_the_same_person() {
    let world = World::new().await;
    let mut here = world.signed_in().await;
    let mut elsewhere = signed_in_elsewhere(&world, Some("idxElsewhere")).await;
    let mut unnamed = signed_in_elsewhere(&world, None).await;
    let sent = parameters(&[("iss", ISSUER), ("sid", SESSION)]);
    // The org may show the frame again when somebody reloads its page.
    for _ in 0..2 {
        let outcome = world.bff.front_channel_logout(sent.as_bytes()).await;
        assert_eq!(outcome, FrontChannelLogout::Done);
    }
    assert!(!world.is_signed_in(&mut here).await);
    assert!(world.is_signed_in(&mut elsewhere).await);
    assert!(world.is_signed_in(&mut unnamed).await);
}

#[tokio::test]
async fn what_does_not_name_a_session_of_this_org_ends_none() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    let long = "s".repeat(256);
    let refused: [&[(&str, &str)]; 9] = [
        &[],
        &[("iss", ISSUER)],
        &[("sid", SESSION)],
        &[("iss", ISSUER), ("sid", "")],
        &[("iss", ISSUER), ("sid", &long)],
        &[("iss", ISSUER), ("sid", SESSION), ("sid", SESSION)],
        &[("iss", ISSUER), ("iss", ISSUER), ("sid", SESSION)],
        &[("iss", "https://evil.example"), ("sid", SESSION)],
        &[("iss", "https://op.example/"), ("sid", SESSION)],
    ];
    for pairs in refused {
        let sent = parameters(pairs);
        let outcome = world.bff.front_channel_logout(sent.as_bytes()).await;
        assert!(
            matches!(outcome, FrontChannelLogout::Malformed(_)),
            "{sent}: {outcome:?}"
        );
        assert!(world.is_signed_in(&mut browser).await, "{sent}");
    }
}

#[tokio::test]
async fn nothing_tells_whether_a_session_of_that_name_lived_here() {
    let world = World::new().await;
    let sent = parameters(&[("iss", ISSUER), ("sid", "idxNobody")]);
    let outcome = world.bff.front_channel_logout(sent.as_bytes()).await;
    assert_eq!(outcome, FrontChannelLogout::Done);
}

#[tokio::test]
async fn a_store_that_does_not_answer_is_told() {
    let world = World::new().await;
    let store = Connection::open(world.store_path()).expect("the store");
    store.execute_batch("DROP TABLE session").expect("dropped");
    let sent = parameters(&[("iss", ISSUER), ("sid", SESSION)]);
    let outcome = world.bff.front_channel_logout(sent.as_bytes()).await;
    assert_eq!(outcome, FrontChannelLogout::Unavailable);
}
