//! `/sign-in` with a real org: the forms of the app, what the org asks, and the session at the end.

use app::context::SignInWay;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use testkit::{Browser, ORG_URL, PASSWORD, Page, TEST_SEED, TestOrg};

use crate::support::{Program, at, other_site, own_page};

const PORTICO: &str = "0oaPortico0000000000";
const PHONE: &str = "+15551234567";
/// Has a telephone.
const JOHN: &str = "john.doe@example.com";
/// Has an authenticator app.
const JANE: &str = "jane.roe@example.com";
/// Has both.
const BO: &str = "bo@example.com";
const PHONE_OF_BO: &str = "+15551234568";
/// Has email alone.
const EMIL: &str = "emil@example.com";

const GRANTS: [&str; 8] = [
    "authorization_code",
    "refresh_token",
    "interaction_code",
    "password",
    "urn:okta:params:oauth:grant-type:otp",
    "urn:okta:params:oauth:grant-type:oob",
    "http://auth0.com/oauth/grant-type/mfa-otp",
    "http://auth0.com/oauth/grant-type/mfa-oob",
];

/// The app with an org that lets it ask people itself, by a policy.
async fn start(policy: &str) -> Program {
    let mut seed: Value = serde_json::from_str(TEST_SEED).expect("JSON");
    seed["users"][0]["factors"] = json!([{"type": "phone", "number": PHONE}]);
    let secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    seed["users"][1]["factors"] = json!([{"type": "google_otp", "secret": secret}]);
    let emil = json!({"login": EMIL, "firstName": "Emil", "lastName": "Mail", "email": EMIL, "password": PASSWORD});
    let bo = json!({"login": BO, "firstName": "Bo", "lastName": "Both", "email": BO, "password": PASSWORD, "factors": [
        {"type": "phone", "number": PHONE_OF_BO}, {"type": "google_otp", "secret": secret},
    ]});
    let users = seed["users"].as_array_mut().expect("users");
    users.extend([emil, bo]);
    seed["authenticators"] = json!([{"key": "okta_email", "status": "ACTIVE", "settings": {"allowedFor": "any", "tokenLifetimeInMinutes": 5}}]);
    seed["apps"][0]["grantTypes"] = json!(GRANTS);
    seed["apps"][0]["accessPolicy"] = json!(policy);
    let org = TestOrg::with_seed(&seed.to_string()).await;
    Program::with_org(org, SignInWay::Forms).await
}

/// Gives the app another policy, as an administrator does.
async fn choose_policy(program: &Program, name: &str) {
    let made = program.org.org().create_api_token(None, "Test").await;
    let token = made.expect("a token").token;
    let mut headers = HeaderMap::new();
    let token = format!("SSWS {}", token.expose_secret());
    headers.insert(
        "authorization",
        HeaderValue::try_from(token).expect("a value"),
    );
    let mut browser = program.org.browser();
    let list = format!("{ORG_URL}/api/v1/policies?type=ACCESS_POLICY");
    let policies = browser
        .send(Method::GET, &list, headers.clone(), Bytes::new())
        .await
        .json();
    let policies = policies.as_array().expect("policies");
    let policy = policies.iter().find(|policy| policy["name"] == name);
    let id = policy.expect("a policy")["id"].as_str().expect("an id");
    let url = format!("{ORG_URL}/api/v1/apps/{PORTICO}/policies/{id}");
    let answer = browser.send(Method::PUT, &url, headers, Bytes::new()).await;
    assert_eq!(answer.status, 204);
}

/// A person with a browser, and the page they look at.
struct Person<'p> {
    program: &'p Program,
    browser: Browser,
    page: Page,
    /// The answer to the last form.
    answer: Page,
}

impl<'p> Person<'p> {
    /// Somebody who wants to see their profile.
    async fn at(program: &'p Program) -> Self {
        let mut browser = program.browser();
        let page = browser
            .visit(&at("/login?return_to=%2Fprofile%3Fa%3Db%26c%23d"))
            .await;
        assert_eq!(page.url.path(), "/sign-in", "where the setting leads");
        Self {
            program,
            browser,
            answer: page.clone(),
            page,
        }
    }

