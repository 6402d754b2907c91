use model::ErrorCode;
use serde::Deserialize;

use crate::Org;
use crate::api::v1::users::{UserRecord, find_user};
use crate::api::{ApiError, Caller};
use crate::handle::Handle;
use crate::sign_in::{Missing, Transaction, find_transaction};

/// A body that says only which transaction is meant.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct StateBody {
    #[serde(default)]
    pub(super) state_token: String,
}

/// A transaction that can go on, and whose it is.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) token: Handle,
    pub(super) transaction: Transaction,
    pub(super) user: UserRecord,
}

impl Found {
    /// The transaction of a state token, else `E0000011`.
    pub(super) fn by(org: &Org, caller: &Caller, state_token: &str) -> Result<Self, ApiError> {
        let token = Handle::received(state_token);
        let (digest, now) = (token.digest(), org.now());
        org.store().read(|db| {
            let Some(transaction) = find_transaction(db, digest, now)? else {
                return Ok(Err(ApiError::new(ErrorCode::InvalidToken)));
            };
            let user = find_user(db, caller, transaction.user_id.as_str());
            Ok(user.map(|user| Self {
                token,
                transaction,
                user,
            }))
        })?
    }

    /// Refuses a step that is not the one that is missing.
    pub(super) fn needs(&self, missing: Missing) -> Result<(), ApiError> {
        if self.transaction.missing == missing {
            Ok(())
        } else {
            Err(ApiError::new(ErrorCode::WrongState))
        }
    }
}
