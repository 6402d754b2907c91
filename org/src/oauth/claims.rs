//! Which statements about a person a granted scope lets out.

use serde_json::{Map, Value, json};

use super::Scope;
use super::server::{AuthorizationServer, ClaimType, Teller};
use crate::directory::{Profile, User};

type Claims = Map<String, Value>;

/// The claims of an ID token that comes with an access token: on the org's own server only the three of profile and email that
/// Okta keeps, on a custom one those that are always included. The rest is at the userinfo endpoint.
pub(super) fn of_id_token(server: &AuthorizationServer, of: Teller<'_>) -> Claims {
    let mut claims = of_scopes(of);
    claims.remove("sub");
    match &server.claims {
        None => claims.retain(|name, _| KEPT.contains(&name.as_str())),
        Some(own) => {
            claims.retain(|name, _| own.lets_out(name, true));
            claims.extend(own.made(ClaimType::Identity, true, of));
        }
    }
    claims
}

/// What of profile and email is in every ID token of the org's own server.
const KEPT: [&str; 4] = ["name", "preferred_username", "email", "groups"];

/// Everything that the scopes let out.
pub(super) fn of_userinfo(server: &AuthorizationServer, of: Teller<'_>) -> Claims {
    let mut claims = of_scopes(of);
    if let Some(own) = &server.claims {
        claims.retain(|name, _| name == "sub" || own.lets_out(name, false));
        claims.extend(own.made(ClaimType::Identity, false, of));
    }
    claims
}

/// The claims of the scopes, under the names of OpenID Connect Core §5.1.
fn of_scopes(of: Teller<'_>) -> Claims {
    let (user, scopes) = (of.user, of.scopes);
    let mut claims = Claims::new();
    claims.insert("sub".to_owned(), json!(user.id));
    for scope in scopes {
        match scope {
            Scope::Openid | Scope::OfflineAccess | Scope::Other(_) => {}
            Scope::Profile => profile(&mut claims, user),
            Scope::Email => email(&mut claims, &user.profile),
            Scope::Address => address(&mut claims, &user.profile),
            Scope::Phone => phone(&mut claims, &user.profile),
            Scope::Groups => {
                claims.insert("groups".to_owned(), json!(of.groups));
            }
        }
    }
    claims
}

fn set(claims: &mut Claims, name: &str, value: Option<&String>) {
    if let Some(value) = value {
        claims.insert(name.to_owned(), json!(value));
    }
}

fn profile(claims: &mut Claims, user: &User) {
    let profile = &user.profile;
    set(claims, "name", Some(&profile.full_name()));
    set(claims, "given_name", Some(&profile.first_name));
    set(claims, "middle_name", profile.middle_name.as_ref());
    set(claims, "family_name", Some(&profile.last_name));
    set(claims, "nickname", profile.nick_name.as_ref());
    set(claims, "preferred_username", Some(&profile.login));
    set(claims, "profile", profile.profile_url.as_ref());
    set(
        claims,
        "locale",
        Some(profile.locale.as_ref().unwrap_or(&"en_US".to_owned())),
    );
    let zone = "America/Los_Angeles".to_owned();
    set(
        claims,
        "zoneinfo",
        Some(profile.timezone.as_ref().unwrap_or(&zone)),
    );
    claims.insert("updated_at".to_owned(), json!(user.updated_at.as_second()));
}

fn email(claims: &mut Claims, profile: &Profile) {
    set(claims, "email", Some(&profile.email));
    claims.insert("email_verified".to_owned(), json!(true));
}

fn phone(claims: &mut Claims, profile: &Profile) {
    let number = profile
        .primary_phone
        .as_ref()
        .or(profile.mobile_phone.as_ref());
    set(claims, "phone_number", number);
}

fn address(claims: &mut Claims, profile: &Profile) {
    let mut address = Claims::new();
    set(
        &mut address,
        "street_address",
        profile.street_address.as_ref(),
    );
    set(&mut address, "locality", profile.city.as_ref());
    set(&mut address, "region", profile.state.as_ref());
    set(&mut address, "postal_code", profile.zip_code.as_ref());
    set(&mut address, "country", profile.country_code.as_ref());
    if !address.is_empty() {
        claims.insert("address".to_owned(), Value::Object(address));
    }
}
