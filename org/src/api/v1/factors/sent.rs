//! What callers send to begin a factor.

use model::ErrorCode;
use secrecy::SecretString;
use serde::Deserialize;

use crate::api::ApiError;
use crate::authenticator::factor::FactorType;

/// A factor that is to be.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NewFactor {
    #[serde(default)]
    factor_type: String,
    provider: Option<String>,
    pub(super) profile: Option<SentProfile>,
}

/// What is known of it.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct SentProfile {
    pub(super) phone_number: Option<String>,
    pub(super) email: Option<String>,
    pub(super) question: Option<String>,
    pub(super) answer: Option<SecretString>,
}

/// Types of Okta's factors that the org has not.
const UNBUILT: [&str; 7] = [
    "push",
    "signed_nonce",
    "token",
    "token:hardware",
    "token:hotp",
    "u2f",
    "web",
];

impl NewFactor {
    /// The type, if the org has it.
    pub(super) fn factor_type(&self) -> Result<FactorType, ApiError> {
        let named = self.factor_type.as_str();
        if UNBUILT.contains(&named) {
            let summary = format!("Not implemented in the local org: factors of type {named}.");
            return Err(ApiError::new(ErrorCode::NotImplemented).saying(summary));
        }
        let of_type = |one: &FactorType| one.wire().0 == named;
        if !FactorType::ALL.iter().any(of_type) {
            return Err(ApiError::invalid("factorType", "Not a type of factor"));
        }
        FactorType::ALL
            .into_iter()
            .filter(of_type)
            .find(|one| {
                self.provider
                    .as_deref()
                    .is_none_or(|provider| one.wire().1 == provider)
            })
            .ok_or_else(|| ApiError::invalid("provider", "Not a provider of this type of factor"))
    }
}
