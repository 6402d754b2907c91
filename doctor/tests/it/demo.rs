use crate::local::Local;
use doctor::Ending;

const SKIP: &str = "--skip SITE-,SIGN-IN-REQUEST";

#[tokio::test]
async fn the_demo_has_no_error() {
    let local = Local::start().await;
    let run = local.doctor(&format!("--verbose {SKIP}")).await;
    let ending = run.ending.expect("a report");
    assert_ne!(ending, Ending::Failed, "{}", run.text);
    assert!(run.text.contains("0 errors"), "{}", run.text);
    for fine in [
        "ORG-ISSUER-EXACT",
        "ORG-KEYS-SIZE",
        "SIGN-IN-PAGE",
        "SIGN-IN-EXACT",
        "SIGN-IN-PKCE",
        "REG-REDIRECT-EXACT",
        "REG-CLIENT-AUTH",
        "POLICY-SATISFIABLE",
        "POLICY-ENROLL-PASSWORD",
    ] {
        let fine_ones = run.text.split("\nFine\n").nth(1).expect("what is fine");
        assert!(
            fine_ones.contains(&format!("  {fine}  ")),
            "{fine} in {}",
            run.text
        );
    }
}

#[tokio::test]
async fn an_app_that_does_not_run_is_not_checked_and_not_fine() {
    let local = Local::start().await;
    let mut settings = local.settings();
    // Nothing listens there.
    settings.app_url = "http://127.0.0.1:9".parse().expect("an address");
    let run = local
        .doctor_with("--public --skip SIGN-IN-P,SIGN-IN-E", settings)
        .await;
    assert_eq!(run.ending.expect("a report"), Ending::Incomplete);
    let reason = "Not checked\n  no app answers at http://127.0.0.1:9/; start it with `portico`\n      SIGN-IN-REQUEST";
    assert!(run.text.contains(reason), "{}", run.text);
}

#[tokio::test]
async fn the_public_checks_alone_ask_for_no_token_and_are_complete() {
    let local = Local::start().await;
    let before = local.tokens();
    let run = local.doctor("--public --skip SITE-,SIGN-IN-").await;
    assert_eq!(run.ending.expect("a report"), Ending::Fine, "{}", run.text);
    assert_eq!(local.tokens(), before);
    assert!(!run.text.contains("REG-"), "{}", run.text);
}

#[tokio::test]
async fn an_org_that_does_not_answer_is_an_error_with_its_remedy() {
    let local = Local::start().await;
    let run = local
        .doctor(&format!("--target http://localhost:9 {SKIP}"))
        .await;
    assert_eq!(run.ending.expect("a report"), Ending::Failed);
    assert!(
        run.text
            .contains("Errors\n  ORG-REACHABLE  no answer from http://localhost:9/"),
        "{}",
        run.text
    );
    assert!(run.text.contains("Start it with `portico`"), "{}", run.text);
}

#[tokio::test]
async fn the_token_that_the_org_lends_is_given_back() {
    let local = Local::start().await;
    let before = local.tokens();
    let run = local.doctor(SKIP).await;
    assert!(run.text.contains(" fine"), "{}", run.text);
    assert_eq!(local.tokens(), before);
}

#[tokio::test]
async fn the_list_of_checks_needs_neither_app_nor_org() {
    let local = Local::start().await;
    let run = local
        .doctor("--list --target https://nowhere.invalid")
        .await;
    assert_eq!(run.ending.expect("a list"), Ending::Fine);
    assert_eq!(run.text, doctor::catalogue());
}
