use crate::local::{ALL, FRESH, Local, assert_same};
use setup::Ending;

#[tokio::test]
async fn what_was_set_up_is_taken_back_to_where_it_began() {
    for cases in ["base", "mfa", "password-only", ALL] {
        let local = Local::start().await;
        let before = local.export().await;
        local.fine(&format!("apply --case {cases}")).await;
        assert_ne!(local.export().await, before);
        local.fine("destroy").await;
        assert_same(&local.export().await, &before, cases);
        local.take_writes();
        local.fine("destroy").await;
        assert_eq!(local.take_writes(), [""; 0]);
    }
}

#[tokio::test]
async fn without_a_journal_names_decide_when_that_is_asked_for() {
    let local = Local::start().await;
    let before = local.export().await;
    let run = local.setup("destroy").await;
    assert!(
        run.ending
            .expect_err("refused")
            .to_string()
            .contains("--by-name")
    );
    local.fine(&format!("apply --case {ALL}")).await;
    local.forget();
    local.fine("destroy --by-name").await;
    assert_same(&local.export().await, &before, "taken back");
}

#[tokio::test]
async fn what_others_made_stays() {
    let retailers = r#"{"groups": [{"name": "Retailers", "description": "Old"}], "#;
    let seed = FRESH.replacen('{', retailers, 1);
    let local = Local::with_seed(&seed).await;
    let before = local.export().await;
    local.fine("apply").await;
    let text = local.fine("destroy").await;
    assert!(
        text.contains("~ group Retailers") && !text.contains("- group Retailers"),
        "{text}"
    );
    assert_same(&local.export().await, &before, "taken back");
}

#[tokio::test]
async fn a_dry_run_tells_what_would_be_taken_back_and_leaves_it() {
    let local = Local::start().await;
    local.fine("apply").await;
    let (before, _) = (local.export().await, local.take_writes());
    let run = local.setup("destroy --dry-run").await;
    assert_eq!(run.ending.expect("a plan"), Ending::Changes);
    assert!(run.text.contains("- group Retailers"), "{}", run.text);
    assert_eq!(local.take_writes(), [""; 0]);
    assert_same(&local.export().await, &before, "taken back");
}
