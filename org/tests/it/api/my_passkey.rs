//! Passkeys that an app of the person registers, made by an authenticator in software.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use ciborium::Value as Cbor;
use data_encoding::BASE64URL_NOPAD;
use http::Method;
use serde_json::{Value, json};
use testkit::{APP_URL, ORG_URL, TestOrg};

use super::Api;
use crate::support::{JANE, JOHN};

const ALL: &str = "/idp/myaccount/webauthn";

/// What goes wrong while a passkey is made.
#[derive(Clone, Copy)]
enum Fault {
    Challenge,
    Origin,
    Ceremony,
    RelyingParty,
    NotVerified,
}

fn api_of(org: &TestOrg, login: &str) -> Api {
    let scopes = [
        "okta.myAccount.webauthn.manage",
        "okta.myAccount.authenticators.read",
    ];
    Api::nobody(org).with_authorization(&format!("Bearer {}", org.access_token(login, &scopes)))
}

async fn begin(api: &mut Api) -> Value {
    let begun = api.post(&format!("{ALL}/registration"), json!({})).await;
    assert_eq!(begun.status, 200, "{}", begun.body);
    begun.body["options"].clone()
}

fn cbor(value: &Cbor) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).expect("CBOR");
    bytes
}

/// The public key as COSE has it (RFC 9053, §7.1).
fn cose() -> Vec<u8> {
    let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).expect("a key");
    let point = key.public_key().as_ref();
    let member = |name: i32, value: Cbor| (name.into(), value);
    cbor(&Cbor::Map(vec![
        member(1, 2.into()),
        member(3, (-7).into()),
        member(-1, 1.into()),
        member(-2, Cbor::Bytes(point[1..33].to_vec())),
        member(-3, Cbor::Bytes(point[33..].to_vec())),
    ]))
}

/// What browser and device answer to the options.
fn made_from(options: &Value, origin: &str, id: [u8; 16], fault: Option<Fault>) -> Value {
    let challenge = match fault {
        Some(Fault::Challenge) => "AAAA",
        _ => options["challenge"].as_str().expect("a challenge"),
    };
    let client_data = json!({
        "type": if matches!(fault, Some(Fault::Ceremony)) { "webauthn.get" } else { "webauthn.create" },
        "challenge": challenge,
        "origin": if matches!(fault, Some(Fault::Origin)) { "https://evil.example" } else { origin },
        "crossOrigin": false,
    });
    let party = match fault {
        Some(Fault::RelyingParty) => "evil.example",
        _ => options["rp"]["id"].as_str().expect("a relying party"),
    };
    // Present, verified, with a credential.
    let flags = if matches!(fault, Some(Fault::NotVerified)) {
        0x41
    } else {
        0x45
    };
    let mut data = digest(&SHA256, party.as_bytes()).as_ref().to_vec();
    data.push(flags);
    data.extend([0; 4 + 16]);
    data.extend([0, 16]);
    data.extend(id);
    data.extend(cose());
    let attestation = Cbor::Map(vec![
        ("fmt".into(), "none".into()),
        ("authData".into(), Cbor::Bytes(data)),
        ("attStmt".into(), Cbor::Map(Vec::new())),
    ]);
    json!({
        "clientData": BASE64URL_NOPAD.encode(client_data.to_string().as_bytes()),
        "attestation": BASE64URL_NOPAD.encode(&cbor(&attestation)),
        "transports": "[\"internal\"]",
        "clientExtensions": "{}",
    })
}

#[tokio::test]
async fn a_passkey_that_a_device_makes_is_registered_listed_named_and_removed() {
    let org = TestOrg::start().await;
    let mut api = api_of(&org, JOHN);
    let options = begin(&mut api).await;
    assert_eq!(options["excludeCredentials"], json!([]));
    let made = api
        .post(ALL, made_from(&options, ORG_URL, [7; 16], None))
        .await;
    assert_eq!(made.status, 200, "{}", made.body);
    assert_eq!(made.body["credentialId"], BASE64URL_NOPAD.encode(&[7; 16]));
    assert_eq!(made.body["status"], "ACTIVE");
    assert_eq!(
        org.newest_message(JOHN).template,
        "AuthenticatorEnrolled",
        "its owner hears of it"
    );
    let listed = api.get(ALL).await;
    assert_eq!(listed.body, json!([made.body]));
    let second = begin(&mut api).await;
    assert_eq!(
        second["excludeCredentials"][0]["id"],
        BASE64URL_NOPAD.encode(&[7; 16]),
        "a device makes no second one"
    );
    let path = format!("{ALL}/{}", made.body["id"].as_str().expect("an id"));
    let stranger = api_of(&org, JANE).call(Method::DELETE, &path, None).await;
    assert_eq!(stranger.status, 404, "a passkey of somebody else");
    assert_eq!(api.delete(&path).await.status, 204);
    assert_eq!(api.get(ALL).await.body, json!([]));
}

#[tokio::test]
async fn a_passkey_that_was_made_for_something_else_is_refused_and_uses_the_challenge_up() {
    let org = TestOrg::start().await;
    let mut api = api_of(&org, JOHN);
    for fault in [
        Fault::Challenge,
        Fault::Origin,
        Fault::Ceremony,
        Fault::RelyingParty,
        Fault::NotVerified,
    ] {
        let options = begin(&mut api).await;
        let wrong = made_from(&options, ORG_URL, [7; 16], Some(fault));
        let refused = api.post(ALL, wrong).await;
        assert_eq!(
            (refused.status.as_u16(), &refused.body["errorCode"]),
            (400, &json!("E0000001")),
            "{}",
            refused.body
        );
        let late = api
            .post(ALL, made_from(&options, ORG_URL, [7; 16], None))
            .await;
        assert_eq!(late.status, 404, "{}", late.body);
    }
    // The app is on another host than the org: a browser would not make it there either.
    let options = begin(&mut api).await;
    let elsewhere = made_from(&options, APP_URL, [7; 16], None);
    assert_eq!(api.post(ALL, elsewhere).await.status, 400);
}

#[tokio::test]
async fn a_passkey_belongs_to_one_person_and_a_registration_to_five_minutes() {
    let org = TestOrg::start().await;
    let (mut john, mut jane) = (api_of(&org, JOHN), api_of(&org, JANE));
    let options = begin(&mut john).await;
    let of_john = made_from(&options, ORG_URL, [9; 16], None);
    begin(&mut jane).await;
    let stolen = jane.post(ALL, of_john.clone()).await;
    assert_eq!(stolen.status, 400, "{}", stolen.body);
    assert_eq!(john.post(ALL, of_john).await.status, 200);
    let options = begin(&mut jane).await;
    let same = jane
        .post(ALL, made_from(&options, ORG_URL, [9; 16], None))
        .await;
    assert_eq!(same.status, 400, "{}", same.body);

    let options = begin(&mut jane).await;
    org.clock.advance_seconds(5 * 60 + 1);
    let late = jane
        .post(ALL, made_from(&options, ORG_URL, [8; 16], None))
        .await;
    assert_eq!(late.status, 404, "{}", late.body);
}
