//! The four ways to arrive: each leads through what the person lacks, once.

use app::context::SignInWay;
use serde_json::{Value, json};
use testkit::{APP_URL, PASSWORD, TEST_SEED, TestOrg};

use super::person::{Administrator, Person, grant};
use crate::support::{JOHN, Program};

const UMA: &str = "uma@example.com";
/// One that the policy takes.
const NEW_PASSWORD: &str = "Meadow-otter-41";

/// The test org, where anybody may register for Portico.
fn open_seed() -> String {
    let mut seed: Value = serde_json::from_str(TEST_SEED).expect("JSON");
    seed["policies"] = json!([{
        "type": "PROFILE_ENROLLMENT", "name": "Anybody may register",
        "rules": [{"name": "Catch-all Rule", "actions": {"profileEnrollment": {
            "access": "ALLOW", "unknownUserAction": "REGISTER",
            "activationRequirements": {"emailVerification": true},
            "profileAttributes": [
                {"name": "email", "label": "Email", "required": true},
                {"name": "firstName", "label": "First name", "required": true},
                {"name": "lastName", "label": "Last name", "required": true},
            ],
            "targetGroupIds": ["Retailers"],
        }}}],
    }]);
    seed["apps"][0]["profilePolicy"] = json!("Anybody may register");
    seed.to_string()
}

async fn program(seed: &str) -> Program {
    let org = TestOrg::with_seed(seed).await;
    let program = Program::with_org(org, SignInWay::Hosted).await;
    grant(&program);
    program
}

/// Takes the rest of the way, and sees that it is over for good.
async fn finish(person: &mut Person) {
    assert_eq!(person.step(), "Your name");
    person.send("names", &[]).await;
    assert_eq!(person.step(), "Security", "{}", person.text());
    person.send("put-off", &[("step", "factors")]).await;
    assert_eq!(person.step(), "Preferences");
    person
        .send(
            "finish",
            &[("landing", "profile"), ("zone", "Europe/Berlin")],
        )
        .await;
    assert_eq!(person.page.url.as_str(), format!("{APP_URL}/profile"));
    person.open("/onboarding").await;
    assert_eq!(person.step(), "done");

    // Whoever signs in again lands where they chose, whatever is sent once more.
    person.send("start", &[]).await;
    person
        .send("names", &[("first_name", "X"), ("last_name", "Y")])
        .await;
    assert_eq!(person.step(), "done");
    assert!(!person.text().contains(">X Y<"));
}

#[tokio::test]
async fn who_registers_has_proved_the_address_already() {
    let program = program(&open_seed()).await;
    let mut nina = Person::arrive(&program).await;
    nina.fill("register", &[]).await;
    let profile = [
        ("email", "nina@example.com"),
        ("firstName", "Nina"),
        ("lastName", "New"),
    ];
    nina.fill("profile", &profile).await;
    let code = program.org.code_for("nina@example.com");
    nina.fill("code", &[("code", &code)]).await;
    if nina.text().contains("okta_password") {
        nina.fill("choose", &[("choice", "okta_password")]).await;
        let password = [("password", NEW_PASSWORD), ("confirm", NEW_PASSWORD)];
        nina.fill("new-password", &password).await;
    }
    nina.skip_set_up().await;
    assert_eq!(nina.step(), "Welcome", "{}", nina.text());
    assert!(nina.text().contains("Welcome, Nina"));
    nina.send("start", &[]).await;
    assert_eq!(
        nina.steps(),
        "Welcome✓ Email✓ Your name Security Preferences"
    );
    finish(&mut nina).await;
}

#[tokio::test]
async fn who_was_invited_begins_with_the_link_and_goes_on_in_the_app() {
    let program = program(TEST_SEED).await;
    let mut administrator = Administrator::of(&program).await;
    let made = administrator.create(UMA, json!({})).await;
    assert_eq!(made["status"], "PROVISIONED", "{made}");
    let mut browser = program.browser();
    let page = browser.visit(&program.org.link_for(UMA)).await;
    let mut uma = Person { browser, page };
    uma.fill("verify", &[]).await;
    uma.fill("choose", &[("choice", "okta_password")]).await;
    let password = [("password", NEW_PASSWORD), ("confirm", NEW_PASSWORD)];
    uma.fill("new-password", &password).await;
    uma.skip_set_up().await;
    assert_eq!(uma.page.url.as_str(), format!("{APP_URL}/"));
    // The org knows them by now, so that nothing is asked again.
    uma.open("/login").await;
    assert_eq!(uma.step(), "Welcome", "{} {}", uma.page.url, uma.text());
    uma.send("start", &[]).await;
    if uma.step() == "Email" {
        verify_email(&program, &mut uma, UMA).await;
    }
    assert!(
        uma.steps().starts_with("Welcome✓ Email✓"),
        "{}",
        uma.steps()
    );
    finish(&mut uma).await;
}

