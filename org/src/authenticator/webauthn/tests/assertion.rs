use jiff::Timestamp;
use model::EnrollmentId;
use testkit::SeededEntropy;

use super::super::assertion::Used;
use super::device::{Device, Flags, client_data, party_hash};
use super::*;
use crate::authenticator::AuthenticatorKey;
use crate::authenticator::enrollment::{Enrollment, EnrollmentKind};

fn enrollment(credential: &Credential, seed: u64) -> Enrollment {
    Enrollment {
        id: EnrollmentId::generate(&SeededEntropy::new(seed)),
        key: AuthenticatorKey::Webauthn,
        kind: EnrollmentKind::Webauthn {
            credential: credential.clone(),
        },
        created_at: Timestamp::UNIX_EPOCH,
    }
}

pub(super) fn check(
    device: &Device,
    credential: &Credential,
    response: &Assertion,
    verification: UserVerification,
) -> Result<Used, Refusal> {
    let (user, enrollments) = (device.user(), [enrollment(credential, 1)]);
    verify_assertion(
        &party(),
        CHALLENGE,
        verification,
        Some(&user),
        &enrollments,
        response,
    )
}

fn required(
    device: &Device,
    credential: &Credential,
    response: &Assertion,
) -> Result<Used, Refusal> {
    check(device, credential, response, UserVerification::Required)
}

#[test]
fn a_passkey_of_either_kind_signs_in_and_its_counter_and_backup_are_remembered() {
    for device in [Device::es256(1), Device::rs256(1)] {
        let credential = device.register(&party()).expect("registered");
        let response = device.sign(&party(), Flags(0b0001_1101), 7);
        let used = required(&device, &credential, &response).expect("accepted");
        assert_eq!(used.enrollment, enrollment(&credential, 1).id);
        assert!(used.is_user_verified && used.credential.backed_up);
        assert_eq!(used.credential.sign_count, 7);
    }
}

#[test]
fn without_an_id_the_passkey_that_signed_is_found_among_the_users() {
    let (first, second) = (Device::es256(1), Device::rs256(1));
    let enrollments = [
        enrollment(&first.register(&party()).expect("registered"), 1),
        enrollment(&second.register(&party()).expect("registered"), 2),
    ];
    let response = Assertion {
        credential_id: None,
        user_handle: None,
        ..second.sign(&party(), Flags::default(), 0)
    };
    let owner = second.user();
    let verify = |enrollments: &[Enrollment]| {
        let required = UserVerification::Required;
        verify_assertion(
            &party(),
            CHALLENGE,
            required,
            Some(&owner),
            enrollments,
            &response,
        )
    };
    let used = verify(&enrollments).expect("accepted");
    assert_eq!(used.enrollment, enrollments[1].id);
    assert_eq!(verify(&enrollments[..1]), Err(Refusal::Signature));
    assert_eq!(verify(&[]), Err(Refusal::UnknownCredential));
}

#[test]
fn nothing_is_right_for_nobody() {
    let device = Device::es256(1);
    let credential = device.register(&party()).expect("registered");
    let outcome = verify_assertion(
        &party(),
        CHALLENGE,
        UserVerification::Discouraged,
        None,
        &[enrollment(&credential, 1)],
        &device.sign(&party(), Flags::default(), 1),
    );
    assert_eq!(outcome, Err(Refusal::UnknownCredential));
}

#[test]
fn a_user_who_was_not_verified_is_accepted_where_the_setting_lets_them() {
    let device = Device::es256(1);
    let credential = device.register(&party()).expect("registered");
    let response = device.sign(&party(), Flags(0b0000_1001), 1);
    let outcome = |setting| check(&device, &credential, &response, setting);
    assert_eq!(
        outcome(UserVerification::Required),
        Err(Refusal::UserVerification)
    );
    for setting in [UserVerification::Preferred, UserVerification::Discouraged] {
        assert!(!outcome(setting).expect("accepted").is_user_verified);
    }
}

#[test]
fn a_counter_that_does_not_grow_is_refused_unless_the_device_does_not_count() {
    let device = Device::es256(1);
    let credential = device.register(&party()).expect("registered");
    for (known, now, is_accepted) in [
        (0, 0, true),
        (0, 1, true),
        (5, 6, true),
        (5, 5, false),
        (5, 4, false),
        (5, 0, false),
    ] {
        let credential = Credential {
            sign_count: known,
            ..credential.clone()
        };
        let response = device.sign(&party(), Flags::default(), now);
        let outcome = required(&device, &credential, &response);
        assert_eq!(outcome.is_ok(), is_accepted, "{known} {now}");
        assert!(is_accepted || outcome == Err(Refusal::Counter));
    }
}

/// Everything that a page, a browser or an authenticator may send that is not what was asked for.
#[test]
fn each_deviation_is_refused_for_its_own_reason() {
    let device = Device::es256(1);
    let credential = device.register(&party()).expect("registered");
    for (name, response, refusal) in wrong_client_data(&device)
        .into_iter()
        .chain(wrong_authenticator_data(&device))
        .chain(wrong_envelopes(&device))
    {
        assert_eq!(
            required(&device, &credential, &response),
            Err(refusal),
            "{name}"
        );
    }
}

