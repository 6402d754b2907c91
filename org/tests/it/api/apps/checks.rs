use serde_json::{Value, json};
use testkit::TestOrg;

use super::super::Api;
use super::{make, web, web_with};

/// The first cause of the refusal of an app.
async fn refusal(api: &mut Api, app: Value) -> String {
    let answer = api.post("/api/v1/apps", app.clone()).await;
    assert_eq!(answer.status, 400, "{app} gave {}", answer.body);
    assert_eq!(answer.body["errorCode"], "E0000001", "{app}");
    answer
        .causes()
        .first()
        .copied()
        .unwrap_or_default()
        .to_owned()
}

#[expect(clippy::too_many_lines, reason = "a table")]
#[tokio::test]
async fn a_setting_that_cannot_be_is_named() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let cases: [(&str, Value); 33] = [
        (
            "redirect_uris",
            json!({"redirect_uris": ["https://a.example.com/#x"]}),
        ),
        (
            "redirect_uris",
            json!({"redirect_uris": ["http://a.example.com/"]}),
        ),
        ("redirect_uris", json!({"redirect_uris": ["/callback"]})),
        (
            "redirect_uris",
            json!({"redirect_uris": ["javascript:alert(1)"]}),
        ),
        (
            "redirect_uris",
            json!({"redirect_uris": ["com.example.app:/callback"]}),
        ),
        (
            "redirect_uris",
            json!({"redirect_uris": ["https://*.example.com/"]}),
        ),
        (
            "redirect_uris",
            json!({"redirect_uris": ["https://*.com/"], "wildcard_redirect": "SUBDOMAIN"}),
        ),
        (
            "redirect_uris",
            json!({"redirect_uris": ["https://a.*.example.com/"], "wildcard_redirect": "SUBDOMAIN"}),
        ),
        (
            "redirect_uris",
            json!({"redirect_uris": ["https://*.*.example.com/"], "wildcard_redirect": "SUBDOMAIN"}),
        ),
        ("redirect_uris", json!({"redirect_uris": []})),
        (
            "post_logout_redirect_uris",
            json!({"post_logout_redirect_uris": ["http://a.example.com/"]}),
        ),
        ("grant_types", json!({"grant_types": []})),
        ("grant_types", json!({"grant_types": ["unheard_of"]})),
        (
            "grant_types",
            json!({"grant_types": ["authorization_code", "password"]}),
        ),
        (
            "grant_types",
            json!({"application_type": "service", "grant_types": ["authorization_code"]}),
        ),
        (
            "grant_types",
            json!({"application_type": "service", "grant_types": ["client_credentials", "implicit"]}),
        ),
        (
            "grant_types",
            json!({"application_type": "native", "grant_types": ["refresh_token"]}),
        ),
        ("response_types", json!({"response_types": ["token"]})),
        (
            "response_types",
            json!({"response_types": ["code", "id_token"]}),
        ),
        (
            "settings.oauthClient.response_types[0]",
            json!({"response_types": ["none"]}),
        ),
        (
            "token_endpoint_auth_method",
            json!({"application_type": "browser"}),
        ),
        (
            "refresh_token.leeway",
            json!({"grant_types": ["authorization_code", "refresh_token"],
            "refresh_token": {"rotation_type": "ROTATE", "leeway": 61}}),
        ),
        (
            "settings.oauthClient.refresh_token",
            json!({"refresh_token": {"leeway": 1}}),
        ),
        (
            "settings.oauthClient.issuer_mode",
            json!({"issuer_mode": "OTHER"}),
        ),
        (
            "settings.oauthClient.consent_method",
            json!({"consent_method": "MAYBE"}),
        ),
        (
            "settings.oauthClient.application_type",
            json!({"application_type": "desktop"}),
        ),
        (
            "initiate_login_uri",
            json!({"idp_initiated_login": {"mode": "SPEC"}}),
        ),
        (
            "initiate_login_uri",
            json!({"initiate_login_uri": "http://a.example.com/"}),
        ),
        ("participate_slo", json!({"participate_slo": true})),
        (
            "frontchannel_logout_uri",
            json!({"frontchannel_logout_uri": "com.example:/out"}),
        ),
        (
            "logo_uri",
            json!({"logo_uri": "data:image/png;base64,AAAA"}),
        ),
        (
            "network",
            json!({"network": {"connection": "ZONE", "include": ["nzo1"]}}),
        ),
        ("subject_type", json!({"subject_type": "pairwise"})),
    ];
    for (field, settings) in cases {
        let cause = refusal(&mut api, web_with(&settings)).await;
        let named = cause.split(": ").next().unwrap_or_default();
        assert!(named.starts_with(field), "{settings}: {cause}");
    }
}

