use data_encoding::BASE64URL_NOPAD;
use model::UserId;
use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use secrecy::zeroize::Zeroizing;
use serde::{Deserialize, Serialize};
use std::fmt;

use super::super::AuthenticatorKey;
use super::TotpSecret;
use crate::seal::{SealBroken, Sealer};

/// A secret as the org keeps it: in an enrollment, or in an interaction until its first code was right.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct SealedTotpSecret(Vec<u8>);

/// It opens for one user and one authenticator only.
fn label(user: &UserId, key: AuthenticatorKey) -> String {
    format!("totp {user} {}", key.as_str())
}

impl TotpSecret {
    /// Seals the secret for a user's enrollment in `google_otp` or `okta_verify`.
    pub(crate) fn seal(
        &self,
        sealer: &Sealer,
        user: &UserId,
        key: AuthenticatorKey,
    ) -> Result<SealedTotpSecret, SealBroken> {
        sealer
            .seal(&label(user, key), &self.0)
            .map(SealedTotpSecret)
    }
}

impl SealedTotpSecret {
    /// The secret, if it was sealed for this user and authenticator.
    pub(crate) fn open(
        &self,
        sealer: &Sealer,
        user: &UserId,
        key: AuthenticatorKey,
    ) -> Result<TotpSecret, SealBroken> {
        let opened: Zeroizing<Vec<u8>> = sealer.open_sealed(&label(user, key), &self.0)?;
        Ok(TotpSecret(opened))
    }
}

impl fmt::Debug for SealedTotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealedTotpSecret([redacted])")
    }
}

impl ToSql for SealedTotpSecret {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.0.as_slice()))
    }
}

impl FromSql for SealedTotpSecret {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Vec::<u8>::column_result(value).map(Self)
    }
}

impl TryFrom<String> for SealedTotpSecret {
    type Error = data_encoding::DecodeError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        BASE64URL_NOPAD.decode(text.as_bytes()).map(Self)
    }
}

impl From<SealedTotpSecret> for String {
    fn from(sealed: SealedTotpSecret) -> Self {
        BASE64URL_NOPAD.encode(&sealed.0)
    }
}
