//! What administrators do to people, against all that lets people in and apps act for them.
//!
//! Whatever refuses somebody for a while (their status, their password, their assignment) is put back before anything is tried: what
//! has ended must not come to life again.

use serde_json::{Value, json};
use testkit::{Browser, PASSWORD, Page, TestOrg};

use crate::api::Api;
use crate::support::{
    Authorize, JOHN, PORTICO, code_for, give_password, redeem, to_password_page, userinfo,
};

/// What John holds.
struct Held {
    signed_in: Browser,
    access_token: String,
    code: String,
    half_way: (Browser, Page),
    session_token: String,
}

impl Held {
    async fn by_john(org: &TestOrg) -> Self {
        let mut signed_in = org.browser();
        let first = code_for(&mut signed_in, &Authorize::portico(), JOHN).await;
        let tokens = redeem(&mut signed_in, &first).await.json();
        let silent = Authorize::portico().with("prompt", "none").url();
        let code = signed_in.get(&silent).await.location_parameter("code");
        let mut other = org.browser();
        let page = to_password_page(&mut other, &Authorize::portico(), JOHN).await;
        let body = json!({"username": JOHN, "password": PASSWORD});
        let answer = Api::nobody(org).post("/api/v1/authn", body).await;
        Self {
            signed_in,
            access_token: text(&tokens["access_token"]),
            code: code.expect("a code"),
            half_way: (other, page),
            session_token: text(&answer.body["sessionToken"]),
        }
    }

