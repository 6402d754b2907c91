use secrecy::ExposeSecret as _;
use std::collections::HashSet;

use super::user::{SeedPassword, SeedUser};
use super::{Seed, SeedApp, SeedError, authenticators, factors, policies};
use crate::api::is_grantable;
use crate::apps::{ApplicationType, MOST_LEEWAY, check_registrable};
use crate::directory::{EVERYONE, check_login, login_key};
use crate::oauth::GrantType;

/// The label of the app that [`crate::Org::portico_client`] describes.
pub(crate) const PORTICO: &str = "Portico";

/// The grant without which an app has no refresh tokens.
pub(super) const REFRESH_TOKEN: &str = GrantType::RefreshToken.as_str();

/// What every `{APP_URL}` of a seed's URIs stands for while the seed is checked.
const EXAMPLE_APP_URL: &str = "https://app.example.com";

pub(super) fn check(seed: &Seed) -> Result<(), SeedError> {
    let logins = check_users(&seed.users)?;
    let groups = check_groups(seed, &logins)?;
    for (index, app) in seed.apps.iter().enumerate() {
        check_app(&format!("apps[{index}]"), app)?;
        let place = |list| format!("apps[{index}].{list}");
        all_known(&place("assignedGroups"), &app.assigned_groups, &groups)?;
        all_known(&place("assignedUsers"), &app.assigned_users, &logins)?;
        for (kind, name) in app.policies() {
            if !policies::is_known(&seed.policies, kind, name) {
                return Err(SeedError::field(
                    format!("apps[{index}]"),
                    format!("it names the policy {name:?}, which the seed does not define"),
                    "define it under policies, or choose one of a new org such as \"Password only\"",
                ));
            }
        }
    }
    policies::check(&seed.policies, &groups, &logins)?;
    authenticators::check(&seed.authenticators)?;
    if seed.apps.iter().filter(|app| app.label == PORTICO).count() == 1 {
        Ok(())
    } else {
        Err(SeedError::field(
            "apps",
            "there is not exactly one app with the label \"Portico\"",
            "add it, as in the built-in demo: the web app signs in through it",
        ))
    }
}

/// The logins in lower case.
fn check_users(users: &[SeedUser]) -> Result<HashSet<String>, SeedError> {
    let (mut logins, mut keys) = (HashSet::new(), HashSet::new());
    for (index, user) in users.iter().enumerate() {
        check_user(&format!("users[{index}]"), user)?;
        if !keys.insert(login_key(&user.login)) {
            return Err(SeedError::field(
                format!("users[{index}].login"),
                "an earlier user has the same login",
                "give each user a login of its own",
            ));
        }
        logins.insert(user.login.to_lowercase());
    }
    Ok(logins)
}

fn check_user(place: &str, user: &SeedUser) -> Result<(), SeedError> {
    let field = |name: &str| format!("{place}.{name}");
    check_text(&field("login"), &user.login, 5..=100)?;
    check_login(&user.login)
        .map_err(|error| SeedError::field(field("login"), error.to_string(), "correct the text"))?;
    check_text(&field("email"), &user.email, 5..=100)?;
    check_text(&field("firstName"), &user.first_name, 1..=50)?;
    check_text(&field("lastName"), &user.last_name, 1..=50)?;
    if let SeedPassword::Given(password) = &user.password {
        check_text(&field("password"), password.expose_secret(), 8..=256).map_err(|_| {
            SeedError::field(
                field("password"),
                "it is too short or too long",
                "use 8 to 256 characters, leave it out to have one generated, or write null for none",
            )
        })?;
    }
    factors::check(place, user)
}

fn check_groups(seed: &Seed, logins: &HashSet<String>) -> Result<HashSet<String>, SeedError> {
    let mut names = HashSet::from([EVERYONE.to_lowercase()]);
    for (index, group) in seed.groups.iter().enumerate() {
        check_text(&format!("groups[{index}].name"), &group.name, 1..=255)?;
        if !names.insert(group.name.to_lowercase()) {
            return Err(SeedError::field(
                format!("groups[{index}].name"),
                "the org has a group of this name already",
                "choose another name; Everyone is built in",
            ));
        }
        all_known(&format!("groups[{index}].members"), &group.members, logins)?;
    }
    Ok(names)
}

