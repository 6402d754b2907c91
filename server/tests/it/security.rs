//! Sessions in all browsers, and authenticators.

use testkit::{Browser, ORG_URL, PASSWORD, Page};

use crate::support::{JOHN, Program, at, own_page, sign_in_from, signed_in};

const SCOPES: [&str; 5] = [
    "okta.myAccount.authenticators.read",
    "okta.myAccount.authenticators.manage",
    "okta.myAccount.phone.manage",
    "okta.myAccount.webauthn.manage",
    "okta.myAccount.sessions.manage",
];

/// Lets the app ask for what the page needs, as an administrator would.
fn grant_scopes(program: &Program) {
    for scope in SCOPES {
        program.org.execute(
            "INSERT INTO app_grants (id, app_id, scope, issuer, created_at) \
             SELECT ?1, id, ?2, ?3, 0 FROM apps WHERE label = 'Portico'",
            (format!("oag{scope}"), scope, ORG_URL),
        );
    }
}

async fn send(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Page {
    let sent = browser.post_with(&at(path), own_page(), fields).await;
    assert_eq!(sent.status, 303, "{path}: {}", sent.text());
    sent
}

/// Sends a form and reads the page that it leads to.
async fn outcome(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> String {
    let sent = send(browser, path, fields).await;
    let (page, place) = sent.header("location").split_once('#').expect("a place");
    assert_eq!(place, "outcome");
    let page = at(page);
    browser.get(&page).await.text()
}

/// Two browsers of the same person.
async fn two_browsers(program: &Program) -> (Browser, Browser) {
    let here = signed_in(program).await;
    let mut there = program.browser();
    let landed = sign_in_from(&mut there, &at("/login")).await;
    assert_eq!(landed.status, 303, "{}", landed.text());
    (here, there)
}

async fn is_signed_in(browser: &mut Browser) -> bool {
    browser.get(&at("/profile")).await.status == 200
}

#[tokio::test]
async fn a_session_in_another_browser_is_seen_and_ended() {
    let program = Program::start().await;
    let (mut here, mut there) = two_browsers(&program).await;
    let page = here.get(&at("/security")).await;
    let text = page.text();
    assert!(text.contains("This browser"), "{text}");
    let form = page.form("/api/security/end-session");
    let (_, handle) = form.fields.first().expect("a handle").clone();

    let text = outcome(
        &mut here,
        "/api/security/end-session",
        &[("handle", &handle)],
    )
    .await;
    assert!(text.contains("The session has ended"), "{text}");
    assert!(text.contains("You are signed in nowhere else."));
    assert!(!is_signed_in(&mut there).await, "it has ended at once");
    assert!(is_signed_in(&mut here).await);

    let again = outcome(
        &mut here,
        "/api/security/end-session",
        &[("handle", &handle)],
    )
    .await;
    assert!(again.contains("There is no such session"));
}

#[tokio::test]
async fn what_is_no_handle_ends_nothing() {
    let program = Program::start().await;
    let mut browser = signed_in(&program).await;
    for handle in ["", "<script>", "../..", &"A".repeat(43), &"A".repeat(5_000)] {
        let fields = [("handle", handle)];
        let text = outcome(&mut browser, "/api/security/end-session", &fields).await;
        assert!(text.contains("There is no such session"), "{handle:?}");
    }
    assert!(is_signed_in(&mut browser).await);
}

#[tokio::test]
async fn all_other_sessions_end_with_one_button() {
    let program = Program::start().await;
    let (mut here, mut there) = two_browsers(&program).await;
    let text = outcome(&mut here, "/api/security/end-others", &[]).await;
    assert!(text.contains("All other sessions have ended"));
    assert!(!is_signed_in(&mut there).await);
    assert!(is_signed_in(&mut here).await);
}

#[tokio::test]
async fn signing_out_everywhere_ends_every_session_here_and_the_one_at_the_org() {
    let program = Program::start().await;
    let (mut here, mut there) = two_browsers(&program).await;
    let sent = send(&mut here, "/api/security/end-everywhere", &[]).await;
    assert!(
        sent.header("location")
            .starts_with(&format!("{ORG_URL}/oauth2/v1/logout?")),
        "{}",
        sent.header("location")
    );
    let back = here.follow(sent).await;
    assert!(back.text().contains("You are signed out"));
    assert!(!is_signed_in(&mut here).await);
    assert!(!is_signed_in(&mut there).await);
    let next = here.visit(&at("/login")).await;
    assert!(next.text().contains("Username"), "the org asks again");
}

#[tokio::test]
async fn an_org_that_grants_nothing_refuses_and_the_session_lives_on() {
    let program = Program::start().await;
    let mut browser = signed_in(&program).await;
    let page = browser.get(&at("/security")).await;
    assert!(page.text().contains("Show my authenticators"));
    let asked = send(&mut browser, "/api/security/allow", &[]).await;
    for scope in SCOPES {
        assert!(asked.header("location").contains(scope), "{scope}");
    }
    let refused = browser.follow(asked).await;
    assert_eq!(refused.status, 403);
    assert!(
        refused.text().contains("scope_refused"),
        "{}",
        refused.text()
    );
    assert!(is_signed_in(&mut browser).await);
}

#[tokio::test]
async fn authenticators_are_shown_once_the_org_lets_the_app_see_them() {
    let program = Program::start().await;
    grant_scopes(&program);
    let mut browser = signed_in(&program).await;
    let asked = send(&mut browser, "/api/security/allow", &[]).await;
    let page = browser.follow(asked).await;
    assert_eq!(page.url.path(), "/security");
    let text = page.text();
    assert!(text.contains("Password"), "{text}");
    assert!(text.contains("You have just proved who you are"), "{text}");

    program.org.clock.advance_seconds(10 * 60);
    let later = browser.get(&at("/security")).await;
    assert!(
        later
            .text()
            .contains("the org asks you to prove who you are")
    );
    let fields = [("authenticator", "aut1"), ("enrollment", "x")];
    let stepped_up = send(&mut browser, "/api/security/remove", &fields).await;
    let location = stepped_up.header("location");
    assert!(
        location.starts_with(&format!("{ORG_URL}/oauth2/v1/authorize?")),
        "{location}"
    );
    assert!(location.contains("max_age=300") && location.contains("okta.myAccount"));
}

#[tokio::test]
async fn a_telephone_is_added_by_its_code_and_removed() {
    let program = Program::start().await;
    grant_scopes(&program);
    let mut browser = signed_in(&program).await;
    let asked = send(&mut browser, "/api/security/allow", &[]).await;
    let page = browser.follow(asked).await;
    assert!(page.text().contains("Telephone number"), "{}", page.text());

    let wrong = outcome(
        &mut browser,
        "/api/security/add-phone",
        &[("number", "twelve")],
    )
    .await;
    assert!(
        wrong.contains("The org does not take this number"),
        "{wrong}"
    );

    let number = [("number", "+15550100300")];
    let added = outcome(&mut browser, "/api/security/add-phone", &number).await;
    assert!(added.contains("A code is on its way"), "{added}");
    let phone = added
        .split_once("name=\"id\" value=\"")
        .and_then(|(_, rest)| rest.split('"').next())
        .expect("the id of the telephone")
        .to_owned();
    let fields = [("id", phone.as_str()), ("code", "000000")];
    let mistaken = outcome(&mut browser, "/api/security/verify-phone", &fields).await;
    assert!(mistaken.contains("That is not the code"), "{mistaken}");

    let code = program.org.code_for("+15550100300");
    let fields = [("id", phone.as_str()), ("code", code.as_str())];
    let verified = outcome(&mut browser, "/api/security/verify-phone", &fields).await;
    assert!(verified.contains("The telephone is set up"), "{verified}");

    let page = browser.get(&at("/security")).await;
    let form = page.form("/api/security/remove");
    let fields: Vec<_> = form
        .fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let removed = outcome(&mut browser, "/api/security/remove", &fields).await;
    assert!(removed.contains("It is removed"), "{removed}");
    let page = browser.get(&at("/security")).await;
    assert!(
        page.forms("/api/security/remove").is_empty(),
        "nothing is left to remove"
    );
}

/// Asks for a security question on the org's page, answers it as `person`, and gives the page that follows.
async fn set_up_question(browser: &mut Browser, person: &str) -> Page {
    let begun = send(browser, "/api/security/set-up", &[("method", "kba")]).await;
    for part in [
        "prompt=enroll_authenticator",
        "enroll_amr_values=kba",
        "response_type=none",
    ] {
        assert!(begun.header("location").contains(part), "{part}");
    }
    let page = browser.follow(begun).await;
    let fields = [("identifier", person)];
    let sent = browser.submit(&page, page.form("/identify"), &fields).await;
    let page = browser.follow(sent).await;
    let fields = [("password", PASSWORD)];
    let sent = browser.submit(&page, page.form("/password"), &fields).await;
    let page = browser.follow(sent).await;
    let fields = [("choice", "security_question")];
    let sent = browser.submit(&page, page.form("/choose"), &fields).await;
    let page = browser.follow(sent).await;
    let fields = [("question", "disliked_food"), ("answer", "turnips")];
    let sent = browser.submit(&page, page.form("/question"), &fields).await;
    browser.follow(sent).await
}

#[tokio::test]
async fn something_is_set_up_on_the_orgs_page_by_the_same_person_and_that_is_a_fresh_proof() {
    let program = Program::start().await;
    grant_scopes(&program);
    let mut browser = signed_in(&program).await;
    let asked = send(&mut browser, "/api/security/allow", &[]).await;
    let page = browser.follow(asked).await;
    let form = page.form("/api/security/set-up");
    assert!(form.fields.iter().any(|(name, _)| name == "method"));
    program.org.clock.advance_seconds(10 * 60);

    let page = set_up_question(&mut browser, JOHN).await;
    assert_eq!(page.url.path(), "/security", "{}", page.text());
    let text = page.text();
    assert!(text.contains("You have just proved who you are"), "{text}");
    assert!(!text.contains("value=\"kba\""), "it is there: {text}");

    let page = set_up_question(&mut browser, "jane.roe@example.com").await;
    assert!(
        page.text().contains("Somebody else answered"),
        "{}",
        page.text()
    );
    let profile = browser.get(&at("/profile")).await;
    assert!(profile.text().contains("John Doe"));
}

#[tokio::test]
async fn an_org_that_is_down_takes_the_authenticators_away_and_not_the_sessions() {
    let program = Program::start().await;
    let (mut here, _there) = two_browsers(&program).await;
    program.stop_org();
    let page = here.get(&at("/security")).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("The org cannot be asked right now"));
    assert!(page.text().contains("Sign out all others"));
    assert!(
        !page.text().contains(JOHN),
        "nothing of the account is needed"
    );
}

#[tokio::test]
async fn the_page_belongs_to_a_person() {
    let program = Program::start().await;
    let page = program.browser().get(&at("/security")).await;
    assert_eq!(page.status, 401);
}
