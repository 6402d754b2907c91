//! Many people whose tokens have to be renewed at the same moment.

use std::sync::Arc;

use bff::{Bff, Demand, Renewal, TokensState};
use http::HeaderMap;
use secrecy::ExposeSecret;
use testkit::RedisServer;
use testkit::provider::Endpoint;
use tokio::task::JoinSet;

use crate::support::{World, turn};

const HOUR: i64 = 60 * 60;
const REQUESTS: usize = 50;
/// Sessions whose requests come at once. More would measure how busy the machine is: the store has a second for an answer.
const AT_ONCE: usize = 2;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_sessions_in_a_file_make_one_call_each_and_get_their_own_tokens() {
    fifty_requests_for_each_session(World::new().await, 200).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forty_sessions_in_redis_make_one_call_each_and_get_their_own_tokens() {
    let server = RedisServer::start();
    fifty_requests_for_each_session(World::with_redis(server).await, 40).await;
}

async fn fifty_requests_for_each_session(world: World, sessions: usize) {
    let _turn = turn().await;
    // A token that is used twice ends all that came from its sign-in.
    world.provider.offer_refresh(0);
    let mut people = Vec::new();
    for number in 0..sessions {
        let subject: Arc<str> = format!("00uPerson{number:011}").into();
        world.provider.set_subject(&subject);
        people.push((subject, world.signed_in().await));
    }
    let processes = [world.bff.clone(), world.reopen(|_| {}).await];
    world.clock.advance_seconds(HOUR);
    let before = world.provider.calls(Endpoint::Token);
    let mut served = 0;
    for some in people.chunks(AT_ONCE) {
        let mut requests = JoinSet::new();
        for number in 0..REQUESTS {
            for (subject, browser) in some {
                let bff = processes[number % processes.len()].clone();
                let subject = Arc::clone(subject);
                requests.spawn(gets_own_tokens(bff, browser.headers(), subject));
            }
        }
        served += requests.join_all().await.len();
    }
    assert_eq!(served, sessions * REQUESTS);
    assert_eq!(world.provider.calls(Endpoint::Token) - before, sessions);
    assert_eq!(world.provider.reuses(), 0);
    for (subject, mut browser) in people {
        let session = world.session(&mut browser).await;
        assert_eq!(*session.subject, *subject, "nobody is signed out");
    }
}

async fn gets_own_tokens(bff: Bff, headers: HeaderMap, subject: Arc<str>) {
    let held = match bff.tokens(&headers, Demand::Valid).await.state {
        TokensState::Held(held) => held,
        other => panic!("{subject} has no tokens: {other:?}"),
    };
    assert_eq!(held.renewal, Renewal::Done);
    assert_eq!(*held.session.subject, *subject);
    let token = held.tokens.access_token().expose_secret();
    assert!(token.ends_with(&*subject), "the token of somebody else");
}
