//! What the management API tells, in Okta's own shapes.

use serde_json::{Value, json};
use setup::{Client, Fault};

use super::{Known, administration};
use crate::Skip;
use crate::json::text;

/// Objects of the org. Policies carry their rules under `rules`.
#[derive(Debug, Clone)]
pub struct Managed {
    /// The app.
    pub app: Known<Value>,
    /// The groups it is assigned to.
    pub app_groups: Known<Value>,
    /// The people it is assigned to, the first page.
    pub app_users: Known<Value>,
    /// Its secrets, without their values.
    pub secrets: Known<Value>,
    /// The app's access policy.
    pub access_policy: Known<Value>,
    /// The app's user profile policy.
    pub profile_policy: Known<Value>,
    /// Every global session policy.
    pub session_policies: Known<Value>,
    /// Every authenticator enrollment policy.
    pub enrollment_policies: Known<Value>,
    /// Every password policy.
    pub password_policies: Known<Value>,
    /// The access policy of the Admin Console; `null` where there is none.
    pub console_policy: Known<Value>,
    /// The authenticators.
    pub authenticators: Known<Value>,
    /// The administrators: `id`, `login`, `status`, `roles` and `factors`.
    pub admins: Known<Value>,
    /// The API tokens, with `owner`.
    pub tokens: Known<Value>,
    /// The trusted origins.
    pub origins: Known<Value>,
    /// Every app.
    pub apps: Known<Value>,
    /// The custom authorization server that is the issuer.
    pub server: Known<Value>,
    /// Its policies.
    pub server_policies: Known<Value>,
    /// The settings that the local org alone has an API for.
    pub local_settings: Known<Value>,
}

/// Which objects are asked for.
#[derive(Debug)]
pub(super) struct Wanted<'w> {
    pub(super) client_id: Option<&'w str>,
    pub(super) label: &'w str,
    pub(super) server: Option<&'w str>,
    pub(super) is_local: bool,
}

impl Managed {
    /// Nothing, for one reason.
    pub(crate) fn unknown(skip: &Skip) -> Self {
        let none = || Err(skip.clone());
        Self {
            app: none(),
            app_groups: none(),
            app_users: none(),
            secrets: none(),
            access_policy: none(),
            profile_policy: none(),
            session_policies: none(),
            enrollment_policies: none(),
            password_policies: none(),
            console_policy: none(),
            authenticators: none(),
            admins: none(),
            tokens: none(),
            origins: none(),
            apps: none(),
            server: none(),
            server_policies: none(),
            local_settings: none(),
        }
    }

    /// Reads everything.
    pub(super) async fn read(client: &Client, wanted: &Wanted<'_>) -> Self {
        let apps = list(client, "/api/v1/apps?limit=200").await;
        let app = app(client, &apps, wanted).await;
        let of_app = |path: &str| {
            let id = app.as_ref().map(|app| text(&app["id"]));
            id.map(|id| format!("/api/v1/apps/{id}/{path}"))
                .map_err(Clone::clone)
        };
        let (groups, users) = (of_app("groups"), of_app("users?limit=20"));
        let secrets = of_app("credentials/secrets");
        Self {
            app_groups: list_at(client, groups).await,
            app_users: page(client, users).await,
            secrets: list_at(client, secrets).await.map(without_secret),
            access_policy: policy_of(client, &app, "accessPolicy").await,
            profile_policy: policy_of(client, &app, "profileEnrollment").await,
            session_policies: policies(client, "OKTA_SIGN_ON").await,
            enrollment_policies: policies(client, "MFA_ENROLL").await,
            password_policies: policies(client, "PASSWORD").await,
            console_policy: console_policy(client).await,
            authenticators: list(client, "/api/v1/authenticators").await,
            admins: administration::admins(client).await,
            tokens: administration::tokens(client).await,
            origins: list(client, "/api/v1/trustedOrigins?limit=200").await,
            server: server(client, wanted.server, "").await,
            server_policies: server_policies(client, wanted.server).await,
            local_settings: local_settings(client, wanted.is_local).await,
            app: app.map(without_secret),
            apps: apps.map(without_secret),
        }
    }
}

/// Secrets are no facts: nothing judges them, so they go no further.
fn without_secret(mut value: Value) -> Value {
    match &mut value {
        Value::Array(items) => {
            for item in items {
                *item = without_secret(item.take());
            }
        }
        Value::Object(fields) => {
            fields.remove("client_secret");
            for field in fields.values_mut() {
                *field = without_secret(field.take());
            }
        }
        _ => {}
    }
    value
}

/// A whole list.
pub(super) async fn list(client: &Client, path: &str) -> Known<Value> {
    let entries = client.list(path).await;
    entries
        .map(Value::Array)
        .map_err(|fault| skip(path, &fault))
}

