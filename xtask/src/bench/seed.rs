//! The org that is measured: some people with a known password, Portico, and a client that asks for tokens itself.

use serde_json::{Value, json};

/// How many people sign in side by side.
pub(super) const USERS: usize = 4;
/// Everybody's password.
pub(super) const PASSWORD: &str = "correct-horse-7-battery-staple";
/// Who may do everything.
pub(super) const ADMINISTRATOR: &str = "admin@example.com";
/// The group that the seed has.
pub(super) const GROUP: &str = "Retailers";
/// The client that asks for tokens itself.
pub(super) const CLIENT_ID: &str = "0oaBenchClient000001";
pub(super) const CLIENT_SECRET: &str = "a-secret-for-measuring-0123456789abcdef";
/// Nothing listens there.
pub(super) const REDIRECT_URI: &str = "http://127.0.0.1:9/callback";

/// The name with which a user signs in.
pub(super) fn login(user: usize) -> String {
    format!("bench.{user}@example.com")
}

/// The seed, as `ORG_SEED` names it.
pub(super) fn json() -> Value {
    let users: Vec<Value> = (0..USERS).map(user).collect();
    json!({
        "users": users,
        "groups": [{ "name": GROUP, "description": "All retailers", "members": (0..USERS).map(login).collect::<Vec<_>>() }],
        "apps": [
            {
                "label": "Portico",
                "accessPolicy": "Password only",
                "type": "web",
                "tokenEndpointAuthMethod": "client_secret_basic",
                "pkceRequired": true,
                "redirectUris": ["{APP_URL}/login/callback"],
                "postLogoutRedirectUris": ["{APP_URL}/signed-out"],
                "grantTypes": ["authorization_code"],
                "assignedGroups": ["Everyone"],
            },
            {
                "label": "Bench",
                "accessPolicy": "Password only",
                "type": "web",
                "clientId": CLIENT_ID,
                "clientSecret": CLIENT_SECRET,
                "tokenEndpointAuthMethod": "client_secret_post",
                "pkceRequired": true,
                "redirectUris": [REDIRECT_URI],
                "postLogoutRedirectUris": [],
                "grantTypes": ["authorization_code", "refresh_token"],
                "refreshToken": { "rotationType": "ROTATE" },
                "assignedGroups": ["Everyone"],
            },
        ],
    })
}

fn user(user: usize) -> Value {
    json!({
        "login": login(user),
        "firstName": "Bench",
        "lastName": format!("Number {user}"),
        "email": login(user),
        "password": PASSWORD,
    })
}

fn administrator() -> Value {
    json!({
        "login": ADMINISTRATOR,
        "firstName": "Ada",
        "lastName": "Admin",
        "email": ADMINISTRATOR,
        "password": PASSWORD,
        "roles": ["SUPER_ADMIN"],
    })
}

/// An org whose administrator brings people in, by the app and its service app.
pub(super) fn with_campaigns() -> Value {
    let mut seed = json();
    let people = (0..USERS).map(user);
    seed["users"] = people.chain([administrator()]).collect();
    let mut apps = seed["apps"].take();
    if let Some(apps) = apps.as_array_mut() {
        apps.push(json!({
            "label": "Portico campaigns",
            "type": "service",
            "tokenEndpointAuthMethod": "private_key_jwt",
            "grantTypes": ["client_credentials"],
            "oktaApiScopes": ["okta.users.manage", "okta.groups.manage", "okta.roles.read"],
            "roles": ["ORG_ADMIN"],
        }));
    }
    seed["apps"] = apps;
    seed
}

/// An org with many people, nobody of whom has a password, and an administrator.
pub(super) fn many(users: usize, groups: usize) -> Value {
    let mut seed = json();
    let people = (0..users).map(|number| {
        let login = format!("person.{number}@example.com");
        json!({
            "login": login,
            "firstName": format!("Person{number}"),
            "lastName": format!("Number {number}"),
            "email": login,
            "password": null,
            "emailVerified": true,
        })
    });
    seed["users"] = people
        .chain((0..USERS).map(user))
        .chain([administrator()])
        .collect();
    let group = |number: usize| {
        let members: Vec<String> = (0..100)
            .map(|member| format!("person.{}@example.com", (number * 100 + member) % users))
            .collect();
        json!({ "name": format!("Group {number}"), "members": members })
    };
    seed["groups"] = (0..groups).map(group).collect();
    seed
}
