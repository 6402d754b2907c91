use serde_json::json;

use super::client::{
    CLOSED, FAY, IDA, ONE_FACTOR, PASSWORD_ONLY, SECRET, Step, TWO_FACTORS, UNA, XENA, begin,
    introspect, start,
};
use crate::support::{claims, oauth_error};

#[tokio::test]
async fn a_person_signs_in_with_username_and_password_and_the_app_gets_tokens_for_its_code() {
    let org = start().await;
    let step = begin(&org, PASSWORD_ONLY).await;
    assert_eq!(
        step.names(),
        ["identify", "select-enroll-profile", "unlock-account"]
    );
    assert_eq!(step.body["app"]["value"]["label"], "Password only app");
    let step = step.identify(IDA).await;
    assert_eq!(step.status, 200);
    assert_eq!(step.names(), ["challenge-authenticator"]);
    assert_eq!(
        step.body["currentAuthenticatorEnrollment"]["value"]["key"],
        "okta_password"
    );
    assert_eq!(step.body["user"]["value"], json!({ "identifier": IDA }));
    let mut step = step.answer(SECRET).await;
    assert_eq!(step.status, 200);
    assert_eq!(step.body["user"]["value"]["profile"]["firstName"], "Ida");

    let answer = step.redeem().await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("cache-control"), "no-store");
    let tokens = answer.json();
    let id_token = claims(&tokens["id_token"]);
    assert_eq!(id_token["iss"], "http://localhost:7000/oauth2/default");
    assert_eq!(id_token["nonce"], "nonce-1");
    assert_eq!(id_token["amr"], json!(["pwd"]));
    assert_eq!(claims(&tokens["access_token"])["sub"], IDA);
}

#[tokio::test]
async fn a_wrong_password_is_said_and_the_right_one_is_taken_in_the_same_interaction() {
    let org = start().await;
    let step = begin(&org, PASSWORD_ONLY).await.identify(IDA).await;
    let step = step.answer("wrong").await;
    assert_eq!(step.status, 401);
    assert_eq!(step.messages(), ["incorrectPassword"]);
    assert_eq!(step.names(), ["challenge-authenticator"]);
    let step = step.answer("").await;
    assert_eq!(step.status, 400);
    assert_eq!(step.messages(), ["model.validation.field.blank"]);
    assert!(step.answer(SECRET).await.code().is_some());
}

#[tokio::test]
async fn somebody_unknown_is_asked_the_same_as_everybody_and_is_never_right() {
    let org = start().await;
    let ask = async |login: &str| {
        let step = begin(&org, TWO_FACTORS).await.identify(login).await;
        let text = step.body.to_string();
        let select = "select-authenticator-authenticate";
        let step = step.choose(select, "Password", None).await;
        let step = step.answer("wrong").await;
        (without(&text, &step, login), step.status, step.messages())
    };
    assert_eq!(ask(IDA).await, ask("ira@example.com").await);
}

/// An answer without what differs from one interaction to the next.
fn without(text: &str, step: &Step, login: &str) -> String {
    let handle = step.body["stateHandle"].as_str().expect("a handle");
    let mut text = text.replace(handle, "HANDLE").replace(login, "LOGIN");
    while let Some(at) = text.find("\"eae") {
        text.replace_range(at..at + 22, "ENROLLMENT");
    }
    text
}

