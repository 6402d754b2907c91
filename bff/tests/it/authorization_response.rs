use model::{ReturnTo, SignInErrorCode};
use testkit::provider::Endpoint;
use url::Url;
use url::form_urlencoded::{self, byte_serialize};

use crate::support::{Browser, World};

/// The parameters of an honest answer.
struct Honest {
    code: String,
    state: String,
    iss: String,
}

impl Honest {
    async fn new(world: &World, browser: &mut Browser) -> Self {
        let location = world.begin(browser, ReturnTo::default()).await;
        let query = world.provider.authorize(&location);
        let find = |name: &str| {
            form_urlencoded::parse(query.as_bytes())
                .find(|(key, _)| key == name)
                .map(|(_, value)| byte_serialize(value.as_bytes()).collect::<String>())
                .expect("a parameter")
        };
        Self {
            code: find("code"),
            state: find("state"),
            iss: find("iss"),
        }
    }

    /// Queries that no honest org sends. None may reach the token endpoint.
    fn spoiled(&self) -> Vec<String> {
        let Self { code, state, iss } = self;
        let good = [
            format!("code={code}"),
            format!("state={state}"),
            format!("iss={iss}"),
        ];
        let mut queries = Vec::new();
        for (index, parameter) in good.iter().enumerate() {
            let (name, value) = parameter.split_once('=').expect("a pair");
            let rest: Vec<&str> = good
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != index)
                .map(|(_, other)| other.as_str())
                .collect();
            let rest = rest.join("&");
            queries.push(rest.clone());
            for twin in [value, "", "x", "%00", "https%3A%2F%2Fevil.example"] {
                queries.push(format!("{rest}&{parameter}&{name}={twin}"));
                queries.push(format!("{name}={twin}&{rest}&{parameter}"));
            }
            let encoded = format!("%{:02x}{}", name.as_bytes()[0], &name[1..]);
            queries.push(format!("{rest}&{parameter}&{encoded}={value}"));
            queries.push(format!("{rest}&{name}"));
            queries.push(format!("{rest}&{name}="));
            queries.push(format!("{rest}&{name}=%ff"));
            queries.push(format!("{rest}&{name}={value}%00"));
            queries.push(format!("{rest}&{name}={}", "x".repeat(9_000)));
            queries.push(format!("{rest}&{}={value}", name.to_uppercase()));
            queries.push(format!("{rest}&{name}[]={value}"));
        }
        queries.extend(self.wrong_states());
        queries.extend(self.wrong_issuers());
        queries.extend(self.errors());
        queries.extend([
            String::new(),
            "&&&".to_owned(),
            "=".to_owned(),
            "?".to_owned(),
        ]);
        queries
    }

    fn wrong_states(&self) -> Vec<String> {
        let Self { code, state, iss } = self;
        let mut states: Vec<String> = (0..state.len())
            .map(|position| {
                let mut bytes = state.clone().into_bytes();
                bytes[position] = if bytes[position] == b'A' { b'B' } else { b'A' };
                String::from_utf8(bytes).expect("ASCII")
            })
            .collect();
        states.extend([
            state[..42].to_owned(),
            state[..12].to_owned(),
            format!("{state}A"),
            format!("+{state}"),
            format!("{state}%20"),
            state.to_lowercase(),
            "..%2F..%2F".to_owned(),
        ]);
        states
            .iter()
            .map(|state| format!("code={code}&state={state}&iss={iss}"))
            .collect()
    }

    fn wrong_issuers(&self) -> Vec<String> {
        let Self { code, state, .. } = self;
        [
            "https://op.example/",
            "https://OP.example",
            "http://op.example",
            "https://op.example.evil.example",
            "https://evil.example",
            "https://op.example#",
            "https://op.example ",
            "op.example",
            "null",
        ]
        .into_iter()
        .map(|iss| {
            format!(
                "code={code}&state={state}&iss={}",
                byte_serialize(iss.as_bytes()).collect::<String>()
            )
        })
        .collect()
    }

    fn errors(&self) -> Vec<String> {
        let Self { code, state, iss } = self;
        let mut queries = Vec::new();
        for error in [
            "access_denied",
            "login_required",
            "interaction_required",
            "consent_required",
            "server_error",
            "temporarily_unavailable",
            "invalid_scope",
            "unauthorized_client",
            "unmet_authentication_requirements",
            "%3Cscript%3E",
            "",
            "x%0d%0aSet-Cookie%3A%20a%3Db",
        ] {
            queries.push(format!("error={error}&code={code}&state={state}&iss={iss}"));
            queries.push(format!(
                "error={error}&error={error}&state={state}&iss={iss}"
            ));
            queries.push(format!(
                "error={error}&state={state}&iss={iss}&error_description=a&error_description=b"
            ));
            queries.push(format!("error={error}&state={state}"));
            queries.push(format!(
                "error={error}&state={state}&iss=https%3A%2F%2Fevil.example"
            ));
            queries.push(format!("error={error}&iss={iss}"));
            queries.push(format!("error={error}&state={state}&iss={iss}"));
        }
        queries
    }
}

