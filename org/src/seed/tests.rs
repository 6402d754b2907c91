use jiff::Timestamp;
use model::GroupId;
use rusqlite::Connection;
use serde_json::{Value, json};
use std::sync::Arc;
use testkit::{SeededEntropy, TestDir};

use super::*;
use crate::authenticator::catalog;
use crate::authenticator::enrollment::{EnrollmentKind, enrollments_of};
use crate::authenticator::password::Passwords;
use crate::authenticator::totp::TotpOutcome;
use crate::authenticator::{AllowedFor, AuthenticatorKey, Catalog, Enrollment, Method};
use crate::directory::{Account, UserStatus, find_account_by_login};
use crate::seal::Sealer;
use crate::settings::is_interaction_code_on;
use crate::store::test_database;
use crate::{PasswordCost, policy};

const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

fn seed() -> Value {
    let app = json!({
        "label": "Portico", "type": "web", "tokenEndpointAuthMethod": "client_secret_basic",
        "redirectUris": [], "assignedGroups": ["Everyone"],
    });
    let user = json!({
        "login": "john.doe@example.com", "firstName": "John", "lastName": "Doe",
        "email": "john.doe@example.com", "password": "correct-horse-battery",
    });
    json!({"users": [user], "apps": [app]})
}

/// A seed whose one user has these members as well.
fn with_user(members: Value) -> Value {
    let mut seed = seed();
    for (name, value) in members.as_object().expect("an object") {
        seed["users"][0][name] = value.clone();
    }
    seed
}

/// A new org with the seed.
struct Planted {
    db: Connection,
    sealer: Sealer,
    demo_users: usize,
    passwords: Passwords,
}

fn plant(seed: &Value) -> Planted {
    let (db, dir) = (test_database(), TestDir::new());
    let entropy = SeededEntropy::new(1);
    let sealer = Sealer::open(dir.path(), Arc::new(SeededEntropy::new(2))).expect("a key file");
    let passwords = Passwords::new(PasswordCost::INSECURE_FOR_TESTS);
    let app_url = Url::parse("http://127.0.0.1:3000").expect("an address");
    let tools = Tools {
        passwords: &passwords,
        sealer: &sealer,
        entropy: &entropy,
        app_url: &app_url,
    };
    let seed = Seed::from_json(&seed.to_string()).expect("a valid seed");
    let prepared = Prepared::new(&seed, tools).expect("prepared");
    let (now, everyone) = (Timestamp::UNIX_EPOCH, GroupId::generate(&entropy));
    policy::store_defaults(&db, &everyone, &entropy, now).expect("policies");
    catalog::store_defaults(&db, &entropy, now).expect("authenticators");
    prepared
        .store(&db, everyone, &entropy, now)
        .expect("stored");
    Planted {
        db,
        sealer,
        demo_users: prepared.credentials.users.len(),
        passwords,
    }
}

impl Planted {
    fn john(&self) -> Account {
        let found = find_account_by_login(&self.db, "john.doe@example.com");
        found.expect("read").expect("john")
    }

    fn enrollments(&self) -> Vec<Enrollment> {
        enrollments_of(&self.db, &self.john().user.id).expect("read")
    }

    fn keys(&self) -> Vec<AuthenticatorKey> {
        let enrollments = self.enrollments();
        enrollments
            .iter()
            .map(|enrollment| enrollment.key)
            .collect()
    }
}

fn refusal(seed: &Value) -> String {
    let refused = Seed::from_json(&seed.to_string());
    refused.expect_err("a seed that is refused").to_string()
}

#[test]
fn a_user_in_use_has_a_verified_address_and_one_who_never_was_here_has_none() {
    for (status, is_verified) in [
        ("ACTIVE", true),
        ("SUSPENDED", true),
        ("STAGED", false),
        ("PROVISIONED", false),
    ] {
        let planted = plant(&with_user(json!({ "status": status })));
        let expected = is_verified.then_some(AuthenticatorKey::OktaEmail);
        assert_eq!(planted.keys(), Vec::from_iter(expected), "{status}");
    }
    let unverified = plant(&with_user(json!({ "emailVerified": false })));
    assert_eq!(unverified.keys(), []);
}

#[test]
fn a_password_is_the_given_one_or_a_generated_one_or_none() {
    let mut generated = seed();
    generated["users"][0]
        .as_object_mut()
        .expect("an object")
        .remove("password");
    for (seed, has_password, demo_users) in [
        (seed(), true, 1),
        (generated, true, 1),
        (with_user(json!({ "password": null })), false, 0),
    ] {
        let planted = plant(&seed);
        assert_eq!(planted.john().has_password(), has_password);
        assert_eq!(planted.demo_users, demo_users);
    }
}

#[test]
fn a_password_may_have_expired() {
    let planted = plant(&with_user(json!({ "passwordExpired": true })));
    assert_eq!(planted.john().status, UserStatus::PasswordExpired);
    for members in [
        json!({"passwordExpired": true, "password": null}),
        json!({"passwordExpired": true, "status": "SUSPENDED"}),
    ] {
        let refusal = refusal(&with_user(members));
        assert!(refusal.contains("users[0].passwordExpired"), "{refusal}");
    }
}

