use std::sync::Arc;

use bff::{Bff, BoxFuture, HttpClient, HttpError};
use bytes::Bytes;
use http::{Request, Response};
use model::{ReturnTo, SignInErrorCode};
use testkit::provider::{Endpoint, Fault, Provider, Trouble};

use crate::support::{Browser, World};

#[tokio::test]
async fn the_org_is_not_contacted_before_somebody_signs_in() {
    let world = World::new().await;
    world
        .provider
        .set_trouble(Some((Endpoint::Discovery, Trouble::Down)));
    let bff = world.reopen(|_| {}).await;
    bff.session(&Browser::default().headers()).await;
    assert_eq!(world.provider.calls(Endpoint::Discovery), 0);
}

#[tokio::test]
async fn metadata_and_keys_are_asked_for_once_an_hour() {
    let world = World::new().await;
    for _ in 0..5 {
        world.signed_in().await;
    }
    assert_eq!(world.provider.calls(Endpoint::Discovery), 1);
    assert_eq!(world.provider.calls(Endpoint::Keys), 1);
    world.clock.advance_seconds(3_601);
    world.signed_in().await;
    assert_eq!(world.provider.calls(Endpoint::Discovery), 2);
    assert_eq!(world.provider.calls(Endpoint::Keys), 2);
}

#[tokio::test]
async fn an_org_that_was_down_is_found_again_after_a_moment() {
    let world = World::new().await;
    world
        .provider
        .set_trouble(Some((Endpoint::Discovery, Trouble::Down)));
    for _ in 0..10 {
        assert_eq!(world.refused().await, SignInErrorCode::OrgUnreachable);
    }
    assert_eq!(
        world.provider.calls(Endpoint::Discovery),
        1,
        "the org is left in peace"
    );
    world.provider.set_trouble(None);
    world.clock.advance_seconds(1);
    world.signed_in().await;
}

#[tokio::test]
async fn a_wrong_issuer_gives_no_redirect() {
    let world = World::with_fault(Fault::DiscoveryIssuerMismatch).await;
    let headers = Browser::default().headers();
    let error = world.bff.begin_sign_in(&headers, ReturnTo::default()).await;
    assert_eq!(
        error.expect_err("no redirect").code,
        SignInErrorCode::OrgMisconfigured
    );
}

/// Lets other tasks run before each answer, as a network does.
#[derive(Debug)]
struct Slow(Arc<Provider>);

impl HttpClient for Slow {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, HttpError>> {
        Box::pin(async move {
            for _ in 0..20 {
                tokio::task::yield_now().await;
            }
            self.0.send(request).await
        })
    }
}

#[tokio::test]
async fn many_first_sign_ins_share_one_request_for_metadata() {
    let world = World::new().await;
    let bff = world
        .reopen_over(Arc::new(Slow(world.provider.clone())))
        .await;
    let begin = |bff: Bff| async move {
        bff.begin_sign_in(&Browser::default().headers(), ReturnTo::default())
            .await
            .is_ok()
    };
    let tasks: Vec<_> = (0..50).map(|_| tokio::spawn(begin(bff.clone()))).collect();
    for task in tasks {
        assert!(task.await.expect("no panic"));
    }
    assert_eq!(world.provider.calls(Endpoint::Discovery), 1);
}
