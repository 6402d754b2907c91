use std::sync::Arc;

use testkit::{SeededEntropy, TestDir, test_settings};

use super::*;
use crate::oauth::server::ORG_SERVER;
use crate::store::test_database;

fn kids(keys: &ServerKeys) -> Vec<String> {
    let published = keys.all().map(|key| key.kid().to_owned());
    published.collect()
}

#[test]
fn a_key_is_published_before_it_signs_and_after_it_signed_at_every_server() {
    let dir = TestDir::new();
    let sealer = Sealer::open(dir.path(), Arc::new(SeededEntropy::new(7))).expect("a key file");
    let db = test_database();
    let now = Timestamp::UNIX_EPOCH;
    let [first, second, third, fourth] = test_settings().signing_keys;
    let custom = "ausAAAAAAAAAAAAAAAAA";
    store_keys(&db, &sealer, ORG_SERVER, [&first[..], &second], now).expect("keys");
    store_keys(&db, &sealer, custom, [&third[..], &fourth], now).expect("keys");
    let load = |server: &str, known: Option<&ServerKeys>| {
        let keys = load_keys(&db, &sealer, server, known).expect("readable keys");
        keys.expect("keys")
    };
    for server in [ORG_SERVER, custom] {
        let other = if server == ORG_SERVER {
            custom
        } else {
            ORG_SERVER
        };
        let others = kids(&load(other, None));
        let mut before = load(server, None);
        let signed_first = before.current().kid().to_owned();
        let mut at = now;
        for published in [3, 4, 5] {
            let fresh = generate_pkcs8().expect("a key");
            at = at
                .saturating_add(SignedDuration::from_mins(1))
                .expect("a time");
            rotate_keys(&db, &sealer, server, &fresh, at).expect("a rotation");
            let after = load(server, Some(&before));
            assert!(kids(&before).contains(&after.current().kid().to_owned()));
            assert!(!kids(&before).contains(&after.next.kid().to_owned()));
            let old = after.by_kid(before.current().kid()).expect("the old key");
            assert_eq!(old.public_jwk(), before.current().public_jwk());
            assert!(
                after.by_kid(&signed_first).is_some(),
                "what it signed is good still"
            );
            assert_eq!(kids(&after).len(), published);
            let newest = after.expired.first().map(|key| key.kid());
            assert_eq!(newest, Some(before.current().kid()));
            before = after;
        }
        let later = at.saturating_add(PUBLISHED).expect("a time");
        let fresh = generate_pkcs8().expect("a key");
        rotate_keys(&db, &sealer, server, &fresh, later).expect("a rotation");
        let after = load(server, None);
        assert_eq!(kids(&after).len(), 3, "what they signed has ended");
        assert!(after.by_kid(before.current().kid()).is_some());
        assert_eq!(kids(&load(other, None)), others);
    }
}
