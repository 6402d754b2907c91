//! Groups by the management API.

use std::collections::BTreeSet;

use serde_json::json;
use testkit::TestOrg;

use super::Api;

#[tokio::test]
async fn a_group_is_made_read_changed_and_deleted() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let profile = json!({"name": "Testers", "description": "All testers"});
    let made = api
        .post("/api/v1/groups", json!({"profile": profile}))
        .await;
    assert_eq!(made.status, 200, "{}", made.body);
    assert_eq!(made.body["profile"], profile);
    assert_eq!(made.body["type"], "OKTA_GROUP");
    assert_eq!(made.body["created"], "2026-01-05T09:00:00.000Z");
    let id = made.body["id"].as_str().expect("an id").to_owned();
    assert!(id.starts_with("00g") && id.len() == 20, "{id}");

    let path = format!("/api/v1/groups/{id}");
    assert_eq!(api.get(&path).await.body, made.body);
    org.clock.advance_seconds(60);
    let changed = api
        .put(&path, json!({"profile": {"name": "Testers 2"}}))
        .await;
    assert_eq!(changed.status, 200, "{}", changed.body);
    assert_eq!(
        changed.body["profile"],
        json!({"name": "Testers 2", "description": ""})
    );
    assert_eq!(changed.body["lastUpdated"], "2026-01-05T09:01:00.000Z");
    assert_eq!(api.delete(&path).await.status, 204);
    let gone = api.get(&path).await;
    assert_eq!(gone.status, 404);
    assert_eq!(gone.body["errorCode"], "E0000007");
    assert_eq!(
        gone.body["errorSummary"],
        format!("Not found: Resource not found: {id} (UserGroup)")
    );
}

#[tokio::test]
async fn a_name_is_given_once_and_everyone_is_nobodys_to_change() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let twice = api
        .post("/api/v1/groups", json!({"profile": {"name": "everyone"}}))
        .await;
    assert_eq!(twice.status, 400);
    assert_eq!(twice.body["errorSummary"], "Api validation failed: name");
    assert_eq!(
        twice.causes(),
        ["name: An object with this field already exists in the current organization"]
    );

    let found = api
        .get("/api/v1/groups?filter=type%20eq%20%22BUILT_IN%22")
        .await;
    let path = format!(
        "/api/v1/groups/{}",
        found.body[0]["id"].as_str().expect("an id")
    );
    assert_eq!(api.delete(&path).await.status, 403);
    assert_eq!(
        api.put(&path, json!({"profile": {"name": "Nobody"}}))
            .await
            .status,
        403
    );
}

#[tokio::test]
async fn the_pages_of_a_list_are_the_whole_of_it() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    for number in 0..7 {
        let profile = json!({"name": format!("Page {number}")});
        assert_eq!(
            api.post("/api/v1/groups", json!({"profile": profile}))
                .await
                .status,
            200
        );
    }
    let all = api.get("/api/v1/groups").await;
    assert_eq!(
        all.link("self").as_deref(),
        Some("http://localhost:7000/api/v1/groups")
    );
    assert_eq!(all.link("next"), None);
    let ids = |body: &serde_json::Value| -> Vec<String> {
        let groups = body.as_array().expect("a list");
        groups
            .iter()
            .map(|group| group["id"].as_str().expect("an id").to_owned())
            .collect()
    };
    let mut walked = Vec::new();
    let mut next = Some("/api/v1/groups?limit=3".to_owned());
    while let Some(address) = next {
        let page = api.get(&address).await;
        walked.extend(ids(&page.body));
        next = page.link("next");
    }
    assert_eq!(
        walked.iter().collect::<BTreeSet<_>>().len(),
        walked.len(),
        "no group twice"
    );
    assert_eq!(walked, ids(&all.body));
}

