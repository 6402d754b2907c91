//! Policies by the management API.

use serde_json::{Value, json};
use testkit::TestOrg;

use super::Api;
use super::written_events::WrittenEvents;

const POLICIES: &str = "/api/v1/policies";

/// The ids in the order of a list.
fn names(list: &Value) -> Vec<&str> {
    let items = list.as_array().expect("a list");
    items
        .iter()
        .map(|item| item["name"].as_str().expect("a name"))
        .collect()
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

async fn create(api: &mut Api, body: Value) -> Value {
    let made = api.post(POLICIES, body).await;
    assert_eq!(made.status, 200, "{}", made.body);
    made.body
}

async fn group(api: &mut Api, name: &str) -> String {
    let body = json!({"profile": {"name": name}});
    text(&api.post("/api/v1/groups", body).await.body["id"])
}

#[tokio::test]
async fn each_type_is_listed_with_its_default_last() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    for (policy_type, expected) in [
        ("OKTA_SIGN_ON", "Default Policy"),
        ("MFA_ENROLL", "Default Policy"),
        ("PASSWORD", "Default Policy"),
        ("PROFILE_ENROLLMENT", "User Enrollment Policy"),
        ("ACCESS_POLICY", "Any two factors"),
        ("IDP_DISCOVERY", "Idp Discovery Policy"),
    ] {
        let path = format!("{POLICIES}?type={policy_type}");
        let list = api.get(&path).await;
        assert_eq!(list.status, 200, "{policy_type}: {}", list.body);
        assert!(list.link("self").is_some(), "{policy_type}");
        let system = list.body.as_array().and_then(|all| all.last());
        let system = system.expect("a policy");
        assert_eq!(system["name"], expected, "{policy_type}");
        assert_eq!(system["system"], true, "{policy_type}");
        assert_eq!(system["type"], policy_type);
        let own = format!("{POLICIES}/{}", text(&system["id"]));
        assert_eq!(api.get(&own).await.body, *system, "{policy_type}");
    }
    let other = api.get(&format!("{POLICIES}?type=POST_AUTH_SESSION")).await;
    assert_eq!((other.status.as_u16(), other.body), (200, json!([])));
    assert_eq!(api.get(POLICIES).await.body["errorCode"], "E0000028");
    let unheard = api.get(&format!("{POLICIES}?type=WEATHER")).await;
    assert_eq!(unheard.body["errorCode"], "E0000001");
}

#[tokio::test]
async fn a_list_is_narrowed_sorted_and_paged() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    for name in ["Zebra", "apple"] {
        create(&mut api, json!({"type": "PASSWORD", "name": name})).await;
    }
    let mut list = async |query: &str| {
        let path = format!("{POLICIES}?type=PASSWORD{query}");
        let page = api.get(&path).await;
        assert_eq!(page.status, 200, "{query}: {}", page.body);
        page
    };
    assert_eq!(
        names(&list("").await.body),
        ["Zebra", "apple", "Default Policy"]
    );
    assert_eq!(
        names(&list("&sortBy=name").await.body),
        ["apple", "Default Policy", "Zebra"]
    );
    assert_eq!(names(&list("&q=APP").await.body), ["apple"]);
    assert_eq!(names(&list("&q=%25").await.body), Vec::<&str>::new());
    assert_eq!(
        names(&list("&status=INACTIVE").await.body),
        Vec::<&str>::new()
    );
    let expanded = list("&q=Default&expand=rules").await;
    let rules = &expanded.body[0]["_embedded"]["rules"];
    assert_eq!(names(rules), ["Default Rule"]);
    for order in ["", "&sortBy=name"] {
        let first = list(&format!("{order}&limit=2")).await;
        let next = first.link("next").expect("more");
        let after = next.split("after=").nth(1).expect("a cursor");
        let after = after.split('&').next().expect("a cursor");
        let second = list(&format!("{order}&limit=2&after={after}")).await;
        assert_eq!(first.body.as_array().map(Vec::len), Some(2));
        assert_eq!(second.body.as_array().map(Vec::len), Some(1));
        assert_eq!(second.link("next"), None);
    }
    for query in [
        "&limit=0",
        "&after=c.WyJ4IiwieSIsInoiXQ",
        "&sortBy=age",
        "&status=ON",
    ] {
        let path = format!("{POLICIES}?type=PASSWORD{query}");
        assert_eq!(api.get(&path).await.status, 400, "{query}");
    }
}

