use super::*;
use jiff::SignedDuration;
use testkit::SeededEntropy;

use crate::store::test_database;

fn fresh() -> (Connection, Catalog) {
    let db = test_database();
    store_defaults(&db, &SeededEntropy::new(1), Timestamp::UNIX_EPOCH).expect("stored");
    let catalog = Catalog::load(&db).expect("a catalog");
    (db, catalog)
}

#[test]
fn a_fresh_org_offers_every_authenticator_and_email_for_recovery_only() {
    let (_db, catalog) = fresh();
    let keys: Vec<_> = catalog.iter().map(|record| record.key).collect();
    assert_eq!(keys, AuthenticatorKey::ALL);
    assert!(catalog.iter().all(|record| record.is_active));
    let email = catalog.get(AuthenticatorKey::OktaEmail).expect("email");
    assert!(email.is_for_recovery() && !email.is_for_sign_in());
    assert_eq!(
        email.settings.token_lifetime(),
        SignedDuration::from_mins(5)
    );
    let phone = catalog.get(AuthenticatorKey::PhoneNumber).expect("phone");
    assert!(phone.is_for_recovery() && phone.is_for_sign_in());
    let methods: Vec<_> = phone.methods().collect();
    assert_eq!(methods, [Method::Sms, Method::Voice]);
    assert_eq!(catalog.find_by_id(phone.id.as_str()), Some(phone));
}

#[test]
fn storing_the_defaults_again_changes_nothing() {
    let (db, before) = fresh();
    let settings = Settings {
        allowed_for: AllowedFor::Any,
        token_lifetime_in_minutes: Some(30),
        ..Settings::default()
    };
    let key = AuthenticatorKey::OktaEmail;
    update_authenticator(&db, key, true, &settings, Timestamp::UNIX_EPOCH).expect("updated");
    store_defaults(&db, &SeededEntropy::new(2), Timestamp::UNIX_EPOCH).expect("stored");
    let after = Catalog::load(&db).expect("a catalog");
    let record = after.get(key).expect("email");
    assert_eq!(record.settings, settings);
    assert_eq!(Some(&record.id), before.get(key).map(|record| &record.id));
}

#[test]
fn what_is_switched_off_has_no_methods() {
    let (db, _) = fresh();
    let phone = AuthenticatorKey::PhoneNumber;
    let silent = Settings {
        inactive_methods: vec![Method::Voice],
        ..Settings::default()
    };
    let methods = |is_active| {
        update_authenticator(&db, phone, is_active, &silent, Timestamp::UNIX_EPOCH).expect("done");
        let catalog = Catalog::load(&db).expect("a catalog");
        let record = catalog.get(phone).expect("phone").clone();
        (
            record.methods().collect::<Vec<_>>(),
            record.is_for_sign_in(),
        )
    };
    assert_eq!(methods(true), (vec![Method::Sms], true));
    assert_eq!(methods(false), (vec![], false));
}
