use super::*;
use crate::directory::{NewUser, Profile, create_user};
use crate::store::test_database;
use model::UserId;
use rusqlite::Connection;
use testkit::SeededEntropy;

fn user(db: &Connection, login: &str, seed: u64) -> UserId {
    let id = UserId::generate(&SeededEntropy::new(seed));
    let profile = Profile {
        login: login.to_owned(),
        ..Profile::default()
    };
    let new = NewUser::without_password(id.clone(), profile);
    create_user(db, &new, Timestamp::UNIX_EPOCH).expect("created");
    id
}

fn enrollment(seed: u64, key: AuthenticatorKey, kind: EnrollmentKind) -> Enrollment {
    Enrollment {
        id: EnrollmentId::generate(&SeededEntropy::new(seed)),
        key,
        kind,
        created_at: Timestamp::UNIX_EPOCH,
    }
}

fn phone() -> EnrollmentKind {
    EnrollmentKind::Phone {
        number: PhoneNumber::parse("+15551234567").expect("a number"),
    }
}

fn passkey(id: u8) -> EnrollmentKind {
    EnrollmentKind::Webauthn {
        credential: Credential {
            id: vec![id; 16],
            public_key: vec![1, 2, 3],
            sign_count: 0,
            backup_eligible: true,
            backed_up: false,
            transports: vec!["internal".to_owned()],
        },
    }
}

fn totp() -> EnrollmentKind {
    let secret = SealedTotpSecret::try_from("AAECAw".to_owned());
    EnrollmentKind::Totp {
        secret: secret.expect("base64url"),
        last_step: Some(7),
    }
}

fn question() -> EnrollmentKind {
    EnrollmentKind::SecurityQuestion {
        question: Question::new("disliked_food", None).expect("a question"),
        answer_hash: "hash".to_owned(),
    }
}

fn email() -> EnrollmentKind {
    EnrollmentKind::Email {
        address: EmailAddress::parse("john.doe@example.com").expect("an address"),
    }
}

#[test]
fn what_was_enrolled_is_read_again_in_the_order_of_the_authenticators() {
    let db = test_database();
    let john = user(&db, "john", 1);
    let all = [
        enrollment(1, AuthenticatorKey::SecurityQuestion, question()),
        enrollment(2, AuthenticatorKey::Webauthn, passkey(1)),
        enrollment(3, AuthenticatorKey::Webauthn, passkey(2)),
        enrollment(4, AuthenticatorKey::OktaVerify, totp()),
        enrollment(5, AuthenticatorKey::GoogleOtp, totp()),
        enrollment(6, AuthenticatorKey::PhoneNumber, phone()),
        enrollment(7, AuthenticatorKey::OktaEmail, email()),
    ];
    for enrollment in &all {
        create_enrollment(&db, &john, enrollment).expect("enrolled");
    }
    let mut expected = all.to_vec();
    expected.sort_by_key(|enrollment| (enrollment.key, enrollment.id.clone()));
    assert_eq!(enrollments_of(&db, &john).expect("read"), expected);
    let jane = user(&db, "jane", 2);
    assert_eq!(enrollments_of(&db, &jane).expect("read"), []);
}

#[test]
fn everything_but_passkeys_is_there_once_and_a_passkey_belongs_to_one_user() {
    let db = test_database();
    let (john, jane) = (user(&db, "john", 1), user(&db, "jane", 2));
    let create = |user, seed, key, kind| create_enrollment(&db, user, &enrollment(seed, key, kind));
    let is_taken = |outcome| matches!(outcome, Err(CreateError::Taken));
    let number = AuthenticatorKey::PhoneNumber;
    create(&john, 1, number, phone()).expect("enrolled");
    assert!(is_taken(create(&john, 2, number, phone())));
    create(&jane, 3, number, phone()).expect("a number may be of two");
    let key = AuthenticatorKey::Webauthn;
    create(&john, 4, key, passkey(1)).expect("enrolled");
    assert!(is_taken(create(&jane, 5, key, passkey(1))));
    let (owner, _) = enrollment_of_credential(&db, &[1; 16])
        .expect("read")
        .expect("a passkey");
    assert_eq!(owner, john);
    assert!(
        enrollment_of_credential(&db, &[9; 16])
            .expect("read")
            .is_none()
    );
}

