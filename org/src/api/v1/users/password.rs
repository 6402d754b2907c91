//! Passwords that a call gives to a user.

use model::{GroupId, UserId};
use secrecy::SecretString;

use super::input::GivenPassword;
use crate::Org;
use crate::api::ApiError;
use crate::authenticator::AuthenticatorKey;
use crate::authenticator::password::history;
use crate::authenticator::password::requirements::{self, Unmet};
use crate::directory::Profile;
use crate::failure::Failure;
use crate::interaction::rules_of;
use crate::policy::{EnrollmentRequirement, PolicySet, Subject};

/// Whose password it is to be, as policies see them.
#[derive(Debug, Clone, Copy)]
pub(in crate::api::v1) struct Owner<'a> {
    /// Nobody yet, for one who is being made.
    pub(in crate::api::v1) user: Option<&'a UserId>,
    pub(in crate::api::v1) profile: &'a Profile,
    pub(in crate::api::v1) groups: &'a [GroupId],
}

impl Owner<'_> {
    const fn subject(&self) -> Subject<'_> {
        Subject {
            user: self.user,
            groups: self.groups,
        }
    }
}

/// Why a password cannot be taken, in the words of the management API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::api::v1) struct Objection(String);

impl Objection {
    /// As an error of the field, for calls that make or change a user.
    pub(in crate::api::v1) fn of_field(self) -> ApiError {
        ApiError::invalid("password", &self.0)
    }

    /// The words.
    pub(in crate::api::v1) fn into_text(self) -> String {
        self.0
    }
}

/// Looks at a new password. `with_history` is whether it must not be one that the user had before.
pub(in crate::api::v1) async fn object(
    org: &Org,
    owner: Owner<'_>,
    password: &SecretString,
    with_history: bool,
) -> Result<Option<Objection>, ApiError> {
    let policies = org.store().read(|db| org.kit().policies.current(db))?;
    let rules = rules_of(&policies.password(owner.subject()).outcome);
    let mut is_in_history = false;
    if let (true, Some(user)) = (with_history, owner.user) {
        let count = rules.history_count.into();
        let old = org
            .store()
            .read(|db| history::last_hashes(db, user, count))?;
        for hash in old {
            let is_same = org.passwords().verify(password.clone(), Some(hash)).await;
            is_in_history |= is_same.map_err(Failure::from)?;
        }
    }
    let unmet = requirements::check(password, &rules, owner.profile, is_in_history);
    if unmet.is_empty() {
        return Ok(None);
    }
    Ok(Some(Objection(if unmet == [Unmet::Common] {
        "This password was found in a list of commonly used passwords. Please try another password."
            .to_owned()
    } else {
        let asked = requirements::sentences(&rules).join(", ");
        format!("Password requirements were not met. Password requirements: {asked}.")
    })))
}

/// The hash to be kept of a password that was given. Slow.
pub(in crate::api::v1) async fn hash(
    org: &Org,
    password: &GivenPassword,
) -> Result<String, ApiError> {
    match password {
        GivenPassword::Hash(hash) => Ok(hash.to_kept()),
        GivenPassword::Itself(password) => hash_text(org, password).await,
    }
}

/// The same of a text.
pub(in crate::api::v1) async fn hash_text(
    org: &Org,
    text: &SecretString,
) -> Result<String, ApiError> {
    let hash = org
        .passwords()
        .create(text.clone(), org.entropy().bytes())
        .await;
    Ok(hash.map_err(Failure::from)?)
}

/// Whether the user needs no password: then an account without one is active at once.
pub(in crate::api::v1) fn is_optional(policies: &PolicySet, who: Subject<'_>) -> bool {
    let requirement = policies
        .enrollment(who)
        .outcome
        .of(AuthenticatorKey::OktaPassword);
    requirement != EnrollmentRequirement::Required
}