#[tokio::test]
async fn a_list_that_cannot_be_is_refused() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    for (query, code) in [
        ("limit=0", "E0000029"),
        ("limit=-1", "E0000029"),
        ("limit=x", "E0000029"),
        ("after=%00", "E0000001"),
        ("after=no+cursor", "E0000029"),
        ("after=c.e30", "E0000029"),
        ("filter=name%20eq", "E0000053"),
        ("search=secret%20eq%20%22x%22", "E0000031"),
    ] {
        let answer = api.get(&format!("/api/v1/groups?{query}")).await;
        assert_eq!(answer.status, 400, "{query}: {}", answer.body);
        assert_eq!(answer.body["errorCode"], code, "{query}");
    }
}

#[tokio::test]
async fn nobody_without_a_token_that_counts_gets_in() {
    let org = TestOrg::start().await;
    for authorization in [
        None,
        Some("SSWS nonsense"),
        Some("Bearer nonsense"),
        Some("Basic YTpi"),
        Some("SSWS"),
    ] {
        let mut api = Api::nobody(&org);
        if let Some(authorization) = authorization {
            api = api.with_authorization(authorization);
        }
        let answer = api.get("/api/v1/groups").await;
        assert_eq!(answer.status, 401, "{authorization:?}");
        assert_eq!(answer.body["errorCode"], "E0000011");
        assert_eq!(answer.body["errorSummary"], "Invalid token provided");
    }
}

#[tokio::test]
async fn a_group_belongs_to_people_and_groups_that_are_told() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let mut ids = Vec::new();
    for name in ["Sales", "Heads"] {
        let made = api
            .post("/api/v1/groups", json!({"profile": {"name": name}}))
            .await;
        ids.push(made.body["id"].as_str().expect("an id").to_owned());
    }
    let john = api.get("/api/v1/users/john.doe@example.com").await.body["id"].clone();
    let owners = format!("/api/v1/groups/{}/owners", ids[0]);
    let of_user = json!({"id": john, "type": "USER"});
    let made = api.post(&owners, of_user.clone()).await;
    assert_eq!(made.status, 201, "{}", made.body);
    assert_eq!(
        made.body,
        json!({
            "id": john, "type": "USER", "resolved": true, "originId": null, "originType": "OKTA_DIRECTORY",
            "displayName": "John Doe", "lastUpdated": "2026-01-05T09:00:00.000Z",
        })
    );
    assert_eq!(api.post(&owners, of_user).await.status, 400, "already");
    let of_group = json!({"id": ids[1], "type": "GROUP"});
    assert_eq!(api.post(&owners, of_group).await.status, 201);
    for (body, status) in [
        (json!({"id": "00g1", "type": "GROUP"}), 404),
        (json!({"id": ids[1], "type": "USER"}), 404),
        (json!({"id": ids[1], "type": "APP"}), 400),
        (json!({"type": "USER"}), 400),
    ] {
        let answer = api.post(&owners, body.clone()).await;
        assert_eq!(answer.status, status, "{body}: {}", answer.body);
    }
    let names = |answer: &super::Answer| -> Vec<String> {
        let list = answer.body.as_array().expect("a list").iter();
        list.map(|owner| owner["displayName"].as_str().expect("a name").to_owned())
            .collect()
    };
    let mut all = names(&api.get(&owners).await);
    all.sort();
    assert_eq!(all, ["Heads", "John Doe"]);
    let first = api.get(&format!("{owners}?limit=1")).await;
    assert_eq!(names(&first).len(), 1);
    let people = api
        .get(&format!("{owners}?search=type+eq+%22USER%22"))
        .await;
    assert_eq!(names(&people), ["John Doe"]);
    let one = format!("{owners}/{}", ids[1]);
    assert_eq!(api.delete(&one).await.status, 204);
    assert_eq!(api.delete(&one).await.status, 404);
    // Who is no more owns nothing.
    let user = format!("/api/v1/users/{}", john.as_str().expect("an id"));
    for _ in 0..2 {
        assert_eq!(api.delete(&user).await.status, 204);
    }
    assert_eq!(names(&api.get(&owners).await), Vec::<String>::new());
}
