use data_encoding::BASE64URL_NOPAD;
use model::UserId;
use serde::Serialize;

use super::super::catalog::UserVerification;
use super::public_key::ALGORITHMS;
use super::{Credential, RelyingParty};

/// For whom a passkey is made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewPasskey<'a> {
    pub(crate) user: &'a UserId,
    pub(crate) login: &'a str,
    /// What the authenticator shows when it offers a choice.
    pub(crate) display_name: &'a str,
    /// The org's name.
    pub(crate) org: &'a str,
    /// Those that the person has: an authenticator that keeps one of them makes no second.
    pub(crate) existing: &'a [&'a Credential],
}

/// Okta's `contextualData.activationData`: the options of `navigator.credentials.create` (§5.4), binary members in base64url.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ActivationData {
    rp: Party,
    user: User,
    pub_key_cred_params: Vec<Parameter>,
    challenge: String,
    attestation: &'static str,
    authenticator_selection: Selection,
    exclude_credentials: Vec<Descriptor>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Party {
    name: String,
    id: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct User {
    display_name: String,
    name: String,
    id: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Parameter {
    #[serde(rename = "type")]
    kind: &'static str,
    alg: i32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Selection {
    user_verification: &'static str,
    /// A passkey that needs no username, if the authenticator can keep one.
    resident_key: &'static str,
    require_resident_key: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Descriptor {
    #[serde(rename = "type")]
    kind: &'static str,
    id: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    transports: Vec<String>,
}

const PUBLIC_KEY: &str = "public-key";

impl ActivationData {
    /// `challenge` is base64url text of at least 128 random bits.
    pub(crate) fn new(
        party: &RelyingParty,
        challenge: &str,
        verification: UserVerification,
        passkey: NewPasskey<'_>,
    ) -> Self {
        let parameter = |alg| Parameter {
            kind: PUBLIC_KEY,
            alg,
        };
        let descriptor = |credential: &&Credential| Descriptor {
            kind: PUBLIC_KEY,
            id: credential.wire_id(),
            transports: credential.transports.clone(),
        };
        Self {
            rp: Party {
                name: passkey.org.to_owned(),
                id: party.id.clone(),
            },
            user: User {
                display_name: passkey.display_name.to_owned(),
                name: passkey.login.to_owned(),
                id: BASE64URL_NOPAD.encode(passkey.user.as_str().as_bytes()),
            },
            pub_key_cred_params: ALGORITHMS.map(parameter).to_vec(),
            challenge: challenge.to_owned(),
            attestation: "none",
            authenticator_selection: Selection {
                user_verification: wire_name(verification),
                resident_key: "preferred",
                require_resident_key: false,
            },
            exclude_credentials: passkey.existing.iter().map(descriptor).collect(),
        }
    }
}

/// Okta's `contextualData.challengeData`: the options of `navigator.credentials.get` (§5.5). The ids of the user's passkeys
/// stand in their enrollments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ChallengeData {
    challenge: String,
    rp_id: String,
    user_verification: &'static str,
    extensions: Extensions,
}

/// None is asked for; Okta's clients expect the member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Extensions {}

impl ChallengeData {
    /// `challenge` is base64url text of at least 128 random bits.
    pub(crate) fn new(
        party: &RelyingParty,
        challenge: &str,
        verification: UserVerification,
    ) -> Self {
        Self {
            challenge: challenge.to_owned(),
            rp_id: party.id.clone(),
            user_verification: wire_name(verification),
            extensions: Extensions {},
        }
    }
}

const fn wire_name(verification: UserVerification) -> &'static str {
    match verification {
        UserVerification::Required => "required",
        UserVerification::Preferred => "preferred",
        UserVerification::Discouraged => "discouraged",
    }
}