/// One object, or the first page of a list.
pub(super) async fn one(client: &Client, path: &str) -> Known<Value> {
    let found = client
        .find(path)
        .await
        .map_err(|fault| skip(path, &fault))?;
    found.ok_or_else(|| Skip::not_checked(format!("the org has nothing at {path}")))
}

async fn list_at(client: &Client, path: Known<String>) -> Known<Value> {
    list(client, &path?).await
}

async fn page(client: &Client, path: Known<String>) -> Known<Value> {
    one(client, &path?).await
}

fn skip(path: &str, fault: &Fault) -> Skip {
    let path = path.split('?').next().unwrap_or_default();
    let reason = match fault {
        Fault::Refused(refusal) => match refusal.status.as_u16() {
            401 => "the API token is refused".to_owned(),
            403 => format!("the owner of the API token may not read {path}"),
            501 => format!("this org does not have GET {path}"),
            status => format!("GET {path} answers {status}"),
        },
        fault => fault.to_string(),
    };
    Skip::NotChecked(reason)
}

/// By its client id; without one, by its name.
async fn app(client: &Client, apps: &Known<Value>, wanted: &Wanted<'_>) -> Known<Value> {
    if let Some(id) = wanted.client_id {
        return one(client, &format!("/api/v1/apps/{id}")).await;
    }
    let apps = apps.as_ref().map_err(Clone::clone)?;
    let mut named = crate::json::items(apps)
        .iter()
        .filter(|app| app["label"] == wanted.label && app["signOnMode"] == "OPENID_CONNECT");
    match (named.next(), named.next()) {
        (Some(app), None) => Ok(app.clone()),
        (Some(_), Some(_)) => Err(Skip::not_checked(format!(
            "several apps are called {:?}; say which by OKTA_CLIENT_ID",
            wanted.label
        ))),
        (None, _) => Err(Skip::not_checked(format!(
            "no app is called {:?}; say which by OKTA_CLIENT_ID or --app-label",
            wanted.label
        ))),
    }
}

async fn with_rules(client: &Client, base: &str, mut policy: Value) -> Known<Value> {
    let path = format!("{base}/{}/rules", text(&policy["id"]));
    policy["rules"] = list(client, &path).await?;
    Ok(policy)
}

async fn all_with_rules(client: &Client, base: &str, list_path: &str) -> Known<Value> {
    let mut policies = Vec::new();
    for policy in crate::json::items(&list(client, list_path).await?) {
        policies.push(with_rules(client, base, policy.clone()).await?);
    }
    Ok(Value::Array(policies))
}

async fn policies(client: &Client, kind: &str) -> Known<Value> {
    let path = format!("/api/v1/policies?type={kind}");
    all_with_rules(client, "/api/v1/policies", &path).await
}

async fn policy_of(client: &Client, app: &Known<Value>, link: &str) -> Known<Value> {
    let app = app.as_ref().map_err(Clone::clone)?;
    let id = text(&app["_links"][link]["href"]).rsplit('/').next();
    let Some(id) = id.filter(|id| !id.is_empty()) else {
        return Ok(Value::Null);
    };
    let policy = one(client, &format!("/api/v1/policies/{id}")).await?;
    with_rules(client, "/api/v1/policies", policy).await
}

async fn console_policy(client: &Client) -> Known<Value> {
    let policies = list(client, "/api/v1/policies?type=ACCESS_POLICY").await?;
    let entries = crate::json::items(&policies).iter();
    match entries
        .clone()
        .find(|policy| policy["name"] == "Okta Admin Console")
    {
        Some(policy) => with_rules(client, "/api/v1/policies", policy.clone()).await,
        None => Ok(Value::Null),
    }
}

async fn server(client: &Client, id: Option<&str>, below: &str) -> Known<Value> {
    let Some(id) = id else {
        return Err(Skip::DoesNotApply(
            "the issuer is the org's own server, which has no policies",
        ));
    };
    one(client, &format!("/api/v1/authorizationServers/{id}{below}")).await
}

async fn server_policies(client: &Client, id: Option<&str>) -> Known<Value> {
    let policies = server(client, id, "/policies").await?;
    let base = format!(
        "/api/v1/authorizationServers/{}/policies",
        id.unwrap_or_default()
    );
    let mut found = Vec::new();
    for policy in crate::json::items(&policies) {
        found.push(with_rules(client, &base, policy.clone()).await?);
    }
    Ok(Value::Array(found))
}

async fn local_settings(client: &Client, is_local: bool) -> Known<Value> {
    if is_local {
        return one(client, "/local/org/settings").await;
    }
    // Okta has no API for the switch, and lets apps have the grant only while it is on.
    Ok(json!({}))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_left_out_however_deep_they_lie() {
        let app = json!([{"id": "0oa1", "credentials": {"oauthClient": {"client_id": "0oa1", "client_secret": "hush"}}}]);
        let kept = json!([{"id": "0oa1", "credentials": {"oauthClient": {"client_id": "0oa1"}}}]);
        assert_eq!(without_secret(app), kept);
    }
}
