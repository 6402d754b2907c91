use model::{EnrollmentId, UserId};

use super::super::catalog::UserVerification;
use super::super::enrollment::{Enrollment, EnrollmentKind};
use super::authenticator_data::{self, AuthenticatorData};
use super::client_data::{self, Ceremony};
use super::public_key::PublicKey;
use super::{Credential, Refusal, RelyingParty, decode};

/// What a browser returns for `navigator.credentials.get`. The texts are base64, in either alphabet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Assertion {
    /// Which passkey was used. Okta's clients do not send it where the user is known.
    pub(crate) credential_id: Option<String>,
    pub(crate) client_data: String,
    pub(crate) authenticator_data: String,
    pub(crate) signature: String,
    /// Whose passkey it is, as the authenticator remembers.
    pub(crate) user_handle: Option<String>,
}

/// A passkey that was used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Used {
    pub(crate) enrollment: EnrollmentId,
    /// As it is to be remembered from now on.
    pub(crate) credential: Credential,
    /// Whether the authenticator made sure who used it, asked to or not.
    pub(crate) is_user_verified: bool,
}

/// Verifies that one of the user's passkeys signed the challenge (§7.2). `challenge` is the text that went out; `enrollments`
/// are the user's. Without a user nothing is right.
pub(crate) fn verify_assertion(
    party: &RelyingParty,
    challenge: &str,
    verification: UserVerification,
    user: Option<&UserId>,
    enrollments: &[Enrollment],
    response: &Assertion,
) -> Result<Used, Refusal> {
    let user = user.ok_or(Refusal::UnknownCredential)?;
    check_user_handle(response, user)?;
    let hash = client_data::check(&response.client_data, Ceremony::Get, challenge, party)?;
    let data = decode(&response.authenticator_data)?;
    let facts = authenticator_data::check(&data, party, verification)?;
    if facts.attested.is_some() {
        return Err(Refusal::AuthenticatorData);
    }
    let signed = [&data, hash.as_ref()].concat();
    let signature = decode(&response.signature)?;
    let (enrollment, credential) = find_signer(enrollments, response, &signed, &signature)?;
    Ok(Used {
        enrollment: enrollment.id.clone(),
        credential: after_use(credential, &facts)?,
        is_user_verified: facts.is_user_verified,
    })
}

/// Step 6. Security keys that do not keep passkeys return none.
fn check_user_handle(response: &Assertion, user: &UserId) -> Result<(), Refusal> {
    match response
        .user_handle
        .as_deref()
        .filter(|handle| !handle.is_empty())
    {
        Some(handle) if decode(handle)? != user.as_str().as_bytes() => Err(Refusal::UserHandle),
        _ => Ok(()),
    }
}

/// Steps 5 and 21: the passkey that is named, or any of the user's where none is, must have signed.
fn find_signer<'a>(
    enrollments: &'a [Enrollment],
    response: &Assertion,
    signed: &[u8],
    signature: &[u8],
) -> Result<(&'a Enrollment, &'a Credential), Refusal> {
    let named = response.credential_id.as_deref().map(decode).transpose()?;
    let mut refusal = Refusal::UnknownCredential;
    for enrollment in enrollments {
        let EnrollmentKind::Webauthn { credential } = &enrollment.kind else {
            continue;
        };
        if named.as_ref().is_some_and(|named| *named != credential.id) {
            continue;
        }
        if PublicKey::read(&credential.public_key)?.verifies(signed, signature) {
            return Ok((enrollment, credential));
        }
        refusal = Refusal::Signature;
    }
    Err(refusal)
}

/// Steps 19, 22 and 24.
fn after_use(known: &Credential, facts: &AuthenticatorData<'_>) -> Result<Credential, Refusal> {
    if known.backup_eligible != facts.is_backup_eligible {
        return Err(Refusal::BackupState);
    }
    let counts = known.sign_count != 0 || facts.sign_count != 0;
    if counts && facts.sign_count <= known.sign_count {
        return Err(Refusal::Counter);
    }
    Ok(Credential {
        sign_count: facts.sign_count,
        backed_up: facts.is_backed_up,
        ..known.clone()
    })
}
