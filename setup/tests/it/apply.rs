use crate::local::{ALL, FRESH, Local, json};
use setup::Ending;

#[tokio::test]
async fn every_case_is_set_up_from_nothing_and_the_second_run_writes_nothing() {
    for cases in ["base", "mfa", "password-only", "password-optional", ALL] {
        let local = Local::start().await;
        local.fine(&format!("apply --case {cases}")).await;
        assert!(!local.take_writes().is_empty());
        let before = local.export().await;
        local.fine(&format!("apply --case {cases}")).await;
        assert_eq!(local.take_writes(), [""; 0], "{cases}");
        assert_eq!(local.export().await, before, "{cases}");
        local.fine(&format!("plan --case {cases}")).await;
        local.fine(&format!("verify --case {cases}")).await;
    }
}

#[tokio::test]
async fn a_plan_tells_every_step_writes_nothing_and_ends_with_changes() {
    let local = Local::start().await;
    let before = local.export().await;
    for command in ["plan", "apply --dry-run"] {
        let run = local.setup(&format!("{command} --case {ALL}")).await;
        assert_eq!(run.ending.expect("a plan"), Ending::Changes);
        for line in [
            "Create a group\n  + group Retailers\n      profile.description: \"All retailers\"\n",
            "Add a user to the group\n  + membership john.doe@example.com in Retailers\n",
            "  + role Super Administrator of okta.service@example.com\n",
            "  ~ authenticator Email\n      settings.allowedFor: \"recovery\" -> \"any\"\n",
        ] {
            assert!(run.text.contains(line), "{line} in {}", run.text);
        }
        // Objects that do not exist yet stand there by name.
        assert!(
            run.text
                .contains("conditions.people.groups.include: [\"Password optional\"]"),
            "{}",
            run.text
        );
        assert!(
            run.text
                .contains("\"admin@example.com\",\"okta.service@example.com\""),
            "{}",
            run.text
        );
    }
    assert_eq!(local.take_writes(), [""; 0]);
    assert_eq!(local.export().await, before);
}

#[tokio::test]
async fn json_is_one_document_for_a_plan_and_a_line_for_each_event_of_an_apply() {
    let local = Local::start().await;
    let run = local.setup("plan --json").await;
    assert_eq!(run.text.lines().count(), 1);
    let plan = json(&run.text);
    assert_eq!(plan["command"], "plan");
    assert_eq!(plan["steps"][5]["name"], "Create a group");
    assert_eq!(plan["steps"][5]["objects"][0]["action"], "create");
    let text = local.fine("apply --json").await;
    let events: Vec<_> = text.lines().map(json).collect();
    assert_eq!(events[0]["event"], "begin");
    let done = events.last().expect("an event");
    assert_eq!(done["event"], "done");
    assert_eq!(done["summary"]["create"], plan["summary"]["create"]);
    let passwords = events.iter().filter(|event| event["event"] == "password");
    assert_eq!(passwords.count(), 2);
}

#[tokio::test]
async fn made_up_passwords_are_shown_once_and_chosen_ones_never() {
    let local = Local::start().await;
    let text = local
        .fine("apply --john-password correct-Horse-1-battery")
        .await;
    assert!(
        text.contains("password of okta.service@example.com, shown this once: "),
        "{text}"
    );
    assert!(
        !text.contains("correct-Horse") && !text.contains("password of john"),
        "{text}"
    );
    let again = local.fine("apply").await;
    assert!(!again.contains("password of"), "{again}");
}

#[tokio::test]
async fn people_and_things_with_letters_of_three_bytes_are_set_up_and_found_again() {
    let local = Local::start().await;
    let words = "apply --john-first-name 太郎 --john-last-name Škarabot€ --group 小売店 --app-label Ünïcödé";
    local.fine(words).await;
    local.take_writes();
    local.fine(words).await;
    assert_eq!(local.take_writes(), [""; 0]);
}

