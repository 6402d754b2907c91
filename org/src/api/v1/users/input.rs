//! Credentials as requests bring them.

use secrecy::SecretString;
use serde::Deserialize;

use super::record::Provider;
use crate::api::ApiError;
use crate::authenticator::password::{HashInput, ImportedHash};

/// The `credentials` of a user who is made or changed. What is absent stays.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Credentials {
    password: Option<PasswordInput>,
    recovery_question: Option<QuestionInput>,
    pub(super) provider: Option<Provider>,
}

/// A password: itself, its hash, or the wish that somebody else be asked.
#[derive(Debug, Default, Deserialize)]
pub(super) struct PasswordInput {
    pub(super) value: Option<SecretString>,
    hash: Option<HashInput>,
    hook: Option<serde::de::IgnoredAny>,
}

/// A question of the user's own with its answer.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct QuestionInput {
    pub(super) question: Option<String>,
    pub(super) answer: Option<SecretString>,
}

/// The password that a user is to have.
#[derive(Debug, Clone)]
pub(super) enum GivenPassword {
    Itself(SecretString),
    Hash(ImportedHash),
}

impl Credentials {
    /// The password, if there is one: an empty object, which is what the API itself shows, is none.
    pub(super) fn password(&self) -> Result<Option<GivenPassword>, ApiError> {
        let Some(input) = &self.password else {
            return Ok(None);
        };
        if input.hook.is_some() {
            return Err(ApiError::invalid(
                "password",
                "The local org calls no password import hooks",
            ));
        }
        match (&input.value, &input.hash) {
            (Some(_), Some(_)) => Err(ApiError::invalid(
                "password",
                "A password is given by its value or by its hash, not by both",
            )),
            (Some(value), None) => Ok(Some(GivenPassword::Itself(value.clone()))),
            (None, Some(hash)) => ImportedHash::read(hash)
                .map(|hash| Some(GivenPassword::Hash(hash)))
                .map_err(|error| ApiError::invalid("password", &error.to_string())),
            (None, None) => Ok(None),
        }
    }

    /// The question, if there is an answer with it: without one it is what the API itself shows.
    pub(super) fn question(&self) -> Option<QuestionInput> {
        self.recovery_question
            .clone()
            .filter(|input| input.answer.is_some())
    }
}
