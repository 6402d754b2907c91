use model::{ReturnTo, SignInErrorCode};
use testkit::provider::Endpoint;

use crate::support::{Browser, World};

#[tokio::test]
async fn a_sign_in_cannot_be_finished_in_another_browser() {
    let world = World::new().await;
    let (mut attacker, mut victim) = (Browser::default(), Browser::default());
    let location = world.begin(&mut attacker, ReturnTo::default()).await;
    let query = world.provider.authorize(&location);
    world.begin(&mut victim, ReturnTo::default()).await;
    let error = world
        .complete(&mut victim, &query)
        .await
        .expect_err("a foreign answer");
    assert_eq!(error.code, SignInErrorCode::TransactionUnknown);
    assert_eq!(world.provider.calls(Endpoint::Token), 0);
    assert!(!world.is_signed_in(&mut victim).await);
}

#[tokio::test]
async fn a_transaction_cookie_is_worthless_under_another_state() {
    let world = World::new().await;
    let (mut first, mut second) = (Browser::default(), Browser::default());
    world.begin(&mut first, ReturnTo::default()).await;
    let location = world.begin(&mut second, ReturnTo::default()).await;
    let query = world.provider.authorize(&location);
    let stolen = first.cookies.values().next().expect("a cookie").clone();
    for value in second.cookies.values_mut() {
        value.clone_from(&stolen);
    }
    let error = world
        .complete(&mut second, &query)
        .await
        .expect_err("a swapped cookie");
    assert_eq!(error.code, SignInErrorCode::TransactionUnknown);
}

#[tokio::test]
async fn a_finished_sign_in_cannot_be_replayed_even_with_a_copy_of_its_cookie() {
    let world = World::new().await;
    let mut browser = Browser::default();
    let location = world.begin(&mut browser, ReturnTo::default()).await;
    let query = world.provider.authorize(&location);
    let mut copy = browser.clone();
    world
        .complete(&mut browser, &query)
        .await
        .expect("a session");
    for replayer in [&mut browser, &mut copy] {
        let error = world
            .complete(replayer, &query)
            .await
            .expect_err("a replay");
        assert_eq!(error.code, SignInErrorCode::TransactionUnknown);
    }
    assert_eq!(world.provider.calls(Endpoint::Token), 1);
}

#[tokio::test]
async fn of_many_parallel_replays_exactly_one_succeeds() {
    let world = World::new().await;
    let mut browser = Browser::default();
    let location = world.begin(&mut browser, ReturnTo::default()).await;
    let query = world.provider.authorize(&location);
    let mut copies = vec![browser; 20];
    let attempts: Vec<_> = copies
        .iter_mut()
        .map(|copy| {
            let (bff, headers) = (world.bff.clone(), copy.headers());
            let query = bff::CallbackQuery::new(&query);
            tokio::spawn(async move {
                bff.complete_sign_in(&headers, query, bff::BrowserInfo::default())
                    .await
                    .is_ok()
            })
        })
        .collect();
    let mut successes = 0;
    for attempt in attempts {
        successes += usize::from(attempt.await.expect("no panic"));
    }
    assert_eq!(successes, 1);
    assert_eq!(world.provider.calls(Endpoint::Token), 1);
}

#[tokio::test]
async fn a_sign_in_may_take_just_under_ten_minutes() {
    let table = [
        (0, None),
        (599, None),
        (600, Some(SignInErrorCode::TransactionExpired)),
        (1_199, Some(SignInErrorCode::TransactionExpired)),
        (1_200, Some(SignInErrorCode::TransactionUnknown)),
    ];
    for (seconds, expected) in table {
        let world = World::new().await;
        let mut browser = Browser::default();
        let location = world.begin(&mut browser, ReturnTo::default()).await;
        let query = world.provider.authorize(&location);
        world.clock.advance_seconds(seconds);
        let code = world
            .complete(&mut browser, &query)
            .await
            .err()
            .map(|error| error.code);
        assert_eq!(code, expected, "after {seconds} s");
    }
}

