use aws_lc_rs::digest::{SHA256, digest};
use ciborium::Value;

use super::super::catalog::UserVerification;
use super::{Refusal, RelyingParty};

const USER_PRESENT: u8 = 1;
const USER_VERIFIED: u8 = 1 << 2;
const BACKUP_ELIGIBLE: u8 = 1 << 3;
const BACKED_UP: u8 = 1 << 4;
const ATTESTED: u8 = 1 << 6;
const EXTENSIONS: u8 = 1 << 7;

/// §4, credential id.
const LONGEST_ID: usize = 1023;

/// Authenticator data (§6.1) that belongs to this relying party and to a person who was there.
#[derive(Debug)]
pub(super) struct AuthenticatorData<'a> {
    pub(super) is_user_verified: bool,
    pub(super) is_backup_eligible: bool,
    pub(super) is_backed_up: bool,
    pub(super) sign_count: u32,
    /// The new credential, in a registration.
    pub(super) attested: Option<Attested<'a>>,
}

/// §6.5.1
#[derive(Debug)]
pub(super) struct Attested<'a> {
    pub(super) id: &'a [u8],
    /// A `COSE_Key`.
    pub(super) public_key: &'a [u8],
}

/// Reads the data and checks what is the same in both ceremonies (§7.1 steps 14 to 19, §7.2 steps 16 to 20).
pub(super) fn check<'a>(
    data: &'a [u8],
    party: &RelyingParty,
    verification: UserVerification,
) -> Result<AuthenticatorData<'a>, Refusal> {
    let (party_hash, rest) = data
        .split_first_chunk::<32>()
        .ok_or(Refusal::AuthenticatorData)?;
    let (&[flags], rest) = rest.split_first_chunk().ok_or(Refusal::AuthenticatorData)?;
    let (counter, rest) = rest.split_first_chunk().ok_or(Refusal::AuthenticatorData)?;
    let has = |flag| flags & flag != 0;
    if party_hash != digest(&SHA256, party.id.as_bytes()).as_ref() {
        return Err(Refusal::RelyingParty);
    }
    if !has(USER_PRESENT) {
        return Err(Refusal::UserPresence);
    }
    if verification == UserVerification::Required && !has(USER_VERIFIED) {
        return Err(Refusal::UserVerification);
    }
    if has(BACKED_UP) && !has(BACKUP_ELIGIBLE) {
        return Err(Refusal::BackupState);
    }
    Ok(AuthenticatorData {
        is_user_verified: has(USER_VERIFIED),
        is_backup_eligible: has(BACKUP_ELIGIBLE),
        is_backed_up: has(BACKED_UP),
        sign_count: u32::from_be_bytes(*counter),
        attested: read_rest(rest, has(ATTESTED), has(EXTENSIONS))?,
    })
}

/// What follows the counter.
fn read_rest(
    rest: &[u8],
    is_attested: bool,
    has_extensions: bool,
) -> Result<Option<Attested<'_>>, Refusal> {
    let (attested, rest) = if is_attested {
        let (attested, rest) = read_attested(rest)?;
        (Some(attested), rest)
    } else {
        (None, rest)
    };
    // No extension was asked for, so what they say does not count; but it must end where the data ends.
    let rest = if has_extensions { skip(rest)? } else { rest };
    if rest.is_empty() {
        Ok(attested)
    } else {
        Err(Refusal::AuthenticatorData)
    }
}

fn read_attested(data: &[u8]) -> Result<(Attested<'_>, &[u8]), Refusal> {
    let (_aaguid, rest) = data
        .split_first_chunk::<16>()
        .ok_or(Refusal::AuthenticatorData)?;
    let (length, rest) = rest.split_first_chunk().ok_or(Refusal::AuthenticatorData)?;
    let length = usize::from(u16::from_be_bytes(*length));
    if !(1..=LONGEST_ID).contains(&length) {
        return Err(Refusal::CredentialId);
    }
    let (id, rest) = rest
        .split_at_checked(length)
        .ok_or(Refusal::AuthenticatorData)?;
    let after = skip(rest)?;
    let public_key = rest.get(..rest.len() - after.len());
    let public_key = public_key.ok_or(Refusal::AuthenticatorData)?;
    Ok((Attested { id, public_key }, after))
}

/// What follows after one CBOR value.
fn skip(mut data: &[u8]) -> Result<&[u8], Refusal> {
    let _: Value = ciborium::from_reader(&mut data).map_err(|_| Refusal::AuthenticatorData)?;
    Ok(data)
}
