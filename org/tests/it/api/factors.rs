//! Factors of users by the management API.

use aws_lc_rs::hmac;
use data_encoding::BASE32_NOPAD;
use model::Clock as _;
use serde_json::{Value, json};
use testkit::TestOrg;

use super::Api;
use super::written_events::WrittenEvents;

const JOHN: &str = "/api/v1/users/john.doe@example.com";

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// The code that an app shows (RFC 6238).
fn code(secret: &str, org: &TestOrg) -> String {
    let key = BASE32_NOPAD.decode(secret.as_bytes()).expect("base32");
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &key);
    let step = org.clock.now().as_second() / 30;
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let tag = tag.as_ref();
    let offset = usize::from(tag[19] & 0x0f);
    let word: [u8; 4] = tag[offset..offset + 4].try_into().expect("four bytes");
    format!(
        "{:06}",
        (u32::from_be_bytes(word) & 0x7fff_ffff) % 1_000_000
    )
}

/// John without any factor of the authenticator.
async fn without(api: &mut Api, kind: &str, provider: &str) {
    let list = api.get(&format!("{JOHN}/factors")).await;
    assert_eq!(list.status, 200, "{}", list.body);
    for factor in list.body.as_array().expect("a list") {
        if factor["factorType"] == kind && factor["provider"] == provider {
            let path = format!("{JOHN}/factors/{}", text(&factor["id"]));
            assert_eq!(api.delete(&path).await.status, 204);
        }
    }
}

async fn begin_totp(api: &mut Api) -> Value {
    without(api, "token:software:totp", "GOOGLE").await;
    let body = json!({"factorType": "token:software:totp", "provider": "GOOGLE"});
    let begun = api.post(&format!("{JOHN}/factors"), body).await;
    assert_eq!(begun.status, 200, "{}", begun.body);
    begun.body
}

#[tokio::test]
async fn an_app_is_set_up_with_its_first_code_and_each_code_counts_once() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let begun = begin_totp(&mut api).await;
    assert_eq!(begun["status"], "PENDING_ACTIVATION");
    assert_eq!(
        begun["profile"],
        json!({"credentialId": "john.doe@example.com"})
    );
    let activation = &begun["_embedded"]["activation"];
    assert_eq!(
        (&activation["timeStep"], &activation["encoding"]),
        (&json!(30), &json!("base32"))
    );
    let secret = text(&activation["sharedSecret"]);
    let own = format!("{JOHN}/factors/{}", text(&begun["id"]));
    let read = api.get(&own).await;
    assert_eq!(
        read.body["_embedded"],
        Value::Null,
        "the secret is told once"
    );

    let picture = text(&activation["_links"]["qrcode"]["href"]);
    let page = org.browser().get(&picture).await;
    assert_eq!(
        (page.status.as_u16(), page.header("content-type")),
        (200, "image/png")
    );
    assert!(page.body.starts_with(b"\x89PNG"));
    let wrong = format!("{}0", &picture[..picture.len() - 1]);
    assert!(picture.ends_with('0') || org.browser().get(&wrong).await.status == 404);

    let events = WrittenEvents::from_now(&org);
    let activate = format!("{own}/lifecycle/activate");
    let refused = api.post(&activate, json!({"passCode": "12"})).await;
    assert_eq!(refused.body["errorCode"], "E0000068");
    let right = code(&secret, &org);
    let active = api.post(&activate, json!({"passCode": right})).await;
    assert_eq!(
        (active.status.as_u16(), &active.body["status"]),
        (200, &json!("ACTIVE"))
    );
    assert_eq!(active.body["id"], begun["id"]);
    assert_eq!(events.told(), ["user.mfa.factor.activate: John Doe"]);
    assert_eq!(
        org.browser().get(&picture).await.status,
        404,
        "nothing waits any more"
    );

    let verify = format!("{own}/verify");
    let used = api.post(&verify, json!({"passCode": right})).await;
    assert_eq!(
        (used.status.as_u16(), &used.body["errorCode"]),
        (403, &json!("E0000082"))
    );
    org.clock.advance_seconds(60);
    let next = code(&secret, &org);
    let verified = api.post(&verify, json!({"passCode": next})).await;
    assert_eq!(verified.body, json!({"factorResult": "SUCCESS"}));
    let twice = json!({"factorType": "token:software:totp", "provider": "GOOGLE"});
    assert_eq!(
        api.post(&format!("{JOHN}/factors"), twice).await.status,
        400
    );
    let events = WrittenEvents::from_now(&org);
    assert_eq!(api.delete(&own).await.status, 204);
    assert_eq!(events.told(), ["user.mfa.factor.deactivate: John Doe"]);
    assert_eq!(api.get(&own).await.body["errorCode"], "E0000007");
}

