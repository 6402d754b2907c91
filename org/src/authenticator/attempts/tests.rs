use super::*;
use crate::directory::{NewUser, Profile, UserStatus, create_user, find_user_status, set_status};
use crate::store::test_database;
use proptest::prelude::*;
use rusqlite::Connection;
use testkit::SeededEntropy;

const LOCKOUT: Lockout = Lockout {
    max_attempts: 3,
    auto_unlock_minutes: 30,
};

struct Case {
    db: Connection,
    user: UserId,
}

impl Case {
    fn new() -> Self {
        let db = test_database();
        let user = UserId::generate(&SeededEntropy::new(1));
        let new = NewUser {
            status: UserStatus::Active,
            ..NewUser::without_password(user.clone(), Profile::default())
        };
        create_user(&db, &new, at(0)).expect("created");
        Self { db, user }
    }

    fn attempt(&self, device: Option<&str>, minute: i64) -> Attempt<'_> {
        Attempt {
            user: &self.user,
            device: device.map(Digest::of),
            kind: AttemptKind::Password,
            lockout: LOCKOUT,
            now: at(minute),
        }
    }

    fn fail(&self, device: Option<&str>, minute: i64) -> bool {
        count_failure(&self.db, self.attempt(device, minute)).expect("counted")
    }

    fn standing(&self, device: Option<&str>, minute: i64) -> Standing {
        standing(&self.db, self.attempt(device, minute)).expect("read")
    }

    fn status(&self) -> UserStatus {
        let status = find_user_status(&self.db, &self.user).expect("read");
        status.expect("the user")
    }

    fn remember(&self, device: &str, minute: i64) {
        remember_device(&self.db, &self.user, Digest::of(device), at(minute)).expect("done");
    }
}

fn at(minute: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minute)
}

#[test]
fn without_a_known_device_the_last_failure_locks_the_account_until_its_time_is_over() {
    let case = Case::new();
    assert!(!case.fail(None, 0) && !case.fail(Some("phone"), 1));
    assert_eq!(case.standing(None, 1), Standing::Open);
    assert!(case.fail(Some("tablet"), 2));
    assert_eq!(case.status(), UserStatus::LockedOut);
    assert!(!case.fail(None, 31));
    assert_eq!(case.standing(None, 31), Standing::Locked);
    assert_eq!(case.standing(None, 32), Standing::Open);
    let unlock = |minute| unlock_if_due(&case.db, &case.user, LOCKOUT, at(minute)).expect("done");
    assert!(!unlock(31) && unlock(32) && !unlock(33));
    assert_eq!(case.status(), UserStatus::Active);
}

#[test]
fn who_guesses_elsewhere_does_not_lock_a_user_out_on_their_own_device() {
    let case = Case::new();
    case.remember("laptop", 0);
    for minute in 0..5 {
        assert!(!case.fail(Some("attacker"), minute));
    }
    assert_eq!(case.standing(Some("attacker"), 5), Standing::Locked);
    assert_eq!(case.standing(None, 5), Standing::Locked);
    assert_eq!(case.standing(Some("laptop"), 5), Standing::Open);
    assert_eq!(case.status(), UserStatus::Active);
    // The user's own failures count by themselves, and close the last lane that is open.
    assert!(!case.fail(Some("laptop"), 5) && !case.fail(Some("laptop"), 5));
    assert!(case.fail(Some("laptop"), 5));
    assert_eq!(case.status(), UserStatus::LockedOut);
}

#[test]
fn a_success_takes_back_the_failures_of_its_own_lane_and_kind() {
    let case = Case::new();
    case.remember("laptop", 0);
    case.fail(Some("laptop"), 0);
    case.fail(Some("laptop"), 0);
    case.fail(None, 0);
    case.fail(None, 0);
    clear_failures(&case.db, case.attempt(Some("laptop"), 1)).expect("cleared");
    case.fail(Some("laptop"), 1);
    case.fail(None, 1);
    assert_eq!(case.standing(Some("laptop"), 1), Standing::Open);
    assert_eq!(case.standing(None, 1), Standing::Locked);
}

