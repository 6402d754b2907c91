//! An org in trouble: every door, every way to fail. Time stands still and is moved by the runtime, so nothing waits.

use model::SignInErrorCode::{self, OrgMisconfigured, OrgUnreachable, TokenResponseInvalid};
use testkit::provider::{Endpoint, Trouble};

use crate::support::World;

const TROUBLES: [Trouble; 7] = [
    Trouble::Down,
    Trouble::Hanging,
    Trouble::Status(500),
    Trouble::Status(429),
    Trouble::Html,
    Trouble::Huge,
    Trouble::Redirect,
];

fn expected(endpoint: Endpoint, trouble: Trouble) -> SignInErrorCode {
    match (endpoint, trouble) {
        (_, Trouble::Down | Trouble::Hanging | Trouble::Status(_) | Trouble::RetryAfter(_, _)) => {
            OrgUnreachable
        }
        (Endpoint::Token, Trouble::Html) => TokenResponseInvalid,
        (_, Trouble::Html | Trouble::Huge | Trouble::Redirect) => OrgMisconfigured,
    }
}

#[tokio::test(start_paused = true)]
async fn every_trouble_at_every_door_has_its_code_and_opens_no_session() {
    for endpoint in [
        Endpoint::Discovery,
        Endpoint::Keys,
        Endpoint::Token,
        Endpoint::Userinfo,
    ] {
        for trouble in TROUBLES {
            let world = World::new().await;
            world.provider.set_trouble(Some((endpoint, trouble)));
            let code = world.refused().await;
            assert_eq!(
                code,
                expected(endpoint, trouble),
                "{endpoint:?} {trouble:?}"
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_org_that_hangs_costs_a_person_five_seconds() {
    let world = World::new().await;
    world
        .provider
        .set_trouble(Some((Endpoint::Discovery, Trouble::Hanging)));
    let before = tokio::time::Instant::now();
    world.refused().await;
    assert_eq!(before.elapsed().as_secs(), 5);
}

#[tokio::test(start_paused = true)]
async fn after_the_trouble_signing_in_works_without_a_restart() {
    let world = World::new().await;
    for endpoint in [
        Endpoint::Discovery,
        Endpoint::Keys,
        Endpoint::Token,
        Endpoint::Userinfo,
    ] {
        world
            .provider
            .set_trouble(Some((endpoint, Trouble::Status(503))));
        world.clock.advance_seconds(4_000);
        assert_eq!(world.refused().await, OrgUnreachable, "{endpoint:?}");
        world.provider.set_trouble(None);
        world.clock.advance_seconds(2);
        world.signed_in().await;
    }
}
