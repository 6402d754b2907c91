//! Somebody who has a passkey may still go another way.

use testkit::TestOrg;

use super::face::{Act, Face, Question};
use super::hosted::Hosted;
use super::idx::Idx;

const ANN: &str = "ann@example.com";

/// Ann has a password, an address and a passkey.
async fn start() -> TestOrg {
    let org = TestOrg::with_seed(include_str!("seed.json")).await;
    org.execute(
        "INSERT INTO enrollments (id, user_id, authenticator_key, profile, credential_id, created_at, updated_at) \
         SELECT 'eaePasskeyOfAnn00000', id, 'webauthn', \
         '{\"id\":\"AAAA\",\"publicKey\":\"AAAA\",\"signCount\":0,\"backupEligible\":false,\"backedUp\":false,\"transports\":[]}', \
         x'000000', created_at, created_at FROM users WHERE login_key = ?1",
        [ANN],
    );
    org
}

fn keys(keys: &[&str]) -> Question {
    Question::Choose(keys.iter().map(|key| (*key).to_owned()).collect())
}

async fn goes_the_longer_way(org: &TestOrg, face: &mut dyn Face) {
    let seen = face.act(Act::Identify(ANN)).await;
    assert_eq!(
        seen.question,
        keys(&["okta_password", "okta_email", "webauthn"])
    );
    face.act(Act::Choose("okta_password", None)).await;
    let seen = face.act(Act::Passcode("Correct-horse-7")).await;
    assert_eq!(seen.question, keys(&["okta_email", "webauthn"]));
    face.act(Act::Choose("okta_email", None)).await;
    let seen = face.act(Act::Passcode(&org.code_for(ANN))).await;
    assert_eq!(seen.question, Question::Done);
}

#[tokio::test]
async fn two_factors_may_be_a_password_and_an_email_also_for_somebody_with_a_passkey() {
    let org = start().await;
    goes_the_longer_way(&org, &mut Hosted::begin(&org, "Two").await).await;
    goes_the_longer_way(&org, &mut Idx::begin(&org, "Two").await).await;
}

#[tokio::test]
async fn something_else_is_every_other_way_that_is_offered() {
    let org = start().await;
    let mut face = Hosted::begin(&org, "Two").await;
    face.act(Act::Identify(ANN)).await;
    face.act(Act::Choose("okta_email", None)).await;
    // All but the one that is asked for.
    assert_eq!(face.keys(), ["okta_password", "webauthn"]);
}
