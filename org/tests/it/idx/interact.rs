use http::HeaderMap;
use serde_json::json;
use testkit::ORG_URL;

use super::client::{
    IDA, PASSWORD_ONLY, SECRET, WEB, WITHOUT_GRANT, interact, interaction, introspect, start,
};
use crate::support::{CHALLENGE, basic, oauth_error};

const NOT_ENABLED: &str = "The requested feature (Interaction Code flow) isn't enabled in this environment. Ensure that you \
     have Okta Identity Engine enabled and the Interaction Code flow enabled for this application and authorization server.";

fn error(code: &str, text: &str) -> (String, String) {
    (code.to_owned(), text.to_owned())
}

#[tokio::test]
async fn what_is_wrong_with_a_request_is_said_as_oauth_says_it() {
    let org = start().await;
    let mut browser = org.browser();
    let with = |name: &'static str, value: &'static str| {
        let mut fields = interaction(PASSWORD_ONLY);
        fields.retain(|(known, _)| *known != name);
        fields.push((name, value));
        fields
    };
    for (fields, code, text) in [
        (
            with("client_id", "0oaNobody00000000000"),
            "invalid_client",
            "Invalid value for 'client_id' parameter.",
        ),
        (
            with("redirect_uri", "https://spa.example.com/other"),
            "invalid_request",
            "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings.",
        ),
        (
            with("code_challenge", ""),
            "invalid_request",
            "PKCE code challenge is required to use the interaction code flow.",
        ),
        (
            with("code_challenge_method", "plain"),
            "invalid_request",
            "PKCE code challenge method is not supported. Valid values: [S256]",
        ),
        (
            with("scope", "openid unheard-of"),
            "invalid_scope",
            "One or more scopes are not configured for the authorization server resource.",
        ),
        (
            with("state", ""),
            "invalid_request",
            "The authentication request has an invalid 'state' parameter.",
        ),
        (
            with("recovery_token", "never-sent"),
            "invalid_request",
            "The recovery token is invalid",
        ),
        (
            with("activation_token", "never-sent"),
            "invalid_request",
            "Only confidential clients can use the activation token flow",
        ),
    ] {
        let answer = interact(&mut browser, &fields).await;
        assert_eq!(oauth_error(&answer), error(code, text));
        let status = if code == "invalid_client" { 401 } else { 400 };
        assert_eq!(answer.status, status, "{text}");
    }
}

#[tokio::test]
async fn the_flow_can_be_switched_off_for_the_org_the_app_and_the_server_each_alone() {
    let org = start().await;
    let mut browser = org.browser();
    let answer = interact(&mut browser, &interaction(WITHOUT_GRANT)).await;
    assert_eq!(
        oauth_error(&answer),
        error(
            "unauthorized_client",
            "The client is not authorized to use the provided grant type. Configured grant types: [authorization_code]."
        )
    );

    org.execute(
        "UPDATE org_settings SET value = 'false' WHERE name = 'interactionCode'",
        [],
    );
    let answer = interact(&mut browser, &interaction(PASSWORD_ONLY)).await;
    assert_eq!(oauth_error(&answer), error("access_denied", NOT_ENABLED));
    org.execute(
        "UPDATE org_settings SET value = 'true' WHERE name = 'interactionCode'",
        [],
    );
    let answer = interact(&mut browser, &interaction(PASSWORD_ONLY)).await;
    assert_eq!(answer.status, 200);

    org.execute(
        "UPDATE server_policy_rules SET conditions = replace(conditions, 'interaction_code', 'implicit')",
        [],
    );
    let answer = interact(&mut browser, &interaction(PASSWORD_ONLY)).await;
    assert_eq!(oauth_error(&answer), error("access_denied", NOT_ENABLED));
    // The org's own server has no rules.
    let url = format!("{ORG_URL}/oauth2/v1/interact");
    let answer = browser.post(&url, &interaction(PASSWORD_ONLY)).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn an_app_with_a_secret_shows_it_to_begin_and_may_redeem_the_code_by_it_alone() {
    let org = start().await;
    let mut browser = org.browser();
    let callback = "https://web.example.com/cb";
    let fields = [
        ("scope", "openid"),
        ("redirect_uri", callback),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
        ("state", "state-1"),
    ];
    let url = format!("{ORG_URL}/oauth2/default/v1/interact");
    let wrong = browser.post_with(&url, basic(WEB, "wrong"), &fields).await;
    assert_eq!(wrong.status, 401);
    let right = browser
        .post_with(&url, basic(WEB, "web-secret"), &fields)
        .await;
    let handle = right.json()["interaction_handle"].clone();
    let step = introspect(browser, &json!({ "interactionHandle": handle })).await;
    let mut step = step.identify(IDA).await.answer(SECRET).await;
    let last = &step.body["successWithInteractionCode"]["value"][3];
    assert_eq!(*last, json!({ "name": "client_secret", "required": true }));

    let code = step.code().expect("a code").to_owned();
    let url = format!("{ORG_URL}/oauth2/default/v1/token");
    let fields = [
        ("grant_type", "interaction_code"),
        ("interaction_code", code.as_str()),
    ];
    let stolen = step
        .browser
        .post_with(&url, HeaderMap::new(), &fields)
        .await;
    assert_eq!(oauth_error(&stolen).0, "invalid_client");
    let tokens = step
        .browser
        .post_with(&url, basic(WEB, "web-secret"), &fields)
        .await;
    assert_eq!(tokens.status, 200, "{}", tokens.text());
}

#[tokio::test]
async fn the_metadata_names_the_grant() {
    let org = start().await;
    for server in ["", "/oauth2/default"] {
        let url = format!("{ORG_URL}{server}/.well-known/openid-configuration");
        let metadata = org.browser().get(&url).await.json();
        let grants = metadata["grant_types_supported"].as_array();
        assert!(grants.is_some_and(|grants| grants.contains(&json!("interaction_code"))));
    }
}
