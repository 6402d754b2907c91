//! The way itself: on another device, when more is asked for half-way, and with whatever is typed.

use serde_json::json;

use super::person::{Administrator, Person, grant};
use crate::support::{JOHN, Program, at};

/// John, after the welcome, at an org that tells everything.
async fn john(program: &Program) -> Person {
    grant(program);
    let mut john = Person::sign_in(program, JOHN).await;
    john.send("start", &[]).await;
    john
}

fn forget_email(program: &Program) {
    program.org.execute(
        "DELETE FROM enrollments WHERE authenticator_key = 'okta_email' \
         AND user_id = (SELECT id FROM users WHERE login = ?1)",
        [JOHN],
    );
}

#[tokio::test]
async fn the_way_goes_on_in_another_browser_where_it_was_left() {
    let program = Program::start().await;
    let mut here = john(&program).await;
    here.send("names", &[("first_name", "Johnny")]).await;
    assert_eq!(here.step(), "Security");

    let mut there = Person::sign_in(&program, JOHN).await;
    assert_eq!(there.step(), "Preferences", "this session may not look yet");
    assert!(there.text().contains("Step 3 of 3"), "{}", there.text());
    // The names are there, and can be changed from the list of steps.
    there.open("/onboarding?step=profile").await;
    assert_eq!(there.step(), "Your name");
    assert!(there.text().contains("value=\"Johnny\""));
    there
        .send("finish", &[("landing", "home"), ("zone", "Asia/Tokyo")])
        .await;
    assert_eq!(there.page.url.path(), "/");

    // Where it was left open, it is over as well; and times are those of the person on every device.
    here.send("put-off", &[("step", "factors")]).await;
    assert_eq!(here.step(), "done");
    assert!(here.text().contains("Johnny Doe") && here.text().contains("Asia/Tokyo"));
    let mut third = Person::sign_in(&program, JOHN).await;
    third.open("/profile").await;
    assert!(third.text().contains("JST"), "{}", third.text());
}

#[tokio::test]
async fn what_is_offered_half_way_becomes_a_step_and_what_is_done_stays_done() {
    let program = Program::start().await;
    let mut administrator = Administrator::of(&program).await;
    let listed = administrator
        .call(
            http::Method::GET,
            "/api/v1/policies?type=MFA_ENROLL",
            json!({}),
        )
        .await;
    let policy = listed[0].clone();
    let path = format!("/api/v1/policies/{}", policy["id"].as_str().expect("an id"));
    let demanding = |what: &str| {
        let mut policy = policy.clone();
        let all = policy["settings"]["authenticators"].as_array_mut();
        for one in all.expect("authenticators") {
            if one["key"] != "okta_password" && one["key"] != "okta_email" {
                one["enroll"] = json!({"self": what});
            }
        }
        policy
    };
    administrator
        .call(http::Method::PUT, &path, demanding("NOT_ALLOWED"))
        .await;
    let mut john = john(&program).await;
    john.send("names", &[]).await;
    assert_eq!(john.steps(), "Welcome✓ Email✓ Your name✓ Preferences");

    administrator
        .call(http::Method::PUT, &path, demanding("OPTIONAL"))
        .await;
    forget_email(&program);
    john.open("/onboarding").await;
    assert_eq!(john.step(), "Email");
    assert_eq!(
        john.steps(),
        "Welcome✓ Email Your name✓ Security Preferences"
    );
    john.send("put-off", &[("step", "email")]).await;
    assert_eq!(john.step(), "Security");
}

#[tokio::test]
async fn a_telephone_is_set_up_on_the_way_and_the_org_knows_it() {
    let program = Program::start().await;
    let mut john = john(&program).await;
    john.send("names", &[("first_name", "Johnny")]).await;
    for number in ["", "twelve", "+1<script>", "0555"] {
        john.send("add-phone", &[("number", number)]).await;
        assert!(
            john.text()
                .contains("Write the number with its country code"),
            "{number}: {}",
            john.text()
        );
        assert!(john.text().contains("aria-invalid=\"true\""), "{number}");
    }
    john.send("add-phone", &[("number", "+15550100300")]).await;
    assert!(
        john.text().contains("A code is on its way"),
        "{}",
        john.text()
    );
    for code in ["", "000000", "<b>"] {
        john.send("verify-phone", &[("code", code)]).await;
        assert!(john.text().contains("That is not the code"), "{code}");
    }
    let code = program.org.code_for("+15550100300");
    john.send("verify-phone", &[("code", &code)]).await;
    assert_eq!(john.step(), "Preferences", "{}", john.text());
    assert!(john.steps().contains("Security✓"));
    let first: String = program
        .org
        .database()
        .query_row(
            "SELECT json_extract(profile, '$.firstName') FROM users WHERE login = ?1",
            [JOHN],
            |row| row.get(0),
        )
        .expect("John");
    assert_eq!(first, "Johnny", "the org has the name as well");
}

#[tokio::test]
async fn a_passkey_is_set_up_at_the_org_which_leads_back() {
    let program = Program::start().await;
    let mut john = john(&program).await;
    john.send("names", &[]).await;
    let form = john.page.forms("/api/onboarding/set-up");
    let key = form.first().and_then(|form| {
        let key = form.fields.iter().find(|(name, _)| name == "key")?;
        Some(key.1.clone())
    });
    assert_eq!(key.as_deref(), Some("webauthn"), "{}", john.text());
    john.send("set-up", &[("key", "webauthn")]).await;
    assert!(
        john.page.url.as_str().starts_with(testkit::ORG_URL),
        "{}",
        john.page.url
    );
    assert!(
        john.text().to_lowercase().contains("passkey"),
        "{}",
        john.text()
    );
    // Whoever turns back is where they were.
    john.open("/onboarding").await;
    assert_eq!(john.step(), "Security");
}

