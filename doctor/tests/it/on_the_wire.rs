use serde_json::{Value, json};

use crate::local::{Change, Local};

const METADATA: &[&str] = &[
    "/.well-known/openid-configuration",
    "/.well-known/oauth-authorization-server",
];
const KEYS: &[&str] = &["/oauth2/v1/keys"];
const APPS: &[&str] = &["/api/v1/apps"];
const POLICIES: &[&str] = &["/api/v1/policies"];
const RULES: &[&str] = &["/rules"];
const AUTHENTICATORS: &[&str] = &["/api/v1/authenticators"];
const ORIGINS: &[&str] = &["/api/v1/trustedOrigins"];

/// A check, the severity of its finding, and what is changed for it.
type Damage = (
    &'static str,
    &'static str,
    &'static [&'static str],
    fn(&mut Value),
);

fn client(apps: &mut Value) -> &mut Value {
    &mut app(apps)["settings"]["oauthClient"]
}

fn app(apps: &mut Value) -> &mut Value {
    &mut apps[0]
}

fn add(list: &mut Value, value: Value) {
    list.as_array_mut().expect("a list").push(value);
}

/// The actions of a kind in a list of rules of any kind.
fn actions(rules: &mut Value, kind: &str, how: fn(&mut Value)) {
    let rules = rules.as_array_mut().expect("a list").iter_mut();
    rules
        .filter_map(|rule| rule["actions"].get_mut(kind))
        .for_each(how);
}

/// What a policy of a type sets, in a list of policies of any type.
fn settings(policies: &mut Value, kind: &str, how: fn(&mut Value)) {
    let policies = policies.as_array_mut().expect("a list").iter_mut();
    policies
        .filter(|policy| policy["type"] == kind)
        .for_each(|policy| how(&mut policy["settings"]));
}

const OF_THE_ORG: &[Damage] = &[
    ("ORG-ISSUER-EXACT", "error", METADATA, |metadata| {
        metadata["issuer"] = json!("http://localhost");
    }),
    ("ORG-ENDPOINTS-ORIGIN", "warning", METADATA, |metadata| {
        metadata["token_endpoint"] = json!("http://127.0.0.1:9/token");
    }),
    (
        "ORG-METADATA-AGREES",
        "error",
        &["/.well-known/oauth-authorization-server"],
        |metadata| metadata["jwks_uri"] = json!("http://localhost:9/keys"),
    ),
    ("ORG-PKCE-S256", "error", METADATA, |metadata| {
        metadata["code_challenge_methods_supported"] = json!([]);
    }),
    ("ORG-CODE-FLOW", "error", METADATA, |metadata| {
        metadata["response_types_supported"] = json!(["token"]);
    }),
    ("ORG-OLD-GRANTS", "warning", METADATA, |metadata| {
        add(&mut metadata["grant_types_supported"], json!("password"));
    }),
    ("ORG-ISS-PARAMETER", "note", METADATA, |metadata| {
        metadata["authorization_response_iss_parameter_supported"] = json!(false);
    }),
    ("ORG-SIGNING-ALG", "error", METADATA, |metadata| {
        metadata["id_token_signing_alg_values_supported"] = json!(["RS256", "none"]);
    }),
    ("ORG-KEYS-PUBLIC", "error", KEYS, |keys| {
        keys["keys"][0]["d"] = json!("AQAB");
    }),
    ("ORG-KEYS-SIZE", "error", KEYS, |keys| {
        keys["keys"][0]["n"] = json!(format!("v{}", "A".repeat(170)));
    }),
    ("ORG-KEYS-NAMES", "warning", KEYS, |keys| {
        keys["keys"][0]["kid"] = Value::Null;
    }),
    (
        "ORG-ENGINE",
        "warning",
        &["/.well-known/okta-organization"],
        |organization| organization["pipeline"] = json!("v1"),
    ),
];

