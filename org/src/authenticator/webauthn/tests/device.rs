//! An authenticator and a browser in software, which can be made to misbehave.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair,
};
use ciborium::Value;
use data_encoding::BASE64URL_NOPAD;
use model::UserId;
use testkit::SeededEntropy;

use super::super::{Assertion, Attestation, Credential, Refusal, RelyingParty, verify_attestation};
use super::{CHALLENGE, UserVerification};

const ES256_KEY: u8 = 1;

/// A passkey on its device.
pub(super) struct Device {
    pub(super) id: Vec<u8>,
    key: Key,
    seed: u64,
}

enum Key {
    Es256(Box<EcdsaKeyPair>),
    Rs256(Box<RsaKeyPair>),
}

/// The flags of the authenticator data.
#[derive(Debug, Clone, Copy)]
pub(super) struct Flags(pub(super) u8);

impl Default for Flags {
    /// Present, verified, may be backed up.
    fn default() -> Self {
        Self(0b0000_1101)
    }
}

pub(super) fn party_hash(id: &str) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, id.as_bytes()).as_ref());
    hash
}

pub(super) fn client_data(ceremony: &str, challenge: &str, origin: &str) -> String {
    let data = serde_json::json!({
        "type": ceremony, "challenge": challenge, "origin": origin, "crossOrigin": false, "new_member": 1,
    });
    BASE64URL_NOPAD.encode(data.to_string().as_bytes())
}

/// A registration before it is put into CBOR.
pub(super) struct NewKey {
    pub(super) party_hash: [u8; 32],
    pub(super) flags: u8,
    pub(super) id: Vec<u8>,
    pub(super) cose: Vec<u8>,
    pub(super) trailing: Vec<u8>,
    pub(super) format: &'static str,
    pub(super) statement: Vec<(Value, Value)>,
    pub(super) client_data: String,
}

impl NewKey {
    pub(super) fn authenticator_data(&self) -> Vec<u8> {
        let mut data = self.party_hash.to_vec();
        data.push(self.flags);
        data.extend(0_u32.to_be_bytes());
        if self.flags & 0x40 != 0 {
            data.extend([0; 16]);
            let length = u16::try_from(self.id.len()).expect("a short id");
            data.extend(length.to_be_bytes());
            data.extend(&self.id);
            data.extend(&self.cose);
        }
        data.extend(&self.trailing);
        data
    }

    pub(super) fn response(self) -> Attestation {
        let object = Value::Map(vec![
            ("fmt".into(), self.format.into()),
            ("authData".into(), Value::Bytes(self.authenticator_data())),
            ("attStmt".into(), Value::Map(self.statement)),
        ]);
        Attestation {
            client_data: self.client_data,
            attestation: BASE64URL_NOPAD.encode(&cbor(&object)),
            transports: ["internal", "hybrid", "internal", "x-unknown"]
                .map(str::to_owned)
                .to_vec(),
        }
    }
}

pub(super) fn cbor(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).expect("CBOR");
    bytes
}

/// A map with numbers for names.
pub(super) fn cose(members: &[(i32, Value)]) -> Vec<u8> {
    let members = members.iter().cloned();
    cbor(&Value::Map(
        members.map(|(name, value)| (name.into(), value)).collect(),
    ))
}

impl Device {
    pub(super) fn es256(seed: u64) -> Self {
        let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).expect("a key");
        Self {
            id: vec![ES256_KEY; 16],
            key: Key::Es256(Box::new(key)),
            seed,
        }
    }

    pub(super) fn rs256(seed: u64) -> Self {
        let settings = testkit::test_settings();
        let key = RsaKeyPair::from_pkcs8(&settings.signing_keys[0]).expect("a key");
        Self {
            id: vec![2; 32],
            key: Key::Rs256(Box::new(key)),
            seed,
        }
    }

    /// Whose device it is.
    pub(super) fn user(&self) -> UserId {
        UserId::generate(&SeededEntropy::new(self.seed))
    }

    pub(super) fn cose_members(&self) -> Vec<(i32, Value)> {
        match &self.key {
            Key::Es256(key) => {
                let point = key.public_key().as_ref().to_vec();
                vec![
                    (1, 2.into()),
                    (3, (-7).into()),
                    (-1, 1.into()),
                    (-2, Value::Bytes(point[1..33].to_vec())),
                    (-3, Value::Bytes(point[33..].to_vec())),
                ]
            }
            Key::Rs256(key) => {
                let public = key.public_key();
                let bytes = |bytes: &[u8]| Value::Bytes(bytes.to_vec());
                vec![
                    (1, 3.into()),
                    (3, (-257).into()),
                    (
                        -1,
                        bytes(public.modulus().big_endian_without_leading_zero()),
                    ),
                    (
                        -2,
                        bytes(public.exponent().big_endian_without_leading_zero()),
                    ),
                ]
            }
        }
    }

    pub(super) fn signature(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match &self.key {
            Key::Es256(key) => {
                let signature = key.sign(&random, message).expect("a signature");
                signature.as_ref().to_vec()
            }
            Key::Rs256(key) => {
                let mut signature = vec![0; key.public_modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature)
                    .expect("a signature");
                signature
            }
        }
    }

    /// What it answers to `create`.
    pub(super) fn new_key(&self, party: &RelyingParty) -> NewKey {
        NewKey {
            party_hash: party_hash(&party.id),
            flags: Flags::default().0 | 0x40,
            id: self.id.clone(),
            cose: cose(&self.cose_members()),
            trailing: Vec::new(),
            format: "none",
            statement: Vec::new(),
            client_data: client_data("webauthn.create", CHALLENGE, &party.origin),
        }
    }

    pub(super) fn register(&self, party: &RelyingParty) -> Result<Credential, Refusal> {
        let response = self.new_key(party).response();
        verify_attestation(party, CHALLENGE, UserVerification::Required, &response)
    }

    /// What it answers to `get`.
    pub(super) fn sign(&self, party: &RelyingParty, flags: Flags, count: u32) -> Assertion {
        let data = client_data("webauthn.get", CHALLENGE, &party.origin);
        let mut authenticator_data = party_hash(&party.id).to_vec();
        authenticator_data.push(flags.0);
        authenticator_data.extend(count.to_be_bytes());
        self.sign_these(data, &authenticator_data)
    }

    /// Signs whatever it is given.
    pub(super) fn sign_these(&self, client_data: String, authenticator_data: &[u8]) -> Assertion {
        let json = BASE64URL_NOPAD.decode(client_data.as_bytes());
        let hash = digest(&SHA256, &json.expect("base64url"));
        let signed = [authenticator_data, hash.as_ref()].concat();
        Assertion {
            credential_id: Some(BASE64URL_NOPAD.encode(&self.id)),
            client_data,
            authenticator_data: BASE64URL_NOPAD.encode(authenticator_data),
            signature: BASE64URL_NOPAD.encode(&self.signature(&signed)),
            user_handle: Some(BASE64URL_NOPAD.encode(self.user().as_str().as_bytes())),
        }
    }
}
