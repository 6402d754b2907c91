//! The app, who may use it, and where its pages may come from.

use serde_json::{Value, json};

use crate::Fault;
use crate::paths::{self, APPS, TRUSTED_ORIGINS};
use crate::steps::{group, interaction_code};
use crate::values::{AppKind, origin};
use crate::walk::{Address, Create, Find, Id, Object, Undo, Update, Walk};
use crate::wanted::{at_least, plain};

pub(super) async fn create(walk: &mut Walk<'_>) -> Result<(), Fault> {
    let app = app(walk).await?;
    assignment(walk, &app).await?;
    trusted_origin(walk).await
}

pub(super) fn find(label: &str) -> Find {
    let list = format!("{APPS}?limit=200&q={}", paths::part(label));
    Find::by(list, "/label", label).and("/name", "oidc_client")
}

/// The app, to which other steps refer.
pub(super) async fn reference(walk: &mut Walk<'_>) -> Result<Id, Fault> {
    let label = &walk.guide.values.app_label;
    walk.reference(&find(label), label).await
}

async fn app(walk: &mut Walk<'_>) -> Result<Id, Fault> {
    let values = &walk.guide.values;
    let label = &values.app_label;
    let wire_kind = wire_kind(values.app_kind);
    if let Some(app) = walk.look(&find(label), label).await? {
        let kind = &app["settings"]["oauthClient"]["application_type"];
        if kind != wire_kind && !walk.is_retracing() {
            let reason = format!(
                "the org has an app {label:?} of the type {kind}, and the type of an app cannot be changed; choose another name"
            );
            return Err(Fault::option("--app-label", reason));
        }
    }
    let wanted = wanted(walk);
    let object = Object {
        kind: "app",
        name: label.clone(),
        promise: format!(
            "The app {label:?} may use the interaction code and leads back to {}.",
            values.redirect_uris.join(" and ")
        ),
        find: find(label),
        create: Some(Create::post(
            format!("{APPS}?activate=true"),
            new_app(walk, &wanted),
        )),
        wanted,
        address: Address::Below(APPS.to_owned()),
        update: Update::Whole,
        undo: Undo::DeleteApp,
        warning: None,
    };
    walk.ensure(object).await
}

fn wire_kind(kind: AppKind) -> &'static str {
    match kind {
        AppKind::Web => "web",
        AppKind::Spa => "browser",
        AppKind::Native => "native",
    }
}

fn wanted(walk: &Walk<'_>) -> Value {
    let values = &walk.guide.values;
    let grants = [
        "authorization_code",
        "refresh_token",
        interaction_code::GRANT,
    ];
    json!({
        "status": "ACTIVE",
        "settings": {"oauthClient": {
            "application_type": wire_kind(values.app_kind),
            "grant_types": at_least(grants),
            "redirect_uris": at_least(&values.redirect_uris),
            "post_logout_redirect_uris": at_least(&values.logout_uris),
        }},
    })
}

fn new_app(walk: &Walk<'_>, wanted: &Value) -> Value {
    let guide = walk.guide;
    let method = match guide.values.app_kind {
        AppKind::Web => "client_secret_basic",
        AppKind::Spa | AppKind::Native => "none",
    };
    let mut client = plain(wanted)["settings"]["oauthClient"].clone();
    client["consent_method"] = json!("TRUSTED");
    client["issuer_mode"] = json!("DYNAMIC");
    client["response_types"] = json!(["code"]);
    client["refresh_token"] = json!({"rotation_type": "ROTATE", "leeway": 30});
    if guide.values.app_kind != AppKind::Native {
        client["initiate_login_uri"] = json!(format!("{}/login", origin(&guide.app_url)));
    }
    json!({
        "name": "oidc_client", "label": guide.values.app_label, "signOnMode": "OPENID_CONNECT",
        "credentials": {
            "oauthClient": {"autoKeyRotation": true, "token_endpoint_auth_method": method, "pkce_required": true},
            "userNameTemplate": {"template": "${source.login}", "type": "BUILT_IN"},
        },
        "settings": {"oauthClient": client},
        "visibility": {"hide": {"iOS": true, "web": true}},
    })
}

async fn assignment(walk: &mut Walk<'_>, app: &Id) -> Result<(), Fault> {
    let label = &walk.guide.values.app_label;
    let everyone = walk
        .reference(&group::find("Everyone", "BUILT_IN"), "Everyone")
        .await?;
    let list = format!("{APPS}/{}/groups", app.text());
    let address = format!("{list}/{}", everyone.text());
    let object = Object {
        kind: "assignment",
        name: format!("Everyone to {label}"),
        promise: format!("Everyone may use the app {label:?}."),
        find: app.find(|_| Find::by(&*list, "/id", everyone.text())),
        create: Some(Create::put(&*address)),
        wanted: json!({}),
        address: Address::At(address),
        update: Update::Never,
        undo: Undo::Delete,
        warning: None,
    };
    walk.ensure(object).await.map(drop)
}

/// Pages of the app may call the org, and the org may lead back to them.
async fn trusted_origin(walk: &mut Walk<'_>) -> Result<(), Fault> {
    let origin = walk.guide.app_url.origin().ascii_serialization();
    let scopes = [json!({"type": "CORS"}), json!({"type": "REDIRECT"})];
    let wanted = json!({"origin": origin, "scopes": at_least(scopes), "status": "ACTIVE"});
    let body = json!({"name": walk.guide.values.app_label, "origin": origin, "scopes": scopes_of(&wanted)});
    let object = Object {
        kind: "trusted origin",
        name: origin.clone(),
        promise: format!("The org trusts the origin {origin}."),
        find: Find::by(TRUSTED_ORIGINS, "/origin", &*origin),
        create: Some(Create::post(TRUSTED_ORIGINS, body)),
        wanted,
        address: Address::Below(TRUSTED_ORIGINS.to_owned()),
        update: Update::Whole,
        undo: Undo::Delete,
        warning: None,
    };
    walk.ensure(object).await.map(drop)
}

fn scopes_of(wanted: &Value) -> Value {
    plain(wanted)["scopes"].clone()
}
