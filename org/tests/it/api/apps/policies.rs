use http::Method;
use serde_json::Value;
use testkit::TestOrg;

use super::super::Api;
use super::{events_since, id_of, make, web};

fn policy(org: &TestOrg, kind: &str, name: &str) -> String {
    org.database()
        .query_row(
            "SELECT id FROM policies WHERE type = ?1 AND name = ?2",
            (kind, name),
            |row| row.get(0),
        )
        .expect("a policy")
}

fn linked(app: &Value, name: &str) -> String {
    let href = app["_links"][name]["href"].as_str().expect("a link");
    href.rsplit('/').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn an_app_has_the_default_policies_until_it_is_assigned_to_others() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let made = make(&mut api, web()).await;
    let path = format!("/api/v1/apps/{}", id_of(&made));
    assert_eq!(
        linked(&made, "accessPolicy"),
        policy(&org, "ACCESS_POLICY", "Any two factors")
    );
    let default_profile = linked(&made, "profileEnrollment");

    let (_, before) = events_since(&org, 0);
    let password_only = policy(&org, "ACCESS_POLICY", "Password only");
    let assigned = api
        .call(
            Method::PUT,
            &format!("{path}/policies/{password_only}"),
            None,
        )
        .await;
    assert_eq!(assigned.status, 204);
    assert_eq!(assigned.body, Value::Null);
    let app = api.get(&path).await.body;
    assert_eq!(linked(&app, "accessPolicy"), password_only);
    assert_eq!(linked(&app, "profileEnrollment"), default_profile);
    let again = api
        .call(
            Method::PUT,
            &format!("{path}/policies/{default_profile}"),
            None,
        )
        .await;
    assert_eq!(again.status, 204);
    let (events, _) = events_since(&org, before);
    assert_eq!(
        events,
        [
            "application.policy.sign_on.update",
            "application.lifecycle.update"
        ]
    );
}

#[tokio::test]
async fn only_policies_for_apps_are_assigned() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let path = format!("/api/v1/apps/{}", id_of(&make(&mut api, web()).await));
    let global = policy(&org, "OKTA_SIGN_ON", "Default Policy");
    for (id, status) in [
        (global.as_str(), 400),
        ("rstAAAAAAAAAAAAAAAAA", 404),
        ("%00", 404),
    ] {
        let answer = api
            .call(Method::PUT, &format!("{path}/policies/{id}"), None)
            .await;
        assert_eq!(answer.status, status, "{id}: {}", answer.body);
    }
    let password_only = policy(&org, "ACCESS_POLICY", "Password only");
    org.execute(
        "UPDATE policies SET status = 'INACTIVE' WHERE id = ?1",
        [&password_only],
    );
    let answer = api
        .call(
            Method::PUT,
            &format!("{path}/policies/{password_only}"),
            None,
        )
        .await;
    assert_eq!(answer.status, 400);
}
