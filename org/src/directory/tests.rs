use jiff::{SignedDuration, Timestamp};
use model::{GroupId, UserId};
use rusqlite::Connection;
use testkit::SeededEntropy;

use super::*;
use crate::store::test_database;

fn at(minute: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minute)
}

fn profile(login: &str, email: &str) -> Profile {
    Profile {
        login: login.to_owned(),
        email: email.to_owned(),
        ..Profile::default()
    }
}

fn add(db: &Connection, seed: u64, login: &str, email: &str) -> UserId {
    let id = UserId::generate(&SeededEntropy::new(seed));
    let minute = i64::try_from(seed).expect("a small number");
    let new = NewUser::without_password(id.clone(), profile(login, email));
    create_user(db, &new, at(minute)).expect("created");
    id
}

fn login_of(account: Option<Account>) -> Option<String> {
    account.map(|account| account.user.profile.login)
}

#[test]
fn a_login_is_found_however_it_is_typed_and_belongs_to_one_user() {
    let db = test_database();
    add(&db, 1, "John.Doe@example.com", "john@example.com");
    let find = |login| login_of(find_account_by_login(&db, login).expect("read"));
    for typed in [
        "john.doe@example.com",
        " JOHN.DOE@EXAMPLE.COM",
        "ｊｏｈｎ.doe@example.com",
    ] {
        assert_eq!(find(typed).as_deref(), Some("John.Doe@example.com"));
        assert!(is_login_taken(&db, typed).expect("read"));
    }
    assert_eq!(find("john@example.com"), None);
    let other = UserId::generate(&SeededEntropy::new(9));
    let twin = NewUser::without_password(other, profile("JOHN.DOE@example.com", ""));
    assert!(create_user(&db, &twin, at(0)).is_err());
}

#[test]
fn an_address_may_belong_to_several_users_and_is_found_however_it_is_typed() {
    let db = test_database();
    add(&db, 2, "second", "Shared@example.com");
    add(&db, 1, "first", "shared@example.com");
    add(&db, 3, "other", "other@example.com");
    let found = find_accounts_by_email(&db, " SHARED@example.com ").expect("read");
    let logins: Vec<_> = found
        .into_iter()
        .map(|account| account.user.profile.login)
        .collect();
    assert_eq!(logins, ["first", "second"]);
}

#[test]
fn activation_makes_those_active_who_wait_for_it_and_nobody_else() {
    let db = test_database();
    let john = add(&db, 1, "john", "");
    for (before, after) in [
        (UserStatus::Staged, UserStatus::Active),
        (UserStatus::Provisioned, UserStatus::Active),
        (UserStatus::Suspended, UserStatus::Suspended),
        (UserStatus::Deprovisioned, UserStatus::Deprovisioned),
        (UserStatus::LockedOut, UserStatus::LockedOut),
        (UserStatus::PasswordExpired, UserStatus::PasswordExpired),
    ] {
        set_status(&db, &john, before, at(1)).expect("set");
        activate_user(&db, &john, at(2)).expect("done");
        let status = find_user_status(&db, &john).expect("read");
        assert_eq!(status, Some(after));
    }
}

#[test]
fn a_status_keeps_the_moment_it_began_at() {
    let db = test_database();
    let john = add(&db, 1, "john", "");
    set_status(&db, &john, UserStatus::LockedOut, at(5)).expect("set");
    set_status(&db, &john, UserStatus::LockedOut, at(9)).expect("set");
    let since = find_status_since(&db, &john).expect("read");
    assert_eq!(since, Some((UserStatus::LockedOut, at(5))));
}

#[test]
fn an_account_tells_when_its_password_was_set_or_that_there_is_none() {
    let db = test_database();
    let john = add(&db, 1, "john", "");
    let read = || find_account(&db, &john).expect("read").expect("john");
    assert!(!read().has_password());
    assert_eq!(find_password_hash(&db, &john).expect("read"), None);
    crate::authenticator::password::change::set_password(&db, &john, "hash", at(7)).expect("set");
    assert_eq!(read().password_changed_at, Some(at(7)));
    assert!(read().has_password());
    let hash = find_password_hash(&db, &john).expect("read");
    assert_eq!(hash.as_deref(), Some("hash"));
}

#[test]
fn a_user_has_the_groups_they_are_a_member_of() {
    let db = test_database();
    let john = add(&db, 1, "john", "");
    assert_eq!(groups_of(&db, &john).expect("read"), []);
    let mut ids = Vec::new();
    for (seed, name) in [(1, EVERYONE), (2, "Retailers"), (3, "Staff")] {
        let group = Group {
            id: GroupId::generate(&SeededEntropy::new(seed)),
            name: name.to_owned(),
            description: String::new(),
        };
        create_group(&db, &group, at(0)).expect("created");
        if name != "Staff" {
            add_to_group(&db, &john, &group.id).expect("added");
            ids.push(group.id);
        }
    }
    ids.sort();
    assert_eq!(groups_of(&db, &john).expect("read"), ids);
}

#[test]
fn what_each_status_allows_is_what_the_life_cycle_says() {
    use UserStatus::{
        Active, Deprovisioned, LockedOut, PasswordExpired, Provisioned, Recovery, Staged, Suspended,
    };
    let rows = [
        (Staged, [false, true]),
        (Provisioned, [false, true]),
        (Active, [true, false]),
        (Recovery, [false, false]),
        (PasswordExpired, [false, false]),
        (LockedOut, [false, false]),
        (Suspended, [false, false]),
        (Deprovisioned, [false, false]),
    ];
    for (status, expected) in rows {
        let actual = [status.may_sign_in(), status.awaits_activation()];
        assert_eq!(actual, expected, "{status:?}");
    }
}

#[test]
fn each_attribute_has_a_column_that_follows_the_profile() {
    let db = test_database();
    let id = add(&db, 1, "john@example.com", "john@example.com");
    let column = |name: &str| -> Option<String> {
        let sql = format!("SELECT profile_{name} FROM users");
        db.query_row(&sql, [], |row| row.get(0)).expect("a column")
    };
    assert_eq!(column("email").as_deref(), Some("john@example.com"));
    assert_eq!(column("city"), None);
    let all: serde_json::Map<String, serde_json::Value> = ATTRIBUTES
        .iter()
        .map(|attribute| (attribute.name.to_owned(), attribute.title.into()))
        .collect();
    let full: Profile = serde_json::from_value(all.into()).expect("a profile");
    update_profile(&db, &id, &full, at(2)).expect("updated");
    for attribute in ATTRIBUTES.iter().filter(|one| one.name != "login") {
        assert_eq!(column(attribute.name).as_deref(), Some(attribute.title));
    }
    update_profile(
        &db,
        &id,
        &profile("john@example.com", "x@example.com"),
        at(3),
    )
    .expect("updated");
    assert_eq!(
        (column("email").as_deref(), column("city")),
        (Some("x@example.com"), None)
    );
}
