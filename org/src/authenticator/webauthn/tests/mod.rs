mod assertion;
mod attestation;
mod device;

use super::*;
use crate::authenticator::catalog::UserVerification;
use device::{Device, Flags};
use proptest::prelude::*;

fn party() -> RelyingParty {
    RelyingParty::of(&Url::parse("http://localhost:7000/").expect("an address"))
}

const CHALLENGE: &str = "c2l4dGVlbi1ieXRlcy1hdC1sZWFzdA";

#[test]
fn the_relying_party_is_the_host_and_the_origin_has_its_port() {
    assert_eq!(party().id, "localhost");
    assert_eq!(party().origin, "http://localhost:7000");
}

#[test]
fn both_alphabets_of_base64_are_read_with_padding_and_without() {
    let bytes = vec![0xfb, 0xff, 0xfe, 0x01];
    for text in ["+//+AQ==", "-__-AQ", "-__-AQ==", "+//+AQ"] {
        assert_eq!(read_credential_id(text), Some(bytes.clone()), "{text}");
    }
    for text in ["a", "a b=", "ä", &"A".repeat(LONGEST + 4)] {
        assert_eq!(read_credential_id(text), None);
    }
}

#[test]
fn the_options_are_in_oktas_shapes() {
    let device = Device::es256(1);
    let known = device.register(&party()).expect("registered");
    let user = device.user();
    let passkey = NewPasskey {
        user: &user,
        login: "john.doe@example.com",
        display_name: "John Doe",
        org: "Portico",
        existing: &[&known],
    };
    let data = ActivationData::new(&party(), CHALLENGE, UserVerification::Required, passkey);
    let handle = BASE64URL_NOPAD.encode(user.as_str().as_bytes());
    assert_eq!(
        serde_json::to_value(data).expect("JSON"),
        serde_json::json!({
            "rp": {"name": "Portico", "id": "localhost"},
            "user": {"displayName": "John Doe", "name": "john.doe@example.com", "id": handle},
            "pubKeyCredParams": [{"type": "public-key", "alg": -7}, {"type": "public-key", "alg": -257}],
            "challenge": CHALLENGE,
            "attestation": "none",
            "authenticatorSelection":
                {"userVerification": "required", "residentKey": "preferred", "requireResidentKey": false},
            "excludeCredentials":
                [{"type": "public-key", "id": known.wire_id(), "transports": ["hybrid", "internal"]}],
        })
    );
    let data = ChallengeData::new(&party(), CHALLENGE, UserVerification::Discouraged);
    assert_eq!(
        serde_json::to_value(data).expect("JSON"),
        serde_json::json!({
            "challenge": CHALLENGE, "rpId": "localhost", "userVerification": "discouraged", "extensions": {},
        })
    );
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(data in prop::collection::vec(any::<u8>(), 0..300), flags in any::<u8>()) {
        let mut shaped = device::party_hash("localhost").to_vec();
        shaped.push(flags | 1);
        shaped.extend(&data);
        let _ = authenticator_data::check(&shaped, &party(), UserVerification::Discouraged);
        let _ = public_key::PublicKey::read(&data);
        let attestation = Attestation {
            client_data: device::client_data("webauthn.create", CHALLENGE, "http://localhost:7000"),
            attestation: BASE64URL_NOPAD.encode(&data),
            transports: Vec::new(),
        };
        prop_assert!(
            verify_attestation(&party(), CHALLENGE, UserVerification::Discouraged, &attestation).is_err()
        );
    }

    #[test]
    fn a_flipped_bit_anywhere_in_what_is_signed_is_noticed(position in 0_usize..1000, bit in 0_u8..8) {
        let device = Device::es256(1);
        let credential = device.register(&party()).expect("registered");
        let mut response = device.sign(&party(), Flags::default(), 1);
        let mut data = decode(&response.authenticator_data).expect("base64");
        let position = position % data.len();
        data[position] ^= 1 << bit;
        response.authenticator_data = BASE64URL_NOPAD.encode(&data);
        let outcome = assertion::check(&device, &credential, &response, UserVerification::Discouraged);
        prop_assert!(outcome.is_err());
    }
}