fn check_scopes(place: &str, scopes: &[String]) -> Result<(), SeedError> {
    for (index, scope) in scopes.iter().enumerate() {
        if !is_grantable(scope) || scopes[..index].contains(scope) {
            return Err(SeedError::field(
                format!("{place}.oktaApiScopes"),
                format!("{scope:?} is no scope of Okta's API, or is there twice"),
                "use scopes such as \"okta.myAccount.authenticators.read\", each once",
            ));
        }
    }
    Ok(())
}

fn check_app(place: &str, app: &SeedApp) -> Result<(), SeedError> {
    check_text(&format!("{place}.label"), &app.label, 1..=100)?;
    let is_public = !app.token_endpoint_auth_method.is_confidential();
    if (app.application_type == ApplicationType::Browser) && !is_public {
        return Err(SeedError::field(
            format!("{place}.tokenEndpointAuthMethod"),
            "an app of type browser cannot keep a secret",
            "use \"none\"",
        ));
    }
    if is_public && app.client_secret.is_some() {
        return Err(SeedError::field(
            format!("{place}.clientSecret"),
            "an app with the method \"none\" has no secret",
            "remove it, or choose client_secret_basic",
        ));
    }
    for grant in &app.grant_types {
        if GrantType::parse(grant).is_none() {
            return Err(SeedError::field(
                format!("{place}.grantTypes"),
                format!("{grant:?} is not built"),
                "use \"authorization_code\", \"interaction_code\" or \"refresh_token\"",
            ));
        }
    }
    if app.application_type != ApplicationType::Service && !app.roles.is_empty() {
        return Err(SeedError::field(
            format!("{place}.roles"),
            "an app that acts for people has the roles of those people",
            "remove them, or make it an app of type service",
        ));
    }
    check_scopes(place, &app.okta_api_scopes)?;
    let told = app.universal_logout_uri.as_slice();
    check_uris(&format!("{place}.universalLogoutUri"), told)?;
    check_refresh_token(place, app)?;
    check_uris(&format!("{place}.redirectUris"), &app.redirect_uris)?;
    check_uris(
        &format!("{place}.postLogoutRedirectUris"),
        &app.post_logout_redirect_uris,
    )
}

fn check_refresh_token(place: &str, app: &SeedApp) -> Result<(), SeedError> {
    let Some(settings) = app.refresh_token else {
        return Ok(());
    };
    let has_grant = app.grant_types.iter().any(|grant| grant == REFRESH_TOKEN);
    if has_grant && settings.leeway <= MOST_LEEWAY {
        return Ok(());
    }
    Err(SeedError::field(
        format!("{place}.refreshToken"),
        "it needs the grant \"refresh_token\", and a leeway of 0 to 60 seconds",
        "add the grant to grantTypes, correct the leeway, or remove the field",
    ))
}

fn check_uris(place: &str, uris: &[String]) -> Result<(), SeedError> {
    for (index, uri) in uris.iter().enumerate() {
        check_registrable(&uri.replace("{APP_URL}", EXAMPLE_APP_URL)).map_err(|error| {
            SeedError::field(
                format!("{place}[{index}]"),
                error.to_string(),
                "write an absolute URI, or one that begins with {APP_URL}",
            )
        })?;
    }
    Ok(())
}

fn check_text(
    field: &str,
    text: &str,
    length: std::ops::RangeInclusive<usize>,
) -> Result<(), SeedError> {
    let is_plain = !text.chars().any(char::is_control) && text.trim() == text;
    if is_plain && length.contains(&text.chars().count()) {
        Ok(())
    } else {
        Err(SeedError::field(
            field,
            format!(
                "it does not have {} to {} characters without spaces around",
                length.start(),
                length.end()
            ),
            "correct the text",
        ))
    }
}

fn all_known(field: &str, names: &[String], known: &HashSet<String>) -> Result<(), SeedError> {
    match names
        .iter()
        .find(|name| !known.contains(&name.to_lowercase()))
    {
        None => Ok(()),
        Some(name) => Err(SeedError::field(
            field,
            format!("the seed does not define {name:?}"),
            "define it above, or correct the name",
        )),
    }
}
