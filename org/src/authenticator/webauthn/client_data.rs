use aws_lc_rs::digest::{Digest, SHA256, digest};
use serde::Deserialize;

use super::{Refusal, RelyingParty, decode};

/// What was asked of the browser.
#[derive(Debug, Clone, Copy)]
pub(super) enum Ceremony {
    Create,
    Get,
}

/// §5.8.1. Members that are not named are for future versions and do not count.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClientData {
    #[serde(rename = "type")]
    ceremony: String,
    challenge: String,
    origin: String,
    #[serde(default)]
    cross_origin: bool,
    top_origin: Option<serde_json::Value>,
}

/// Checks `clientDataJSON` (§7.1 steps 5 to 11, §7.2 steps 8 to 15) and gives its hash, which is what is signed.
pub(super) fn check(
    text: &str,
    ceremony: Ceremony,
    challenge: &str,
    party: &RelyingParty,
) -> Result<Digest, Refusal> {
    let json = decode(text)?;
    let data: ClientData = serde_json::from_slice(&json).map_err(|_| Refusal::ClientData)?;
    let expected = match ceremony {
        Ceremony::Create => "webauthn.create",
        Ceremony::Get => "webauthn.get",
    };
    if data.ceremony != expected {
        return Err(Refusal::Ceremony);
    }
    if challenge.is_empty() || data.challenge != challenge {
        return Err(Refusal::Challenge);
    }
    if data.origin != party.origin {
        return Err(Refusal::Origin);
    }
    if data.cross_origin || data.top_origin.is_some() {
        return Err(Refusal::CrossOrigin);
    }
    Ok(digest(&SHA256, &json))
}
