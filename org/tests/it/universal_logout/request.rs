use http::StatusCode;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header, jwk::JwkSet};
use model::Clock as _;
use serde_json::{Value, json};
use testkit::http::Behaviour;
use testkit::{ORG_URL, TestOrg};

use super::{Stage, events, uri, user_id};
use crate::support::JOHN;

/// The claims, after checking the signature by the published keys as an app does.
async fn verified(org: &TestOrg, assertion: &str, audience: &str) -> Value {
    let address = format!("{ORG_URL}/oauth2/v1/keys");
    let keys = org.browser().get(&address).await.json();
    let keys: JwkSet = serde_json::from_value(keys).expect("a key set");
    let header = decode_header(assertion).expect("a header");
    assert_eq!(header.typ.as_deref(), Some("global-token-revocation+jwt"));
    let key = keys
        .find(&header.kid.expect("a kid"))
        .expect("a published key");
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_audience(&[audience]);
    validation.set_issuer(&[ORG_URL]);
    // The org's clock is not the machine's.
    validation.validate_exp = false;
    let key = DecodingKey::from_jwk(key).expect("a key");
    decode::<Value>(assertion, &key, &validation)
        .expect("a valid signature")
        .claims
}

#[tokio::test]
async fn an_app_is_told_by_an_assertion_for_it_alone_whom_to_sign_out() {
    let mut stage = Stage::new().await;
    let app = stage.app("app.example.com", StatusCode::NO_CONTENT).await;
    let john = user_id(&stage.org, JOHN);
    let cleared = stage
        .admin
        .delete(&format!("/api/v1/users/{john}/sessions"))
        .await;
    assert_eq!(cleared.status, 204);
    let told = stage.next().await;
    assert_eq!(
        told.body,
        json!({"sub_id": {"format": "iss_sub", "iss": ORG_URL, "sub": john}})
    );
    let claims = verified(&stage.org, &told.assertion, &uri("app.example.com")).await;
    let now = stage.org.clock.now().as_second();
    assert_eq!(claims["sub"], json!(app));
    assert_eq!(claims["iat"], json!(now));
    assert_eq!(claims["exp"], json!(now + 300));
    assert_eq!(claims["nbf"], json!(now - 300));
    let first = claims["jti"].as_str().expect("an id").to_owned();
    assert!(first.len() >= 22, "{first}");

    let event = stage.events(1).await.remove(0);
    assert_eq!(event["outcome"]["result"], "SUCCESS");
    assert_eq!(event["target"][0]["id"], json!(john));
    assert_eq!(event["target"][1]["id"], json!(app));
    let debug = &event["debugContext"]["debugData"];
    assert_eq!(debug["cause"], "user.session.clear");
    assert!(
        debug["requestId"].as_str().is_some_and(|id| id.len() > 10),
        "{debug}"
    );
    assert!(!event.to_string().contains(&told.assertion));

    stage
        .admin
        .delete(&format!("/api/v1/users/{john}/sessions"))
        .await;
    let told = stage.next().await;
    let again = verified(&stage.org, &told.assertion, &uri("app.example.com")).await;
    assert_ne!(again["jti"], json!(first));
}

#[tokio::test]
async fn of_twenty_apps_of_which_five_hang_the_other_fifteen_are_told() {
    let mut stage = Stage::new().await;
    for number in 0..20 {
        let host = format!("app{number}.example.com");
        stage.app(&host, StatusCode::NO_CONTENT).await;
        if number % 4 == 0 {
            stage.network.set_behaviour(&host, Behaviour::Hanging);
        }
    }
    let cleared = stage
        .admin
        .delete(&format!("/api/v1/users/{JOHN}/sessions"))
        .await;
    assert_eq!(cleared.status, 204);
    let fifteen = async {
        let mut hosts = std::collections::BTreeSet::new();
        while hosts.len() < 15 {
            let told = stage.told.recv().await.expect("the org is open");
            assert!(hosts.insert(told.host), "each is told once");
        }
        hosts
    };
    let hosts = tokio::time::timeout(std::time::Duration::from_secs(20), fifteen)
        .await
        .expect("fifteen apps are told in time");
    assert!(!hosts.contains("app0.example.com"));
    let written = stage.events(15).await;
    assert!(
        written
            .iter()
            .all(|event| event["outcome"]["result"] == "SUCCESS")
    );
}

#[tokio::test]
async fn an_app_that_hangs_holds_up_nobody_elses_errands_however_many_it_has() {
    let mut stage = Stage::new().await;
    stage.app("hangs.example.com", StatusCode::NO_CONTENT).await;
    stage
        .network
        .set_behaviour("hangs.example.com", Behaviour::Hanging);
    for _ in 0..10 {
        stage
            .admin
            .delete(&format!("/api/v1/users/{JOHN}/sessions"))
            .await;
    }
    stage.app("quick.example.com", StatusCode::NO_CONTENT).await;
    stage
        .admin
        .delete(&format!("/api/v1/users/{JOHN}/sessions"))
        .await;
    assert_eq!(stage.next().await.host, "quick.example.com");
}

