use model::ErrorCode;
use serde_json::{Value, json};

use super::found::Found;
use crate::Org;
use crate::api::v1::factors::{Factor, State, factors_of};
use crate::api::v1::users::UserRecord;
use crate::api::{ApiError, Caller, hinted};
use crate::authenticator::Catalog;
use crate::config::OrgUrl;
use crate::directory::groups_of;
use crate::events::wire_time;
use crate::policy::Subject;
use crate::sign_in::{Missing, Person, Primary, StateToken};

/// The transaction object of Okta's authentication API.
pub(super) fn view(outcome: Primary, org: &Org, caller: &Caller) -> Result<Value, ApiError> {
    match outcome {
        Primary::Failed => Err(ApiError::new(ErrorCode::AuthenticationFailed)),
        Primary::LockedOut => {
            let next = named(org.url(), "unlock", "/authn/recovery/unlock");
            Ok(json!({"status": "LOCKED_OUT", "_links": {"next": next}}))
        }
        Primary::Unfinished(state) => {
            let found = Found::by(org, caller, state.token.expose())?;
            of_transaction(org, &found)
        }
        Primary::Success {
            person,
            token,
            expires_at,
        } => Ok(with_session_token(
            &user(&Shown::of_person(&person)),
            &StateToken { token, expires_at },
        )),
    }
}

/// A sign-in that lacks nothing any more.
pub(super) fn success(user_record: &UserRecord, token: &StateToken) -> Value {
    with_session_token(&user(&Shown::of_record(user_record)), token)
}

fn with_session_token(user: &Value, token: &StateToken) -> Value {
    json!({
        "status": "SUCCESS",
        "expiresAt": wire_time(token.expires_at),
        "sessionToken": token.token.expose(),
        "_embedded": {"user": user},
    })
}

/// What is missing, with the ways to it.
pub(super) fn of_transaction(org: &Org, found: &Found) -> Result<Value, ApiError> {
    let (transaction, url) = (&found.transaction, org.url());
    let mut body = json!({
        "stateToken": found.token.expose(),
        "expiresAt": wire_time(transaction.expires_at),
        "_embedded": {"user": user(&Shown::of_record(&found.user))},
        "_links": {"cancel": hinted(url, "/authn/cancel", &["POST"])},
    });
    match transaction.missing {
        Missing::NewPassword => {
            body["status"] = "PASSWORD_EXPIRED".into();
            body["_embedded"]["policy"] = json!({"complexity": complexity(org, &found.user)?});
            body["_links"]["next"] =
                named(url, "changePassword", "/authn/credentials/change_password");
        }
        Missing::AnyFactor => {
            body["status"] = "MFA_ENROLL".into();
            body["_embedded"]["factors"] = json!([]);
        }
        Missing::Factor => {
            let factors = usable(org, &found.user)?;
            let chosen = transaction.factor.as_deref();
            let chosen = factors
                .iter()
                .find(|factor| Some(factor.id.as_str()) == chosen);
            if let Some(chosen) = chosen {
                body["status"] = "MFA_CHALLENGE".into();
                body["factorResult"] = "CHALLENGE".into();
                body["_embedded"]["factor"] = factor(url, chosen);
                body["_links"]["next"] = named(url, "verify", &verify_path(chosen));
                body["_links"]["prev"] = hinted(url, "/authn/previous", &["POST"]);
            } else {
                let factors: Vec<Value> = factors.iter().map(|one| factor(url, one)).collect();
                body["status"] = "MFA_REQUIRED".into();
                body["_embedded"]["factors"] = factors.into();
            }
        }
    }
    Ok(body)
}

/// The factors of the user that are active, of authenticators that the org has on.
fn usable(org: &Org, user: &UserRecord) -> Result<Vec<Factor>, ApiError> {
    let factors = org.store().read(|db| {
        let catalog = Catalog::load(db)?;
        let mut factors = factors_of(db, user)?;
        factors.retain(|factor| {
            let record = catalog.get(factor.kind.key());
            matches!(factor.state, State::Active(_)) && record.is_some_and(|one| one.is_active)
        });
        Ok(factors)
    })?;
    Ok(factors)
}

fn factor(url: &OrgUrl, factor: &Factor) -> Value {
    let (factor_type, provider) = factor.kind.wire();
    json!({
        "id": factor.id,
        "factorType": factor_type,
        "provider": provider,
        "vendorName": provider,
        "profile": masked(&factor.profile),
        "_links": {"verify": hinted(url, &verify_path(factor), &["POST"])},
    })
}

fn verify_path(factor: &Factor) -> String {
    format!("/authn/factors/{}/verify", factor.id)
}

/// Only the password was shown, so addresses and numbers stay half hidden.
fn masked(profile: &Value) -> Value {
    let mut profile = profile.clone();
    if let Some(number) = profile.get("phoneNumber").and_then(Value::as_str) {
        let shown = number.chars().rev().take(4).collect::<Vec<char>>();
        let last: String = shown.into_iter().rev().collect();
        profile["phoneNumber"] = format!("+XX XXX XXX-{last}").into();
    }
    if let Some((local, domain)) = profile
        .get("email")
        .and_then(Value::as_str)
        .and_then(|email| email.split_once('@'))
    {
        let first: String = local.chars().take(1).collect();
        profile["email"] = format!("{first}...@{domain}").into();
    }
    profile
}

fn complexity(org: &Org, user: &UserRecord) -> Result<Value, ApiError> {
    let (policies, groups) = org
        .store()
        .read(|db| Ok((org.kit().policies.current(db)?, groups_of(db, &user.id)?)))?;
    let subject = Subject {
        user: Some(&user.id),
        groups: &groups,
    };
    Ok(json!(policies.password(subject).outcome.complexity))
}

fn named(url: &OrgUrl, name: &str, path: &str) -> Value {
    let mut link = hinted(url, path, &["POST"]);
    link["name"] = name.into();
    link
}

/// What is shown of a person.
struct Shown<'a> {
    id: &'a model::UserId,
    profile: &'a crate::directory::Profile,
    password_changed_at: Option<jiff::Timestamp>,
}

impl<'a> Shown<'a> {
    const fn of_person(person: &'a Person) -> Self {
        Self {
            id: &person.id,
            profile: &person.profile,
            password_changed_at: person.password_changed_at,
        }
    }

    const fn of_record(user: &'a UserRecord) -> Self {
        Self {
            id: &user.id,
            profile: &user.profile,
            password_changed_at: user.password_changed_at,
        }
    }
}

fn user(shown: &Shown<'_>) -> Value {
    let profile = shown.profile;
    json!({
        "id": shown.id,
        "passwordChanged": shown.password_changed_at.map(wire_time),
        "profile": {
            "login": profile.login,
            "firstName": profile.first_name,
            "lastName": profile.last_name,
            "locale": profile.locale.as_deref().unwrap_or("en_US"),
            "timeZone": profile.timezone.as_deref().unwrap_or("America/Los_Angeles"),
        },
    })
}