type Row = (&'static str, Assertion, Refusal);

fn wrong_client_data(device: &Device) -> Vec<Row> {
    let good = "http://localhost:7000";
    let mut data = party_hash("localhost").to_vec();
    data.extend([Flags::default().0, 0, 0, 0, 1]);
    let signed = |json: String| device.sign_these(json, &data);
    let of = |ceremony, challenge, origin| signed(client_data(ceremony, challenge, origin));
    let raw = |json: &str| signed(BASE64URL_NOPAD.encode(json.as_bytes()));
    let framed = |member: &str| {
        raw(&format!(
            r#"{{"type":"webauthn.get","challenge":"{CHALLENGE}","origin":"{good}",{member}}}"#
        ))
    };
    let (get, padded) = ("webauthn.get", format!("{CHALLENGE}=="));
    let mut rows = vec![
        (
            "other ceremony",
            of("webauthn.create", CHALLENGE, good),
            Refusal::Ceremony,
        ),
        (
            "payment",
            of("payment.get", CHALLENGE, good),
            Refusal::Ceremony,
        ),
        (
            "other challenge",
            of(get, "b3RoZXI", good),
            Refusal::Challenge,
        ),
        ("no challenge", of(get, "", good), Refusal::Challenge),
        (
            "padded challenge",
            of(get, &padded, good),
            Refusal::Challenge,
        ),
        (
            "framed",
            framed(r#""crossOrigin":true"#),
            Refusal::CrossOrigin,
        ),
        (
            "top origin",
            framed(r#""topOrigin":"http://localhost:7000""#),
            Refusal::CrossOrigin,
        ),
        (
            "odd flag",
            framed(r#""crossOrigin":"no""#),
            Refusal::ClientData,
        ),
        (
            "twice",
            framed(r#""origin":"http://localhost:7000""#),
            Refusal::ClientData,
        ),
        ("no JSON", raw("webauthn.get"), Refusal::ClientData),
        ("no members", raw("{}"), Refusal::ClientData),
        ("byte order mark", raw("\u{feff}{}"), Refusal::ClientData),
    ];
    for origin in [
        "http://localhost",
        "http://localhost:7001",
        "https://localhost:7000",
        "http://localhost:7000/",
        "http://LOCALHOST:7000",
        "http://sub.localhost:7000",
        "http://badlocalhost:7000",
        "http://localhost:7000.example.com",
        "http://localhost.badexample.com:7000",
        "null",
        "",
    ] {
        rows.push(("origin", of(get, CHALLENGE, origin), Refusal::Origin));
    }
    rows
}

fn wrong_authenticator_data(device: &Device) -> Vec<Row> {
    let json = || client_data("webauthn.get", CHALLENGE, "http://localhost:7000");
    let of = |id: &str, flags: u8, trailing: &[u8]| {
        let mut data = party_hash(id).to_vec();
        data.extend([flags, 0, 0, 0, 1]);
        data.extend(trailing);
        device.sign_these(json(), &data)
    };
    let good = Flags::default().0;
    let attested = device.new_key(&party()).authenticator_data();
    vec![
        (
            "other party",
            of("example.com", good, &[]),
            Refusal::RelyingParty,
        ),
        (
            "upper-case party",
            of("LOCALHOST", good, &[]),
            Refusal::RelyingParty,
        ),
        (
            "nobody there",
            of("localhost", good & !1, &[]),
            Refusal::UserPresence,
        ),
        (
            "not verified",
            of("localhost", good & !4, &[]),
            Refusal::UserVerification,
        ),
        (
            "backed up without leave",
            of("localhost", 0b0001_0101, &[]),
            Refusal::BackupState,
        ),
        (
            "no longer eligible",
            of("localhost", 0b0000_0101, &[]),
            Refusal::BackupState,
        ),
        (
            "trailing byte",
            of("localhost", good, &[0]),
            Refusal::AuthenticatorData,
        ),
        (
            "no extensions",
            of("localhost", good | 0x80, &[]),
            Refusal::AuthenticatorData,
        ),
        (
            "two extensions",
            of("localhost", good | 0x80, &[0xa0, 0xa0]),
            Refusal::AuthenticatorData,
        ),
        (
            "a new key",
            device.sign_these(json(), &attested),
            Refusal::AuthenticatorData,
        ),
        (
            "short",
            device.sign_these(json(), &party_hash("localhost")),
            Refusal::AuthenticatorData,
        ),
        (
            "empty",
            device.sign_these(json(), &[]),
            Refusal::AuthenticatorData,
        ),
    ]
}

fn wrong_envelopes(device: &Device) -> Vec<Row> {
    let good = || device.sign(&party(), Flags::default(), 1);
    let other = Device::es256(2);
    let foreign = Assertion {
        user_handle: good().user_handle,
        ..other.sign(&party(), Flags::default(), 1)
    };
    let with = |change: fn(&mut Assertion)| {
        let mut response = good();
        change(&mut response);
        response
    };
    vec![
        ("another key", foreign, Refusal::Signature),
        (
            "another id",
            with(|response| response.credential_id = Some("AAAA".to_owned())),
            Refusal::UnknownCredential,
        ),
        (
            "another user",
            with(|response| response.user_handle = Some("AAAA".to_owned())),
            Refusal::UserHandle,
        ),
        (
            "no signature",
            with(|response| response.signature.clear()),
            Refusal::Signature,
        ),
        (
            "a cut signature",
            with(|response| response.signature.truncate(40)),
            Refusal::Signature,
        ),
        (
            "a changed counter",
            with(|response| response.authenticator_data.replace_range(48.., "CQ")),
            Refusal::Signature,
        ),
        (
            "no base64",
            with(|response| response.signature.push('!')),
            Refusal::Encoding,
        ),
    ]
}

#[test]
fn extensions_that_nobody_asked_for_do_not_count() {
    let device = Device::es256(1);
    let credential = device.register(&party()).expect("registered");
    let mut data = party_hash("localhost").to_vec();
    data.extend([Flags::default().0 | 0x80, 0, 0, 0, 1, 0xa0]);
    let json = client_data("webauthn.get", CHALLENGE, "http://localhost:7000");
    let response = device.sign_these(json, &data);
    assert!(required(&device, &credential, &response).is_ok());
}
