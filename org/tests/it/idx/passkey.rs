//! Passkeys on the pages of apps.

use super::client::{
    FAY, ONE_FACTOR, PASSWORD_ONLY, SECRET, TWO_FACTORS, begin, begin_beside, start,
};

const AUTOFILL: &str = "challenge-webauthn-autofillui-authenticator";
const SELECT: &str = "select-authenticator-enroll";

#[tokio::test]
async fn a_page_on_the_orgs_own_host_is_offered_passkeys_without_a_username() {
    let org = start().await;
    let step = begin_beside(&org, ONE_FACTOR).await;
    assert!(step.names().contains(&AUTOFILL));
    let challenge = &step.body["webauthnAutofillUIChallenge"]["value"]["challengeData"];
    assert_eq!(challenge["rpId"], "localhost");
}

#[tokio::test]
async fn a_page_on_another_host_is_offered_no_passkey_that_browsers_would_refuse() {
    let org = start().await;
    for app in [PASSWORD_ONLY, ONE_FACTOR, TWO_FACTORS] {
        let step = begin(&org, app).await;
        assert!(!step.names().contains(&AUTOFILL), "{app}");
        assert!(step.body.get("webauthnAutofillUIChallenge").is_none());
    }
}

#[tokio::test]
async fn a_passkey_can_be_set_up_where_it_works_and_only_there() {
    let org = start().await;
    for is_beside in [true, false] {
        let step = if is_beside {
            begin_beside(&org, ONE_FACTOR).await
        } else {
            begin(&org, ONE_FACTOR).await
        };
        let email = format!("new{is_beside}@example.com");
        let step = super::register::from_first(step, &email).await;
        let code = serde_json::json!({ "credentials": { "passcode": org.code_for(&email) } });
        let step = step.proceed("enroll-authenticator", code).await;
        let step = step.choose(SELECT, "Password", None).await;
        let password = serde_json::json!({ "credentials": { "passcode": SECRET } });
        let step = step.proceed("enroll-authenticator", password).await;
        let offers = step.remediation(SELECT)["value"].to_string();
        assert_eq!(offers.contains("Passkeys"), is_beside);
    }
}

#[tokio::test]
async fn somebody_with_other_factors_signs_in_where_passkeys_do_not_work() {
    let org = start().await;
    let step = begin(&org, TWO_FACTORS).await.with_password(FAY).await;
    let step = step
        .choose("select-authenticator-authenticate", "Phone", Some("sms"))
        .await;
    let step = step.answer(&org.code_for("+15551234567")).await;
    assert!(step.code().is_some(), "{}", step.body);
}