#[tokio::test]
async fn letters_of_four_bytes_are_refused_before_anything_is_sent() {
    let local = Local::start().await;
    let run = local.setup("apply --group 𠮷").await;
    let error = run.ending.expect_err("refused").to_string();
    assert!(
        error.contains("--group") && error.contains("four bytes"),
        "{error}"
    );
    assert_eq!(local.take_writes(), [""; 0]);
}

#[tokio::test]
async fn what_exists_is_taken_over_and_not_made_a_second_time() {
    let john = r#""users": [{"login": "john.doe@example.com", "firstName": "Jon", "lastName": "Doe",
        "email": "john.doe@example.com", "password": "correct-horse-battery", "status": "SUSPENDED"}, "#;
    let retailers = r#"{"groups": [{"name": "Retailers", "description": "Old"}], "#;
    let seed = FRESH
        .replacen(r#""users": ["#, john, 1)
        .replacen('{', retailers, 1);
    let local = Local::with_seed(&seed).await;
    let text = local.fine("apply").await;
    assert!(text.contains("  ~ user john.doe@example.com\n"), "{text}");
    assert!(
        text.contains("profile.firstName: \"Jon\" -> \"John\""),
        "{text}"
    );
    assert!(
        text.contains(
            "  ~ account john.doe@example.com\n      status: \"SUSPENDED\" -> \"ACTIVE\""
        ),
        "{text}"
    );
    assert!(
        text.contains(
            "  ~ group Retailers\n      profile.description: \"Old\" -> \"All retailers\""
        ),
        "{text}"
    );
    assert!(!text.contains("password of john"), "{text}");
    local.take_writes();
    local.fine("apply").await;
    assert_eq!(local.take_writes(), [""; 0]);
}

#[tokio::test]
async fn the_app_beside_the_org_keeps_its_id_and_gets_what_the_guide_asks_for() {
    let local = Local::start().await;
    let text = local.fine("apply --app-label Portico").await;
    assert!(text.contains("  ~ app Portico\n"), "{text}");
    assert!(
        text.contains("grant_types: [\"authorization_code\"] -> [\"authorization_code\""),
        "{text}"
    );
    let text = local.fine("destroy --app-label Portico").await;
    assert!(
        text.contains("~ app Portico") && !text.contains("- app"),
        "{text}"
    );
}

#[tokio::test]
async fn each_kind_of_app_is_registered_as_what_it_is() {
    for (kind, wire, method) in [
        ("web", "web", "client_secret_basic"),
        ("spa", "browser", "none"),
        ("native", "native", "none"),
    ] {
        let local = Local::start().await;
        local.fine(&format!("apply --app-kind {kind}")).await;
        let export = local.fine(&format!("export --app-kind {kind}")).await;
        let export: serde_json::Value = serde_json::from_str(&export).expect("JSON");
        let app = &export["app"];
        assert_eq!(app["settings"]["oauthClient"]["application_type"], wire);
        assert_eq!(
            app["credentials"]["oauthClient"]["token_endpoint_auth_method"],
            method
        );
        assert!(app["credentials"]["oauthClient"]["client_secret"].is_null());
        let other = if kind == "web" { "spa" } else { "web" };
        let error = local
            .setup(&format!("apply --app-kind {other}"))
            .await
            .ending
            .expect_err("refused");
        assert!(error.to_string().contains("--app-label"), "{error}");
    }
}

#[tokio::test]
async fn the_token_that_the_org_lends_ends_with_the_run_however_that_ends() {
    let local = Local::start().await;
    local.fine("apply").await;
    assert_eq!(local.tokens(), 0);
    assert!(local.setup("plan --case mfa").await.ending.is_ok());
    assert!(local.setup("plan --app-label 😀").await.ending.is_err());
    assert_eq!(local.tokens(), 0);
    let own = local.make_token().await;
    local.fine(&format!("apply --api-token {own}")).await;
    assert_eq!(local.tokens(), 1, "one's own token stays");
}