#[tokio::test]
async fn whatever_is_typed_the_field_at_fault_is_named_and_nothing_is_saved() {
    let program = Program::start().await;
    let mut john = john(&program).await;
    let long = "ü".repeat(101);
    for (field, label) in [("first_name", "First name"), ("last_name", "Last name")] {
        for value in ["", " \t ", "a\u{7}b", "line\nbreak", long.as_str()] {
            john.send("names", &[(field, value)]).await;
            assert_eq!(john.step(), "Your name", "{field} {value:?}");
            let text = john.text();
            assert!(
                text.contains(&format!("{label} must have 1 to 100 characters")),
                "{value:?}"
            );
            assert!(text.contains(&format!("id=\"{field}-problem\"")), "{text}");
        }
    }
    let hostile = "<img src=x onerror=alert(1)>\"'&";
    john.send("names", &[("first_name", hostile)]).await;
    assert!(!john.text().contains("<img"), "{}", john.text());
    john.send("put-off", &[("step", "factors")]).await;
    for (field, values, words) in [
        (
            "landing",
            ["", "/etc/passwd", "https://evil.example"],
            "Choose one of the pages.",
        ),
        (
            "locale",
            ["klingon!", "../de", "<b>"],
            "Choose a language from the list.",
        ),
        (
            "zone",
            ["Mars/Olympus", "../../etc/passwd", "<b>"],
            "Choose a time zone from the list.",
        ),
    ] {
        for value in values {
            let mut fields = vec![("landing", "home"), ("locale", "en-US"), ("zone", "UTC")];
            fields.retain(|(name, _)| *name != field);
            fields.push((field, value));
            john.send("finish", &fields).await;
            assert_eq!(john.step(), "Preferences", "{field} {value:?}");
            assert!(
                john.text().contains(words),
                "{field} {value:?}: {}",
                john.text()
            );
        }
    }
    for step in ["preferences", "profile", "", "<script>"] {
        john.send("put-off", &[("step", step)]).await;
        assert_eq!(john.step(), "Preferences", "{step:?}");
    }
    for path in [
        "/onboarding?step=<script>&problem=<script>&challenge=<script>&phone=<script>",
        "/onboarding?return_to=https://evil.example",
    ] {
        john.open(path).await;
        assert_eq!(john.step(), "Preferences");
        assert!(!john.text().contains("<script>&"), "{path}");
    }
    assert_eq!(
        john.browser.get(&at("/onboarding?step=email")).await.status,
        200
    );
}

#[tokio::test]
async fn codes_for_other_addresses_and_made_up_challenges_are_refused_by_the_field() {
    let program = Program::start().await;
    forget_email(&program);
    let mut john = john(&program).await;
    assert_eq!(john.step(), "Email");
    for (id, challenge) in [
        ("x", "x"),
        ("../phones", "x"),
        ("x", "../../profile"),
        ("", ""),
    ] {
        let fields = [("id", id), ("challenge", challenge), ("code", "123456")];
        john.send("verify-email", &fields).await;
        assert_eq!(john.step(), "Email", "{id} {challenge}");
    }
    john.send("send-code", &[("id", "emlNobody00000000000")])
        .await;
    assert!(
        john.text().contains("Nothing has changed"),
        "{}",
        john.text()
    );
    john.open("/onboarding").await;
    john.send("send-code", &[]).await;
    let code = program.org.code_for(JOHN);
    john.send("verify-email", &[("code", &code)]).await;
    assert_eq!(john.step(), "Your name", "{}", john.text());
    // An old form of it changes nothing.
    john.open("/onboarding?step=email").await;
    assert!(john.text().contains("You have proved that you read it."));
}

#[tokio::test]
async fn an_attribute_that_the_org_demands_since_is_asked_for_and_kept_at_the_org() {
    let program = Program::start().await;
    let mut john = john(&program).await;
    john.send("names", &[]).await;
    assert_eq!(john.step(), "Security");
    let mut administrator = Administrator::of(&program).await;
    let attribute = json!({
        "title": "Team", "type": "string", "required": true, "minLength": 1, "maxLength": 10,
        "permissions": [{"principal": "SELF", "action": "READ_WRITE"}],
    });
    let schema = json!({"definitions": {"custom": {
        "id": "#custom", "type": "object", "properties": {"team": attribute}, "required": [],
    }}});
    let path = "/api/v1/meta/schemas/user/default";
    administrator.call(http::Method::POST, path, schema).await;

    john.open("/onboarding").await;
    assert_eq!(john.step(), "Your name", "{}", john.text());
    assert!(john.text().contains("The org asks everybody for this."));
    for value in ["", "  ", "a\u{7}", "more than ten"] {
        john.send("names", &[("attributes[team]", value)]).await;
        assert_eq!(john.step(), "Your name", "{value:?}");
        assert!(
            john.text().contains("Enter a value on one line."),
            "{value:?}"
        );
        assert!(
            john.text().contains("attributes[team]-problem"),
            "{}",
            john.text()
        );
    }
    john.send("finish", &[("landing", "home")]).await;
    assert!(
        john.text().contains("One thing is still missing"),
        "{}",
        john.text()
    );
    assert_eq!(john.step(), "Your name");
    john.open("/onboarding?step=profile").await;
    john.send(
        "names",
        &[("attributes[team]", "Otters"), ("attributes[login]", "x")],
    )
    .await;
    assert_eq!(john.step(), "Security", "{}", john.text());
    let user = administrator
        .call(
            http::Method::GET,
            &format!("/api/v1/users/{JOHN}"),
            json!({}),
        )
        .await;
    assert_eq!(user["profile"]["team"], "Otters");
    assert_eq!(user["profile"]["login"], JOHN);
}
