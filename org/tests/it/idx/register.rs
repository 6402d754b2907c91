use serde_json::{Value, json};

use super::client::{
    IDA, ONE_FACTOR, PASSWORD_ONLY, Step, TWO_FACTORS, begin, begin_beside, start,
};
use crate::support::claims;

const NEW: &str = "nora.new@example.com";

fn profile(email: &str) -> Value {
    json!({ "userProfile": { "email": email, "firstName": "Nora", "lastName": "New" } })
}

async fn to_code(org: &testkit::TestOrg, app: &str, email: &str) -> Step {
    from_first(begin(org, app).await, email).await
}

/// Goes as far as the code that proves an address.
pub(super) async fn from_first(step: Step, email: &str) -> Step {
    let step = step.proceed("select-enroll-profile", json!({})).await;
    assert_eq!(step.names(), ["enroll-profile", "select-identify"]);
    step.proceed("enroll-profile", profile(email)).await
}

fn passcode(code: &str) -> Value {
    json!({ "credentials": { "passcode": code } })
}

#[tokio::test]
async fn somebody_new_proves_their_address_sets_up_a_password_and_is_signed_in() {
    let org = start().await;
    let step = to_code(&org, PASSWORD_ONLY, NEW).await;
    assert_eq!(step.names(), ["enroll-authenticator"]);
    let current = &step.body["currentAuthenticator"]["value"];
    assert_eq!(current["key"], "okta_email");
    assert_eq!(current["poll"]["name"], "poll");

    let step = step
        .proceed("enroll-authenticator", passcode("000000"))
        .await;
    assert_eq!(step.messages(), ["api.authn.error.PASSCODE_INVALID"]);
    let code = org.code_for(NEW);
    let step = step.proceed("enroll-authenticator", passcode(&code)).await;
    assert_eq!(step.names(), ["select-authenticator-enroll"]);
    let step = step
        .choose("select-authenticator-enroll", "Password", None)
        .await;
    let current = &step.body["currentAuthenticator"]["value"];
    assert_eq!(current["settings"]["complexity"]["minLength"], 8);
    let step = step
        .proceed("enroll-authenticator", passcode("Fresh-horse-9"))
        .await;
    let step = skip(step).await;
    let mut step = step;
    let tokens = step.redeem().await.json();
    assert_eq!(claims(&tokens["access_token"])["sub"], NEW);
}

/// What is optional is set up another time.
async fn skip(step: Step) -> Step {
    if step.names().contains(&"skip") {
        step.proceed("skip", json!({})).await
    } else {
        step
    }
}

#[tokio::test]
async fn whether_an_address_has_an_account_is_told_to_its_owner_alone() {
    let org = start().await;
    let taken = to_code(&org, PASSWORD_ONLY, IDA).await;
    let free = to_code(&org, PASSWORD_ONLY, NEW).await;
    assert_eq!(taken.status, free.status);
    assert_eq!(taken.names(), free.names());
    assert_eq!(taken.messages(), free.messages());
    assert_eq!(org.newest_message(IDA).code, None);
    let step = taken
        .proceed("enroll-authenticator", passcode("123456"))
        .await;
    assert_eq!(step.messages(), ["api.authn.error.PASSCODE_INVALID"]);
}

#[tokio::test]
async fn what_is_wrong_with_the_profile_is_said_at_its_field() {
    let org = start().await;
    let step = begin(&org, PASSWORD_ONLY).await;
    let step = step.proceed("select-enroll-profile", json!({})).await;
    let values = json!({ "userProfile": { "email": "no-address", "firstName": "" } });
    let step = step.proceed("enroll-profile", values).await;
    assert_eq!(step.status, 400);
    let fields = &step.remediation("enroll-profile")["value"][0]["form"]["value"];
    let email = &fields[0]["messages"]["value"][0];
    assert_eq!(email["i18n"]["key"], "registration.error.invalidLoginEmail");
    assert_eq!(email["i18n"]["params"], json!(["Email"]));
    assert_eq!(
        email["message"],
        "'Email' must be in the form of an email address"
    );
    let name = &fields[1]["messages"]["value"][0];
    assert_eq!(name["i18n"]["key"], "model.validation.field.blank");
    assert!(step.body.get("messages").is_none());
    let step = step.proceed("select-identify", json!({})).await;
    assert_eq!(step.names()[0], "identify");
}

#[tokio::test]
async fn an_app_that_registers_nobody_offers_no_way_to_it_and_takes_none() {
    let org = start().await;
    let step = begin(&org, TWO_FACTORS).await;
    assert!(!step.names().contains(&"select-enroll-profile"));
    let mut browser = org.browser();
    let url = "http://localhost:7000/idp/idx/enroll";
    let body = json!({ "stateHandle": step.body["stateHandle"] });
    let page = super::client::post(&mut browser, url, "application/json", &body).await;
    assert!(page.text().contains("idx.error.registration.unavailable"));
}

#[tokio::test]
async fn everything_that_can_be_set_up_is_set_up_one_after_the_other() {
    let org = start().await;
    let step = from_first(begin_beside(&org, ONE_FACTOR).await, NEW).await;
    let code = org.code_for(NEW);
    let step = step.proceed("enroll-authenticator", passcode(&code)).await;
    let select = "select-authenticator-enroll";
    let step = step.choose(select, "Password", None).await;
    let step = step
        .proceed("enroll-authenticator", passcode("Fresh-horse-9"))
        .await;
    assert_eq!(step.names(), [select, "skip"]);

    let step = step.choose(select, "Phone", None).await;
    assert_eq!(step.names()[0], "authenticator-enrollment-data");
    let phone =
        |number: &str| json!({ "authenticator": { "methodType": "sms", "phoneNumber": number } });
    let step = step
        .proceed("authenticator-enrollment-data", phone("12"))
        .await;
    assert_eq!(step.status, 400);
    assert_eq!(step.messages(), ["api.factors.error.sms.invalid_phone"]);
    let step = step
        .proceed("authenticator-enrollment-data", phone("+15557654321"))
        .await;
    let code = org.code_for("+15557654321");
    let step = step.proceed("enroll-authenticator", passcode(&code)).await;

    let step = step.choose(select, "Google Authenticator", None).await;
    let data = &step.body["currentAuthenticator"]["value"]["contextualData"];
    assert_eq!(data["qrcode"]["type"], "image/png");
    let picture = data["qrcode"]["href"].as_str().expect("an address");
    assert!(picture.starts_with("data:image/png;base64,"));
    assert!(
        data["sharedSecret"]
            .as_str()
            .is_some_and(|key| key.len() == 32)
    );
    let step = step
        .proceed("enroll-authenticator", passcode("000000"))
        .await;
    assert_eq!(step.status, 401);

    let step = step.choose(select, "Passkeys", None).await;
    let data = &step.body["currentAuthenticator"]["value"]["contextualData"]["activationData"];
    assert_eq!(data["rp"]["id"], "localhost");
    assert_eq!(data["user"]["name"], NEW);

    let step = step.choose(select, "Security Question", None).await;
    let data = &step.body["currentAuthenticator"]["value"]["contextualData"];
    assert_eq!(data["questions"][0]["questionKey"], "disliked_food");
    let answer = |answer: &str| json!({ "credentials": { "questionKey": "disliked_food", "answer": answer } });
    let step = step.proceed("enroll-authenticator", answer("abc")).await;
    assert_eq!(step.messages(), ["securityQuestion.answer.tooShort.arg"]);
    let step = step
        .proceed("enroll-authenticator", answer("sprouts"))
        .await;
    assert!(skip(step).await.code().is_some());
}