#[tokio::test]
async fn a_password_and_a_code_by_email_are_two_factors() {
    let org = start().await;
    let step = begin(&org, TWO_FACTORS).await.with_password(IDA).await;
    assert_eq!(step.names(), ["challenge-authenticator"]);
    let current = &step.body["currentAuthenticatorEnrollment"]["value"];
    assert_eq!(current["key"], "okta_email");
    assert_eq!(current["profile"]["email"], "i**a@e***e.com");
    assert_eq!(current["poll"]["refresh"], 4000);

    let step = step
        .press("/currentAuthenticatorEnrollment/value/poll")
        .await;
    assert_eq!(
        (step.status, step.names()),
        (200, vec!["challenge-authenticator"])
    );
    let step = step.answer("000000").await;
    assert_eq!(step.status, 401);
    assert_eq!(step.messages(), ["api.authn.error.PASSCODE_INVALID"]);

    let step = step
        .press("/currentAuthenticatorEnrollment/value/resend")
        .await;
    assert_eq!(step.status, 200);
    assert_eq!(step.messages(), ["errors.E0000118"]);
    assert!(step.body.to_string().contains("\"class\":\"INFO\""));
    org.clock.advance_seconds(6);
    let first = org.code_for(IDA);
    let step = step
        .press("/currentAuthenticatorEnrollment/value/resend")
        .await;
    assert_eq!((step.status, step.messages()), (200, vec![]));
    let second = org.code_for(IDA);
    assert_ne!(first, second);

    let mut step = step.answer(&second).await;
    let tokens = step.redeem().await.json();
    let amr = &claims(&tokens["id_token"])["amr"];
    assert_eq!(*amr, json!(["pwd", "otp", "mfa"]));
}

#[tokio::test]
async fn whoever_has_several_authenticators_chooses_one_and_another_way_to_be_called() {
    let org = start().await;
    let step = begin(&org, TWO_FACTORS).await.with_password(FAY).await;
    assert_eq!(step.names(), ["select-authenticator-authenticate"]);
    let step = step
        .choose("select-authenticator-authenticate", "Phone", None)
        .await;
    assert_eq!(step.names()[0], "authenticator-verification-data");
    let id = step.body["currentAuthenticatorEnrollment"]["value"]["id"].clone();
    assert!(id.as_str().is_some_and(|id| id.starts_with("eae")));
    let fields = &step.remediation("authenticator-verification-data")["value"][0]["form"]["value"];
    let phone = json!({ "id": fields[0]["value"], "methodType": "voice" });
    let step = step
        .proceed(
            "authenticator-verification-data",
            json!({ "authenticator": phone }),
        )
        .await;
    assert_eq!(org.newest_message("+15551234567").channel, "VOICE");
    let current = &step.body["currentAuthenticatorEnrollment"]["value"];
    assert_eq!(current["profile"]["phoneNumber"], "+1 XXX-XXX-4567");
    assert_eq!(current["methods"], json!([{ "type": "voice" }]));

    let step = step
        .choose(
            "select-authenticator-authenticate",
            "Google Authenticator",
            None,
        )
        .await;
    assert_eq!(
        step.body["currentAuthenticator"]["value"]["key"],
        "google_otp"
    );
    let step = step.answer("000000").await;
    assert_eq!(
        step.messages(),
        ["authfactor.challenge.soft_token.invalid_passcode"]
    );
    let step = step
        .choose("select-authenticator-authenticate", "Phone", Some("sms"))
        .await;
    let code = org.code_for("+15551234567");
    assert!(step.answer(&code).await.code().is_some());
}

#[tokio::test]
async fn one_factor_is_enough_where_the_policy_says_so_also_without_a_password() {
    let org = start().await;
    let step = begin(&org, ONE_FACTOR).await.identify(IDA).await;
    assert_eq!(step.names(), ["select-authenticator-authenticate"]);
    let step = step
        .choose("select-authenticator-authenticate", "Email", None)
        .await;
    let code = org.code_for(IDA);
    assert!(step.answer(&code).await.code().is_some());
}

#[tokio::test]
async fn an_expired_password_is_replaced_before_anything_else() {
    let org = start().await;
    let step = begin(&org, PASSWORD_ONLY).await.identify(XENA).await;
    let step = step.answer(SECRET).await;
    assert_eq!(step.names(), ["reenroll-authenticator"]);
    let settings = &step.body["currentAuthenticator"]["value"]["settings"];
    assert_eq!(settings["complexity"]["minLength"], 8);
    assert_eq!(settings["age"]["historyCount"], 5);
    let new = |passcode: &str| json!({ "credentials": { "passcode": passcode } });
    let step = step.proceed("reenroll-authenticator", new("short")).await;
    assert_eq!(step.status, 400);
    assert_eq!(step.messages(), ["password.passwordRequirementsNotMet"]);
    let step = step
        .proceed("reenroll-authenticator", new("Another-horse-8"))
        .await;
    assert!(step.code().is_some(), "{}", step.body);
}

