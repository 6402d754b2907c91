//! Which statements about a person a granted scope lets out.

use serde_json::{Map, Value, json};

use super::Scope;
use crate::directory::{Profile, User};

type Claims = Map<String, Value>;

/// The claims of an ID token that comes with an access token: of profile and email only the three that Okta keeps, the rest
/// is at the userinfo endpoint.
pub(super) fn of_id_token(user: &User, groups: Option<&[String]>, scopes: &[Scope]) -> Claims {
    let mut claims = of_userinfo(user, groups, scopes);
    claims.retain(|name, _| {
        matches!(
            name.as_str(),
            "name" | "preferred_username" | "email" | "groups"
        )
    });
    claims
}

/// Everything that the scopes let out, under the names of OpenID Connect Core §5.1.
pub(super) fn of_userinfo(user: &User, groups: Option<&[String]>, scopes: &[Scope]) -> Claims {
    let mut claims = Claims::new();
    claims.insert("sub".to_owned(), json!(user.id));
    for scope in scopes {
        match scope {
            Scope::Openid | Scope::Other(_) => {}
            Scope::Profile => profile(&mut claims, user),
            Scope::Email => email(&mut claims, &user.profile),
            Scope::Address => address(&mut claims, &user.profile),
            Scope::Phone => phone(&mut claims, &user.profile),
            Scope::Groups => {
                claims.insert("groups".to_owned(), json!(groups.unwrap_or_default()));
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