    /// Fills in a form of the page, and looks at what follows.
    async fn send(&mut self, form: &str, fields: &[(&str, &str)]) {
        let action = format!("/api/sign-in/{form}");
        let mut filled = self.page.form(&action).fields;
        for (name, value) in fields {
            filled.retain(|(field, _)| field != name);
            filled.push(((*name).to_owned(), (*value).to_owned()));
        }
        let filled: Vec<(&str, &str)> = filled
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let answer = self
            .browser
            .post_with(&at(&action), own_page(), &filled)
            .await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        self.page = self.browser.follow(answer.clone()).await;
        self.answer = answer;
    }

    async fn password(&mut self, login: &str) {
        let fields = [("username", login), ("password", PASSWORD)];
        self.send("password", &fields).await;
    }

    async fn code(&mut self, code: &str) {
        self.send("code", &[("code", code)]).await;
    }

    fn sees(&self, text: &str) {
        let page = self.page.text();
        assert!(page.contains(text), "{text:?} in {page}");
    }

    /// The session is there, and its first page is onboarding with the way to the profile.
    async fn is_signed_in_as(&mut self, login: &str) {
        let deep = "/onboarding?return_to=%2Fprofile%3Fa%3Db%26c%23d";
        assert!(self.page.url.as_str().ends_with(deep), "{}", self.page.url);
        let profile = self.browser.get(&at("/profile")).await;
        assert_eq!(profile.status, 200);
        assert!(profile.text().contains(login));
        assert_eq!(self.browser.cookie("127.0.0.1", "portico_sign_in"), None);
        let calls = self.program.requests_to_the_org();
        assert!(
            !calls.iter().any(|call| call.contains("/authorize")),
            "no page of the org"
        );
    }
}

async fn shown(program: &Program, login: &str) -> String {
    let url = format!("{ORG_URL}/dev/totp?login={login}");
    let answer = program.org.browser().get(&url).await.json();
    answer["codes"][0]["code"]
        .as_str()
        .expect("a code")
        .to_owned()
}

#[tokio::test]
async fn a_password_alone_signs_in_where_the_policy_asks_for_no_more() {
    let program = start("Password only").await;
    let mut person = Person::at(&program).await;
    for part in [
        "autocomplete=\"username\"",
        "autocomplete=\"current-password\"",
    ] {
        person.sees(part);
    }
    person
        .send("password", &[("username", JOHN), ("password", "wrong")])
        .await;
    person.sees("Check the username and the password");
    person.sees(&format!("value=\"{JOHN}\""));
    person.password(JOHN).await;
    person.is_signed_in_as(JOHN).await;

    let again = person.browser.get(&at("/sign-in?return_to=/tokens")).await;
    assert!(again.text().contains("You are signed in"));
    assert!(again.text().contains("href=\"/tokens\""));
    let out = person
        .browser
        .post_with(&at("/sign-out"), own_page(), &[])
        .await;
    let back = person.browser.follow(out).await;
    assert!(back.text().contains("You are signed out"));
}

#[tokio::test]
async fn what_the_policy_asks_besides_is_asked_by_text_message_by_call_and_by_app() {
    let program = start("Any two factors").await;
    let mut john = Person::at(&program).await;
    john.password(JOHN).await;
    john.sees("Enter the code from the text message");
    john.sees("autocomplete=\"one-time-code\"");
    john.code("000000").await;
    john.sees("That code is not right");
    let code = program.org.code_for(PHONE);
    let cookie = john.browser.cookie("127.0.0.1", "portico_sign_in");
    assert!(cookie.is_some_and(|sealed| !sealed.contains(&code)));
    john.code(&code).await;
    john.is_signed_in_as(JOHN).await;

    program.org.clock.advance_seconds(60);
    let mut john = Person::at(&program).await;
    john.password(JOHN).await;
    john.send("way", &[("way", "voice")]).await;
    john.sees("Enter the code from the call");
    assert_eq!(program.org.newest_message(PHONE).channel, "VOICE");
    let code = program.org.code_for(PHONE);
    john.code(&code).await;
    john.is_signed_in_as(JOHN).await;

    let mut jane = Person::at(&program).await;
    jane.password(JANE).await;
    jane.sees("Enter the code of your authenticator app");
    let code = shown(&program, JANE).await;
    let spaced = format!("{} {}", &code[..3], &code[3..]);
    jane.code(&spaced).await;
    jane.is_signed_in_as(JANE).await;
}

