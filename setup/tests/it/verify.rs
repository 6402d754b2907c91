use crate::local::{ALL, Local, json};
use setup::Ending;

async fn set_up() -> Local {
    let local = Local::start().await;
    local.fine(&format!("apply --case {ALL}")).await;
    local
}

#[tokio::test]
async fn every_promise_is_kept_after_an_apply_and_told_in_a_sentence() {
    let local = set_up().await;
    let text = local.fine(&format!("verify --case {ALL}")).await;
    for sentence in [
        "Password-optional users never fall through to the default policy.",
        "Admins are excluded: neither you nor Okta Service comes to a password-optional policy.",
        "John Doe still needs his password.",
        "Okta Service is a Super Administrator.",
        "Email can be used for authentication and recovery.",
    ] {
        assert!(
            text.contains(&format!("kept   {sentence}\n")),
            "{sentence} in {text}"
        );
    }
    assert!(text.ends_with(" kept, 0 broken.\n"), "{text}");
}

#[tokio::test]
async fn an_org_that_was_never_set_up_keeps_none_of_what_the_guide_makes() {
    let local = Local::start().await;
    let run = local.setup("verify --json").await;
    assert_eq!(run.ending.expect("promises"), Ending::Broken);
    let document = json(&run.text);
    assert_eq!(document["kept"], false);
    assert_eq!(document["promises"][0]["kept"], false);
    assert_eq!(
        document["promises"][0]["reason"],
        "the user \"john.doe@example.com\" is missing"
    );
}