#[tokio::test]
async fn a_policy_for_apps_has_its_catch_all_from_the_beginning() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let made = create(&mut api, json!({"type": "ACCESS_POLICY", "name": "Mine"})).await;
    let id = text(&made["id"]);
    assert!(id.starts_with("rst") && id.len() == 20, "{id}");
    let own = format!("http://localhost:7000/api/v1/policies/{id}");
    assert_eq!(
        made,
        json!({
            "id": id, "status": "ACTIVE", "name": "Mine", "description": "", "priority": 1, "system": false,
            "conditions": null, "created": "2026-01-05T09:00:00.000Z",
            "lastUpdated": "2026-01-05T09:00:00.000Z",
            "_links": {
                "self": {"href": own, "hints": {"allow": ["GET", "PUT", "DELETE"]}},
                "rules": {"href": format!("{own}/rules"), "hints": {"allow": ["GET", "POST"]}},
                "mappings": {"href": format!("{own}/mappings"), "hints": {"allow": ["GET", "POST"]}},
                "deactivate": {"href": format!("{own}/lifecycle/deactivate"), "hints": {"allow": ["POST"]}},
            },
            "_embedded": {"resourceType": "APP"}, "type": "ACCESS_POLICY",
        })
    );
    let rules = api.get(&format!("{POLICIES}/{id}/rules")).await.body;
    assert_eq!(rules.as_array().map(Vec::len), Some(1));
    let rule = &rules[0];
    assert_eq!(rule["name"], "Catch-all Rule");
    assert_eq!(
        (&rule["priority"], &rule["system"], &rule["conditions"]),
        (&json!(99), &json!(true), &Value::Null)
    );
    assert_eq!(
        rule["actions"],
        json!({"appSignOn": {
            "access": "ALLOW",
            "verificationMethod": {
                "factorMode": "2FA", "type": "ASSURANCE", "reauthenticateIn": "PT12H",
                "constraints": [{"possession": {"required": true, "deviceBound": "REQUIRED"}}],
            },
            "keepMeSignedIn": {"postAuth": "NOT_ALLOWED"},
        }})
    );

    let profile = create(
        &mut api,
        json!({"type": "PROFILE_ENROLLMENT", "name": "Mine"}),
    )
    .await;
    let path = format!("{POLICIES}/{}/rules", text(&profile["id"]));
    let rules = api.get(&path).await.body;
    let rule = &rules[0];
    assert_eq!(
        rule["actions"]["profileEnrollment"]["unknownUserAction"],
        "REGISTER"
    );
    assert_eq!(rule["system"], true);
    let another = json!({"name": "Other", "actions": rule["actions"]});
    assert_eq!(api.post(&path, another).await.status, 400, "one rule only");
}

#[tokio::test]
async fn a_policy_stands_just_above_the_default_unless_it_says_where() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let make = |name: &str, priority: Value| json!({"type": "OKTA_SIGN_ON", "name": name, "priority": priority});
    let a = create(&mut api, make("A", Value::Null)).await;
    let b = create(&mut api, make("B", Value::Null)).await;
    assert_eq!((&a["priority"], &b["priority"]), (&json!(1), &json!(2)));
    let first = create(&mut api, make("First", json!(1))).await;
    assert_eq!(first["priority"], 1);
    let far = create(&mut api, make("Far", json!(999))).await;
    assert_eq!(far["priority"], 4);
    let mut order = async || api.get(&format!("{POLICIES}?type=OKTA_SIGN_ON")).await.body;
    let list = order().await;
    assert_eq!(names(&list), ["First", "A", "B", "Far", "Default Policy"]);
    let priorities: Vec<_> = (0..5).map(|at| list[at]["priority"].as_u64()).collect();
    assert_eq!(priorities, [Some(1), Some(2), Some(3), Some(4), Some(5)]);

    let path = format!("{POLICIES}/{}", text(&first["id"]));
    let moved = api.put(&path, make("First", json!(3))).await;
    assert_eq!(moved.body["priority"], 3, "{}", moved.body);
    let list = api.get(&format!("{POLICIES}?type=OKTA_SIGN_ON")).await.body;
    assert_eq!(names(&list), ["A", "B", "First", "Far", "Default Policy"]);
    assert_eq!(api.delete(&path).await.status, 204);
    let list = api.get(&format!("{POLICIES}?type=OKTA_SIGN_ON")).await.body;
    assert_eq!(list[3]["priority"], 4);
    assert_eq!(list[3]["name"], "Default Policy");
}

