use ciborium::Value;

use super::device::{Device, NewKey, cbor, client_data, cose, party_hash};
use super::*;

fn verify(response: &Attestation) -> Result<Credential, Refusal> {
    verify_attestation(&party(), CHALLENGE, UserVerification::Required, response)
}

#[test]
fn a_new_passkey_of_either_kind_is_remembered() {
    for device in [Device::es256(1), Device::rs256(1)] {
        let credential = device.register(&party()).expect("registered");
        assert_eq!(credential.id, device.id);
        assert_eq!(credential.public_key, cose(&device.cose_members()));
        assert!(credential.backup_eligible && !credential.backed_up);
        assert_eq!(credential.transports, ["hybrid", "internal"]);
        let text = serde_json::to_string(&credential).expect("JSON");
        let read: Credential = serde_json::from_str(&text).expect("a credential");
        assert_eq!(read, credential);
    }
}

#[test]
fn a_passkey_that_vouches_for_itself_must_do_so_rightly() {
    let device = Device::es256(1);
    let attempt = |algorithm: i32, signer: &Device| {
        let mut key = device.new_key(&party());
        let json = decode(&key.client_data).expect("base64");
        let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &json);
        let signed = [key.authenticator_data().as_slice(), hash.as_ref()].concat();
        key.format = "packed";
        key.statement = vec![
            ("alg".into(), algorithm.into()),
            ("sig".into(), Value::Bytes(signer.signature(&signed))),
        ];
        verify(&key.response())
    };
    assert!(attempt(-7, &device).is_ok());
    assert_eq!(attempt(-257, &device), Err(Refusal::AttestationStatement));
    let other = Device::es256(2);
    assert_eq!(attempt(-7, &other), Err(Refusal::AttestationStatement));
}

type Row = (&'static str, fn(&mut NewKey), Refusal);

const ENVELOPES: [Row; 15] = [
    (
        "other ceremony",
        |key| key.client_data = client_data("webauthn.get", CHALLENGE, "http://localhost:7000"),
        Refusal::Ceremony,
    ),
    (
        "other challenge",
        |key| key.client_data = client_data("webauthn.create", "eA", "http://localhost:7000"),
        Refusal::Challenge,
    ),
    (
        "other origin",
        |key| {
            key.client_data = client_data(
                "webauthn.create",
                CHALLENGE,
                "http://localhost.badexample.com",
            );
        },
        Refusal::Origin,
    ),
    (
        "other party",
        |key| key.party_hash = party_hash("badexample.com"),
        Refusal::RelyingParty,
    ),
    ("nobody there", |key| key.flags &= !1, Refusal::UserPresence),
    (
        "not verified",
        |key| key.flags &= !4,
        Refusal::UserVerification,
    ),
    (
        "backed up without leave",
        |key| key.flags = 0b0101_0101,
        Refusal::BackupState,
    ),
    (
        "no new key",
        |key| key.flags &= !0x40,
        Refusal::AuthenticatorData,
    ),
    (
        "trailing byte",
        |key| key.trailing.push(0),
        Refusal::AuthenticatorData,
    ),
    ("no id", |key| key.id.clear(), Refusal::CredentialId),
    (
        "a long id",
        |key| key.id = vec![1; 1024],
        Refusal::CredentialId,
    ),
    ("no key", |key| key.cose.clear(), Refusal::AuthenticatorData),
    (
        "a format that was not asked for",
        |key| key.format = "fido-u2f",
        Refusal::AttestationStatement,
    ),
    (
        "a statement where there is none",
        |key| key.statement.push(("sig".into(), Value::Bytes(vec![1]))),
        Refusal::AttestationStatement,
    ),
    (
        "certificates",
        |key| {
            key.format = "packed";
            key.statement = vec![
                ("alg".into(), (-7).into()),
                ("sig".into(), Value::Bytes(vec![1])),
                ("x5c".into(), Value::Array(Vec::new())),
            ];
        },
        Refusal::AttestationStatement,
    ),
];

#[test]
fn each_deviation_is_refused_for_its_own_reason() {
    let device = Device::es256(1);
    for (name, change, refusal) in ENVELOPES {
        let mut key = device.new_key(&party());
        change(&mut key);
        assert_eq!(verify(&key.response()), Err(refusal), "{name}");
    }
}

#[test]
fn a_key_must_be_of_a_kind_that_was_asked_for() {
    let (es256, rs256) = (Device::es256(1), Device::rs256(1));
    let (point, rsa) = (es256.cose_members(), rs256.cose_members());
    let changed = |members: &[(i32, Value)], name: i32, value: Value| {
        let mut members = members.to_vec();
        for member in &mut members {
            if member.0 == name {
                member.1 = value.clone();
            }
        }
        cose(&members)
    };
    let zeros = |length| Value::Bytes(vec![0; length]);
    let twice = [point.clone(), vec![(3, (-257).into())]].concat();
    for (name, key) in [
        ("Ed25519", changed(&point, 3, (-8).into())),
        ("RS1", changed(&rsa, 3, (-65535).into())),
        ("another curve", changed(&point, -1, 2.into())),
        (
            "RSA with the number of ES256",
            changed(&rsa, 3, (-7).into()),
        ),
        ("a point off the curve", changed(&point, -2, zeros(32))),
        ("a short coordinate", changed(&point, -2, zeros(31))),
        ("a compressed point", changed(&point, -3, true.into())),
        (
            "a short modulus",
            changed(&rsa, -1, Value::Bytes(vec![1; 128])),
        ),
        ("a modulus of zeros", changed(&rsa, -1, zeros(256))),
        ("no exponent", changed(&rsa, -2, zeros(0))),
        ("a member twice", cose(&twice)),
        ("no members", cose(&[])),
        ("no map", cbor(&Value::from(1))),
    ] {
        let mut new = es256.new_key(&party());
        new.cose = key;
        assert_eq!(verify(&new.response()), Err(Refusal::PublicKey), "{name}");
    }
}

#[test]
fn what_is_not_an_attestation_object_is_refused() {
    let good = Device::es256(1).new_key(&party()).response();
    let object = decode(&good.attestation).expect("base64");
    let with = |object: &[u8]| Attestation {
        attestation: BASE64URL_NOPAD.encode(object),
        ..good.clone()
    };
    let refused = Err(Refusal::AttestationObject);
    assert_eq!(verify(&with(&[])), refused);
    assert_eq!(verify(&with(&[0xa0])), refused);
    assert_eq!(verify(&with(&[object.as_slice(), &[0]].concat())), refused);
    assert_eq!(verify(&with(&object[..object.len() - 1])), refused);
    // Arrays within arrays without end.
    assert_eq!(verify(&with(&[0x81; 4000])), refused);
}
