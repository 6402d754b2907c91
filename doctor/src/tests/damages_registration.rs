use serde_json::{Value, json};

use super::{Damage, push, put, real};
use crate::Severity::{Error, Note, Warning};
use crate::{Facts, OwnPage};

fn client(facts: &mut Facts, name: &str, value: Value) {
    put(
        &mut facts.managed.app,
        &format!("/settings/oauthClient/{name}"),
        value,
    );
}

fn credentials(facts: &mut Facts, name: &str, value: Value) {
    put(
        &mut facts.managed.app,
        &format!("/credentials/oauthClient/{name}"),
        value,
    );
}

fn add(facts: &mut Facts, list: &str, value: &str) {
    push(
        &mut facts.managed.app,
        &format!("/settings/oauthClient/{list}"),
        json!(value),
    );
}

/// The app as a public client, on both sides.
fn public_client() -> Facts {
    let mut facts = super::healthy::real();
    facts.settings.client_secret = None;
    credentials(&mut facts, "token_endpoint_auth_method", json!("none"));
    facts
}

pub(super) const DAMAGES: &[Damage] = &[
    real("REG-ACTIVE", Error, |facts| {
        put(&mut facts.managed.app, "/status", json!("INACTIVE"));
    }),
    real("REG-ASSIGNED", Warning, |facts| {
        facts.managed.app_groups = Ok(json!([]));
    }),
    real("REG-PKCE", Warning, |facts| {
        credentials(facts, "pkce_required", json!(false));
    }),
    Damage {
        id: "REG-PKCE",
        severity: Error,
        to: public_client,
        how: |facts| credentials(facts, "pkce_required", json!(false)),
    },
    real("APP-CONFIDENTIAL", Warning, |facts| {
        facts.settings.client_secret = None;
        credentials(facts, "token_endpoint_auth_method", json!("none"));
    }),
    real("REG-CLIENT-AUTH", Error, |facts| {
        credentials(facts, "token_endpoint_auth_method", json!("none"));
    }),
    real("REG-CLIENT-AUTH", Error, |facts| {
        credentials(
            facts,
            "token_endpoint_auth_method",
            json!("client_secret_post"),
        );
    }),
    real("REG-SECRETS", Warning, |facts| {
        push(
            &mut facts.managed.secrets,
            "",
            json!({"status": "ACTIVE", "created": "2026-01-01T00:00:00.000Z"}),
        );
    }),
    real("REG-SECRETS", Note, |facts| {
        put(
            &mut facts.managed.secrets,
            "/0/created",
            json!("2024-01-01T00:00:00.000Z"),
        );
    }),
    real("REG-CONSENT", Note, |facts| {
        client(facts, "consent_method", json!("REQUIRED"));
    }),
    real("REG-INITIATE-LOGIN", Warning, |facts| {
        client(facts, "idp_initiated_login/mode", json!("SPEC"));
    }),
    real("REG-INITIATE-LOGIN", Warning, |facts| {
        client(
            facts,
            "initiate_login_uri",
            json!("https://old.example.com/login"),
        );
    }),
    real("REG-REDIRECT-EXACT", Error, |facts| {
        client(
            facts,
            "redirect_uris",
            json!(["https://app.example.com/login/callback/"]),
        );
    }),
    real("REG-REDIRECT-WILDCARD", Error, |facts| {
        add(facts, "redirect_uris", "https://*.example.com/cb");
    }),
    real("REG-REDIRECT-WILDCARD", Warning, |facts| {
        client(facts, "wildcard_redirect", json!("SUBDOMAIN"));
    }),
    real("REG-REDIRECT-HTTPS", Error, |facts| {
        add(facts, "redirect_uris", "http://app.example.com/cb");
    }),
    real("REG-REDIRECT-HTTPS", Error, |facts| {
        add(facts, "post_logout_redirect_uris", "com.example.app:/bye");
    }),
    real("REG-REDIRECT-LOOPBACK", Warning, |facts| {
        add(
            facts,
            "redirect_uris",
            "http://localhost:3000/login/callback",
        );
    }),
    real("REG-LOGOUT-URI", Warning, |facts| {
        client(facts, "post_logout_redirect_uris", json!([]));
    }),
    real("REG-GRANT-CODE", Error, |facts| {
        client(
            facts,
            "grant_types",
            json!(["refresh_token", "interaction_code"]),
        );
    }),
    real("REG-GRANT-IMPLICIT", Error, |facts| {
        add(facts, "grant_types", "implicit");
    }),
    real("REG-GRANT-IMPLICIT", Error, |facts| {
        add(facts, "response_types", "id_token");
    }),
    real("REG-GRANT-PASSWORD", Error, |facts| {
        add(facts, "grant_types", "password");
    }),
    real("REG-GRANT-DIRECT", Warning, |facts| {
        add(facts, "grant_types", "urn:okta:params:oauth:grant-type:oob");
    }),
    real("REG-GRANT-DIRECT", Warning, |facts| {
        add(facts, "grant_types", "password");
        add(
            facts,
            "grant_types",
            "http://auth0.com/oauth/grant-type/mfa-otp",
        );
    }),
    real("REG-SIGN-IN-FORMS", Error, |facts| {
        facts.settings.own_page = Some(OwnPage::Forms);
    }),
    real("REG-GRANT-UNUSED", Warning, |facts| {
        add(
            facts,
            "grant_types",
            "urn:ietf:params:oauth:grant-type:device_code",
        );
    }),
    real("REG-GRANT-UNUSED", Note, |facts| {
        facts.settings.scopes = Some(vec!["openid".to_owned()]);
    }),
    real("REG-REFRESH-ROTATION", Note, |facts| {
        client(facts, "refresh_token/rotation_type", json!("STATIC"));
    }),
    Damage {
        id: "REG-REFRESH-ROTATION",
        severity: Error,
        to: public_client,
        how: |facts| client(facts, "refresh_token/rotation_type", json!("STATIC")),
    },
    real("REG-REFRESH-LEEWAY", Warning, |facts| {
        client(facts, "refresh_token/leeway", json!(60));
    }),
    real("SERVER-ACTIVE", Error, |facts| {
        put(&mut facts.managed.server, "/status", json!("INACTIVE"));
    }),
    real("SERVER-RULE", Error, |facts| {
        let pointer = "/0/rules/0/conditions/grantTypes/include";
        put(
            &mut facts.managed.server_policies,
            pointer,
            json!(["interaction_code"]),
        );
    }),
    real("SERVER-LIFETIME", Warning, |facts| {
        let pointer = "/0/rules/0/actions/token/accessTokenLifetimeMinutes";
        put(&mut facts.managed.server_policies, pointer, json!(1441));
    }),
    real("SERVER-LIFETIME", Warning, |facts| {
        let pointer = "/0/rules/0/actions/token/refreshTokenWindowMinutes";
        put(&mut facts.managed.server_policies, pointer, json!(0));
    }),
    real("SERVER-KEY-ROTATION", Warning, |facts| {
        let signing = json!({"rotationMode": "MANUAL", "lastRotated": "2025-01-01T00:00:00.000Z"});
        put(&mut facts.managed.server, "/credentials/signing", signing);
    }),
    real("INTERACTION-CODE", Error, |facts| {
        let pointer = "/0/rules/0/conditions/grantTypes/include";
        put(
            &mut facts.managed.server_policies,
            pointer,
            json!(["authorization_code"]),
        );
    }),
    real("INTERACTION-CODE", Error, |facts| {
        facts.managed.local_settings =
            Ok(json!({"embeddedSignInSupport": {"interactionCode": false}}));
    }),
];
