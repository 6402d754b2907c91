//! Roles that are limited to groups.

use http::Method;
use serde_json::json;
use testkit::TestOrg;

use super::super::Api;
use super::super::users::{create, path, profile};
use super::{expect, give, group, member, texts};

/// Two groups with one member each, and an administrator whose role is limited to the first.
struct Scene {
    api: Api,
    limited: Api,
    mine: String,
    other: String,
    inside: String,
    outside: String,
}

impl Scene {
    async fn with(org: &TestOrg, role: &str) -> Self {
        let mut api = Api::admin(org).await;
        let (mine, other) = (
            group(&mut api, "Mine").await,
            group(&mut api, "Other").await,
        );
        let inside = member(&mut api, "inside", &mine).await;
        let outside = member(&mut api, "outside", &other).await;
        let admin = path(&create(&mut api, "limited").await);
        let targets = give(&mut api, &admin, role).await;
        let put = api
            .put(&format!("{targets}/groups/{mine}"), json!({}))
            .await;
        assert_eq!(put.status, 204, "{}", put.body);
        Self {
            api,
            limited: Api::of_user(org, "limited@example.com").await,
            mine,
            other,
            inside,
            outside,
        }
    }
}

#[tokio::test]
async fn a_group_administrator_sees_and_changes_the_members_of_the_targets_alone() {
    let org = TestOrg::start().await;
    let mut scene = Scene::with(&org, "USER_ADMIN").await;
    let (mine, other) = (scene.mine.as_str(), scene.other.as_str());
    let (inside, outside) = (scene.inside.as_str(), scene.outside.as_str());
    let api = &mut scene.limited;
    for list in [
        "/api/v1/users",
        "/api/v1/users?q=Test",
        "/api/v1/users?search=profile.lastName%20eq%20%22User%22",
        "/api/v1/users?filter=status%20eq%20%22ACTIVE%22",
        &format!("/api/v1/groups/{mine}/users"),
    ] {
        let logins = texts(api, list, "/profile/login").await;
        assert_eq!(logins, ["inside@example.com"], "{list}");
    }
    for list in ["/api/v1/groups", &format!("{inside}/groups")] {
        assert_eq!(texts(api, list, "/profile/name").await, ["Mine"], "{list}");
    }
    let change = Some(json!({"profile": {"nickName": "In"}}));
    let name = |name: &str| Some(json!({"profile": {"name": name}}));
    let at = |path: &str, rest: &str| format!("{path}{rest}");
    let group_of = |id: &str| format!("/api/v1/groups/{id}");
    let id = |path: &str| path.rsplit('/').next().expect("an id").to_owned();
    expect(
        api,
        &[
            (Method::GET, inside, None, 200),
            (Method::GET, "/api/v1/users/inside", None, 200),
            (Method::POST, inside, change.clone(), 200),
            (
                Method::POST,
                &at(inside, "/lifecycle/suspend"),
                Some(json!({})),
                200,
            ),
            (Method::GET, &at(inside, "/factors"), None, 200),
            (Method::GET, outside, None, 403),
            (Method::GET, "/api/v1/users/outside", None, 403),
            (Method::GET, "/api/v1/users/nobody", None, 403),
            (Method::POST, outside, change, 403),
            (
                Method::POST,
                &at(outside, "/lifecycle/suspend"),
                Some(json!({})),
                403,
            ),
            (Method::GET, &at(outside, "/factors"), None, 403),
            (Method::DELETE, &at(outside, "/sessions"), None, 403),
            (Method::PUT, &group_of(mine), name("Mine"), 200),
            (Method::GET, &group_of(other), None, 403),
            (Method::PUT, &group_of(other), name("Mine too"), 403),
            (Method::DELETE, &group_of(mine), None, 403),
            (Method::POST, "/api/v1/groups", name("New"), 403),
            (Method::GET, "/api/v1/groups/rules", None, 403),
            (
                Method::PUT,
                &format!("{}/users/{}", group_of(mine), id(outside)),
                None,
                403,
            ),
            (
                Method::PUT,
                &format!("{}/users/{}", group_of(other), id(inside)),
                None,
                403,
            ),
            (
                Method::DELETE,
                &format!("{}/users/{}", group_of(mine), id(inside)),
                None,
                204,
            ),
            (Method::GET, inside, None, 403),
        ],
    )
    .await;
}

#[tokio::test]
async fn a_group_administrator_makes_users_in_the_targets_alone() {
    let org = TestOrg::start().await;
    let mut scene = Scene::with(&org, "USER_ADMIN").await;
    let (mine, other) = (scene.mine.as_str(), scene.other.as_str());
    let new =
        |name: &str, groups: &[&str]| Some(json!({"profile": profile(name), "groupIds": groups}));
    let users = "/api/v1/users?activate=false";
    expect(
        &mut scene.limited,
        &[
            (Method::POST, users, new("a", &[mine]), 200),
            (Method::POST, users, new("b", &[]), 403),
            (Method::POST, users, new("c", &[other]), 403),
            (Method::POST, users, new("d", &[mine, other]), 403),
        ],
    )
    .await;
    assert_eq!(
        scene.api.get("/api/v1/users/b@example.com").await.status,
        404
    );
}

#[tokio::test]
async fn a_help_desk_helps_the_members_of_its_targets_alone_also_by_a_group() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let mine = group(&mut api, "Mine").await;
    let inside = member(&mut api, "inside", &mine).await;
    let outside = path(&create(&mut api, "outside").await);
    let desk = group(&mut api, "Desk").await;
    let clerk = member(&mut api, "clerk", &desk).await;
    let targets = give(
        &mut api,
        &format!("/api/v1/groups/{desk}"),
        "HELP_DESK_ADMIN",
    )
    .await;
    api.put(&format!("{targets}/groups/{mine}"), json!({}))
        .await;
    let mut limited = Api::of_user(&org, "clerk@example.com").await;
    let expire = |path: &str| format!("{path}/lifecycle/expire_password");
    let calls = [
        (Method::POST, expire(&inside), Some(json!({})), 200),
        (Method::POST, expire(&outside), Some(json!({})), 403),
        (
            Method::POST,
            inside.clone(),
            Some(json!({"profile": {}})),
            403,
        ),
    ];
    let calls: Vec<_> = calls
        .iter()
        .map(|(method, path, body, status)| (method.clone(), path.as_str(), body.clone(), *status))
        .collect();
    expect(&mut limited, &calls).await;
    // A second role is not limited by what the first one is limited to.
    give(&mut api, &clerk, "HELP_DESK_ADMIN").await;
    assert_eq!(limited.get(&outside).await.status, 200);
}

#[tokio::test]
async fn a_group_membership_administrator_sees_everybody_and_fills_the_targets_alone() {
    let org = TestOrg::start().await;
    let mut scene = Scene::with(&org, "GROUP_MEMBERSHIP_ADMIN").await;
    let of = |group: &str| format!("/api/v1/groups/{group}/users/outside@example.com");
    let (mine, other) = (of(&scene.mine), of(&scene.other));
    let group = format!("/api/v1/groups/{}", scene.other);
    expect(
        &mut scene.limited,
        &[
            (Method::GET, scene.outside.as_str(), None, 200),
            (Method::GET, &group, None, 200),
            (Method::PUT, &mine, None, 204),
            (Method::DELETE, &other, None, 403),
            (Method::DELETE, &mine, None, 204),
        ],
    )
    .await;
    let everybody = texts(&mut scene.limited, "/api/v1/users", "/id").await;
    assert!(everybody.len() > 3, "{everybody:?}");
}