    /// What of it still works, by its letter: session, token, code, interaction, session token.
    async fn living(mut self, org: &TestOrg) -> String {
        let silent = Authorize::portico().with("prompt", "none").url();
        let answer = self.signed_in.get(&silent).await;
        let session = answer.location_parameter("code").is_some();
        let token = userinfo(&mut org.browser(), &self.access_token)
            .await
            .status
            == 200;
        let code = redeem(&mut org.browser(), &self.code).await.status == 200;
        let (mut browser, page) = self.half_way;
        let answer = give_password(&mut browser, &page, PASSWORD).await;
        let interaction = answer.header("location").contains("code=");
        let body = json!({"sessionToken": self.session_token});
        let made = Api::nobody(org).post("/api/v1/sessions", body).await;
        let all = [session, token, code, interaction, made.status == 200];
        let letters = "STCIs".chars().zip(all);
        letters
            .filter_map(|(letter, lives)| lives.then_some(letter))
            .collect()
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn find(org: &TestOrg, query: &str, of: &str) -> String {
    let found = org.database().query_row(query, [of], |row| row.get(0));
    found.expect("something of the seed")
}

/// A method, the rest of the path behind the user, a body, and what lives on.
const ACTIONS: [(&str, &str, &str, &str); 14] = [
    ("POST", "/lifecycle/suspend", "", ""),
    ("POST", "/lifecycle/deactivate", "", ""),
    ("DELETE", "", "", ""),
    ("DELETE", "/sessions", "", "T"),
    ("DELETE", "/sessions?oauthTokens=true", "", ""),
    ("POST", "/lifecycle/reset_password?sendEmail=false", "", ""),
    ("POST", "/lifecycle/expire_password", "", ""),
    (
        "POST",
        "/lifecycle/expire_password_with_temp_password",
        "",
        "",
    ),
    (
        "POST",
        "",
        r#"{"credentials":{"password":{"value":"Another-horse-2026"}}}"#,
        "",
    ),
    (
        "POST",
        "/credentials/change_password",
        r#"{"oldPassword":{"value":"correct-horse-battery"},"newPassword":{"value":"Another-horse-2026"}}"#,
        "STCs",
    ),
    (
        "POST",
        "/credentials/change_password",
        r#"{"oldPassword":{"value":"correct-horse-battery"},"newPassword":{"value":"Another-horse-2026"},"revokeSessions":true}"#,
        "",
    ),
    ("POST", "/lifecycle/reset_factors", "", "STCIs"),
    ("DELETE", "/grants", "", "SCIs"),
    ("POST", "/lifecycle/unsuspend", "", "STCIs"),
];

#[tokio::test]
async fn an_action_on_a_user_ends_what_it_has_to_at_once_and_for_good() {
    for (method, path, body, lives_on) in ACTIONS {
        let org = TestOrg::start().await;
        let held = Held::by_john(&org).await;
        let id = find(&org, "SELECT id FROM users WHERE login = ?1", JOHN);
        let hash = find(&org, "SELECT password_hash FROM users WHERE id = ?1", &id);
        let body = (!body.is_empty()).then(|| serde_json::from_str(body).expect("JSON"));
        let method = method.parse().expect("a method");
        let mut admin = Api::admin(&org).await;
        let done = admin
            .call(method, &format!("/api/v1/users/{id}{path}"), body)
            .await;
        let is_refused = path == "/lifecycle/unsuspend";
        assert_eq!(
            done.status.is_success(),
            !is_refused,
            "{path}: {}",
            done.body
        );
        org.execute(
            "UPDATE users SET status = 'ACTIVE', password_hash = ?2 WHERE id = ?1",
            (&id, &hash),
        );
        assert_eq!(held.living(&org).await, lives_on, "{path}");
    }
}

#[tokio::test]
async fn the_revocation_of_the_protocol_ends_everything() {
    let org = TestOrg::start().await;
    let held = Held::by_john(&org).await;
    let id = find(&org, "SELECT id FROM users WHERE login = ?1", JOHN);
    let body = json!({"sub_id": {"format": "opaque", "id": id}});
    let mut admin = Api::admin(&org).await;
    let done = admin.post("/oauth2/v1/global-token-revocation", body).await;
    assert_eq!(done.status, 204, "{}", done.body);
    assert_eq!(held.living(&org).await, "");
}

#[tokio::test]
async fn an_app_that_was_taken_away_gets_nothing_back_with_the_next_assignment() {
    let org = TestOrg::start().await;
    let held = Held::by_john(&org).await;
    let everyone = find(&org, "SELECT id FROM groups WHERE name = ?1", "Everyone");
    let mut admin = Api::admin(&org).await;
    let path = format!("/api/v1/apps/{PORTICO}/groups/{everyone}");
    assert_eq!(admin.delete(&path).await.status, 204);
    assert_eq!(admin.put(&path, json!({})).await.status, 200);
    assert_eq!(held.living(&org).await, "SIs");
}

#[tokio::test]
async fn an_app_that_somebody_has_by_a_group_rule_ends_when_the_rule_is_not_true_of_them_any_more()
{
    for ends_by_profile in [true, false] {
        let org = TestOrg::start().await;
        let everyone = find(&org, "SELECT id FROM groups WHERE name = ?1", "Everyone");
        let john = find(&org, "SELECT id FROM users WHERE login = ?1", JOHN);
        let mut admin = Api::admin(&org).await;
        let of_group = |group: &str| format!("/api/v1/apps/{PORTICO}/groups/{group}");
        let made = admin.post("/api/v1/groups", json!({"profile": {"name": "Sales"}}));
        let sales = text(&made.await.body["id"]);
        admin.put(&of_group(&sales), json!({})).await;
        let rule = json!({"type": "group_rule", "name": "Sellers",
            "conditions": {"expression": {"type": "urn:okta:expression:1.0", "value": "user.department == \"Sales\""}},
            "actions": {"assignUserToGroups": {"groupIds": [sales]}}});
        let made = admin.post("/api/v1/groups/rules", rule).await;
        let rule = format!("/api/v1/groups/rules/{}", text(&made.body["id"]));
        let own = format!("/api/v1/users/{john}");
        let department = |name: &str| json!({"profile": {"department": name}});
        admin.post(&own, department("Sales")).await;
        let active = admin
            .post(&format!("{rule}/lifecycle/activate"), json!({}))
            .await;
        assert_eq!(active.status, 204, "{}", active.body);
        assert_eq!(admin.delete(&of_group(&everyone)).await.status, 204);
        let held = Held::by_john(&org).await;
        if ends_by_profile {
            assert_eq!(admin.post(&own, department("Law")).await.status, 200);
        } else {
            let removed = admin.delete(&format!("{rule}?removeUsers=true")).await;
            assert_eq!(removed.status, 202, "{}", removed.body);
        }
        // What has ended does not come back with the app.
        assert_eq!(admin.put(&of_group(&everyone), json!({})).await.status, 200);
        assert_eq!(held.living(&org).await, "SIs", "{ends_by_profile}");
    }
}
