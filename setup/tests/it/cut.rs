use crate::local::{ALL, Local, assert_same};

/// Between two writes there are reads alone, so a cut after a write is a cut at each of the calls up to the next one.
#[tokio::test]
async fn cut_after_each_of_its_writes_and_begun_again_it_comes_to_the_same_end() {
    let words = format!("apply --case {ALL}");
    let whole = Local::start().await;
    whole.fine(&words).await;
    let (expected, calls) = (whole.export().await, whole.take_writes());
    assert!(calls.len() > 20, "{calls:?}");
    for count in 1..calls.len() {
        let local = Local::start().await;
        local.cut_after(count);
        local.setup(&words).await.ending.expect_err("a cut");
        assert_eq!(local.take_writes().len(), count);
        local.mend();
        local.fine(&words).await;
        assert_same(&local.export().await, &expected, &calls[count - 1]);
    }
}

#[tokio::test]
async fn a_cut_does_not_make_destroy_forget_what_was_made() {
    let local = Local::start().await;
    let (words, before) = (format!("apply --case {ALL}"), local.export().await);
    for count in [1, 7, 12, 20] {
        local.cut_after(count);
        local.setup(&words).await.ending.expect_err("a cut");
        local.mend();
        local.fine("destroy").await;
        assert_same(&local.export().await, &before, &count.to_string());
    }
}
