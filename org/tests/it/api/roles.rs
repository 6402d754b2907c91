//! Administrator roles by the management API.

use http::Method;
use serde_json::json;
use testkit::TestOrg;

use super::Api;
use super::users::{create, path};

#[tokio::test]
async fn a_role_is_given_shown_and_taken_away() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let user = path(&create(&mut api, "vera").await);
    let roles = format!("{user}/roles");
    assert_eq!(api.get(&roles).await.body, json!([]));
    let given = api.post(&roles, json!({"type": "APP_ADMIN"})).await;
    assert_eq!(given.status, 201, "{}", given.body);
    let now = "2026-01-05T09:00:00.000Z";
    assert_eq!(
        given.body,
        json!({
            "id": "IFIFAX2BIRGUSTQ",
            "label": "Application Administrator",
            "type": "APP_ADMIN",
            "status": "ACTIVE",
            "created": now,
            "lastUpdated": now,
            "assignmentType": "USER",
            "_links": {"assignee": {"href": format!("http://localhost:7000{user}")}},
        })
    );
    let twice = api.post(&roles, json!({"type": "APP_ADMIN"})).await;
    assert_eq!(
        (twice.status.as_u16(), &twice.body["errorCode"]),
        (409, &json!("E0000090"))
    );
    let super_admin = api.post(&roles, json!({"type": "SUPER_ADMIN"})).await;
    let id = super_admin.body["id"].as_str().expect("an id").to_owned();
    assert!(id.starts_with("ra1") && id.len() == 20, "{id}");
    assert_eq!(
        api.get(&roles).await.body,
        json!([given.body, super_admin.body])
    );
    let one = format!("{roles}/{id}");
    assert_eq!(api.get(&one).await.body, super_admin.body);
    assert_eq!(api.delete(&one).await.status, 204);
    let gone = api.delete(&one).await;
    assert_eq!(
        gone.body["errorSummary"],
        format!("Not found: Resource not found: {id} (RoleAssignment)")
    );
    for bad in [
        json!({}),
        json!({"type": "KING"}),
        json!({"type": 7}),
        json!({"type": "CUSTOM"}),
    ] {
        assert_eq!(api.post(&roles, bad).await.status, 400);
    }
}

#[tokio::test]
async fn the_role_of_the_last_super_administrator_stays() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let roles = api.get("/api/v1/users/me/roles").await;
    let id = roles.body[0]["id"].as_str().expect("an id");
    let answer = api.delete(&format!("/api/v1/users/me/roles/{id}")).await;
    assert_eq!(answer.status, 403, "{}", answer.body);
}

#[tokio::test]
async fn members_of_a_group_have_its_roles_until_they_leave_it() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let made = create(&mut api, "walt").await;
    let group = api
        .post("/api/v1/groups", json!({"profile": {"name": "Desk"}}))
        .await;
    let group = format!(
        "/api/v1/groups/{}",
        group.body["id"].as_str().expect("an id")
    );
    let given = api
        .post(
            &format!("{group}/roles"),
            json!({"type": "HELP_DESK_ADMIN"}),
        )
        .await;
    assert_eq!(given.status, 201, "{}", given.body);
    assert_eq!(given.body["assignmentType"], "GROUP");
    assert_eq!(
        given.body["_links"]["assignee"]["href"],
        format!("http://localhost:7000{group}")
    );
    let member = format!("{group}/users/{}", made.body["id"].as_str().expect("an id"));
    assert_eq!(api.put(&member, json!({})).await.status, 204);
    let mut walt = Api::of_user(&org, "walt@example.com").await;
    assert_eq!(walt.get("/api/v1/users/john.doe").await.status, 200);
    assert_eq!(walt.post("/api/v1/users", json!({})).await.status, 403);
    assert_eq!(api.delete(&member).await.status, 204);
    assert_eq!(walt.get("/api/v1/users/john.doe").await.status, 403);
    assert_eq!(api.get("/api/v1/groups?q=Everyone").await.status, 200);
    let everyone = api.get("/api/v1/groups?q=Everyone").await.body[0]["id"].clone();
    let refused = api
        .post(
            &format!("/api/v1/groups/{}/roles", everyone.as_str().expect("an id")),
            json!({"type": "SUPER_ADMIN"}),
        )
        .await;
    assert_eq!(refused.status, 400, "{}", refused.body);
}

#[tokio::test]
async fn nobody_acts_on_administrators_above_them_nor_becomes_one() {
    let org = TestOrg::start().await;
    let mut admin = Api::admin(&org).await;
    let group = admin
        .post("/api/v1/groups", json!({"profile": {"name": "Kings"}}))
        .await;
    let group = group.body["id"].as_str().expect("an id").to_owned();
    admin
        .post(
            &format!("/api/v1/groups/{group}/roles"),
            json!({"type": "SUPER_ADMIN"}),
        )
        .await;
    for role in [
        "USER_ADMIN",
        "HELP_DESK_ADMIN",
        "ORG_ADMIN",
        "GROUP_MEMBERSHIP_ADMIN",
    ] {
        let made = create(&mut admin, &role.to_lowercase()).await;
        let own = path(&made);
        admin
            .post(&format!("{own}/roles"), json!({"type": role}))
            .await;
        let login = made.body["profile"]["login"].as_str().expect("a login");
        let mut lesser = Api::of_user(&org, login).await;
        let target = "/api/v1/users/admin@example.com";
        let body = json!({"profile": {"email": "mine@example.com"}});
        for (method, path, body) in [
            (Method::POST, target.to_owned(), Some(body)),
            (Method::DELETE, target.to_owned(), None),
            (Method::DELETE, format!("{target}/sessions"), None),
            (
                Method::POST,
                format!("{target}/lifecycle/reset_password?sendEmail=false"),
                None,
            ),
            (
                Method::POST,
                format!("{target}/lifecycle/expire_password_with_temp_password"),
                None,
            ),
            (
                Method::POST,
                format!("{target}/lifecycle/reset_factors"),
                None,
            ),
            (Method::POST, format!("{target}/lifecycle/deactivate"), None),
            (
                Method::POST,
                format!("{own}/roles"),
                Some(json!({"type": "SUPER_ADMIN"})),
            ),
            (
                Method::PUT,
                format!("/api/v1/groups/{group}/users/{login}"),
                None,
            ),
            (Method::DELETE, format!("/api/v1/groups/{group}"), None),
        ] {
            let answer = lesser.call(method.clone(), &path, body).await;
            assert_eq!(
                answer.status, 403,
                "{role} {method} {path}: {}",
                answer.body
            );
            assert_eq!(answer.body["errorCode"], "E0000006");
        }
    }
    let me = admin.get("/api/v1/users/me").await;
    assert_eq!(me.body["status"], "ACTIVE");
    assert_eq!(me.body["profile"]["email"], "admin@example.com");
}
