use ciborium::Value;

use super::super::catalog::UserVerification;
use super::authenticator_data;
use super::client_data::{self, Ceremony};
use super::public_key::PublicKey;
use super::{Credential, Refusal, RelyingParty, decode};

/// What a browser returns for `navigator.credentials.create`, in Okta's members. The texts are base64, in either alphabet.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_field_names, reason = "the name is Okta's")]
pub(crate) struct Attestation {
    pub(crate) client_data: String,
    /// The attestation object.
    pub(crate) attestation: String,
    pub(crate) transports: Vec<String>,
}

/// Known names of transports (§5.8.4); others are not kept.
const TRANSPORTS: [&str; 6] = ["ble", "hybrid", "internal", "nfc", "smart-card", "usb"];

/// Registers a passkey (§7.1). `challenge` is the text that went out. That the passkey is nobody's yet is for the database to
/// say.
pub(crate) fn verify_attestation(
    party: &RelyingParty,
    challenge: &str,
    verification: UserVerification,
    response: &Attestation,
) -> Result<Credential, Refusal> {
    let hash = client_data::check(&response.client_data, Ceremony::Create, challenge, party)?;
    let object = AttestationObject::read(&decode(&response.attestation)?)?;
    let data = authenticator_data::check(&object.data, party, verification)?;
    let attested = data.attested.ok_or(Refusal::AuthenticatorData)?;
    let key = PublicKey::read(attested.public_key)?;
    let signed = [&object.data, hash.as_ref()].concat();
    object.statement.check(&key, &signed)?;
    let mut transports = response.transports.clone();
    transports.retain(|name| TRANSPORTS.contains(&name.as_str()));
    transports.sort();
    transports.dedup();
    Ok(Credential {
        id: attested.id.to_vec(),
        public_key: attested.public_key.to_vec(),
        sign_count: data.sign_count,
        backup_eligible: data.is_backup_eligible,
        backed_up: data.is_backed_up,
        transports,
    })
}

/// §6.5.4
struct AttestationObject {
    data: Vec<u8>,
    statement: Statement,
}

/// What vouches for the authenticator. The org asks for nothing, which leaves these two.
enum Statement {
    /// §8.7
    None,
    /// §8.2 without certificates: the new key signs itself.
    SelfSigned { algorithm: i32, signature: Vec<u8> },
}

impl AttestationObject {
    fn read(mut cbor: &[u8]) -> Result<Self, Refusal> {
        let value: Value =
            ciborium::from_reader(&mut cbor).map_err(|_| Refusal::AttestationObject)?;
        if !cbor.is_empty() {
            return Err(Refusal::AttestationObject);
        }
        let data = member(&value, "authData").and_then(Value::as_bytes);
        let format = member(&value, "fmt").and_then(Value::as_text);
        let statement = member(&value, "attStmt").filter(|value| value.is_map());
        let (Some(data), Some(format), Some(statement)) = (data, format, statement) else {
            return Err(Refusal::AttestationObject);
        };
        Ok(Self {
            data: data.clone(),
            statement: Statement::read(format, statement)?,
        })
    }
}

impl Statement {
    fn read(format: &str, statement: &Value) -> Result<Self, Refusal> {
        let is_empty = statement.as_map().is_some_and(Vec::is_empty);
        match format {
            "none" if is_empty => Ok(Self::None),
            "packed" if member(statement, "x5c").is_none() => {
                let algorithm = member(statement, "alg").and_then(Value::as_integer);
                let algorithm = algorithm.and_then(|number| i32::try_from(number).ok());
                let signature = member(statement, "sig").and_then(Value::as_bytes);
                let (Some(algorithm), Some(signature)) = (algorithm, signature) else {
                    return Err(Refusal::AttestationStatement);
                };
                Ok(Self::SelfSigned {
                    algorithm,
                    signature: signature.clone(),
                })
            }
            _ => Err(Refusal::AttestationStatement),
        }
    }

    fn check(&self, key: &PublicKey, signed: &[u8]) -> Result<(), Refusal> {
        match self {
            Self::None => Ok(()),
            Self::SelfSigned {
                algorithm,
                signature,
            } if *algorithm == key.algorithm() && key.verifies(signed, signature) => Ok(()),
            Self::SelfSigned { .. } => Err(Refusal::AttestationStatement),
        }
    }
}

/// A member of a CBOR map that is there once.
fn member<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    let mut found = value
        .as_map()?
        .iter()
        .filter(|(key, _)| key.as_text() == Some(name));
    match (found.next(), found.next()) {
        (Some((_, value)), None) => Some(value),
        _ => None,
    }
}
