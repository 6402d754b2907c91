use http::Method;
use serde_json::json;
use testkit::TestOrg;

use super::super::Api;
use super::{PASSWORD, create, path};

const NEXT: &str = "N1ghtbus+lantern";

#[tokio::test]
async fn a_password_is_changed_by_whoever_knows_it() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let change = format!(
        "{}/credentials/change_password",
        path(&create(&mut api, "adam").await)
    );
    let body = |old: &str, new: &str| json!({"oldPassword": {"value": old}, "newPassword": {"value": new}});
    let wrong = api.post(&change, body("Wr0ng+umbrella", NEXT)).await;
    assert_eq!(wrong.status, 403, "{}", wrong.body);
    assert_eq!(wrong.body["errorCode"], "E0000014");
    for weak in ["short", "adam", PASSWORD] {
        let weak = api.post(&change, body(PASSWORD, weak)).await;
        assert_eq!(
            (weak.status.as_u16(), &weak.body["errorCode"]),
            (403, &json!("E0000014"))
        );
    }
    let changed = api.post(&change, body(PASSWORD, NEXT)).await;
    assert_eq!(changed.status, 200, "{}", changed.body);
    assert_eq!(
        changed.body,
        json!({"password": {}, "provider": {"type": "OKTA", "name": "OKTA"}})
    );
    let again = api.post(&change, body(PASSWORD, NEXT)).await;
    assert_eq!(again.status, 403, "the old one is not right any more");
    for body in [
        json!({}),
        json!({"oldPassword": {"value": NEXT}}),
        json!({"oldPassword": "x"}),
    ] {
        assert_eq!(api.post(&change, body).await.status, 400);
    }
}

#[tokio::test]
async fn a_question_helps_whoever_knows_its_answer() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let user = path(&create(&mut api, "beth").await);
    let recover = format!("{user}/credentials/forgot_password_recovery_question");
    let body = |answer: &str| json!({"password": {"value": NEXT}, "recovery_question": {"answer": answer}});
    let none = api.post(&recover, body("number nine")).await;
    assert_eq!(none.body["errorCode"], "E0000034");
    let set = format!("{user}/credentials/change_recovery_question");
    let question = json!({"question": "Which tram?", "answer": "number nine"});
    let wrong = json!({"password": {"value": "Wr0ng+umbrella"}, "recovery_question": question});
    assert_eq!(api.post(&set, wrong).await.body["errorCode"], "E0000014");
    let right = json!({"password": {"value": PASSWORD}, "recovery_question": question});
    let shown = api.post(&set, right).await;
    assert_eq!(shown.status, 200, "{}", shown.body);
    assert_eq!(
        shown.body["recovery_question"],
        json!({"question": "Which tram?"})
    );
    let wrong = api.post(&recover, body("number ten")).await;
    assert_eq!(
        (wrong.status.as_u16(), &wrong.body["errorCode"]),
        (403, &json!("E0000087"))
    );
    let right = api.post(&recover, body("  Number NINE ")).await;
    assert_eq!(right.status, 200, "{}", right.body);
    let change = format!("{user}/credentials/change_password");
    let old =
        json!({"oldPassword": {"value": PASSWORD}, "newPassword": {"value": "Thre3+lanterns"}});
    assert_eq!(
        api.post(&change, old).await.status,
        403,
        "the password is another now"
    );
}

#[tokio::test]
async fn guesses_count_as_they_do_at_sign_in() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let user = path(&create(&mut api, "cora").await);
    let change = format!("{user}/credentials/change_password");
    let guess = json!({"oldPassword": {"value": "Wr0ng+umbrella"}, "newPassword": {"value": NEXT}});
    for _ in 0..10 {
        assert_eq!(api.post(&change, guess.clone()).await.status, 403);
    }
    let right = json!({"oldPassword": {"value": PASSWORD}, "newPassword": {"value": NEXT}});
    let locked = api.post(&change, right.clone()).await;
    assert_ne!(locked.status, 200, "{}", locked.body);
    assert_eq!(api.get(&user).await.body["status"], "LOCKED_OUT");
    assert_eq!(
        api.get(&format!("{user}/blocks")).await.body[0]["appliesTo"],
        "ANY_DEVICES"
    );
    let unlocked = api
        .call(Method::POST, &format!("{user}/lifecycle/unlock"), None)
        .await;
    assert_eq!(unlocked.status, 200, "{}", unlocked.body);
    assert_eq!(api.post(&change, right).await.status, 200);
}

#[tokio::test]
async fn a_link_to_another_password_changes_nothing_by_itself() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let user = path(&create(&mut api, "dina").await);
    let forgot = format!("{user}/credentials/forgot_password");
    let told = api
        .call(Method::POST, &format!("{forgot}?sendEmail=false"), None)
        .await;
    let url = told.body["resetPasswordUrl"].as_str().expect("an address");
    assert!(url.starts_with("http://localhost:7000/signin/reset-password/"));
    assert_eq!(api.call(Method::POST, &forgot, None).await.body, json!({}));
    assert_eq!(api.get(&user).await.body["status"], "ACTIVE");
    api.call(Method::POST, &format!("{user}/lifecycle/suspend"), None)
        .await;
    let refused = api.call(Method::POST, &forgot, None).await;
    assert_eq!(
        (refused.status.as_u16(), &refused.body["errorCode"]),
        (403, &json!("E0000034"))
    );
}
