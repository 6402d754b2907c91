//! The app in Okta's shape.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::AppId;
use rusqlite::Connection;
use secrecy::ExposeSecret as _;
use serde_json::{Map, Value, json};

use crate::api::{Access, ApiError, Caller, hinted, href, link};
use crate::apps::{AppRecord, KeyRecord, Presentation, list_keys, list_secrets, open_secret};
use crate::config::OrgUrl;
use crate::events::{Target, wire_time};
use crate::failure::Failure;
use crate::policy::Status;
use crate::seal::Sealer;
use crate::store::Digest;

/// The only app definition that the org has.
pub(in crate::api::v1) const NAME: &str = "oidc_client";

/// What of an app is not in its record.
struct Surroundings {
    org_id: String,
    access_policy: Option<String>,
    profile_policy: Option<String>,
    keys: Vec<KeyRecord>,
    secret: Option<String>,
}

/// Whether the answer tells the secret. Lists never do, nor do answers to those who may only look.
#[derive(Debug, Clone, Copy)]
pub(in crate::api::v1) enum Secrets<'a> {
    Shown(&'a Sealer),
    Hidden,
}

impl<'a> Secrets<'a> {
    /// Told to those who may change the app.
    pub(super) fn for_caller(
        caller: &Caller,
        db: &Connection,
        app: &AppId,
        sealer: &'a Sealer,
    ) -> Self {
        let may = caller.may_to_app(Access::Manage, app) && caller.may_change(db, app).is_ok();
        if may {
            Self::Shown(sealer)
        } else {
            Self::Hidden
        }
    }
}

/// The app in Okta's shape.
pub(in crate::api::v1) fn view(
    db: &Connection,
    app: &AppRecord,
    url: &OrgUrl,
    secrets: Secrets<'_>,
) -> Result<Value, ApiError> {
    let around = surroundings(db, app, secrets)?;
    let registration = &app.registration;
    let presentation = &registration.presentation;
    let mut shape = json!({
        "id": app.id,
        "orn": format!("orn:okta:idp:{}:apps:{NAME}:{}", around.org_id, app.id),
        "name": NAME,
        "label": registration.label,
        "status": app.status,
        "lastUpdated": wire_time(app.updated_at),
        "created": wire_time(app.created_at),
        "accessibility": presentation.accessibility,
        "visibility": visibility(presentation),
        "features": [],
        "signOnMode": "OPENID_CONNECT",
        "credentials": credentials(app, &around),
        "universalLogout": universal_logout(app),
        "settings": settings(app, &around.keys, url)?,
        "_links": links(app, &around, url),
    });
    if let (Some(profile), Value::Object(shape)) = (&presentation.profile, &mut shape) {
        shape.insert("profile".to_owned(), Value::Object(profile.clone()));
    }
    Ok(shape)
}

fn settings(app: &AppRecord, keys: &[KeyRecord], url: &OrgUrl) -> Result<Value, ApiError> {
    let registration = &app.registration;
    Ok(json!({
        "app": {},
        "notifications": {
            "vpn": {"network": {"connection": "DISABLED"}, "message": null, "helpUrl": null},
        },
        "manualProvisioning": false,
        "implicitAssignment": registration.implicit_assignment,
        "emOptInStatus": "NONE",
        "notes": registration.presentation.notes,
        "oauthClient": oauth_client(app, keys, url)?,
    }))
}

fn visibility(presentation: &Presentation) -> Value {
    let visibility = &presentation.visibility;
    json!({
        "autoLaunch": visibility.auto_launch,
        "autoSubmitToolbar": visibility.auto_submit_toolbar,
        "hide": visibility.hide,
        "appLinks": {"oidc_client_link": true},
    })
}

/// Okta shows what it has found out of an app and lets nobody change it.
fn universal_logout(app: &AppRecord) -> Value {
    if !app.has_universal_logout {
        return Value::Null;
    }
    json!({
        "status": "ENABLED",
        "supportType": "FULL",
        "identityStack": "NOT_SHARED",
        "protocol": "GLOBAL_TOKEN_REVOCATION",
    })
}

fn surroundings(
    db: &Connection,
    app: &AppRecord,
    secrets: Secrets<'_>,
) -> Result<Surroundings, ApiError> {
    let has_secret = app.registration.token_endpoint_auth_method.has_secret();
    let secret = match secrets {
        Secrets::Shown(sealer) if has_secret => newest_secret(db, &app.id, sealer)?,
        Secrets::Shown(_) | Secrets::Hidden => None,
    };
    let mut around = db
        .prepare_cached(
            "SELECT (SELECT id FROM org), \
             coalesce((SELECT policy_id FROM app_policies WHERE app_id = ?1 AND type = 'ACCESS_POLICY'), \
                      (SELECT id FROM policies WHERE type = 'ACCESS_POLICY' AND system)), \
             coalesce((SELECT policy_id FROM app_policies WHERE app_id = ?1 AND type = 'PROFILE_ENROLLMENT'), \
                      (SELECT id FROM policies WHERE type = 'PROFILE_ENROLLMENT' AND system))",
        )?
        .query_row([app.id.as_str()], |row| {
            Ok(Surroundings {
                org_id: row.get(0)?,
                access_policy: row.get(1)?,
                profile_policy: row.get(2)?,
                keys: Vec::new(),
                secret,
            })
        })?;
    around.keys = list_keys(db, &app.id)?;
    Ok(around)
}

/// Of two that count, the one to use from now on.
fn newest_secret(
    db: &Connection,
    app: &AppId,
    sealer: &Sealer,
) -> Result<Option<String>, ApiError> {
    let secrets = list_secrets(db, app)?;
    let newest = secrets
        .iter()
        .rev()
        .find(|one| one.status == Status::Active);
    newest
        .map(|one| {
            open_secret(app, &one.sealed, sealer)
                .map(|secret| secret.expose_secret().to_owned())
                .map_err(|broken| Failure::from(broken).into())
        })
        .transpose()
}

