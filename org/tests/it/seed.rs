use org::Seed;
use serde_json::{Value, json};

fn valid() -> Value {
    serde_json::from_str(testkit::TEST_SEED).expect("JSON")
}

#[test]
fn a_seed_that_cannot_be_used_says_which_field_and_what_to_do() {
    type Change = fn(&mut Value);
    let changes: [(Change, &str, &str); 16] = [
        (
            |seed| seed["users"][0]["login"] = json!("x"),
            "users[0].login",
            "5 to 100 characters",
        ),
        (
            |seed| seed["users"][1]["login"] = json!("JOHN.DOE@example.com"),
            "users[1].login",
            "login of its own",
        ),
        (
            |seed| seed["users"][0]["password"] = json!("short"),
            "users[0].password",
            "8 to 256 characters",
        ),
        (
            |seed| seed["users"][0]["status"] = json!("HAPPY"),
            "HAPPY",
            "SUSPENDED",
        ),
        (
            |seed| seed["users"][0]["phone"] = json!("1"),
            "phone",
            "unknown field",
        ),
        (
            |seed| seed["groups"][0]["members"] = json!(["nobody@example.com"]),
            "groups[0].members",
            "define it above",
        ),
        (
            |seed| seed["groups"][0]["name"] = json!("everyone"),
            "groups[0].name",
            "another name",
        ),
        (
            |seed| seed["apps"][0]["redirectUris"] = json!(["http://example.com/cb"]),
            "apps[0].redirectUris[0]",
            "https",
        ),
        (
            |seed| seed["apps"][0]["redirectUris"] = json!(["https://a.example.com/#x"]),
            "apps[0].redirectUris[0]",
            "fragment",
        ),
        (
            |seed| seed["apps"][0]["redirectUris"] = json!(["javascript:alert(1)"]),
            "apps[0].redirectUris[0]",
            "scheme",
        ),
        (
            |seed| seed["apps"][0]["postLogoutRedirectUris"] = json!(["/bye"]),
            "apps[0].postLogoutRedirectUris[0]",
            "absolute",
        ),
        (
            |seed| seed["apps"][0]["grantTypes"] = json!(["implicit"]),
            "apps[0].grantTypes",
            "authorization_code",
        ),
        (
            |seed| seed["apps"][0]["assignedGroups"] = json!(["Nobody"]),
            "apps[0].assignedGroups",
            "define it above",
        ),
        (
            |seed| seed["apps"][0]["clientId"] = json!("abc"),
            "abc",
            "0oa",
        ),
        (
            |seed| seed["apps"][2]["clientSecret"] = json!("secret"),
            "apps[2].clientSecret",
            "no secret",
        ),
        (
            |seed| seed["apps"][0]["label"] = json!("Other"),
            "apps",
            "Portico",
        ),
    ];
    for (change, field, remedy) in changes {
        let mut seed = valid();
        change(&mut seed);
        let error = Seed::from_json(&seed.to_string())
            .expect_err(field)
            .to_string();
        assert!(
            error.contains(field) && error.contains(remedy),
            "{field}: {error}"
        );
    }
}

#[test]
fn a_password_in_a_seed_does_not_show_when_it_is_printed_for_debugging() {
    let seed = Seed::from_json(testkit::TEST_SEED).expect("a valid seed");
    let printed = format!("{seed:?}");
    assert!(!printed.contains(testkit::PASSWORD) && !printed.contains("portico-secret"));
}