#[tokio::test]
async fn authenticators_that_a_policy_leaves_out_are_not_allowed() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let members = group(&mut api, "Password optional").await;
    let made = create(
        &mut api,
        json!({
            "type": "MFA_ENROLL", "name": "Mine", "status": "ACTIVE",
            "conditions": {"people": {"groups": {"include": [members]}}},
            "settings": {"type": "AUTHENTICATORS", "authenticators": [
                {"key": "okta_email", "enroll": {"self": "REQUIRED"}},
            ]},
        }),
    )
    .await;
    assert_eq!(
        made["conditions"],
        json!({"people": {"groups": {"include": [members]}}})
    );
    let said = made["settings"]["authenticators"]
        .as_array()
        .expect("a list");
    let of = |key: &str| {
        let one = said.iter().find(|one| one["key"] == key);
        one.map(|one| one["enroll"]["self"].clone())
    };
    assert_eq!(of("okta_email"), Some(json!("REQUIRED")));
    assert_eq!(of("okta_password"), Some(json!("NOT_ALLOWED")));
    assert_eq!(said.len(), 7);

    // What was answered can be sent back as it is.
    let path = format!("{POLICIES}/{}", text(&made["id"]));
    let again = api.put(&path, made.clone()).await;
    assert_eq!(again.status, 200, "{}", again.body);
    assert_eq!(again.body["settings"], made["settings"]);
    let unknown = json!({"type": "MFA_ENROLL", "name": "Other",
        "conditions": {"people": {"groups": {"include": ["00g00000000000000000"]}}}});
    assert_eq!(api.post(POLICIES, unknown).await.status, 400);
}

#[tokio::test]
async fn system_policies_stay_and_so_do_those_that_apps_are_mapped_to() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let list = api
        .get(&format!("{POLICIES}?type=ACCESS_POLICY"))
        .await
        .body;
    let system = list
        .as_array()
        .and_then(|all| all.last())
        .expect("a policy");
    let path = format!("{POLICIES}/{}", text(&system["id"]));
    assert_eq!(api.delete(&path).await.status, 403);
    assert_eq!(
        api.post(&format!("{path}/lifecycle/deactivate"), json!({}))
            .await
            .status,
        403
    );
    assert_eq!(
        system["_links"]["self"]["hints"]["allow"],
        json!(["GET", "PUT"])
    );

    let mine = create(&mut api, json!({"type": "ACCESS_POLICY", "name": "Mine"})).await;
    let own = format!("{POLICIES}/{}", text(&mine["id"]));
    let app = text(&api.get("/api/v1/apps?limit=1").await.body[0]["id"]);
    let by_default = api
        .post(
            &format!("{path}/mappings"),
            json!({"resourceId": app, "resourceType": "APP"}),
        )
        .await;
    assert_eq!(
        by_default.body["_links"]["application"]["href"],
        format!("http://localhost:7000/api/v1/apps/{app}")
    );
    let followers = api.get(&format!("{path}/app")).await.body;
    assert_eq!(followers[0]["id"], app.as_str());
    let fixed = api.delete(&format!("{path}/mappings/{app}")).await;
    assert_eq!(fixed.status, 403, "the default is where apps come back to");
    let mapped = api
        .post(
            &format!("{own}/mappings"),
            json!({"resourceId": app, "resourceType": "APP"}),
        )
        .await;
    assert_eq!(mapped.status, 200, "{}", mapped.body);
    assert_eq!(
        api.get(&format!("{own}/mappings")).await.body,
        json!([mapped.body])
    );
    assert_eq!(
        api.get(&format!("{own}/mappings/{app}")).await.body,
        mapped.body
    );
    let by_app = api
        .get(&format!("{POLICIES}?type=ACCESS_POLICY&resourceId={app}"))
        .await;
    assert_eq!(names(&by_app.body), ["Mine"]);
    assert_eq!(api.delete(&own).await.body["errorCode"], "E0000001");
    assert_eq!(
        api.delete(&format!("{own}/mappings/{app}")).await.status,
        204
    );
    assert_eq!(api.get(&format!("{own}/mappings/{app}")).await.status, 404);
    assert_eq!(api.delete(&own).await.status, 204);
    assert_eq!(api.get(&own).await.body["errorCode"], "E0000007");
}

