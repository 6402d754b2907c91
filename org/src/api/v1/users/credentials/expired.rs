use secrecy::SecretString;

use super::proof::{Known, prove};
use super::replacement;
use crate::api::v1::users::UserRecord;
use crate::api::{ApiError, Change};
use crate::directory::find_password_hash;

/// Makes the hash of the password that takes the place of one that has expired, for somebody who knows that one. A wrong one counts
/// as it does while signing in. Slow.
pub(in crate::api::v1) async fn replacement_of_expired(
    change: &Change,
    user: &UserRecord,
    (old, new): (SecretString, SecretString),
) -> Result<String, ApiError> {
    let org = change.org();
    let hash = org.store().read(|db| find_password_hash(db, &user.id))?;
    prove(org, change, user, Known::Password, (old, hash)).await?;
    replacement(org, user, &new).await
}
