//! A refresh token that comes more than once: at once, after a lost answer, and in the hands of somebody else.

use std::cell::Cell;

use model::Clock as _;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use serde_json::json;
use testkit::{ORG_URL, Page, TestOrg};
use tokio::runtime::Runtime;

use crate::refresh::{
    INVALID, assert_invalid, events, is_good, offline, org, org_with, refresh, refresh_at, token_of,
};
use crate::support::{BROWSER_APP, JOHN, oauth_error, tokens_for};

const REUSE: &str = "app.oauth2.token.detect_reuse";

/// A hundred apps bring the same token at once.
async fn hundred(org: &TestOrg, token: &str) -> Vec<Page> {
    let mut attempts = tokio::task::JoinSet::new();
    for _ in 0..100 {
        let (org, token) = (org.clone(), token.to_owned());
        attempts.spawn(async move { refresh(&org, &token).await });
    }
    attempts.join_all().await
}

fn count(org: &TestOrg, rows: &str) -> i64 {
    org.database()
        .query_row(&format!("SELECT count(*) FROM {rows}"), [], |row| {
            row.get(0)
        })
        .expect("a count")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_parallel_refreshes_within_the_leeway_get_one_and_the_same_successor() {
    let org = org().await;
    let tokens = tokens_for(&mut org.browser(), &offline(), JOHN).await;
    let first = token_of(&tokens, "refresh_token");
    let answers = hundred(&org, &first).await;
    assert!(answers.iter().all(|answer| answer.status == 200));
    let mut successors: Vec<String> = answers
        .iter()
        .map(|answer| token_of(&answer.json(), "refresh_token"))
        .collect();
    successors.dedup();
    assert_eq!(successors.len(), 1);
    assert_eq!(count(&org, "refresh_grants"), 1);
    assert_eq!(count(&org, "refresh_tokens"), 2);
    assert_eq!(events(&org, "app.oauth2.token.grant.refresh_token"), 2);
    assert_eq!(refresh(&org, &successors[0]).await.status, 200);
    assert_eq!(events(&org, REUSE), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn without_a_leeway_one_of_a_hundred_parallel_refreshes_wins_and_the_others_end_the_family() {
    let org = org_with(&json!({"rotationType": "ROTATE", "leeway": 0})).await;
    let tokens = tokens_for(&mut org.browser(), &offline(), JOHN).await;
    let answers = hundred(&org, &token_of(&tokens, "refresh_token")).await;
    let (won, lost): (Vec<&Page>, Vec<&Page>) =
        answers.iter().partition(|answer| answer.status == 200);
    assert_eq!(won.len(), 1);
    lost.into_iter().for_each(assert_invalid);
    assert_eq!(events(&org, REUSE), 1);
    let won = won[0].json();
    assert_invalid(&refresh(&org, &token_of(&won, "refresh_token")).await);
    for tokens in [&won, &tokens] {
        assert!(!is_good(&org, &token_of(tokens, "access_token")).await);
    }
    assert_eq!(events(&org, REUSE), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_parallel_refreshes_by_a_token_that_stays_all_keep_it() {
    let org = org_with(&json!({"rotationType": "STATIC"})).await;
    let tokens = tokens_for(&mut org.browser(), &offline(), JOHN).await;
    let token = token_of(&tokens, "refresh_token");
    for answer in hundred(&org, &token).await {
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(token_of(&answer.json(), "refresh_token"), token);
    }
    assert_eq!(count(&org, "refresh_tokens"), 1);
    assert_eq!(events(&org, "app.oauth2.token.grant.refresh_token"), 1);
}

#[tokio::test]
async fn an_app_whose_answer_was_lost_asks_again_and_goes_on() {
    let org = org().await;
    let tokens = tokens_for(&mut org.browser(), &offline(), JOHN).await;
    let first = token_of(&tokens, "refresh_token");
    let lost = refresh(&org, &first).await.json();
    org.clock.advance_seconds(29);
    let again = refresh(&org, &first).await.json();
    assert_eq!(again["refresh_token"], lost["refresh_token"]);
    assert_ne!(again["access_token"], lost["access_token"]);
    let next = refresh(&org, &token_of(&again, "refresh_token")).await;
    assert_eq!(next.status, 200, "{}", next.text());
}

#[tokio::test]
async fn a_token_that_comes_again_after_the_leeway_ends_all_that_came_of_the_sign_in() {
    let org = org().await;
    let tokens = tokens_for(&mut org.browser(), &offline(), JOHN).await;
    let other = tokens_for(&mut org.browser(), &offline(), JOHN).await;
    let first = token_of(&tokens, "refresh_token");
    let second = refresh(&org, &first).await.json();
    org.clock.advance_seconds(30);
    assert_invalid(&refresh(&org, &first).await);
    assert_invalid(&refresh(&org, &token_of(&second, "refresh_token")).await);
    for tokens in [&tokens, &second] {
        assert!(!is_good(&org, &token_of(tokens, "access_token")).await);
    }
    // One event tells it, however often the token comes.
    assert_invalid(&refresh(&org, &first).await);
    assert_eq!(events(&org, REUSE), 1);
    let told: String = org
        .database()
        .query_row("SELECT event FROM events WHERE type = ?1", [REUSE], |row| {
            row.get(0)
        })
        .expect("an event");
    assert!(told.contains(JOHN) && !told.contains(&first), "{told}");
    // Another sign-in of the same person is another family.
    assert_eq!(
        refresh(&org, &token_of(&other, "refresh_token"))
            .await
            .status,
        200
    );
    assert!(is_good(&org, &token_of(&other, "access_token")).await);
}

#[tokio::test]
async fn a_token_that_comes_again_after_its_successor_was_used_is_stolen_also_within_the_leeway() {
    for scope in [None, Some("openid")] {
        let org = org().await;
        let tokens = tokens_for(&mut org.browser(), &offline(), JOHN).await;
        let first = token_of(&tokens, "refresh_token");
        let second = token_of(&refresh(&org, &first).await.json(), "refresh_token");
        let third = refresh_at(&org, "", &second, scope).await;
        assert_eq!(third.status, 200, "{}", third.text());
        assert_invalid(&refresh(&org, &first).await);
        assert!(!is_good(&org, &token_of(&third.json(), "access_token")).await);
        assert_invalid(&refresh(&org, &second).await);
        assert_eq!(events(&org, REUSE), 1);
    }
}

#[tokio::test]
async fn another_app_with_a_stolen_token_ends_nothing() {
    let org = org().await;
    let tokens = tokens_for(&mut org.browser(), &offline(), JOHN).await;
    let first = token_of(&tokens, "refresh_token");
    let second = refresh(&org, &first).await.json();
    org.clock.advance_seconds(31);
    let fields = [
        ("client_id", BROWSER_APP),
        ("grant_type", "refresh_token"),
        ("refresh_token", &first),
    ];
    let url = format!("{ORG_URL}/oauth2/v1/token");
    assert_invalid(&org.browser().post(&url, &fields).await);
    assert_eq!(
        refresh(&org, &token_of(&second, "refresh_token"))
            .await
            .status,
        200
    );
    assert_eq!(events(&org, REUSE), 0);
}

/// What an app, or somebody who has its tokens, does.
#[derive(Debug, Clone, Copy)]
enum Deed {
    /// Brings one of the tokens that there were: 0 is the last.
    Bring {
        back: usize,
        keeps: bool,
    },
    Wait(i64),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        6 => (0_usize..3, prop::bool::weighted(0.8)).prop_map(|(back, keeps)| Deed::Bring { back, keeps }),
        3 => (1_i64..40).prop_map(Deed::Wait),
        1 => (1_i64..100 * 24 * 3600).prop_map(Deed::Wait),
    ]
}

/// What should be so: written down from the documentation, and knowing nothing of tables.
#[derive(Debug)]
struct Family {
    /// The tokens in the order in which they were given.
    tokens: Vec<String>,
    is_last_used: bool,
    rotated_at: i64,
    ends_at: i64,
    is_alive: bool,
}

const LEEWAY: i64 = 30;

impl Family {
    /// Whether the token is good now. One that is not ends the family, unless that has ended anyway.
    fn takes(&mut self, index: usize, now: i64) -> bool {
        let latest = self.tokens.len() - 1;
        self.is_alive &= now < self.ends_at;
        let is_spare = index + 1 == latest && !self.is_last_used && now < self.rotated_at + LEEWAY;
        self.is_alive &= index == latest || is_spare;
        self.is_alive
    }
}

async fn follow(org: &TestOrg, deeds: &[Deed]) -> Result<bool, TestCaseError> {
    let tokens = tokens_for(&mut org.browser(), &offline(), JOHN).await;
    let begun = org.clock.now().as_second();
    let mut family = Family {
        tokens: vec![token_of(&tokens, "refresh_token")],
        is_last_used: false,
        rotated_at: begun,
        ends_at: begun + 90 * 24 * 3600,
        is_alive: true,
    };
    for deed in deeds {
        let (back, keeps) = match *deed {
            Deed::Wait(seconds) => {
                org.clock.advance_seconds(seconds);
                continue;
            }
            Deed::Bring { back, keeps } => (back, keeps),
        };
        let latest = family.tokens.len() - 1;
        let index = latest.saturating_sub(back);
        let now = org.clock.now().as_second();
        let scope = if keeps { None } else { Some("openid") };
        let answer = refresh_at(org, "", &family.tokens[index], scope).await;
        if !family.takes(index, now) {
            prop_assert_eq!(oauth_error(&answer).1, INVALID, "{:?}", deed);
            continue;
        }
        prop_assert_eq!(
            answer.status.as_u16(),
            200,
            "{:?} {:?}: {}",
            deed,
            family,
            answer.text()
        );
        let given = answer.json()["refresh_token"].as_str().map(str::to_owned);
        prop_assert_eq!(given.is_some(), keeps);
        family.is_last_used |= index == latest;
        match given {
            Some(next) if index == latest => {
                prop_assert!(!family.tokens.contains(&next));
                family.tokens.push(next);
                family.rotated_at = now;
                family.is_last_used = false;
            }
            Some(next) => prop_assert_eq!(&next, &family.tokens[latest]),
            None => {}
        }
    }
    Ok(family.is_alive)
}

#[test]
fn a_family_lives_exactly_as_long_as_each_of_its_tokens_comes_in_time() {
    let runtime = Runtime::new().expect("a runtime");
    let org = runtime.block_on(org());
    let [alive, ended] = [const { Cell::new(0_usize) }; 2];
    proptest!(|(deeds in prop::collection::vec(deed(), 1..12))| {
        let is_alive = runtime.block_on(async {
            follow(&org, &deeds).await
        })?;
        let count = if is_alive { &alive } else { &ended };
        count.set(count.get() + 1);
    });
    assert!(
        alive.get() * 20 > ended.get() && ended.get() * 20 > alive.get(),
        "both happen"
    );
}