#[tokio::test]
async fn a_policy_is_switched_off_and_on_and_cloned() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let mine = create(&mut api, json!({"type": "ACCESS_POLICY", "name": "Mine"})).await;
    let own = format!("{POLICIES}/{}", text(&mine["id"]));
    for (step, status) in [("deactivate", "INACTIVE"), ("activate", "ACTIVE")] {
        let done = api
            .post(&format!("{own}/lifecycle/{step}"), json!({}))
            .await;
        assert_eq!((done.status.as_u16(), done.body), (204, Value::Null));
        assert_eq!(api.get(&own).await.body["status"], status);
    }
    let copy = api.post(&format!("{own}/clone"), json!({})).await;
    assert_eq!(copy.status, 200, "{}", copy.body);
    assert_ne!(copy.body["id"], mine["id"]);
    let rules = format!("{POLICIES}/{}/rules", text(&copy.body["id"]));
    assert_eq!(names(&api.get(&rules).await.body), ["Catch-all Rule"]);
    let inactive = api
        .post(
            "/api/v1/policies?activate=false",
            json!({"type": "PASSWORD", "name": "Later"}),
        )
        .await;
    assert_eq!(inactive.body["status"], "INACTIVE");
}

#[tokio::test]
async fn what_cannot_be_a_policy_is_refused_with_its_field() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    for (body, status, code) in [
        (json!({}), 400, "E0000001"),
        (json!([]), 400, "E0000001"),
        (json!({"type": "PASSWORD"}), 400, "E0000001"),
        (json!({"type": "WEATHER", "name": "x"}), 400, "E0000001"),
        (
            json!({"type": "IDP_DISCOVERY", "name": "x"}),
            501,
            "E0000060",
        ),
        (json!({"type": "PASSWORD", "name": ""}), 400, "E0000001"),
        (json!({"type": "PASSWORD", "name": 7}), 400, "E0000001"),
        (
            json!({"type": "PASSWORD", "name": "default POLICY"}),
            400,
            "E0000001",
        ),
        (
            json!({"type": "PASSWORD", "name": "x", "status": "ON"}),
            400,
            "E0000001",
        ),
        (
            json!({"type": "PASSWORD", "name": "x", "priority": -1}),
            400,
            "E0000001",
        ),
        (
            json!({"type": "PASSWORD", "name": "x", "settings": {"password": 7}}),
            400,
            "E0000001",
        ),
        (
            json!({"type": "ACCESS_POLICY", "name": "x", "conditions": {}}),
            400,
            "E0000001",
        ),
        (
            json!({"type": "MFA_ENROLL", "name": "x", "settings": {"type": "AUTHENTICATORS",
                "authenticators": [{"key": "toaster", "enroll": {"self": "REQUIRED"}}]}}),
            400,
            "E0000001",
        ),
    ] {
        let answer = api.post(POLICIES, body.clone()).await;
        assert_eq!(answer.status, status, "{body}: {}", answer.body);
        assert_eq!(answer.body["errorCode"], code, "{body}");
        assert!(status == 501 || !answer.causes().is_empty(), "{body}");
    }
}

#[tokio::test]
async fn each_change_of_a_policy_writes_one_event() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let events = WrittenEvents::from_now(&org);
    let mine = create(&mut api, json!({"type": "OKTA_SIGN_ON", "name": "Mine"})).await;
    let own = format!("{POLICIES}/{}", text(&mine["id"]));
    api.put(&own, json!({"name": "Mine 2"})).await;
    api.post(&format!("{own}/lifecycle/deactivate"), json!({}))
        .await;
    api.delete(&own).await;
    assert_eq!(
        events.told(),
        [
            "policy.lifecycle.create: Mine",
            "policy.lifecycle.update: Mine 2",
            "policy.lifecycle.deactivate: Mine 2",
            "policy.lifecycle.delete: Mine 2",
        ]
    );
}
