//! The credentials of users:
//! <https://developer.okta.com/docs/api/openapi/okta-management/management/tag/UserCred/>.

pub(super) mod change_password;
pub(super) mod change_question;
pub(super) mod expired;
pub(super) mod forgot_password;
mod proof;
pub(super) mod recover;

use model::ErrorCode;
use secrecy::SecretString;
use serde::Deserialize;

use super::password::{Objection, Owner, hash_text, object};
use super::record::UserRecord;
use crate::Org;
use crate::api::{ApiError, Change};
use crate::directory::{find_password_hash, groups_of};

/// A password in a body.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Given {
    value: Option<SecretString>,
}

impl Given {
    /// The password; `field` is where it should have been.
    fn required(self, field: &str) -> Result<SecretString, ApiError> {
        self.value
            .ok_or_else(|| ApiError::invalid(field, "The field cannot be left blank"))
    }
}

/// The hash of a password that takes the place of the user's, if it may. Slow.
async fn replacement(
    org: &Org,
    user: &UserRecord,
    password: &SecretString,
) -> Result<String, ApiError> {
    let groups = org.store().read(|db| groups_of(db, &user.id))?;
    let owner = Owner {
        user: Some(&user.id),
        profile: &user.profile,
        groups: &groups,
    };
    if let Some(objection) = object(org, owner, password, true).await? {
        return Err(too_weak(objection));
    }
    hash_text(org, password).await
}

/// The same for somebody who changes their own, whom Okta answers with an error of the field.
pub(in crate::api::v1) async fn password_hash_for(
    org: &Org,
    user: &UserRecord,
    password: &SecretString,
) -> Result<String, ApiError> {
    let groups = org.store().read(|db| groups_of(db, &user.id))?;
    let owner = Owner {
        user: Some(&user.id),
        profile: &user.profile,
        groups: &groups,
    };
    if let Some(objection) = object(org, owner, password, true).await? {
        let cause = format!("password: {}", objection.into_text());
        return Err(ApiError::validation("Password").because(cause));
    }
    hash_text(org, password).await
}

/// Whether somebody knows their password; a failure counts like one at sign-in. Slow.
pub(in crate::api::v1) async fn prove_password(
    org: &Org,
    change: &Change,
    user: &UserRecord,
    password: SecretString,
) -> Result<(), ApiError> {
    let hash = org.store().read(|db| find_password_hash(db, &user.id))?;
    proof::prove(org, change, user, proof::Known::Password, (password, hash)).await
}

fn too_weak(objection: Objection) -> ApiError {
    refused(&objection.into_text())
}

/// `E0000014`.
fn refused(cause: &str) -> ApiError {
    ApiError::new(ErrorCode::CredentialsUpdateFailed).because(cause)
}
