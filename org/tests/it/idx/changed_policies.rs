use serde_json::{Value, json};

use super::client::{FAY, IDA, PASSWORD_ONLY, begin, start};
use crate::api::Api;

/// The only item of a list whose name is this.
fn named<'a>(list: &'a Value, name: &str) -> &'a Value {
    let items = list.as_array().expect("a list");
    items.iter().find(|item| item["name"] == name).expect("it")
}

#[tokio::test]
async fn a_rule_and_an_authenticator_that_are_changed_by_the_api_count_for_the_next_person() {
    let org = start().await;
    let made = org.execute(
        "INSERT INTO admin_roles (user_id, role) SELECT id, 'SUPER_ADMIN' FROM users WHERE login = ?1",
        [FAY],
    );
    assert_eq!(made, 1);
    let mut api = Api::admin(&org).await;
    let step = begin(&org, PASSWORD_ONLY).await.identify(IDA).await;
    let asked = &step.body["currentAuthenticatorEnrollment"]["value"]["key"];
    assert_eq!(asked, "okta_password");

    let list = format!("/api/v1/policies?type=ACCESS_POLICY&resourceId={PASSWORD_ONLY}");
    let policies = api.get(&list).await.body;
    let policy = policies[0]["id"].as_str().expect("a policy");
    let rules = format!("/api/v1/policies/{policy}/rules");
    let rule = named(&api.get(&rules).await.body, "Catch-all Rule").clone();
    let mut possession = rule.clone();
    possession["actions"]["appSignOn"]["verificationMethod"] = json!({
        "type": "ASSURANCE", "factorMode": "1FA", "reauthenticateIn": "PT0S",
        "constraints": [{"possession": {"required": true}}],
    });
    let path = format!("{rules}/{}", rule["id"].as_str().expect("a rule"));
    let changed = api.put(&path, possession).await;
    assert_eq!(changed.status, 200, "{}", changed.body);
    let step = begin(&org, PASSWORD_ONLY).await.identify(IDA).await;
    assert!(
        step.body.to_string().contains("okta_email"),
        "{}",
        step.body
    );

    let authenticators = api.get("/api/v1/authenticators").await.body;
    let email = named(&authenticators, "Email")["id"]
        .as_str()
        .expect("an id");
    let path = format!("/api/v1/authenticators/{email}");
    let recovery = json!({"settings": {"allowedFor": "recovery"}});
    assert_eq!(api.put(&path, recovery).await.status, 200);
    let step = begin(&org, PASSWORD_ONLY).await.identify(IDA).await;
    assert!(
        !step.body.to_string().contains("okta_email"),
        "{}",
        step.body
    );
}