#[tokio::test]
async fn a_sign_in_begun_at_another_issuer_is_not_finished_here() {
    let world = World::new().await;
    let mut browser = Browser::default();
    let location = world.begin(&mut browser, ReturnTo::default()).await;
    let query = world.provider.authorize(&location);
    let elsewhere = world
        .reopen(|config| config.issuer = "https://op.example/other".to_owned())
        .await;
    let outcome = elsewhere
        .complete_sign_in(
            &browser.headers(),
            bff::CallbackQuery::new(&query),
            bff::BrowserInfo::default(),
        )
        .await;
    let (error, _) = outcome.expect_err("another issuer");
    assert_eq!(error.code, SignInErrorCode::CallbackIssuerMismatch);
    assert_eq!(world.provider.calls(Endpoint::Token), 0);
}

#[tokio::test]
async fn twenty_tabs_that_begin_together_all_finish_where_they_were() {
    let world = World::new().await;
    let mut browser = Browser::default();
    let nobody = Browser::default();
    let mut queries = Vec::new();
    for tab in 0..20 {
        // None of them knows of the others yet.
        let wanted = ReturnTo::parse(&format!("/orders/2026/{tab}?view=all#line-{tab}"));
        let begun = world.bff.begin_sign_in(&nobody.headers(), wanted).await;
        let begun = begun.expect("the sign-in begins");
        browser.take(&begun.cookies);
        queries.push(world.provider.authorize(&begun.location));
    }
    assert_eq!(browser.names("portico_tx_").len(), 20);
    for turn in 0..20 {
        // Seven and twenty have no common divisor, so that each tab has its turn.
        let tab = turn * 7 % 20;
        let completed = world
            .complete(&mut browser, &queries[tab])
            .await
            .expect("a session");
        let wanted = format!("%2Forders%2F2026%2F{tab}%3Fview%3Dall%23line-{tab}");
        assert_eq!(
            completed.go_to.as_str(),
            format!("/onboarding?return_to={wanted}")
        );
        assert!(world.is_signed_in(&mut browser).await);
        assert!(browser.line().len() <= 8 * 1024, "{}", browser.line().len());
    }
    assert!(browser.names("portico_tx_").is_empty());
}

#[tokio::test]
async fn when_there_is_no_room_the_oldest_attempt_goes() {
    let world = World::new().await;
    let mut browser = Browser::default();
    let mut queries = Vec::new();
    for tab in 0..40 {
        let location = world
            .begin(&mut browser, ReturnTo::parse(&format!("/tab/{tab}")))
            .await;
        queries.push(world.provider.authorize(&location));
        world.clock.advance_seconds(1);
    }
    let kept = browser.names("portico_tx_").len();
    assert!((20..40).contains(&kept), "{kept}");
    for (tab, query) in queries.iter().enumerate() {
        let outcome = world.complete(&mut browser, query).await;
        assert_eq!(outcome.is_ok(), tab >= 40 - kept, "tab {tab}");
    }
}

#[tokio::test]
async fn abandoned_attempts_do_not_fill_the_browser() {
    let world = World::new().await;
    let mut browser = Browser::default();
    let long = format!("/{}", noise(1_900));
    for attempt in 0..1_000 {
        let return_to = if attempt % 3 == 0 {
            long.as_str()
        } else {
            "/profile"
        };
        world.begin(&mut browser, ReturnTo::parse(return_to)).await;
        world.clock.advance_seconds(1);
        assert!(
            browser.line().len() <= 5 * 1024 + 64,
            "{}",
            browser.line().len()
        );
    }
    world.sign_in(&mut browser).await.expect("a session");
}

/// A path that compression does not make shorter.
fn noise(length: usize) -> String {
    let entropy: &dyn model::Entropy = &testkit::SeededEntropy::new(9);
    (0..length)
        .map(|_| char::from(b'a' + entropy.bytes::<1>()[0] % 26))
        .collect()
}
