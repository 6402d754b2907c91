use super::*;
use crate::directory::{NewUser, Profile, UserStatus, create_user, find_account, set_status};
use crate::store::test_database;
use jiff::{SignedDuration, Timestamp};
use model::UserId;
use rusqlite::Connection;
use testkit::SeededEntropy;

fn passwords() -> Passwords {
    Passwords::new(PasswordCost::INSECURE_FOR_TESTS)
}

fn at(minutes: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minutes)
}

/// A user without a password.
fn john() -> (Connection, UserId) {
    let db = test_database();
    let id = UserId::generate(&SeededEntropy::new(1));
    let profile = Profile {
        login: "john.doe@example.com".to_owned(),
        ..Profile::default()
    };
    let user = NewUser::without_password(id.clone(), profile);
    create_user(&db, &user, at(0)).expect("created");
    (db, id)
}

#[tokio::test]
async fn a_password_is_the_same_from_every_keyboard_and_never_cut() {
    let passwords = passwords();
    let long = "\0é".repeat(100);
    let hash = passwords.create(long.clone().into(), [1; 16]).await;
    let hash = hash.expect("a hash");
    let verify = |typed: String| passwords.verify(typed.into(), Some(hash.clone()));
    assert!(verify("\0e\u{301}".repeat(100)).await.expect("checked"));
    assert!(!verify(format!("{long}x")).await.expect("checked"));
    let cut: String = long.chars().take(199).collect();
    assert!(!verify(cut).await.expect("checked"));
}

#[tokio::test]
async fn a_hash_of_another_cost_is_outdated_and_still_good() {
    let costly = Passwords::new(PasswordCost::RECOMMENDED);
    let hash = passwords().create("a password".into(), [1; 16]).await;
    let hash = hash.expect("a hash");
    assert!(costly.is_outdated(&hash) && !passwords().is_outdated(&hash));
    let is_right = costly.verify("a password".into(), Some(hash)).await;
    assert!(is_right.expect("checked"));
    assert!(costly.is_outdated("nonsense"));
}

#[test]
fn the_history_has_the_last_passwords_from_the_latest_on() {
    let (db, john) = john();
    assert!(!change::set_password(&db, &john, "one", at(1)).expect("set"));
    assert!(change::set_password(&db, &john, "two", at(2)).expect("set"));
    assert!(change::set_password(&db, &john, "three", at(3)).expect("set"));
    let last = |count| history::last_hashes(&db, &john, count).expect("hashes");
    assert_eq!(last(0), Vec::<String>::new());
    assert_eq!(last(2), ["three", "two"]);
    assert_eq!(last(9), ["three", "two", "one"]);
    let account = find_account(&db, &john).expect("read").expect("john");
    assert_eq!(account.password_changed_at, Some(at(3)));
}

#[test]
fn the_history_does_not_grow_without_end() {
    let (db, john) = john();
    for minute in 0..50 {
        change::set_password(&db, &john, &minute.to_string(), at(minute)).expect("set");
    }
    let hashes = history::last_hashes(&db, &john, 100).expect("hashes");
    assert_eq!((hashes.len(), hashes[30].as_str()), (31, "19"));
}

#[test]
fn a_new_password_ends_the_statuses_that_ask_for_one_and_no_other() {
    let (db, john) = john();
    for (before, after) in [
        (UserStatus::PasswordExpired, UserStatus::Active),
        (UserStatus::Recovery, UserStatus::Active),
        (UserStatus::Suspended, UserStatus::Suspended),
        (UserStatus::Provisioned, UserStatus::Provisioned),
        (UserStatus::LockedOut, UserStatus::LockedOut),
    ] {
        set_status(&db, &john, before, at(1)).expect("set");
        change::set_password(&db, &john, "hash", at(2)).expect("set");
        let account = find_account(&db, &john).expect("read").expect("john");
        assert_eq!(account.status, after);
    }
}

#[test]
fn a_better_hash_takes_the_place_of_the_one_it_was_made_for_only() {
    let (db, john) = john();
    change::set_password(&db, &john, "old", at(1)).expect("set");
    change::rehash(&db, &john, "other", "wrong").expect("done");
    change::rehash(&db, &john, "old", "better").expect("done");
    let hashes = history::last_hashes(&db, &john, 9).expect("hashes");
    assert_eq!(hashes, ["better"]);
}
