use serde_json::{Value, json};
use testkit::TestOrg;

use super::super::Api;
use super::{events_since, id_of, make, web, web_with};

#[expect(clippy::too_many_lines, reason = "one shape")]
#[tokio::test]
async fn a_web_app_has_the_whole_shape_of_okta() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let (_, before) = events_since(&org, 0);
    let made = make(&mut api, web()).await;
    let id = id_of(&made);
    assert!(id.starts_with("0oa") && id.len() == 20, "{id}");
    let secret = made["credentials"]["oauthClient"]["client_secret"]
        .as_str()
        .expect("a secret")
        .to_owned();
    assert_eq!(secret.len(), 64);
    let at = |rest: &str| format!("http://localhost:7000/api/v1/apps/{id}{rest}");
    let policy = |name: &str| {
        made["_links"][name]["href"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    assert!(policy("accessPolicy").starts_with("http://localhost:7000/api/v1/policies/rst"));
    assert!(policy("profileEnrollment").starts_with("http://localhost:7000/api/v1/policies/rst"));
    let org_id: String = org
        .database()
        .query_row("SELECT id FROM org", [], |row| row.get(0))
        .expect("an id");
    assert_eq!(
        made,
        json!({
            "id": id,
            "orn": format!("orn:okta:idp:{org_id}:apps:oidc_client:{id}"),
            "name": "oidc_client",
            "label": "Shop",
            "status": "ACTIVE",
            "lastUpdated": "2026-01-05T09:00:00.000Z",
            "created": "2026-01-05T09:00:00.000Z",
            "accessibility": {"selfService": false, "errorRedirectUrl": null, "loginRedirectUrl": null},
            "visibility": {
                "autoLaunch": false, "autoSubmitToolbar": false, "hide": {"iOS": true, "web": true},
                "appLinks": {"oidc_client_link": true},
            },
            "features": [],
            "signOnMode": "OPENID_CONNECT",
            "credentials": {
                "userNameTemplate": {"template": "${source.login}", "type": "BUILT_IN"},
                "signing": {"kid": made["credentials"]["signing"]["kid"]},
                "oauthClient": {
                    "autoKeyRotation": true,
                    "client_id": id,
                    "client_secret": secret,
                    "token_endpoint_auth_method": "client_secret_basic",
                    "pkce_required": false,
                },
            },
            "universalLogout": null,
            "settings": {
                "app": {},
                "notifications": {"vpn": {"network": {"connection": "DISABLED"}, "message": null, "helpUrl": null}},
                "manualProvisioning": false,
                "implicitAssignment": false,
                "emOptInStatus": "NONE",
                "notes": {"admin": null, "enduser": null},
                "oauthClient": {
                    "client_uri": null,
                    "logo_uri": null,
                    "redirect_uris": ["https://shop.example.com/callback"],
                    "response_types": ["code"],
                    "grant_types": ["authorization_code"],
                    "application_type": "web",
                    "consent_method": "TRUSTED",
                    "issuer_mode": "DYNAMIC",
                    "idp_initiated_login": {"mode": "DISABLED", "default_scope": []},
                    "wildcard_redirect": "DISABLED",
                    "dpop_bound_access_tokens": false,
                    "participate_slo": false,
                },
            },
            "_links": {
                "self": {"href": at("")},
                "uploadLogo": {"href": at("/logo"), "hints": {"allow": ["POST"]}},
                "appLinks": [{
                    "name": "oidc_client_link",
                    "href": format!("http://localhost:7000/home/oidc_client/{id}/aln{}", &id[3..]),
                    "type": "text/html",
                }],
                "profileEnrollment": {"href": policy("profileEnrollment")},
                "policies": {"href": at("/policies"), "hints": {"allow": ["PUT"]}},
                "groups": {"href": at("/groups")},
                "logo": made["_links"]["logo"],
                "clientCredentials": [{"name": "secrets", "href": at("/credentials/secrets")}],
                "accessPolicy": {"href": policy("accessPolicy")},
                "users": {"href": at("/users")},
                "deactivate": {"href": at("/lifecycle/deactivate")},
            },
        })
    );
    assert_eq!(api.get(&format!("/api/v1/apps/{id}")).await.body, made);
    let (events, _) = events_since(&org, before);
    assert_eq!(events, ["application.lifecycle.create"]);
    let log: String = org
        .database()
        .query_row("SELECT group_concat(event) FROM events", [], |row| {
            row.get(0)
        })
        .expect("the events");
    assert!(!log.contains(&secret), "no secret is logged");
}

#[tokio::test]
async fn every_setting_is_kept_and_returned() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let settings = json!({
        "client_uri": "https://shop.example.com",
        "logo_uri": "https://shop.example.com/logo.png",
        "tos_uri": "https://shop.example.com/terms",
        "policy_uri": "https://shop.example.com/privacy",
        "redirect_uris": ["https://b.example.com/", "https://a.example.com/", "http://localhost:3000/callback"],
        "post_logout_redirect_uris": ["https://shop.example.com/bye", "https://shop.example.com/"],
        "grant_types": ["authorization_code", "refresh_token", "interaction_code"],
        "response_types": ["code"],
        "initiate_login_uri": "https://shop.example.com/login",
        "idp_initiated_login": {"mode": "SPEC", "default_scope": ["openid"]},
        "consent_method": "REQUIRED",
        "issuer_mode": "ORG_URL",
        "refresh_token": {"rotation_type": "ROTATE", "leeway": 20},
        "wildcard_redirect": "SUBDOMAIN",
        "dpop_bound_access_tokens": true,
        "participate_slo": true,
        "frontchannel_logout_uri": "https://shop.example.com/logout",
        "frontchannel_logout_session_required": true,
        "network": {"connection": "ANYWHERE"},
        "application_type": "web",
    });
    let mut app = web_with(&settings);
    app["visibility"] = json!({"autoSubmitToolbar": true, "hide": {"iOS": false, "web": false}});
    app["accessibility"] =
        json!({"selfService": true, "errorRedirectUrl": "https://shop.example.com/error"});
    app["settings"]["notes"] = json!({"admin": "Ours"});
    app["settings"]["implicitAssignment"] = json!(true);
    app["profile"] = json!({"team": "Shop"});
    app["credentials"]["oauthClient"]["pkce_required"] = json!(true);
    app["credentials"]["oauthClient"]["autoKeyRotation"] = json!(false);
    app["credentials"]["userNameTemplate"] =
        json!({"template": "${source.email}", "type": "BUILT_IN"});
    let made = make(&mut api, app).await;
    assert_eq!(made["settings"]["oauthClient"], settings);
    assert_eq!(
        made["visibility"]["hide"],
        json!({"iOS": false, "web": false})
    );
    assert_eq!(made["visibility"]["autoSubmitToolbar"], true);
    assert_eq!(made["accessibility"]["selfService"], true);
    assert_eq!(
        made["settings"]["notes"],
        json!({"admin": "Ours", "enduser": null})
    );
    assert_eq!(made["settings"]["implicitAssignment"], true);
    assert_eq!(made["profile"], json!({"team": "Shop"}));
    assert_eq!(made["credentials"]["oauthClient"]["pkce_required"], true);
    assert_eq!(made["credentials"]["oauthClient"]["autoKeyRotation"], false);
    assert_eq!(
        made["credentials"]["userNameTemplate"]["template"],
        "${source.email}"
    );
}