const OF_THE_APP: &[Damage] = &[
    ("REG-ACTIVE", "error", APPS, |apps| {
        app(apps)["status"] = json!("INACTIVE");
    }),
    ("REG-PKCE", "warning", APPS, |apps| {
        app(apps)["credentials"]["oauthClient"]["pkce_required"] = json!(false);
    }),
    ("REG-CLIENT-AUTH", "error", APPS, |apps| {
        app(apps)["credentials"]["oauthClient"]["token_endpoint_auth_method"] =
            json!("client_secret_post");
    }),
    ("REG-REDIRECT-EXACT", "error", APPS, |apps| {
        client(apps)["redirect_uris"] = json!(["http://127.0.0.1:3000/callback"]);
    }),
    ("REG-REDIRECT-WILDCARD", "error", APPS, |apps| {
        add(
            &mut client(apps)["redirect_uris"],
            json!("https://*.example.com/cb"),
        );
    }),
    ("REG-REDIRECT-HTTPS", "error", APPS, |apps| {
        add(
            &mut client(apps)["redirect_uris"],
            json!("http://app.example.com/cb"),
        );
    }),
    ("REG-LOGOUT-URI", "warning", APPS, |apps| {
        client(apps)["post_logout_redirect_uris"] = json!([]);
    }),
    ("REG-GRANT-CODE", "error", APPS, |apps| {
        client(apps)["grant_types"] = json!([]);
    }),
    ("REG-GRANT-IMPLICIT", "error", APPS, |apps| {
        add(&mut client(apps)["grant_types"], json!("implicit"));
    }),
    ("REG-GRANT-PASSWORD", "error", APPS, |apps| {
        add(&mut client(apps)["grant_types"], json!("password"));
    }),
    ("REG-GRANT-DIRECT", "warning", APPS, |apps| {
        add(
            &mut client(apps)["grant_types"],
            json!("http://auth0.com/oauth/grant-type/mfa-oob"),
        );
    }),
    ("REG-CONSENT", "note", APPS, |apps| {
        client(apps)["consent_method"] = json!("REQUIRED");
    }),
    ("REG-ASSIGNED", "warning", &["/groups", "/users"], |list| {
        // Lists of groups and people that have nothing to do with the app stay.
        if list[0]["_links"]["app"].is_object() {
            *list = json!([]);
        }
    }),
];

const OF_POLICIES: &[Damage] = &[
    ("POLICY-SATISFIABLE", "error", RULES, |rules| {
        actions(rules, "appSignOn", |action| {
            action["verificationMethod"]["constraints"] =
                json!([{"possession": {"deviceBound": "REQUIRED"}}]);
        });
    }),
    ("POLICY-REAUTHENTICATE", "note", RULES, |rules| {
        actions(rules, "appSignOn", |action| {
            action["verificationMethod"]["reauthenticateIn"] = json!("PT43800H");
        });
    }),
    ("SESSION-IDLE", "warning", RULES, |rules| {
        actions(rules, "signon", |action| {
            action["session"]["maxSessionIdleMinutes"] = json!(100_000);
        });
    }),
    ("POLICY-ENROLL-PASSWORD", "warning", POLICIES, |policies| {
        settings(policies, "MFA_ENROLL", |settings| {
            settings["authenticators"] =
                json!([{"key": "okta_password", "enroll": {"self": "OPTIONAL"}}]);
        });
    }),
    ("PASSWORD-EXPIRY", "warning", POLICIES, |policies| {
        settings(policies, "PASSWORD", |settings| {
            settings["password"]["age"]["maxAgeDays"] = json!(90);
        });
    }),
    ("PASSWORD-LOCKOUT", "error", POLICIES, |policies| {
        settings(policies, "PASSWORD", |settings| {
            settings["password"]["lockout"]["maxAttempts"] = json!(0);
        });
    }),
    ("FACTOR-EMAIL-LIFETIME", "warning", AUTHENTICATORS, |all| {
        let all = all.as_array_mut().expect("a list").iter_mut();
        all.filter(|one| one["key"] == "okta_email")
            .for_each(|one| one["settings"]["tokenLifetimeInMinutes"] = json!(30));
    }),
    ("ORIGIN-UNUSED", "warning", ORIGINS, |origins| {
        add(
            origins,
            json!({"origin": "https://old.example.com", "status": "ACTIVE"}),
        );
    }),
    ("ORIGIN-WILDCARD", "error", ORIGINS, |origins| {
        add(
            origins,
            json!({"origin": "https://*.example.com", "status": "ACTIVE"}),
        );
    }),
];

async fn each_is_found(damages: &[Damage]) {
    let local = Local::start().await;
    let before = local.found().await;
    for (id, severity, paths, how) in damages {
        local.change(Some(Change { paths, how: *how }));
        let found = local.new_since(&before).await;
        let own = ((*id).to_owned(), (*severity).to_owned());
        assert_eq!(found, [own], "{id}");
    }
}

#[tokio::test]
async fn each_damage_to_what_the_org_says_in_public_is_found_by_its_own_check_alone() {
    each_is_found(OF_THE_ORG).await;
}

#[tokio::test]
async fn each_damage_to_the_registration_is_found_by_its_own_check_alone() {
    each_is_found(OF_THE_APP).await;
}

#[tokio::test]
async fn each_damage_to_policies_is_found_by_its_own_check_alone() {
    each_is_found(OF_POLICIES).await;
}