fn credentials(app: &AppRecord, around: &Surroundings) -> Value {
    let registration = &app.registration;
    let mut client = json!({
        "autoKeyRotation": registration.presentation.auto_key_rotation,
        "client_id": app.id,
        "token_endpoint_auth_method": registration.token_endpoint_auth_method,
        "pkce_required": registration.pkce_required,
    });
    if let Some(secret) = &around.secret {
        client["client_secret"] = json!(secret);
    }
    json!({
        "userNameTemplate": registration.presentation.user_name_template,
        // Okta gives every app a key to sign with. No app of this kind signs anything, so that its name is enough.
        "signing": {"kid": URL_SAFE_NO_PAD.encode(Digest::of(app.id.as_str()).as_bytes())},
        "oauthClient": client,
    })
}

fn oauth_client(app: &AppRecord, keys: &[KeyRecord], url: &OrgUrl) -> Result<Value, ApiError> {
    let registration = &app.registration;
    let settings = serde_json::to_value(&registration.settings).map_err(Failure::from)?;
    let mut shape = json!({
        "application_type": registration.application_type,
        "redirect_uris": registration.redirect_uris,
        "grant_types": registration.grant_types,
    });
    if let (Value::Object(shape), Value::Object(settings)) = (&mut shape, settings) {
        shape.extend(settings);
    }
    if !registration.post_logout_redirect_uris.is_empty() {
        shape["post_logout_redirect_uris"] = json!(registration.post_logout_redirect_uris);
    }
    if !keys.is_empty() {
        let keys: Vec<Value> = keys.iter().map(|key| key_view(&app.id, key, url)).collect();
        shape["jwks"] = json!({"keys": keys});
    }
    Ok(shape)
}

/// A public key of an app in Okta's shape.
pub(super) fn key_view(app: &AppId, key: &KeyRecord, url: &OrgUrl) -> Value {
    let own = format!("/apps/{app}/credentials/jwks/{}", key.id);
    let mut shape = key.jwk.clone();
    shape.insert("id".to_owned(), json!(key.id));
    shape.insert("kid".to_owned(), json!(key.kid()));
    shape.insert("status".to_owned(), json!(key.status));
    shape.insert("created".to_owned(), json!(wire_time(key.created_at)));
    shape.insert("lastUpdated".to_owned(), json!(wire_time(key.updated_at)));
    shape.insert("_links".to_owned(), credential_links(&own, key.status, url));
    Value::Object(shape)
}

/// What can be done with a secret or a key: one that counts can be set aside, one that does not can also go.
pub(super) fn credential_links(own: &str, status: Status, url: &OrgUrl) -> Value {
    match status {
        Status::Active => json!({
            "deactivate": hinted(url, &format!("{own}/lifecycle/deactivate"), &["POST"]),
        }),
        Status::Inactive => json!({
            "activate": hinted(url, &format!("{own}/lifecycle/activate"), &["POST"]),
            "delete": hinted(url, own, &["DELETE"]),
        }),
    }
}

fn links(app: &AppRecord, around: &Surroundings, url: &OrgUrl) -> Value {
    let own = format!("/apps/{}", app.id);
    let at = |rest: &str| format!("{own}{rest}");
    // The link of an app is derived from the app: it has one, for ever.
    let app_link = format!("/home/{NAME}/{}/aln{}", app.id, &app.id.as_str()[3..]);
    let mut links = json!({
        "uploadLogo": hinted(url, &at("/logo"), &["POST"]),
        "appLinks": [{"name": "oidc_client_link", "href": url.to(&app_link), "type": "text/html"}],
        "policies": hinted(url, &at("/policies"), &["PUT"]),
        "groups": link(url, &at("/groups")),
        "logo": [{"name": "medium", "href": url.to(crate::paths::ICON), "type": "image/svg+xml"}],
        "clientCredentials": client_credentials(app, url),
        "users": link(url, &at("/users")),
        "self": link(url, &own),
    });
    let (name, path) = match app.status {
        Status::Active => ("deactivate", at("/lifecycle/deactivate")),
        Status::Inactive => ("activate", at("/lifecycle/activate")),
    };
    links[name] = link(url, &path);
    for (name, policy) in [
        ("accessPolicy", &around.access_policy),
        ("profileEnrollment", &around.profile_policy),
    ] {
        if let Some(policy) = policy {
            links[name] = link(url, &format!("/policies/{policy}"));
        }
    }
    links
}

fn client_credentials(app: &AppRecord, url: &OrgUrl) -> Value {
    let at = |rest: &str| href(url, &format!("/apps/{}/credentials/{rest}", app.id));
    let method = app.registration.token_endpoint_auth_method;
    let mut kinds = Vec::new();
    if method.has_secret() {
        kinds.push(json!({"name": "secrets", "href": at("secrets")}));
    } else if method.is_confidential() {
        kinds.push(json!({"name": "jwks", "href": at("jwks")}));
    }
    Value::Array(kinds)
}

/// The app in the System Log.
pub(in crate::api::v1) fn target(app: &AppRecord) -> Target {
    let label = app.registration.label.clone();
    Target::new(
        "AppInstance",
        app.id.as_str(),
        "OpenID Connect Client",
        label,
    )
}

/// Its fields as an object, for those who add to them.
pub(super) fn with_embedded(mut shape: Value, name: &str, embedded: Value) -> Value {
    let mut map = Map::new();
    map.insert(name.to_owned(), embedded);
    shape["_embedded"] = Value::Object(map);
    shape
}