#[tokio::test]
async fn public_apps_have_pkce_and_no_secret() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    for kind in ["browser", "native"] {
        let mut app = web_with(&json!({"application_type": kind}));
        app["credentials"] = json!({"oauthClient": {"token_endpoint_auth_method": "none"}});
        let client = make(&mut api, app).await["credentials"]["oauthClient"].clone();
        assert_eq!(client["pkce_required"], true, "{kind}");
        assert_eq!(client["token_endpoint_auth_method"], "none");
        assert_eq!(client.get("client_secret"), None);
    }
}

#[tokio::test]
async fn a_replacement_is_the_whole_app_but_for_its_secret_and_its_status() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let made = make(
        &mut api,
        web_with(&json!({"tos_uri": "https://shop.example.com/terms"})),
    )
    .await;
    let path = format!("/api/v1/apps/{}", id_of(&made));
    let (_, before) = events_since(&org, 0);
    org.clock.advance_seconds(60);

    let mut again = made.clone();
    again["label"] = json!("Store");
    let changed = api.put(&path, again).await;
    assert_eq!(changed.status, 200, "{}", changed.body);
    let mut expected = made.clone();
    expected["label"] = json!("Store");
    expected["lastUpdated"] = json!("2026-01-05T09:01:00.000Z");
    assert_eq!(changed.body, expected, "what was read can be sent back");

    let bare = api.put(&path, web()).await;
    assert_eq!(bare.body["settings"]["oauthClient"].get("tos_uri"), None);
    assert_eq!(
        bare.body["credentials"]["oauthClient"]["client_secret"],
        made["credentials"]["oauthClient"]["client_secret"]
    );
    let mut other = web();
    other["credentials"]["oauthClient"]["client_id"] = json!("0oaAAAAAAAAAAAAAAAAA");
    assert_eq!(
        api.put(&path, other).await.status,
        400,
        "the id is for ever"
    );

    let mut public = web_with(&json!({"application_type": "browser"}));
    public["credentials"] = json!({"oauthClient": {"token_endpoint_auth_method": "none"}});
    let public = api.put(&path, public).await;
    assert_eq!(
        public.body["credentials"]["oauthClient"].get("client_secret"),
        None
    );
    let back = api.put(&path, web()).await;
    let fresh = &back.body["credentials"]["oauthClient"]["client_secret"];
    assert!(fresh.is_string());
    assert_ne!(*fresh, made["credentials"]["oauthClient"]["client_secret"]);
    let (events, _) = events_since(&org, before);
    assert_eq!(events, ["application.lifecycle.update"; 4]);
}

