use std::sync::Arc;

use http::StatusCode;
use model::Clock as _;
use testkit::TestOrg;
use testkit::http::{Behaviour, InProcessHttp};

use super::{Stage, events, receiver};
use crate::support::JOHN;

/// When the only errand is tried again, in seconds from now.
fn due_in(org: &TestOrg) -> i64 {
    let due: i64 = org
        .database()
        .query_row("SELECT due_at FROM universal_logout_errands", [], |row| {
            row.get(0)
        })
        .expect("an errand");
    (due - org.clock.now().as_millisecond()) / 1000
}

#[tokio::test]
async fn an_app_that_fails_is_told_again_at_growing_distances_and_given_up_in_the_end() {
    let mut stage = Stage::new().await;
    stage
        .app("down.example.com", StatusCode::SERVICE_UNAVAILABLE)
        .await;
    stage
        .admin
        .delete(&format!("/api/v1/users/{JOHN}/sessions"))
        .await;
    for (failures, pause) in [(1, 2), (2, 10), (3, 60), (4, 300)] {
        stage.next().await;
        stage.tried(failures).await;
        assert_eq!(due_in(&stage.org), pause, "after {failures} failures");
        assert!(events(&stage.org).is_empty());
        stage.org.clock.advance_seconds(pause);
    }
    stage.next().await;
    let event = stage.events(1).await.remove(0);
    assert_eq!(event["outcome"]["result"], "FAILURE");
    assert_eq!(
        event["outcome"]["reason"],
        "the app answered 503: it failed"
    );
    assert_eq!(event["debugContext"]["debugData"]["attempts"], 5);
    assert!(stage.told.try_recv().is_err(), "five attempts and no more");
}

#[tokio::test]
async fn an_app_that_comes_back_is_told_and_one_that_refuses_is_not_asked_again() {
    let mut stage = Stage::new().await;
    stage.app("back.example.com", StatusCode::NO_CONTENT).await;
    stage
        .network
        .set_behaviour("back.example.com", Behaviour::Down);
    stage
        .admin
        .delete(&format!("/api/v1/users/{JOHN}/sessions"))
        .await;
    stage.tried(1).await;
    stage
        .network
        .set_behaviour("back.example.com", Behaviour::Up);
    stage.org.clock.advance_seconds(2);
    assert_eq!(stage.next().await.host, "back.example.com");
    let event = stage.events(1).await.remove(0);
    assert_eq!(event["outcome"]["result"], "SUCCESS");
    assert_eq!(event["debugContext"]["debugData"]["attempts"], 2);

    stage
        .app("refuses.example.com", StatusCode::NOT_FOUND)
        .await;
    stage
        .admin
        .delete(&format!("/api/v1/users/{JOHN}/sessions"))
        .await;
    let written = stage.events(3).await;
    let refused = written
        .iter()
        .find(|event| event["outcome"]["result"] == "FAILURE")
        .expect("a refusal");
    assert_eq!(
        refused["outcome"]["reason"],
        "the app answered 404: it does not know the user"
    );
    assert_eq!(refused["debugContext"]["debugData"]["attempts"], 1);
}

#[tokio::test]
async fn what_was_not_told_before_a_restart_is_told_after_it() {
    let mut stage = Stage::new().await;
    stage.app("app.example.com", StatusCode::NO_CONTENT).await;
    stage
        .network
        .set_behaviour("app.example.com", Behaviour::Down);
    stage
        .admin
        .delete(&format!("/api/v1/users/{JOHN}/sessions"))
        .await;
    stage.tried(1).await;
    let Stage {
        org,
        admin,
        mut told,
        tells,
        ..
    } = stage;
    drop(admin);
    let network = Arc::new(InProcessHttp::new());
    network.serve(
        "app.example.com",
        receiver("app.example.com", StatusCode::NO_CONTENT, tells),
    );
    let org = org.restart_with(|config| config.http = network).await;
    org.clock.advance_seconds(2);
    let told = tokio::time::timeout(std::time::Duration::from_secs(20), told.recv());
    let told = told.await.expect("told in time").expect("the org is open");
    assert_eq!(told.host, "app.example.com");
}