#[test]
fn an_enrollment_must_look_like_its_authenticator() {
    let db = test_database();
    let john = user(&db, "john", 1);
    let odd = enrollment(1, AuthenticatorKey::OktaEmail, phone());
    let outcome = create_enrollment(&db, &john, &odd);
    assert!(matches!(
        outcome,
        Err(CreateError::Unfit(AuthenticatorKey::OktaEmail))
    ));
}

#[test]
fn of_two_requests_with_the_same_time_step_one_is_first() {
    let db = test_database();
    let john = user(&db, "john", 1);
    let totp = enrollment(1, AuthenticatorKey::GoogleOtp, totp());
    create_enrollment(&db, &john, &totp).expect("enrolled");
    let use_step = |step| record_totp_step(&db, &totp.id, step, Timestamp::UNIX_EPOCH);
    assert!(!use_step(7).expect("done"));
    assert!(use_step(8).expect("done"));
    assert!(!use_step(8).expect("done") && !use_step(6).expect("done"));
}

#[test]
fn the_use_of_a_passkey_is_remembered_with_it_and_no_other() {
    let db = test_database();
    let john = user(&db, "john", 1);
    let first = enrollment(1, AuthenticatorKey::Webauthn, passkey(1));
    create_enrollment(&db, &john, &first).expect("enrolled");
    let used = |id: u8, sign_count| match passkey(id) {
        EnrollmentKind::Webauthn { credential } => Credential {
            sign_count,
            backed_up: true,
            ..credential
        },
        _ => unreachable!(),
    };
    let record = |credential| {
        record_passkey_use(&db, &first.id, &credential, Timestamp::UNIX_EPOCH).expect("done");
    };
    record(used(1, 5));
    record(used(2, 9));
    let (_, read) = enrollment_of_credential(&db, &[1; 16])
        .expect("read")
        .expect("a passkey");
    assert_eq!(
        read.kind,
        EnrollmentKind::Webauthn {
            credential: used(1, 5)
        }
    );
}

#[test]
fn users_of_an_older_database_are_enrolled_with_their_address_if_it_is_a_plain_one() {
    let db = Connection::open_in_memory().expect("a database");
    db.execute_batch(include_str!("../../store/migrations/0001_org.sql"))
        .expect("the first schema");
    let mut users = Vec::new();
    for (seed, status, email) in [
        (1, "ACTIVE", "John.Doe@Example.com"),
        (2, "STAGED", "staged@example.com"),
        (3, "ACTIVE", "a@b@example.com"),
        (4, "ACTIVE", "a@b..example"),
        (5, "ACTIVE", "nobody"),
        (6, "ACTIVE", ".a@example.com"),
        (7, "ACTIVE", "a@-example.com"),
        (8, "ACTIVE", "a@exam_ple.com"),
        (9, "ACTIVE", "a@example.com-"),
        (10, "ACTIVE", "a@127.0.0.1"),
    ] {
        let id = UserId::generate(&SeededEntropy::new(seed));
        let profile = serde_json::json!({ "login": email, "email": email }).to_string();
        db.execute(
            "INSERT INTO users (id, login, login_key, status, profile, created_at, updated_at, status_changed_at) \
             VALUES (?1, ?2, ?2, ?3, ?4, 0, 0, 0)",
            (id.as_str(), email, status, profile),
        )
        .expect("a user");
        users.push(id);
    }
    db.execute_batch(include_str!(
        "../../store/migrations/0003_authenticators.sql"
    ))
    .expect("the schema of the authenticators");
    let hints: Vec<Option<EnrollmentKind>> = users
        .iter()
        .map(|user| enrollments_of(&db, user).expect("readable").pop())
        .map(|enrollment| enrollment.map(|enrollment| enrollment.kind))
        .collect();
    let address = EmailAddress::parse("john.doe@example.com").expect("an address");
    assert_eq!(hints[0], Some(EnrollmentKind::Email { address }));
    assert!(hints[1..].iter().all(Option::is_none), "{hints:?}");
}
