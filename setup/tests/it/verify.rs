use crate::by_hand::{Hand, id};
use crate::changes;
use crate::local::{ALL, Local, json as last};
use serde_json::{Value, json};
use setup::Ending;

async fn set_up() -> Local {
    let local = Local::start().await;
    local.fine(&format!("apply --case {ALL}")).await;
    local
}

#[tokio::test]
async fn every_promise_is_kept_after_an_apply_and_told_in_a_sentence() {
    let local = set_up().await;
    let text = local.fine(&format!("verify --case {ALL}")).await;
    for sentence in [
        "Password-optional users never fall through to the default policy.",
        "Admins are excluded: neither you nor Okta Service comes to a password-optional policy.",
        "John Doe still needs his password.",
        "Okta Service is a Super Administrator.",
        "Email can be used for authentication and recovery.",
    ] {
        assert!(
            text.contains(&format!("kept   {sentence}\n")),
            "{sentence} in {text}"
        );
    }
    assert!(text.ends_with(" kept, 0 broken.\n"), "{text}");
}

#[tokio::test]
async fn an_org_that_was_never_set_up_keeps_none_of_what_the_guide_makes() {
    let local = Local::start().await;
    let run = local.setup("verify --json").await;
    assert_eq!(run.ending.expect("promises"), Ending::Broken);
    let document = last(&run.text);
    assert_eq!(document["kept"], false);
    assert_eq!(document["promises"][0]["kept"], false);
    assert_eq!(
        document["promises"][0]["reason"],
        "the user \"john.doe@example.com\" is missing"
    );
}

#[tokio::test]
async fn each_change_by_hand_breaks_the_promise_that_speaks_of_it_and_no_verify_writes() {
    let local = set_up().await;
    let hand = Hand::of(&local).await;
    for change in changes::all() {
        change.make(&hand).await;
        breaks(&local, change.sentence).await;
        local.fine(&format!("apply --case {ALL}")).await;
        local.fine(&format!("verify --case {ALL}")).await;
    }
}

#[tokio::test]
async fn an_admin_among_the_password_optional_users_is_told() {
    let local = set_up().await;
    let hand = Hand::of(&local).await;
    let group = hand.group("Password optional").await;
    let service = hand.get("/api/v1/users/okta.service@example.com").await;
    let member = format!("{group}/users/{}", service["id"].as_str().expect("an id"));
    hand.call("PUT", &member, Value::Null).await;
    breaks(&local, "Admins are excluded").await;
}

#[tokio::test]
async fn a_rule_before_that_of_the_guide_is_told() {
    let local = set_up().await;
    let hand = Hand::of(&local).await;
    let policy = hand
        .policy("ACCESS_POLICY", "Password-optional authentication policy")
        .await;
    let rule = json!({"type": "ACCESS_POLICY", "name": "Before", "priority": 0, "actions": {"appSignOn": {
        "access": "ALLOW",
        "verificationMethod": {"type": "ASSURANCE", "factorMode": "1FA", "reauthenticateIn": "PT0S"}
    }}});
    hand.call("POST", &format!("{policy}/rules"), rule).await;
    breaks(
        &local,
        "At the app, the last rule of \"Password-optional authentication policy\" decides",
    )
    .await;
}

#[tokio::test]
async fn a_policy_before_that_of_the_guide_is_told() {
    let local = set_up().await;
    let hand = Hand::of(&local).await;
    let group = hand.group("Everyone").await;
    let policy = json!({"type": "OKTA_SIGN_ON", "name": "Before", "priority": 1,
        "conditions": {"people": {"groups": {"include": [id(&group)]}}}});
    let policy = hand.call("POST", "/api/v1/policies", policy).await;
    let rules = format!(
        "/api/v1/policies/{}/rules",
        policy["id"].as_str().expect("an id")
    );
    let rule = json!({"type": "SIGN_ON", "name": "Before", "actions": {"signon": {
        "access": "ALLOW", "primaryFactor": "PASSWORD_IDP"
    }}});
    hand.call("POST", &rules, rule).await;
    breaks(
        &local,
        "Password-optional users never fall through to the default policy.",
    )
    .await;
}

async fn breaks(local: &Local, sentence: &str) {
    local.take_writes();
    let run = local.setup(&format!("verify --case {ALL}")).await;
    assert_eq!(local.take_writes(), [""; 0], "{sentence}");
    assert!(
        matches!(run.ending, Ok(Ending::Broken)),
        "{sentence}: {:?} {}",
        run.ending,
        run.text
    );
    assert!(
        run.text.contains(&format!("BROKEN {sentence}")),
        "{sentence}: {}",
        run.text
    );
}

#[tokio::test]
async fn a_sign_in_shows_what_the_policies_ask_for() {
    for (cases, sentences) in [
        (
            "mfa",
            &["After his password, the sign-in of John Doe asks for his email."][..],
        ),
        (
            "password-only",
            &["After his password, the sign-in of John Doe asks for nothing more."],
        ),
        (
            "password-optional",
            &[
                "A new customer can sign up at the app.",
                "After his password",
            ],
        ),
    ] {
        let local = Local::start().await;
        let password = "--john-password correct-Horse-1-battery";
        local
            .fine(&format!("apply --case {cases} {password}"))
            .await;
        let text = local
            .fine(&format!("verify --sign-in --case {cases} {password}"))
            .await;
        let first = ["The sign-in of John Doe asks for his password first."];
        for sentence in first.iter().chain(sentences) {
            assert!(
                text.contains(&format!("kept   {sentence}")),
                "{sentence} in {text}"
            );
        }
    }
}