async fn verify_email(program: &Program, person: &mut Person, address: &str) {
    person.send("send-code", &[]).await;
    assert!(
        person.text().contains("A code is on its way"),
        "{}",
        person.text()
    );
    person.send("verify-email", &[("code", "000000")]).await;
    assert!(
        person.text().contains("That is not the code"),
        "{}",
        person.text()
    );
    assert_eq!(person.step(), "Email");
    let code = program.org.code_for(address);
    person.send("verify-email", &[("code", &code)]).await;
    assert!(
        person.text().contains("Your email address is verified"),
        "{}",
        person.text()
    );
}

/// The password of the test org's people, as other systems may have kept it.
fn imported() -> Vec<(&'static str, Value)> {
    vec![
        (
            "bcrypt",
            json!({"algorithm": "BCRYPT", "workFactor": 4, "salt": "abcdefghijklmnopqrstuu",
                   "value": "pOWRSKKNe562z1DsLEArFuJDHVyRIMa"}),
        ),
        (
            "sha256",
            json!({"algorithm": "SHA-256", "salt": "TmFDbA==", "saltOrder": "PREFIX",
                   "value": "pv/OZ4CsxfMKICqwtYqX9wy9G2uQqPoEloLZnz3XRIk="}),
        ),
        (
            "sha512",
            json!({"algorithm": "SHA-512", "salt": "TmFDbA==", "saltOrder": "POSTFIX",
                   "value": "VQNhOvoKuxUsOoXjZxkk+TiLkhftc6VYuJ7qzM0w/YdhyUIlW2ZcIf2UWkOHHoiLptYhZxuZG9dXCROaQZW0IQ=="}),
        ),
        (
            "pbkdf2",
            json!({"algorithm": "PBKDF2", "salt": "TmFDbA==", "iterationCount": 4096, "keySize": 32,
                   "digestAlgorithm": "SHA256_HMAC", "value": "uxxgGuq4h280uS5T+/QUiU0WYf6NXML+q8A06ltZoq8="}),
        ),
    ]
}

#[tokio::test]
async fn who_was_imported_signs_in_with_the_password_they_had_and_proves_the_address() {
    let program = program(TEST_SEED).await;
    let mut administrator = Administrator::of(&program).await;
    for (name, hash) in imported() {
        let login = format!("{name}@example.com");
        let made = administrator
            .create(&login, json!({"password": {"hash": hash}}))
            .await;
        assert_eq!(made["credentials"]["provider"]["type"], "IMPORT", "{name}");
        let id = made["id"].as_str().expect("an id").to_owned();

        let mut person = Person::sign_in(&program, &login).await;
        assert_eq!(person.step(), "Welcome", "{name}: {}", person.text());
        let path = format!("/api/v1/users/{id}");
        let now = administrator
            .call(http::Method::GET, &path, json!({}))
            .await;
        assert_eq!(
            now["credentials"]["provider"]["type"], "OKTA",
            "{name}: the hash is one of the org's own now"
        );
        person.send("start", &[]).await;
        if person.step() == "Email" {
            verify_email(&program, &mut person, &login).await;
        }
        finish(&mut person).await;
    }
}

#[tokio::test]
async fn who_gets_the_app_by_a_group_is_asked_for_nothing_that_is_known() {
    let mut seed: Value = serde_json::from_str(TEST_SEED).expect("JSON");
    seed["apps"][0]["assignedGroups"] = json!(["Staff"]);
    let program = program(&seed.to_string()).await;
    let mut administrator = Administrator::of(&program).await;
    let mut outside = Person::arrive(&program).await;
    outside.fill("identify", &[("identifier", JOHN)]).await;
    outside.fill("password", &[("password", PASSWORD)]).await;
    assert!(
        !outside.text().contains("Welcome, John"),
        "not assigned yet"
    );

    let groups = administrator
        .call(http::Method::GET, "/api/v1/groups?q=Staff", json!({}))
        .await;
    let user = administrator
        .call(
            http::Method::GET,
            &format!("/api/v1/users/{JOHN}"),
            json!({}),
        )
        .await;
    let member = format!(
        "/api/v1/groups/{}/users/{}",
        groups[0]["id"].as_str().expect("an id"),
        user["id"].as_str().expect("an id")
    );
    administrator
        .call(http::Method::PUT, &member, json!({}))
        .await;
    let mut john = Person::sign_in(&program, JOHN).await;
    assert_eq!(john.step(), "Welcome", "{}", john.text());
    john.send("start", &[]).await;
    assert_eq!(
        john.steps(),
        "Welcome✓ Email✓ Your name Security Preferences"
    );
    finish(&mut john).await;
}

#[tokio::test]
async fn an_org_that_grants_nothing_shortens_the_way_and_says_so() {
    let program = Program::start().await;
    let mut john = Person::sign_in(&program, JOHN).await;
    john.send("start", &[]).await;
    assert_eq!(john.steps(), "Welcome✓ Your name Preferences");
    assert!(
        john.text()
            .contains("The org does not let this app see your email address")
    );
    john.send("names", &[]).await;
    john.send("finish", &[("landing", "home")]).await;
    assert_eq!(john.page.url.path(), "/");
}