#[tokio::test]
async fn a_telephone_gets_a_code_and_the_next_half_a_minute_later() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    without(&mut api, "sms", "OKTA").await;
    let number = "+15557654321";
    let factors = format!("{JOHN}/factors");
    let body = json!({"factorType": "sms", "provider": "OKTA", "profile": {"phoneNumber": number}});
    let begun = api.post(&factors, body.clone()).await;
    assert_eq!(begun.status, 200, "{}", begun.body);
    assert_eq!(begun.body["status"], "PENDING_ACTIVATION");
    assert_eq!(begun.body["profile"], json!({"phoneNumber": number}));
    assert_eq!(begun.body["_links"]["resend"][0]["name"], "sms");
    let own = format!("{factors}/{}", text(&begun.body["id"]));
    let resend = format!("{own}/resend");
    let first = org.newest_message(number).code.expect("a code");
    let soon = api.post(&resend, body.clone()).await;
    assert_eq!(
        (soon.status.as_u16(), &soon.body["errorCode"]),
        (429, &json!("E0000109"))
    );
    let around = api.post(&factors, body.clone()).await;
    assert_eq!(
        around.body["errorCode"], "E0000109",
        "also by beginning anew"
    );
    org.clock.advance_seconds(31);
    assert_eq!(api.post(&resend, body).await.status, 200);
    let second = org.newest_message(number).code.expect("a code");
    let activate = format!("{own}/lifecycle/activate");
    if first != second {
        let old = api.post(&activate, json!({"passCode": first})).await;
        assert_eq!(old.body["errorCode"], "E0000068");
    }
    let active = api.post(&activate, json!({"passCode": second})).await;
    assert_eq!(active.body["status"], "ACTIVE", "{}", active.body);

    org.clock.advance_seconds(31);
    let verify = format!("{own}/verify");
    let challenge = api.post(&verify, json!({})).await;
    assert_eq!(
        challenge.body["factorResult"], "CHALLENGE",
        "{}",
        challenge.body
    );
    let code = org.newest_message(number).code.expect("a code");
    let verified = api.post(&verify, json!({"passCode": code})).await;
    assert_eq!(verified.body, json!({"factorResult": "SUCCESS"}));
    let again = api.post(&verify, json!({"passCode": code})).await;
    assert_eq!(again.body["errorCode"], "E0000068", "a code counts once");
    let list = api.get(&factors).await.body;
    let kinds: Vec<&Value> = list
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| &one["factorType"])
        .collect();
    assert!(
        kinds.contains(&&json!("call")),
        "the same number can be called: {kinds:?}"
    );
}

#[tokio::test]
async fn a_code_that_came_too_late_says_so() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    without(&mut api, "email", "OKTA").await;
    let factors = format!("{JOHN}/factors");
    let stranger =
        json!({"factorType": "email", "provider": "OKTA", "profile": {"email": "eve@example.com"}});
    assert_eq!(api.post(&factors, stranger).await.status, 400);
    let body = json!({"factorType": "email", "provider": "OKTA", "profile": {"email": "john.doe@example.com"}});
    let begun = api.post(&factors, body.clone()).await;
    assert_eq!(begun.status, 200, "{}", begun.body);
    let own = format!("{factors}/{}", text(&begun.body["id"]));
    let soon = api.post(&format!("{own}/resend"), body).await;
    assert_eq!(soon.body["errorCode"], "E0000118");
    org.clock.advance_seconds(31 * 60);
    let code = org
        .newest_message("john.doe@example.com")
        .code
        .expect("a code");
    let late = api
        .post(
            &format!("{own}/lifecycle/activate"),
            json!({"passCode": code}),
        )
        .await;
    assert_eq!(
        (late.status.as_u16(), &late.body["errorCode"]),
        (403, &json!("E0000083"))
    );
}

