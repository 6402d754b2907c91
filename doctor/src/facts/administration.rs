//! Who administers the org, and with which tokens.

use serde_json::{Value, json};
use setup::Client;

use super::Known;
use super::managed::{list, one};
use crate::Skip;
use crate::json::{items, text};

/// Without a list of administrators, everybody's roles are looked at, if there are no more people than this.
const MAX_PEOPLE: usize = 100;

/// The administrators with their roles and factors.
pub(super) async fn admins(client: &Client) -> Known<Value> {
    let mut admins = Vec::new();
    for id in candidates(client).await? {
        let roles = list(client, &format!("/api/v1/users/{id}/roles")).await?;
        let roles: Vec<&str> = items(&roles)
            .iter()
            .filter(|role| crate::json::is_active(role))
            .map(|role| text(&role["type"]))
            .collect();
        if roles.is_empty() {
            continue;
        }
        let user = one(client, &format!("/api/v1/users/{id}")).await?;
        let factors = list(client, &format!("/api/v1/users/{id}/factors")).await;
        admins.push(json!({
            "id": id,
            "login": user["profile"]["login"],
            "status": user["status"],
            "roles": roles,
            "factors": factors.unwrap_or(Value::Null),
        }));
    }
    Ok(Value::Array(admins))
}

/// The ids of everybody who may be an administrator.
async fn candidates(client: &Client) -> Known<Vec<String>> {
    let ids = |list: &Value| -> Vec<String> {
        let entries = items(list).iter();
        entries.map(|user| text(&user["id"]).to_owned()).collect()
    };
    if let Ok(assignees) = one(client, "/api/v1/iam/assignees/users?limit=200").await {
        return Ok(ids(&assignees["value"]));
    }
    let people = one(client, "/api/v1/users?limit=101").await?;
    if items(&people).len() > MAX_PEOPLE {
        return Err(Skip::not_checked(
            "this org does not list its administrators, and has too many people to look at each",
        ));
    }
    Ok(ids(&people))
}

/// The API tokens, each with the status and login of its owner.
pub(super) async fn tokens(client: &Client) -> Known<Value> {
    let mut tokens = Vec::new();
    for token in items(&list(client, "/api/v1/api-tokens").await?) {
        let mut token = token.clone();
        let path = format!("/api/v1/users/{}", text(&token["userId"]));
        token["owner"] = match one(client, &path).await {
            Ok(user) => json!({"login": user["profile"]["login"], "status": user["status"]}),
            Err(_) => json!({"login": null, "status": "DELETED"}),
        };
        tokens.push(token);
    }
    Ok(Value::Array(tokens))
}
