use http::Method;
use serde_json::{Value, json};
use testkit::TestOrg;

use super::super::Api;
use super::{PASSWORD, create, path};

/// The types of the events that were written since `before`, and where the log ends now.
async fn written(api: &mut Api, before: usize) -> (Vec<String>, usize) {
    let log = api.get("/api/v1/logs?limit=1000&sortOrder=ASCENDING").await;
    let events = log.body.as_array().expect("a log");
    let kinds = events[before..].iter().map(|event| {
        assert_eq!(event["actor"]["alternateId"], "admin@example.com");
        assert_eq!(event["outcome"]["result"], "SUCCESS");
        event["eventType"].as_str().expect("a type").to_owned()
    });
    (kinds.collect(), events.len())
}

#[expect(clippy::too_many_lines, reason = "a list of all that can be done")]
#[tokio::test]
async fn everything_that_is_done_to_a_user_is_one_event() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let user = path(&create(&mut api, "emma").await);
    let group = api
        .post("/api/v1/groups", json!({"profile": {"name": "Band"}}))
        .await;
    let member = format!(
        "/api/v1/groups/{}/users/emma",
        group.body["id"].as_str().expect("an id")
    );
    let passwords =
        json!({"oldPassword": {"value": PASSWORD}, "newPassword": {"value": "N1ghtbus+lantern"}});
    let (_, mut seen) = written(&mut api, 0).await;
    let steps: [(Method, String, Option<Value>, &str); 15] = [
        (
            Method::POST,
            user.clone(),
            Some(json!({"profile": {"city": "Bern"}})),
            "user.account.update_profile",
        ),
        (
            Method::POST,
            format!("{user}/credentials/change_password"),
            Some(passwords),
            "user.account.update_password",
        ),
        (
            Method::PUT,
            member.clone(),
            None,
            "group.user_membership.add",
        ),
        (Method::DELETE, member, None, "group.user_membership.remove"),
        (
            Method::POST,
            format!("{user}/roles"),
            Some(json!({"type": "APP_ADMIN"})),
            "user.account.privilege.grant",
        ),
        (
            Method::DELETE,
            format!("{user}/roles/IFIFAX2BIRGUSTQ"),
            None,
            "user.account.privilege.revoke",
        ),
        (
            Method::DELETE,
            format!("{user}/sessions"),
            None,
            "user.session.clear",
        ),
        (
            Method::POST,
            format!("{user}/lifecycle/reset_factors"),
            None,
            "user.mfa.factor.reset_all",
        ),
        (
            Method::POST,
            format!("{user}/lifecycle/suspend"),
            None,
            "user.lifecycle.suspend",
        ),
        (
            Method::POST,
            format!("{user}/lifecycle/unsuspend"),
            None,
            "user.lifecycle.unsuspend",
        ),
        (
            Method::POST,
            format!("{user}/lifecycle/expire_password"),
            None,
            "user.account.expire_password",
        ),
        (
            Method::POST,
            format!("{user}/lifecycle/reset_password?sendEmail=false"),
            None,
            "user.account.reset_password",
        ),
        (
            Method::DELETE,
            user.clone(),
            None,
            "user.lifecycle.deactivate",
        ),
        (
            Method::POST,
            format!("{user}/lifecycle/activate"),
            None,
            "user.lifecycle.activate",
        ),
        (
            Method::POST,
            format!("{user}/lifecycle/deactivate"),
            None,
            "user.lifecycle.deactivate",
        ),
    ];
    for (method, address, body, kind) in steps {
        let answer = api.call(method, &address, body).await;
        assert!(answer.status.is_success(), "{address}: {}", answer.body);
        let (kinds, now) = written(&mut api, seen).await;
        assert_eq!(kinds, [kind], "{address}");
        seen = now;
    }
    let refused = api
        .call(Method::POST, &format!("{user}/lifecycle/suspend"), None)
        .await;
    assert_eq!(refused.status, 400);
    assert_eq!(
        written(&mut api, seen).await.0,
        Vec::<String>::new(),
        "nothing was done"
    );
    let log = api.get("/api/v1/logs?limit=1000").await.body.to_string();
    assert!(!log.contains(PASSWORD));
}