#[tokio::test]
async fn a_policy_or_an_assignment_that_says_no_ends_with_the_reason_and_without_a_code() {
    let org = start().await;
    let step = begin(&org, CLOSED).await.with_password(IDA).await;
    assert_eq!(step.status, 403);
    assert_eq!(step.messages(), ["security.access_denied"]);
    assert_eq!((step.names(), step.code()), (vec![], None));

    let step = begin(&org, PASSWORD_ONLY).await.identify(UNA).await;
    let step = step.answer(SECRET).await;
    assert_eq!(step.status, 400);
    assert_eq!(step.messages(), ["idx.error.user.not.assigned.to.app"]);
    assert_eq!(step.code(), None);
}

#[tokio::test]
async fn cancelling_begins_again_and_an_answer_to_another_step_changes_nothing() {
    let org = start().await;
    let step = begin(&org, PASSWORD_ONLY).await.identify(IDA).await;
    let stale = step.body["stateHandle"].clone();
    let step = step.press("/cancel").await;
    assert_eq!(step.names()[0], "identify");
    let step = step.identify(IDA).await;
    let mut browser = org.browser();
    let url = "http://localhost:7000/idp/idx/skip";
    let body = json!({ "stateHandle": stale });
    let page = super::client::post(&mut browser, url, "application/json", &body).await;
    assert_eq!(page.status, 400);
    assert!(page.text().contains("errors.E0000001"));
    assert!(page.text().contains("challenge-authenticator"));
    assert!(step.answer(SECRET).await.code().is_some());
}

#[tokio::test]
async fn an_interaction_is_over_when_the_person_is_signed_in_and_after_an_hour() {
    let org = start().await;
    let step = begin(&org, PASSWORD_ONLY).await.identify(IDA).await;
    let mut step = step.answer(SECRET).await;
    assert_eq!(step.redeem().await.status, 200);
    let handle = json!({ "stateHandle": step.body["stateHandle"] });
    let over = introspect(org.browser(), &handle).await;
    assert_eq!(over.status, 401);
    assert_eq!(over.messages(), ["idx.session.expired"]);

    let step = begin(&org, PASSWORD_ONLY).await.identify(IDA).await;
    org.clock.advance_seconds(3600);
    let handle = json!({ "stateHandle": step.body["stateHandle"] });
    assert_eq!(introspect(org.browser(), &handle).await.status, 401);
}

#[tokio::test]
async fn an_interaction_code_is_good_once_and_for_a_minute_and_only_with_the_verifier() {
    let org = start().await;
    let signed_in = async || {
        let step = begin(&org, PASSWORD_ONLY).await.identify(IDA).await;
        step.answer(SECRET).await
    };
    let invalid = "The interaction code is invalid or has expired.";
    let mut step = signed_in().await;
    assert_eq!(step.redeem().await.status, 200);
    assert_eq!(oauth_error(&step.redeem().await).1, invalid);

    let mut step = signed_in().await;
    org.clock.advance_seconds(60);
    assert_eq!(oauth_error(&step.redeem().await).1, invalid);

    let mut step = signed_in().await;
    let code = step.code().expect("a code").to_owned();
    let url = "http://localhost:7000/oauth2/default/v1/token";
    let mut fields = vec![
        ("grant_type", "interaction_code"),
        ("interaction_code", code.as_str()),
        ("client_id", PASSWORD_ONLY),
    ];
    let answer = step.browser.post(url, &fields).await;
    assert_eq!(
        oauth_error(&answer).1,
        "PKCE code verifier is required by the application."
    );
    fields[0].1 = "authorization_code";
    fields[1].0 = "code";
    fields.push(("code_verifier", crate::support::VERIFIER));
    fields.push(("redirect_uri", super::client::CALLBACK));
    assert_eq!(
        oauth_error(&step.browser.post(url, &fields).await).1,
        "The authorization code is invalid or has expired."
    );
    assert_eq!(step.redeem().await.status, 200);
}