#[tokio::test]
async fn those_are_told_of_a_person_who_know_them_and_in_the_way_they_ask_for() {
    let mut stage = Stage::new().await;
    let app = stage.app("mail.example.com", StatusCode::NO_CONTENT).await;
    let stranger = stage
        .app("stranger.example.com", StatusCode::NO_CONTENT)
        .await;
    stage.org.execute(
        "UPDATE apps SET implicit_assignment = 0 WHERE id = ?1",
        [&stranger],
    );
    let settings =
        json!({"globalTokenRevocationUri": uri("mail.example.com"), "subjectFormat": "EMAIL"});
    let path = format!("/local/apps/{app}/universal-logout");
    assert_eq!(stage.admin.put(&path, settings).await.status, 200);
    stage
        .admin
        .delete(&format!("/api/v1/users/{JOHN}/sessions"))
        .await;
    let told = stage.next().await;
    assert_eq!(told.host, "mail.example.com");
    assert_eq!(
        told.body,
        json!({"sub_id": {"format": "email", "email": JOHN}})
    );
    stage.events(1).await;
    let waiting: i64 = stage
        .org
        .database()
        .query_row("SELECT count(*) FROM universal_logout_errands", [], |row| {
            row.get(0)
        })
        .expect("a count");
    assert_eq!(waiting, 0, "{:?}", events(&stage.org));
}

#[tokio::test]
async fn suspending_deactivating_and_the_api_of_the_protocol_tell_the_apps() {
    let mut stage = Stage::new().await;
    stage.app("app.example.com", StatusCode::NO_CONTENT).await;
    let john = user_id(&stage.org, JOHN);
    let one = format!("/api/v1/users/{john}");
    let revocation = "/oauth2/v1/global-token-revocation";
    let opaque = json!({"sub_id": {"format": "opaque", "id": john}});
    let by_sub = json!({"sub_id": {"format": "iss_sub", "iss": ORG_URL, "sub": john}});
    for (path, body, status) in [
        (revocation.to_owned(), opaque, 204),
        (revocation.to_owned(), by_sub, 204),
        (format!("{one}/lifecycle/suspend"), json!({}), 200),
        (format!("{one}/lifecycle/deactivate"), json!({}), 200),
    ] {
        let done = stage.admin.post(&path, body).await;
        assert_eq!(done.status, status, "{path} {}", done.body);
        assert_eq!(
            stage.next().await.body["sub_id"]["sub"],
            json!(john),
            "{path}"
        );
    }
    stage.events(4).await;
    for body in [
        json!({}),
        json!({"sub_id": {"format": "opaque", "id": "00uNobody00000000000"}}),
        json!({"sub_id": {"format": "opaque", "id": "me"}}),
        json!({"sub_id": {"format": "opaque", "id": JOHN}}),
        json!({"sub_id": {"format": "iss_sub", "iss": "https://idp.example.com", "sub": john}}),
        json!({"sub_id": {"format": "phone_number", "phone_number": "+1"}}),
    ] {
        let refused = stage.admin.post(revocation, body.clone()).await;
        assert_eq!(refused.status, 400, "{body}");
        assert_eq!(refused.body["errorCode"], "E0000001", "{body}");
    }
}

#[tokio::test]
async fn an_app_is_told_that_a_person_has_no_more_but_that_they_signed_in_to_or_that_can_come_back()
{
    let mut stage = Stage::new().await;
    stage.app("app.example.com", StatusCode::NO_CONTENT).await;
    let john = user_id(&stage.org, JOHN);
    let clear = format!("/api/v1/users/{john}/sessions");
    stage
        .org
        .execute("UPDATE apps SET implicit_assignment = 0", ());
    let app: String = stage
        .org
        .database()
        .query_row(
            "SELECT id FROM apps WHERE label = 'app.example.com'",
            [],
            |row| row.get(0),
        )
        .expect("the app");
    let traces = [
        "INSERT INTO refresh_grants (id, server, app_id, user_id, terms, latest, used, created_at, used_at, expires_at) \
         VALUES ('oar1', 'org', ?1, ?2, '{}', 1, 0, 0, 0, 9000000000000)",
        "INSERT INTO session_apps (session_hash, app_id, server) \
         SELECT handle_hash, ?1, 'org' FROM sessions WHERE user_id = ?2",
    ];
    for trace in traces {
        let mut browser = stage.org.browser();
        crate::support::tokens_for(&mut browser, &crate::support::Authorize::portico(), JOHN).await;
        stage.org.execute(trace, (&app, &john));
        assert_eq!(stage.admin.delete(&clear).await.status, 204);
        assert_eq!(stage.next().await.host, "app.example.com", "{trace}");
        stage.org.execute("DELETE FROM refresh_grants", ());
    }
    assert_eq!(stage.admin.delete(&clear).await.status, 204);
    assert!(
        stage.told.try_recv().is_err(),
        "it has nothing of them left"
    );
}