#[test]
fn passwords_and_codes_count_separately() {
    let case = Case::new();
    case.remember("laptop", 0);
    let code = Attempt {
        kind: AttemptKind::Code,
        ..case.attempt(Some("laptop"), 0)
    };
    for _ in 0..3 {
        count_failure(&case.db, code).expect("counted");
    }
    assert_eq!(standing(&case.db, code).expect("read"), Standing::Locked);
    assert_eq!(case.standing(Some("laptop"), 0), Standing::Open);
}

#[test]
fn a_hundred_failures_lock_for_good_however_often_the_lock_ended_by_itself() {
    let case = Case::new();
    let mut counted = 0;
    for round in 0..60_i64 {
        let minute = round * 31;
        unlock_if_due(&case.db, &case.user, LOCKOUT, at(minute)).expect("done");
        while case.standing(None, minute) == Standing::Open {
            case.fail(None, minute);
            counted += 1;
        }
    }
    assert_eq!(counted, CEILING);
    assert_eq!(case.status(), UserStatus::LockedOut);
    unlock(&case.db, &case.user, at(9999)).expect("unlocked");
    assert_eq!(case.status(), UserStatus::Active);
    assert_eq!(case.standing(None, 9999), Standing::Open);
}

#[test]
fn a_policy_without_a_limit_has_the_hard_one() {
    let case = Case::new();
    let endless = Lockout {
        max_attempts: 0,
        auto_unlock_minutes: 0,
    };
    let attempt = Attempt {
        lockout: endless,
        ..case.attempt(None, 0)
    };
    for _ in 0..99 {
        assert!(!count_failure(&case.db, attempt).expect("counted"));
    }
    assert!(count_failure(&case.db, attempt).expect("counted"));
}

#[test]
fn a_lock_without_an_end_is_ended_by_a_person_only() {
    let case = Case::new();
    let lockout = Lockout {
        auto_unlock_minutes: 0,
        ..LOCKOUT
    };
    let later = Attempt {
        lockout,
        ..case.attempt(None, 1_000_000)
    };
    for _ in 0..3 {
        case.fail(None, 0);
    }
    assert_eq!(standing(&case.db, later).expect("read"), Standing::Locked);
    assert!(!unlock_if_due(&case.db, &case.user, lockout, later.now).expect("done"));
}

#[test]
fn nobody_becomes_active_by_being_locked_out_and_unlocked() {
    for status in [
        UserStatus::Suspended,
        UserStatus::Deprovisioned,
        UserStatus::Staged,
        UserStatus::PasswordExpired,
    ] {
        let case = Case::new();
        set_status(&case.db, &case.user, status, at(0)).expect("set");
        for _ in 0..5 {
            assert!(!case.fail(None, 0));
        }
        unlock_if_due(&case.db, &case.user, LOCKOUT, at(60)).expect("done");
        unlock(&case.db, &case.user, at(60)).expect("done");
        assert_eq!(case.status(), status);
    }
}

#[test]
fn the_device_that_was_not_seen_for_longest_is_forgotten_when_there_are_too_many() {
    let case = Case::new();
    for device in 0..21 {
        case.remember(&device.to_string(), device);
    }
    let is_known =
        |device: &str| is_known_device(&case.db, &case.user, Digest::of(device)).expect("read");
    assert!(!is_known("0") && is_known("1") && is_known("20"));
}

proptest! {
    // Each case makes a database.
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever the order of failures and devices: an attacker without a known device gets no more than the limit looked at.
    #[test]
    fn no_order_of_failures_gives_an_attacker_more_than_the_limit(devices in prop::collection::vec(0_u8..4, 1..40)) {
        let case = Case::new();
        case.remember("0", 0);
        let mut looked_at = 0;
        for device in devices {
            let device = device.to_string();
            let is_open = case.standing(Some(&device), 0) == Standing::Open;
            looked_at += u32::from(is_open && device != "0");
            case.fail(Some(&device), 0);
        }
        prop_assert!(looked_at <= LOCKOUT.max_attempts);
    }
}