#[tokio::test]
async fn an_app_is_deactivated_activated_and_deleted_when_it_is_inactive() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let id = id_of(&make(&mut api, web()).await);
    let path = format!("/api/v1/apps/{id}");
    let (_, before) = events_since(&org, 0);

    let refused = api.delete(&path).await;
    assert_eq!(refused.status, 403);
    assert_eq!(refused.body["errorCode"], "E0000056");
    for (step, status, link) in [
        ("deactivate", "INACTIVE", "activate"),
        ("activate", "ACTIVE", "deactivate"),
        ("deactivate", "INACTIVE", "activate"),
    ] {
        let done = api
            .post(&format!("{path}/lifecycle/{step}"), json!({}))
            .await;
        assert_eq!(
            (done.status.as_u16(), done.body),
            (200, json!({})),
            "{step}"
        );
        let app = api.get(&path).await.body;
        assert_eq!(app["status"], status);
        assert!(app["_links"][link].is_object());
    }
    assert_eq!(
        api.post(&format!("{path}/lifecycle/deactivate"), json!({}))
            .await
            .status,
        200
    );
    assert_eq!(api.delete(&path).await.status, 204);
    let gone = api.get(&path).await;
    assert_eq!(gone.status, 404);
    assert_eq!(
        gone.body["errorSummary"],
        format!("Not found: Resource not found: {id} (AppInstance)")
    );
    let (events, _) = events_since(&org, before);
    assert_eq!(
        events,
        [
            "application.lifecycle.deactivate",
            "application.lifecycle.activate",
            "application.lifecycle.deactivate",
            "application.lifecycle.delete",
        ]
    );
}

#[tokio::test]
async fn an_app_may_begin_inactive() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let made = api.post("/api/v1/apps?activate=false", web()).await;
    assert_eq!(made.body["status"], "INACTIVE");
}

#[tokio::test]
async fn the_app_that_the_web_app_signs_in_by_stays() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let id = org.org().portico_client().client_id;
    let path = format!("/api/v1/apps/{id}");
    api.post(&format!("{path}/lifecycle/deactivate"), json!({}))
        .await;
    let refused = api.delete(&path).await;
    assert_eq!(refused.status, 403);
    assert_eq!(refused.body["errorCode"], "E0000056");
    api.post(&format!("{path}/lifecycle/activate"), json!({}))
        .await;
}