#[tokio::test]
async fn too_many_wrong_codes_lock_and_then_the_right_one_does_not_count() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let begun = begin_totp(&mut api).await;
    let secret = text(&begun["_embedded"]["activation"]["sharedSecret"]);
    let activate = format!("{JOHN}/factors/{}/lifecycle/activate", text(&begun["id"]));
    for _ in 0..10 {
        let wrong = api.post(&activate, json!({"passCode": "x"})).await;
        assert_eq!(wrong.body["errorCode"], "E0000068");
    }
    let right = code(&secret, &org);
    let locked = api.post(&activate, json!({"passCode": right})).await;
    assert_eq!(
        (locked.status.as_u16(), &locked.body["errorCode"]),
        (403, &json!("E0000069"))
    );
}

#[tokio::test]
async fn a_question_is_active_at_once_and_its_answer_is_never_told() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    without(&mut api, "question", "OKTA").await;
    let factors = format!("{JOHN}/factors");
    let questions = api.get(&format!("{factors}/questions")).await.body;
    assert_eq!(questions.as_array().map(Vec::len), Some(20));
    let body = |key: &str, answer: &str| json!({"factorType": "question", "provider": "OKTA", "profile": {"question": key, "answer": answer}});
    assert_eq!(
        api.post(&factors, body("disliked_food", "x")).await.status,
        400
    );
    assert_eq!(
        api.post(&factors, body("unheard", "mayonnaise"))
            .await
            .status,
        400
    );
    let made = api
        .post(&factors, body("disliked_food", "mayonnaise"))
        .await;
    assert_eq!(
        (made.status.as_u16(), &made.body["status"]),
        (200, &json!("ACTIVE"))
    );
    assert!(!made.body.to_string().contains("mayonnaise"));
    let verify = format!("{factors}/{}/verify", text(&made.body["id"]));
    let right = api.post(&verify, json!({"answer": "MAYONNAISE"})).await;
    assert_eq!(right.body, json!({"factorResult": "SUCCESS"}));
    let wrong = api.post(&verify, json!({"answer": "ketchup"})).await;
    assert_eq!(wrong.body["errorCode"], "E0000068");
}

#[tokio::test]
async fn what_is_not_built_says_its_name_and_what_cannot_be_is_refused() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let factors = format!("{JOHN}/factors");
    for (body, status) in [
        (json!({"factorType": "push", "provider": "OKTA"}), 501),
        (json!({"factorType": "webauthn", "provider": "FIDO"}), 501),
        (json!({"factorType": "toaster", "provider": "OKTA"}), 400),
        (json!({"factorType": "sms", "provider": "GOOGLE"}), 400),
        (json!({}), 400),
        (json!({"factorType": 7}), 400),
    ] {
        assert_eq!(
            api.post(&factors, body.clone()).await.status,
            status,
            "{body}"
        );
    }
    without(&mut api, "sms", "OKTA").await;
    let number = json!({"factorType": "sms", "provider": "OKTA", "profile": {"phoneNumber": "12"}});
    assert_eq!(
        api.post(&factors, number).await.body["errorCode"],
        "E0000098"
    );
    let catalog = api.get(&format!("{factors}/catalog")).await;
    let kinds = catalog.body.as_array().expect("a list");
    assert!(
        kinds
            .iter()
            .any(|one| one["factorType"] == "sms" && one["status"] == "NOT_SETUP")
    );
    let nobody = api.get("/api/v1/users/nobody/factors").await;
    assert_eq!(nobody.body["errorCode"], "E0000007");
}