#[tokio::test]
async fn another_code_another_way_and_the_way_back() {
    let program = start("Any two factors").await;
    let mut john = Person::at(&program).await;
    john.password(JOHN).await;
    let first = program.org.code_for(PHONE);
    john.send("way", &[("way", "sms")]).await;
    john.sees("too often");
    program.org.clock.advance_seconds(31);
    john.send("way", &[("way", "sms")]).await;
    john.sees("Another code is on its way");
    assert_ne!(program.org.code_for(PHONE), first);
    john.send("way", &[("way", "")]).await;
    john.sees("How do you want to go on?");
    john.send("way", &[("way", "app")]).await;
    john.sees("That way cannot be used");
    let open = john.page.clone();
    john.send("restart", &[]).await;
    john.sees("Sign in without a password");
    john.page = open;
    john.send("way", &[("way", "sms")]).await;
    john.sees("That took too long");
    let begin = john.page.form("/api/sign-in/password").fields;
    let return_to = ("return_to".to_owned(), "/profile?a=b&c#d".to_owned());
    assert!(begin.contains(&return_to), "{begin:?}");
}

#[tokio::test]
async fn a_code_signs_in_without_a_password_and_tells_nobody_who_exists() {
    let program = start("One factor access").await;
    let mut john = Person::at(&program).await;
    john.send("first", &[("username", JOHN), ("way", "sms")])
        .await;
    john.sees("If this account has a telephone");
    let known = john.page.text().replace(JOHN, "name");
    let code = program.org.code_for(PHONE);
    john.code(&code).await;
    john.is_signed_in_as(JOHN).await;

    let mut jane = Person::at(&program).await;
    jane.send("first", &[("username", JANE), ("way", "app")])
        .await;
    let code = shown(&program, JANE).await;
    jane.code(&code).await;
    jane.is_signed_in_as(JANE).await;

    let nobody_at = "nobody@example.com";
    let mut nobody = Person::at(&program).await;
    nobody
        .send("first", &[("username", nobody_at), ("way", "sms")])
        .await;
    let unknown = nobody.page.text().replace(nobody_at, "name");
    assert_eq!(stable(&known), stable(&unknown));
    nobody.code("123456").await;
    nobody.sees("That code is not right");
}

/// A page without what is drawn anew for each answer.
fn stable(page: &str) -> String {
    let mut text = page.to_owned();
    for (start, end) in [("nonce=\"", "\""), ("name=\"attempt\" value=\"", "\"")] {
        let mut rest = text.as_str();
        let mut kept = String::new();
        while let Some((before, after)) = rest.split_once(start) {
            kept.push_str(before);
            rest = after.split_once(end).map_or("", |(_, rest)| rest);
        }
        text = kept + rest;
    }
    text
}