#[tokio::test]
async fn lists_find_apps_and_tell_no_secrets() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    org.execute("DELETE FROM apps WHERE label <> 'Portico'", []);
    let mut ids = Vec::new();
    for label in ["Alpha 1", "Alpha 2", "Beta"] {
        let mut app = web();
        app["label"] = json!(label);
        ids.push(id_of(&make(&mut api, app).await));
    }
    let beta = &ids[2];
    api.post(
        &format!("/api/v1/apps/{beta}/lifecycle/deactivate"),
        json!({}),
    )
    .await;

    let labels = |body: &Value| -> Vec<String> {
        let mut labels: Vec<String> = body
            .as_array()
            .expect("a list")
            .iter()
            .map(|app| app["label"].as_str().expect("a label").to_owned())
            .collect();
        labels.sort();
        labels
    };
    let all = api.get("/api/v1/apps").await;
    assert_eq!(labels(&all.body), ["Alpha 1", "Alpha 2", "Beta", "Portico"]);
    assert!(
        !all.body.to_string().contains("client_secret\""),
        "no list tells a secret"
    );
    for (query, expected) in [
        ("q=alpha", vec!["Alpha 1", "Alpha 2"]),
        ("q=lpha", vec![]),
        ("q=oidc_cl", vec!["Alpha 1", "Alpha 2", "Beta", "Portico"]),
        ("filter=status%20eq%20%22INACTIVE%22", vec!["Beta"]),
        ("filter=name%20eq%20%22oidc_client%22&q=Beta", vec!["Beta"]),
    ] {
        let found = api.get(&format!("/api/v1/apps?{query}")).await;
        assert_eq!(labels(&found.body), expected, "{query}");
    }
    let mut walked = Vec::new();
    let mut next = Some("/api/v1/apps?limit=1".to_owned());
    while let Some(address) = next {
        let page = api.get(&address).await;
        assert_eq!(page.body.as_array().map(Vec::len), Some(1));
        walked.push(id_of(&page.body[0]));
        next = page.link("next");
    }
    assert_eq!(walked.len(), 4);
    for query in ["filter=bogus%20eq%20%221%22", "limit=0", "expand=group"] {
        assert_eq!(
            api.get(&format!("/api/v1/apps?{query}")).await.status,
            400,
            "{query}"
        );
    }
}

#[tokio::test]
async fn a_list_of_the_apps_of_a_user_has_their_assignment_in_it() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    make(&mut api, web()).await;
    let john: String = org
        .database()
        .query_row("SELECT id FROM users WHERE login LIKE 'john%'", [], |row| {
            row.get(0)
        })
        .expect("John");
    let found = api
        .get(&format!(
            "/api/v1/apps?filter=user.id%20eq%20%22{john}%22&expand=user/{john}"
        ))
        .await;
    let apps = found.body.as_array().expect("a list");
    let has = |label: &str| apps.iter().any(|app| app["label"] == label);
    assert!(has("Portico") && !has("Shop"), "{}", found.body);
    for app in apps {
        assert_eq!(app["_embedded"]["user"]["id"], john);
        assert_eq!(app["_embedded"]["user"]["scope"], "GROUP");
    }
}

#[tokio::test]
async fn those_who_may_only_look_are_told_no_secret() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let id = id_of(&make(&mut api, web()).await);
    org.execute(
        "INSERT INTO admin_roles (user_id, role) SELECT id, 'READ_ONLY_ADMIN' FROM users WHERE login LIKE 'john%'",
        [],
    );
    let mut reader = Api::of_user(&org, "john.doe@example.com").await;
    let seen = reader.get(&format!("/api/v1/apps/{id}")).await;
    assert_eq!(seen.status, 200);
    assert_eq!(
        seen.body["credentials"]["oauthClient"].get("client_secret"),
        None
    );
    assert_eq!(reader.post("/api/v1/apps", web()).await.status, 403);
}