#[tokio::test]
async fn a_user_can_use_the_factors_that_the_seed_gives_them() {
    let planted = plant(&with_user(json!({ "factors": [
        {"type": "phone", "number": "+1 555 123 4567"},
        {"type": "google_otp", "secret": SECRET},
        {"type": "okta_verify", "secret": SECRET.to_lowercase()},
        {"type": "security_question", "question": "disliked_food", "answer": "Brussels sprouts"},
    ]})));
    let user = planted.john().user.id;
    assert_eq!(
        planted.keys(),
        [
            AuthenticatorKey::OktaEmail,
            AuthenticatorKey::PhoneNumber,
            AuthenticatorKey::GoogleOtp,
            AuthenticatorKey::OktaVerify,
            AuthenticatorKey::SecurityQuestion,
        ]
    );
    for enrollment in planted.enrollments() {
        match enrollment.kind {
            EnrollmentKind::Email { address } => {
                assert_eq!(address.as_str(), "john.doe@example.com");
            }
            EnrollmentKind::Phone { number } => assert_eq!(number.as_str(), "+15551234567"),
            EnrollmentKind::Totp { secret, .. } => {
                let secret = secret.open(&planted.sealer, &user, enrollment.key);
                // RFC 6238, appendix B.
                let now = Timestamp::from_second(59).expect("a moment");
                let outcome = secret.expect("opened").check("287082", now, None);
                assert_eq!(outcome, TotpOutcome::Accepted { step: 1 });
            }
            EnrollmentKind::SecurityQuestion { answer_hash, .. } => {
                let answer = "brussels sprouts".into();
                let is_right = planted.passwords.verify(answer, Some(answer_hash)).await;
                assert!(is_right.expect("checked"));
            }
            EnrollmentKind::Webauthn { .. } => panic!("no passkey was given"),
        }
    }
}

#[test]
fn the_authenticators_are_those_of_a_new_org_with_the_changes_of_the_seed() {
    let mut seed = seed();
    seed["authenticators"] = json!([
        {"key": "okta_email", "settings": {"allowedFor": "any", "tokenLifetimeInMinutes": 10}},
        {"key": "phone_number", "methods": [{"type": "voice", "status": "INACTIVE"}]},
        {"key": "webauthn", "status": "INACTIVE"},
    ]);
    let catalog = Catalog::load(&plant(&seed).db).expect("a catalog");
    let get = |key| catalog.get(key).expect("an authenticator");
    let email = get(AuthenticatorKey::OktaEmail);
    assert_eq!(email.settings.allowed_for, AllowedFor::Any);
    assert_eq!(email.settings.token_lifetime_in_minutes, Some(10));
    let phone = get(AuthenticatorKey::PhoneNumber);
    assert_eq!(phone.methods().collect::<Vec<_>>(), [Method::Sms]);
    assert!(!get(AuthenticatorKey::Webauthn).is_active);
    assert!(get(AuthenticatorKey::GoogleOtp).is_active);
    let question = get(AuthenticatorKey::SecurityQuestion);
    assert_eq!(question.settings.allowed_for, AllowedFor::Recovery);
}

#[test]
fn the_interaction_code_is_on_unless_the_seed_says_otherwise() {
    let mut off = seed();
    off["settings"] = json!({ "interactionCode": false });
    for (seed, is_on) in [(seed(), true), (off, false)] {
        let db = plant(&seed).db;
        assert_eq!(is_interaction_code_on(&db).expect("read"), is_on);
    }
}

#[test]
fn what_cannot_be_is_refused_with_the_name_of_the_field() {
    let factor = |factor: Value| with_user(json!({ "factors": [factor] }));
    let phone = json!({"type": "phone", "number": "+15551234567"});
    let authenticator = |value: Value| {
        let mut seed = seed();
        seed["authenticators"] = json!([value]);
        seed
    };
    let mut twice = seed();
    twice["authenticators"] = json!([{"key": "webauthn"}, {"key": "webauthn"}]);
    let mut setting = seed();
    setting["settings"] = json!({ "interaction_code": true });
    let question =
        |key, answer| json!({"type": "security_question", "question": key, "answer": answer});
    for (seed, field) in [
        (
            with_user(json!({"email": "a@b@example.com"})),
            "users[0].email",
        ),
        (
            with_user(json!({"login": "john\u{200b}doe"})),
            "users[0].login",
        ),
        (
            factor(json!({"type": "phone", "number": "555"})),
            "country code",
        ),
        (
            factor(json!({"type": "phone", "number": "+15551234567", "x": 1})),
            "unknown field",
        ),
        (factor(json!({"type": "push"})), "unknown variant"),
        (
            factor(json!({"type": "google_otp", "secret": "A"})),
            "users[0].factors[0].secret",
        ),
        (
            factor(question("nonsense", "long enough")),
            "users[0].factors[0]",
        ),
        (
            factor(question("disliked_food", "abc")),
            "at least 4 characters",
        ),
        (
            with_user(json!({"factors": [phone, phone]})),
            "users[0].factors[1]",
        ),
        (authenticator(json!({"key": "duo"})), "unknown variant"),
        (
            authenticator(json!({"key": "okta_password", "status": "INACTIVE"})),
            "authenticators[0].status",
        ),
        (
            authenticator(json!({"key": "okta_email", "settings": {"tokenLifetimeInMinutes": 7}})),
            "authenticators[0].settings.tokenLifetimeInMinutes",
        ),
        (
            authenticator(
                json!({"key": "google_otp", "settings": {"userVerification": "REQUIRED"}}),
            ),
            "unknown field",
        ),
        (
            authenticator(json!({"key": "okta_email", "methods": [{"type": "sms"}]})),
            "authenticators[0].methods",
        ),
        (twice, "authenticators[1].key"),
        (setting, "unknown field"),
    ] {
        let refusal = refusal(&seed);
        assert!(refusal.contains(field), "{field}: {refusal}");
    }
}

#[test]
fn the_built_in_demo_is_a_valid_seed_with_three_users_and_portico() {
    Seed::from_json(DEMO).expect("a valid seed");
    let demo = Seed::demo();
    assert_eq!(demo.users.len(), 3);
    assert_eq!(
        demo.apps.first().map(|app| app.label.as_str()),
        Some(PORTICO)
    );
}