#[tokio::test]
async fn a_policy_that_changes_between_two_steps_is_what_the_next_page_shows() {
    let program = start("Any two factors").await;
    let mut jane = Person::at(&program).await;
    jane.password(JANE).await;
    jane.sees("Enter the code of your authenticator app");
    choose_policy(&program, "Password only").await;
    let code = shown(&program, JANE).await;
    jane.code(&code).await;
    // Nothing besides the password can be used any more, and only the org's page goes on from here.
    jane.sees("One more step, on the organization");

    choose_policy(&program, "Any two factors").await;
    let mut bo = Person::at(&program).await;
    bo.password(BO).await;
    bo.sees("Enter the code from the text message");
    let mut john = Person::at(&program).await;
    john.password(JOHN).await;
    john.sees("Enter the code from the text message");
    let deactivate = "UPDATE authenticators SET status = 'INACTIVE' WHERE key = 'phone_number'";
    assert_eq!(program.org.execute(deactivate, []), 1);
    let code = program.org.code_for(PHONE);
    john.code(&code).await;
    john.sees("One more step, on the organization");
    let code = program.org.code_for(PHONE_OF_BO);
    bo.code(&code).await;
    bo.sees("Enter the code of your authenticator app");
    let code = shown(&program, BO).await;
    bo.code(&code).await;
    bo.is_signed_in_as(BO).await;
}

#[tokio::test]
async fn what_only_the_org_can_ask_goes_on_at_its_page_and_comes_back_to_the_same_place() {
    let program = start("Any two factors").await;
    let mut emil = Person::at(&program).await;
    emil.password(EMIL).await;
    emil.sees("One more step, on the organization");
    emil.sees(ORG_URL);
    emil.send("hosted", &[]).await;
    let hint = emil.answer.location_parameter("login_hint");
    assert_eq!(hint.as_deref(), Some(EMIL));
    let form = emil.page.form("");
    assert!(
        emil.page.text().contains(EMIL),
        "the name is not typed again"
    );
    let mut page = emil
        .browser
        .submit(&emil.page, form, &[("identifier", EMIL)])
        .await;
    page = emil.browser.follow(page).await;
    if page.text().contains("name=\"password\"") {
        let form = page.form("");
        let sent = emil
            .browser
            .submit(&page, form, &[("password", PASSWORD)])
            .await;
        page = emil.browser.follow(sent).await;
    }
    assert_eq!(page.url.origin().ascii_serialization(), ORG_URL);
    assert!(page.text().contains("mail"), "{}", page.text());
}

#[tokio::test]
async fn an_app_that_may_not_ask_says_what_to_switch_on_and_leads_to_the_orgs_page() {
    let program = Program::with_org(TestOrg::start().await, SignInWay::Forms).await;
    let mut person = Person::at(&program).await;
    person.password(JOHN).await;
    person.sees("These forms are switched off");
    for part in ["General &gt; Grant type", "mfa-oob", "grantTypes.include"] {
        person.sees(part);
    }
    person.send("hosted", &[]).await;
    assert_eq!(person.page.url.origin().ascii_serialization(), ORG_URL);
    let named = format!("/login?iss={ORG_URL}&target_link_uri=%2Ftokens");
    let hosted = program.browser().get(&at(&named)).await;
    assert!(
        hosted.header("location").contains("/authorize?"),
        "a link of the org's"
    );
}

#[tokio::test]
async fn an_org_that_is_down_loses_nothing_and_another_site_can_send_nothing() {
    let program = start("Password only").await;
    let mut person = Person::at(&program).await;
    let fields = [
        ("return_to", "/"),
        ("username", JOHN),
        ("password", PASSWORD),
    ];
    let forged = person
        .browser
        .post_with(&at("/api/sign-in/password"), other_site(), &fields)
        .await;
    assert_eq!(
        (forged.status.as_u16(), forged.header("set-cookie")),
        (403, "")
    );
    program.stop_org();
    person.password(JOHN).await;
    person.sees("does not answer right now");
    person.send("hosted", &[]).await;
    person.sees("does not answer right now");
    person.sees(&format!("value=\"{JOHN}\""));
}

#[tokio::test]
async fn the_forms_speak_german_to_those_who_do() {
    let program = start("Password only").await;
    let mut headers = HeaderMap::new();
    headers.insert("accept-language", HeaderValue::from_static("de-AT,de"));
    let mut browser = program.browser();
    let page = browser
        .send(Method::GET, &at("/sign-in"), headers, Bytes::new())
        .await;
    assert!(page.text().contains("Ohne Passwort anmelden"));
}