#[tokio::test]
async fn no_dishonest_answer_reaches_the_token_endpoint() {
    let world = World::new().await;
    let mut browser = Browser::default();
    let queries = Honest::new(&world, &mut browser).await.spoiled();
    assert!(queries.len() >= 200, "{}", queries.len());
    for query in &queries {
        // Each query meets a browser that holds the transaction.
        let mut browser = browser.clone();
        let outcome = world.complete(&mut browser, query).await;
        assert!(outcome.is_err(), "accepted: {query}");
        assert!(!world.is_signed_in(&mut browser).await, "{query}");
    }
    assert_eq!(world.provider.calls(Endpoint::Token), 0);
}

#[tokio::test]
async fn the_honest_answer_is_accepted_whatever_else_is_in_it() {
    let world = World::new().await;
    let mut browser = Browser::default();
    let Honest { code, state, iss } = Honest::new(&world, &mut browser).await;
    let query = format!("extra=1&extra=2&iss={iss}&state={state}&code={code}&session_state=x");
    world
        .complete(&mut browser, &query)
        .await
        .expect("a session");
}

async fn answered(query: &str) -> model::SignInError {
    let world = World::new().await;
    let mut browser = Browser::default();
    let location = world.begin(&mut browser, ReturnTo::default()).await;
    let state = state_of(&location);
    let query = format!("{query}&state={state}&iss=https%3A%2F%2Fop.example");
    let outcome = world.complete(&mut browser, &query).await;
    assert!(browser.cookies.is_empty(), "the transaction is over");
    outcome.expect_err("an error answer")
}

fn state_of(location: &Url) -> String {
    let (_, state) = location
        .query_pairs()
        .find(|(name, _)| name == "state")
        .expect("a state");
    state.into_owned()
}

#[tokio::test]
async fn each_error_of_the_org_has_a_code_of_its_own() {
    let table = [
        ("access_denied", SignInErrorCode::AccessDenied),
        ("login_required", SignInErrorCode::InteractionRequired),
        ("interaction_required", SignInErrorCode::InteractionRequired),
        ("consent_required", SignInErrorCode::InteractionRequired),
        (
            "unmet_authentication_requirements",
            SignInErrorCode::AuthenticationInsufficient,
        ),
        ("temporarily_unavailable", SignInErrorCode::OrgUnreachable),
        ("server_error", SignInErrorCode::OrgUnreachable),
        ("invalid_scope", SignInErrorCode::ScopeRefused),
        ("something_new", SignInErrorCode::OrgRefused),
    ];
    for (error, code) in table {
        assert_eq!(
            answered(&format!("error={error}")).await.code,
            code,
            "{error}"
        );
    }
}

#[tokio::test]
async fn an_unassigned_user_is_told_so() {
    let query =
        "error=access_denied&error_description=User+is+not+assigned+to+the+client+application.";
    assert_eq!(answered(query).await.code, SignInErrorCode::NotAssigned);
}

#[tokio::test]
async fn the_words_of_the_org_arrive_as_short_plain_text() {
    let payload = format!("<img onerror=x>\r\nSet-Cookie: a=b\t{}", "y".repeat(500));
    let payload: String = byte_serialize(payload.as_bytes()).collect();
    let error = answered(&format!("error=invalid_scope&error_description={payload}")).await;
    let said = error.said_by_org.expect("the org's words");
    assert!(said.starts_with("<img onerror=x>Set-Cookie"), "{said}");
    assert_eq!(said.chars().count(), 200);
}

#[tokio::test]
async fn the_words_of_a_stranger_are_not_shown() {
    let world = World::new().await;
    let query = "error=access_denied&error_description=Call+0800+EVIL&state=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let error = world
        .complete(&mut Browser::default(), query)
        .await
        .expect_err("unknown");
    assert_eq!(error.code, SignInErrorCode::TransactionUnknown);
    assert_eq!(error.said_by_org, None);
}
