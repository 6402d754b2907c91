use cookie::{Cookie, SameSite};
use model::ReturnTo;
use proptest::prelude::*;
use testkit::provider::{CANARY, Fault};
use url::Url;

use crate::support::{Browser, FIRST_KEY, SECOND_KEY, World};

fn parsed(value: &http::HeaderValue) -> Cookie<'static> {
    Cookie::parse(value.to_str().expect("ASCII").to_owned()).expect("a cookie")
}

#[tokio::test]
async fn every_cookie_carries_every_hardening_attribute() {
    let world = World::new().await;
    let mut browser = Browser::default();
    let begun = world
        .bff
        .begin_sign_in(&browser.headers(), ReturnTo::default())
        .await;
    let begun = begun.expect("the sign-in begins");
    browser.take(&begun.cookies);
    let query = world.provider.authorize(&begun.location);
    let completed = world
        .complete(&mut browser, &query)
        .await
        .expect("a session");
    let sign_out = world.bff.sign_out(&browser.headers()).await;
    let all = [begun.cookies, completed.cookies, sign_out.cookies].concat();
    assert!(all.len() >= 8, "{}", all.len());
    for cookie in all.iter().map(parsed) {
        let name = cookie.name();
        assert!(name.starts_with("__Host-portico_"), "{name}");
        assert_eq!(cookie.http_only(), Some(true), "{name}");
        assert_eq!(cookie.secure(), Some(true), "{name}");
        assert_eq!(cookie.same_site(), Some(SameSite::Lax), "{name}");
        assert_eq!(cookie.path(), Some("/"), "{name}");
        assert_eq!(cookie.domain(), None, "{name}");
        assert!(cookie.max_age().is_some(), "{name}");
        assert!(cookie.to_string().len() <= 4_096, "{name}");
    }
}

#[tokio::test]
async fn cookies_live_as_long_as_what_they_hold() {
    let world = World::new().await;
    let mut browser = Browser::default();
    let begun = world
        .bff
        .begin_sign_in(&browser.headers(), ReturnTo::default())
        .await;
    let begun = begun.expect("the sign-in begins");
    let seconds = |cookie: &http::HeaderValue| {
        parsed(cookie)
            .max_age()
            .map(cookie::time::Duration::whole_seconds)
    };
    assert_eq!(seconds(&begun.cookies[0]), Some(600));
    browser.take(&begun.cookies);
    let query = world.provider.authorize(&begun.location);
    let completed = world
        .complete(&mut browser, &query)
        .await
        .expect("a session");
    assert_eq!(seconds(&completed.cookies[0]), Some(12 * 60 * 60));
}

#[tokio::test]
async fn on_plain_http_the_names_have_no_prefix_and_the_cookies_are_not_secure() {
    let world = World::new().await;
    let bff = world
        .reopen(|config| config.app_url = Url::parse("http://127.0.0.1:3000").expect("a URL"))
        .await;
    let begun = bff
        .begin_sign_in(&Browser::default().headers(), ReturnTo::default())
        .await
        .expect("the sign-in begins");
    let cookie = parsed(&begun.cookies[0]);
    assert!(cookie.name().starts_with("portico_tx_"));
    assert_eq!(cookie.secure(), None);
    assert_eq!(cookie.http_only(), Some(true));
}

#[tokio::test]
async fn all_cookies_together_stay_within_8_kib() {
    for fault in [Fault::None, Fault::LongTokens] {
        let world = World::with_fault(fault).await;
        let mut browser = world.signed_in().await;
        for _ in 0..8 {
            world
                .begin(&mut browser, ReturnTo::parse("/profile?tab=claims"))
                .await;
        }
        assert!(
            browser.line().len() <= 8 * 1024,
            "{fault:?}: {}",
            browser.line().len()
        );
        assert!(world.is_signed_in(&mut browser).await);
    }
}

#[tokio::test]
async fn tokens_that_do_not_fit_are_kept_in_the_store_and_still_found() {
    let world = World::with_fault(Fault::LongTokens).await;
    let browser = world.signed_in().await;
    assert!(browser.names("portico_tokens").is_empty());
    world.bff.sign_out(&browser.headers()).await;
    let revoked = world.provider.revoked();
    assert!(
        matches!(&revoked[..], [token] if token.starts_with(CANARY)),
        "{revoked:?}"
    );
}

