//! Stands in until passkeys are verified.
use super::{Assertion, Attestation};
use crate::authenticator::Enrollment;
use crate::authenticator::catalog::UserVerification;
use crate::authenticator::webauthn::Credential;
use model::{EnrollmentId, UserId};
#[derive(Debug, Clone)]
pub(crate) struct RelyingParty;
impl RelyingParty {
    pub(crate) fn of(_: &str) -> Self {
        Self
    }
}
#[derive(Debug, thiserror::Error)]
#[error("passkeys are not verified yet")]
pub(crate) struct Refusal;
#[derive(Debug)]
pub(crate) struct Used {
    pub(crate) enrollment: EnrollmentId,
    pub(crate) credential: Credential,
}
pub(crate) fn verify_assertion(
    _: &RelyingParty,
    _: &str,
    _: UserVerification,
    _: Option<&UserId>,
    _: &[Enrollment],
    _: &Assertion,
) -> Result<Used, Refusal> {
    Err(Refusal)
}
pub(crate) fn verify_attestation(
    _: &RelyingParty,
    _: &str,
    _: UserVerification,
    _: &Attestation,
) -> Result<Credential, Refusal> {
    Err(Refusal)
}
pub(crate) fn read_credential_id(_: &str) -> Option<Vec<u8>> {
    None
}