#[tokio::test]
async fn a_credential_that_cannot_be_is_named() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    for (field, client) in [
        ("client_secret", json!({"client_secret": "short"})),
        (
            "client_secret",
            json!({"token_endpoint_auth_method": "client_secret_jwt", "client_secret": "x".repeat(20)}),
        ),
        (
            "client_secret",
            json!({"token_endpoint_auth_method": "none", "client_secret": "x".repeat(20)}),
        ),
        ("client_id", json!({"client_id": "my-own-client"})),
        (
            "client_id",
            json!({"client_id": org.org().portico_client().client_id}),
        ),
        (
            "jwks",
            json!({"token_endpoint_auth_method": "private_key_jwt"}),
        ),
        (
            "credentials.oauthClient.token_endpoint_auth_method",
            json!({"token_endpoint_auth_method": "tls"}),
        ),
    ] {
        let mut app = web();
        app["credentials"]["oauthClient"] = client.clone();
        let cause = refusal(&mut api, app).await;
        assert!(
            cause.starts_with(&format!("{field}: ")),
            "{client}: {cause}"
        );
    }
    for (field, name, value) in [
        ("label", "label", json!(" ")),
        ("label", "label", json!("x".repeat(101))),
        ("label", "label", json!("a\nb")),
        ("signOnMode", "signOnMode", Value::Null),
        ("signOnMode", "signOnMode", json!("NONE_OF_THEM")),
        ("settings.oauthClient", "settings", json!({})),
    ] {
        let mut app = web();
        app[name] = value;
        let cause = refusal(&mut api, app).await;
        assert!(cause.starts_with(&format!("{field}: ")), "{cause}");
    }
}

#[tokio::test]
async fn kinds_of_apps_that_are_not_built_are_501_with_their_name() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let answer = api
        .post(
            "/api/v1/apps",
            json!({"name": "bookmark", "label": "B", "signOnMode": "BOOKMARK", "settings": {"app": {"url": "https://x"}}}),
        )
        .await;
    assert_eq!(answer.status, 501);
    assert_eq!(
        answer.body["errorSummary"],
        "Not implemented in the local org: createApplication with the signOnMode BOOKMARK."
    );
    let mut named = web();
    named["name"] = json!("google");
    assert_eq!(api.post("/api/v1/apps", named).await.status, 501);
}

#[tokio::test]
async fn a_native_app_may_have_a_scheme_of_its_own_and_others_a_wildcard() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let mut native = web_with(&json!({
        "application_type": "native", "grant_types": ["authorization_code", "password"],
        "redirect_uris": ["com.example.app:/callback", "myapp://callback", "http://127.0.0.1/callback"],
    }));
    native["credentials"] = json!({"oauthClient": {"token_endpoint_auth_method": "none"}});
    make(&mut api, native).await;
    let wild = json!({"wildcard_redirect": "SUBDOMAIN", "redirect_uris": ["https://shop-*.example.com/callback"]});
    let made = make(&mut api, web_with(&wild)).await;
    assert_eq!(
        made["settings"]["oauthClient"]["redirect_uris"],
        wild["redirect_uris"]
    );
}

#[tokio::test]
async fn a_service_acts_by_client_credentials_alone() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let service = json!({"application_type": "service", "grant_types": ["client_credentials"], "redirect_uris": null});
    let made = make(&mut api, web_with(&service)).await;
    let client = &made["settings"]["oauthClient"];
    assert_eq!(client["response_types"], json!(["token"]));
    assert_eq!(client["redirect_uris"], json!([]));
    let mut pkce = web_with(&service);
    pkce["credentials"]["oauthClient"]["pkce_required"] = json!(true);
    assert!(refusal(&mut api, pkce).await.starts_with("pkce_required: "));
}

#[tokio::test]
async fn the_interaction_code_flow_needs_the_switch_of_the_org() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let app = web_with(&json!({"grant_types": ["authorization_code", "interaction_code"]}));
    make(&mut api, app.clone()).await;
    org.execute(
        "INSERT INTO org_settings (name, value) VALUES ('interactionCode', 'false') \
         ON CONFLICT (name) DO UPDATE SET value = 'false'",
        [],
    );
    assert!(refusal(&mut api, app).await.starts_with("grant_types: "));
}