#[tokio::test]
async fn signing_in_with_short_tokens_clears_the_chunks_of_longer_ones() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    browser
        .cookies
        .insert("__Host-portico_tokens.1".to_owned(), "stale".to_owned());
    world.sign_in(&mut browser).await.expect("a session");
    assert_eq!(browser.names("portico_tokens"), ["__Host-portico_tokens.0"]);
}

#[tokio::test]
async fn no_flipped_bit_of_the_session_cookie_is_accepted_or_an_error() {
    let world = World::new().await;
    let browser = world.signed_in().await;
    let name = "__Host-portico_session";
    let honest = browser.cookies[name].clone();
    for position in 0..honest.len() {
        for bit in 0..7 {
            let mut bytes = honest.clone().into_bytes();
            bytes[position] ^= 1 << bit;
            let Ok(text) = String::from_utf8(bytes) else {
                continue;
            };
            if text.contains([';', '\r', '\n', '\0']) || text.chars().any(char::is_control) {
                continue;
            }
            let mut damaged = browser.clone();
            damaged.cookies.insert(name.to_owned(), text.clone());
            assert!(!world.is_signed_in(&mut damaged).await, "{text}");
        }
    }
}

#[test]
fn whatever_is_in_the_cookies_nobody_is_signed_in_by_it() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.expect("a runtime");
    let world = runtime.block_on(World::new());
    let honest = runtime.block_on(world.signed_in()).cookies["__Host-portico_session"].clone();
    let length = honest.len();
    let strategy = prop_oneof![
        "[!-:<-~]{0,300}",
        (0..length).prop_map({
            let honest = honest.clone();
            move |cut| honest[..cut].to_owned()
        }),
        (0..length, "[A-Za-z0-9_-]{1,40}")
            .prop_map(move |(at, text)| { format!("{}{text}{}", &honest[..at], &honest[at..]) }),
    ];
    proptest!(ProptestConfig::with_cases(10_000), |(value in strategy)| {
        let mut browser = Browser::default();
        browser.cookies.insert("__Host-portico_session".to_owned(), value);
        prop_assert!(!runtime.block_on(world.is_signed_in(&mut browser)));
    });
}

#[tokio::test]
async fn the_session_cookie_of_one_browser_does_not_open_the_tokens_of_another() {
    let world = World::new().await;
    let (first, mut second) = (world.signed_in().await, world.signed_in().await);
    let name = "__Host-portico_tokens.0";
    second
        .cookies
        .insert(name.to_owned(), first.cookies[name].clone());
    let sign_out = world.bff.sign_out(&second.headers()).await;
    assert_eq!(sign_out.location, "/signed-out", "there is no hint to give");
}

#[tokio::test]
async fn a_new_key_signs_nobody_out_and_takes_over() {
    let world = World::new().await;
    let mut browser = world.signed_in().await;
    let before = browser.cookies["__Host-portico_session"].clone();
    let keys = format!("{SECOND_KEY},{FIRST_KEY}");
    let both = world
        .reopen(|config| config.session_keys = keys_of(&keys))
        .await;
    let check = both.session(&browser.headers()).await;
    assert!(matches!(check.state, bff::SessionState::SignedIn(_)));
    browser.take(&check.cookies);
    assert_ne!(
        browser.cookies["__Host-portico_session"], before,
        "sealed again"
    );
    let new = world
        .reopen(|config| config.session_keys = keys_of(SECOND_KEY))
        .await;
    let check = new.session(&browser.headers()).await;
    assert!(matches!(check.state, bff::SessionState::SignedIn(_)));
    let sign_out = new.sign_out(&browser.headers()).await;
    assert!(
        sign_out.location.contains("id_token_hint="),
        "the tokens are still found"
    );
}

#[tokio::test]
async fn a_removed_key_signs_out_cleanly() {
    let world = World::new().await;
    let browser = world.signed_in().await;
    let new = world
        .reopen(|config| config.session_keys = keys_of(SECOND_KEY))
        .await;
    let check = new.session(&browser.headers()).await;
    assert!(matches!(check.state, bff::SessionState::SignedOut));
}

fn keys_of(list: &str) -> bff::SessionKeys {
    bff::SessionKeys::parse(list).expect("keys")
}
