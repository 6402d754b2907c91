//! What people type is kept in their browser under a name that is theirs alone.

use crate::support::{Program, at, own_page, sign_in_from};

/// The name of the draft that the form of a page has.
fn draft_of(page: &str) -> String {
    let (_, rest) = page
        .split_once("data-draft=\"")
        .expect("a form with a draft");
    rest.split('"').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_draft_has_the_same_name_when_its_person_signs_in_again_and_does_not_say_who_it_is() {
    let program = Program::start().await;
    let mut names = Vec::new();
    for _ in 0..2 {
        let mut browser = program.browser();
        let _away = sign_in_from(&mut browser, &at("/login")).await;
        let started = browser
            .post_with(&at("/api/onboarding/start"), own_page(), &[("then", "")])
            .await;
        assert_eq!(started.status, 303);
        let page = browser.get(&at("/onboarding")).await.text();
        let name = draft_of(&page);
        let (_, after) = page.split_once("data-person=\"").expect("a watched page");
        let person = after.split('"').next().unwrap_or_default();
        assert_eq!(name, format!("portico.draft.{person}.onboarding"));
        names.push(name);
    }
    assert_eq!(names[0], names[1]);
    assert!(!names[0].contains("00u"), "{}", names[0]);
}
