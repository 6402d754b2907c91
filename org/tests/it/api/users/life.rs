//! What is done to the life of a user.

use http::Method;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use testkit::{PASSWORD as JOHNS, TestOrg};

use super::super::{Answer, Api};
use super::{PASSWORD, create, path, profile};

/// An operation with what comes of it from each state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Deed {
    /// The path below the user's and its query; empty for DELETE.
    path: &'static str,
    /// From, to: whoever has a password.
    moves: &'static [(&'static str, &'static str)],
    /// Status and code from anywhere else.
    refusal: (u16, &'static str),
}

/// Written from Okta's documents, not from the program.
const DEEDS: [Deed; 9] = [
    Deed {
        path: "lifecycle/activate?sendEmail=false",
        moves: &[("STAGED", "ACTIVE"), ("DEPROVISIONED", "ACTIVE")],
        refusal: (403, "E0000016"),
    },
    Deed {
        path: "lifecycle/reactivate?sendEmail=false",
        moves: &[("PROVISIONED", "PROVISIONED"), ("RECOVERY", "PROVISIONED")],
        refusal: (403, "E0000038"),
    },
    Deed {
        path: "lifecycle/deactivate",
        moves: &[
            ("STAGED", "DEPROVISIONED"),
            ("PROVISIONED", "DEPROVISIONED"),
            ("ACTIVE", "DEPROVISIONED"),
            ("RECOVERY", "DEPROVISIONED"),
            ("PASSWORD_EXPIRED", "DEPROVISIONED"),
            ("LOCKED_OUT", "DEPROVISIONED"),
            ("SUSPENDED", "DEPROVISIONED"),
        ],
        refusal: (403, "E0000038"),
    },
    Deed {
        path: "lifecycle/suspend",
        moves: &[("ACTIVE", "SUSPENDED")],
        refusal: (400, "E0000001"),
    },
    Deed {
        path: "lifecycle/unsuspend",
        moves: &[("SUSPENDED", "ACTIVE")],
        refusal: (400, "E0000001"),
    },
    Deed {
        path: "lifecycle/unlock",
        moves: &[("LOCKED_OUT", "ACTIVE")],
        refusal: (403, "E0000032"),
    },
    Deed {
        path: "lifecycle/expire_password",
        moves: &[
            ("ACTIVE", "PASSWORD_EXPIRED"),
            ("PASSWORD_EXPIRED", "PASSWORD_EXPIRED"),
        ],
        refusal: (403, "E0000038"),
    },
    Deed {
        path: "lifecycle/expire_password_with_temp_password",
        moves: &[
            ("ACTIVE", "PASSWORD_EXPIRED"),
            ("PASSWORD_EXPIRED", "PASSWORD_EXPIRED"),
        ],
        refusal: (403, "E0000038"),
    },
    Deed {
        path: "lifecycle/reset_password?sendEmail=false",
        moves: &[
            ("ACTIVE", "RECOVERY"),
            ("PROVISIONED", "RECOVERY"),
            ("PASSWORD_EXPIRED", "RECOVERY"),
            ("LOCKED_OUT", "RECOVERY"),
            ("RECOVERY", "RECOVERY"),
        ],
        refusal: (403, "E0000017"),
    },
];

async fn do_it(api: &mut Api, user: &str, deed: &Deed) -> Answer {
    let address = format!("{user}/{}", deed.path);
    api.call(Method::POST, &address, None).await
}

async fn status_of(api: &mut Api, user: &str) -> String {
    let user = api.get(user).await;
    user.body["status"].as_str().unwrap_or("gone").to_owned()
}

/// Checks an answer against the model and gives the state after it.
fn expected(deed: &Deed, state: &str, answer: &Answer) -> String {
    if let Some((_, to)) = deed.moves.iter().find(|(from, _)| *from == state) {
        assert_eq!(answer.status, 200, "{state} {}: {}", deed.path, answer.body);
        return (*to).to_owned();
    }
    let (status, code) = deed.refusal;
    assert_eq!(answer.status, status, "{state} {}", deed.path);
    assert_eq!(answer.body["errorCode"], code, "{state} {}", deed.path);
    state.to_owned()
}

#[test]
fn whatever_is_done_in_whatever_order_leads_where_the_documents_say() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let mut runner = TestRunner::new(Config {
        cases: 24,
        failure_persistence: None,
        ..Config::default()
    });
    let deeds = prop::collection::vec(prop::sample::select(DEEDS.to_vec()), 1..24);
    let outcome = runner.run(&(deeds, any::<bool>()), |(deeds, begins_staged)| {
        runtime.block_on(async {
            let org = TestOrg::start().await;
            let mut api = Api::admin(&org).await;
            let body =
                json!({"profile": profile("olga"), "credentials": {"password": {"value": PASSWORD}}});
            let made = api
                .post(&format!("/api/v1/users?activate={}", !begins_staged), body)
                .await;
            let user = path(&made);
            let mut state = if begins_staged { "STAGED" } else { "ACTIVE" }.to_owned();
            for deed in &deeds {
                let answer = do_it(&mut api, &user, deed).await;
                state = expected(deed, &state, &answer);
                assert_eq!(status_of(&mut api, &user).await, state, "{}", deed.path);
            }
        });
        Ok(())
    });
    outcome.expect("the model and the org agree");
}

#[tokio::test]
async fn what_is_done_at_once_has_an_order_in_which_it_was_done() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let mut other = Api::admin(&org).await;
    let (suspend, deactivate, expire) = (&DEEDS[3], &DEEDS[2], &DEEDS[6]);
    for (round, (one, two)) in [
        (suspend, suspend),
        (suspend, deactivate),
        (suspend, expire),
        (deactivate, deactivate),
        (expire, deactivate),
    ]
    .into_iter()
    .enumerate()
    {
        let user = path(&create(&mut api, &format!("racer{round}")).await);
        let (a, b) = tokio::join!(do_it(&mut api, &user, one), do_it(&mut other, &user, two));
        let end = status_of(&mut api, &user).await;
        let follows = |first: (&Deed, &Answer), second: (&Deed, &Answer)| {
            let step = |state: &str, (deed, answer): (&Deed, &Answer)| {
                let to = deed.moves.iter().find(|(from, _)| *from == state);
                let status = to.map_or(deed.refusal.0, |_| 200);
                (answer.status == status)
                    .then(|| to.map_or(state.to_owned(), |(_, to)| (*to).to_owned()))
            };
            step("ACTIVE", first)
                .and_then(|state| step(&state, second))
                .is_some_and(|state| state == end)
        };
        assert!(
            follows((one, &a), (two, &b)) || follows((two, &b), (one, &a)),
            "{} and {}: {} {} {end}",
            one.path,
            two.path,
            a.status,
            b.status
        );
    }
}

#[tokio::test]
async fn an_activation_tells_the_link_to_whoever_sends_it_themselves() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let staged = api
        .post(
            "/api/v1/users?activate=false",
            json!({"profile": profile("paul")}),
        )
        .await;
    let user = path(&staged);
    let told = api
        .call(
            Method::POST,
            &format!("{user}/lifecycle/activate?sendEmail=false"),
            None,
        )
        .await;
    assert_eq!(told.status, 200, "{}", told.body);
    let token = told.body["activationToken"].as_str().expect("a token");
    let url = format!("http://localhost:7000/tokens/{token}/verify");
    assert_eq!(
        told.body,
        json!({"activationUrl": url, "activationToken": token})
    );
    assert_eq!(status_of(&mut api, &user).await, "PROVISIONED");
    let page = org.browser().visit(&url).await;
    assert!(
        page.text().contains("Activate your account"),
        "{}",
        page.text()
    );
    let twice = api
        .call(Method::POST, &format!("{user}/lifecycle/activate"), None)
        .await;
    assert_eq!(twice.body["errorCode"], "E0000016");
    // A new link ends the one before.
    let again = api
        .call(
            Method::POST,
            &format!("{user}/lifecycle/reactivate?sendEmail=false"),
            None,
        )
        .await;
    assert_ne!(again.body["activationToken"], token);
    let old = org.browser().visit(&url).await;
    assert!(old.text().contains("no longer valid"), "{}", old.text());
}

#[tokio::test]
async fn a_reset_tells_or_sends_a_link_and_lets_nobody_in_meanwhile() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let user = path(&create(&mut api, "rita").await);
    let unsaid = api
        .call(
            Method::POST,
            &format!("{user}/lifecycle/reset_password"),
            None,
        )
        .await;
    assert_eq!(unsaid.body["errorCode"], "E0000028");
    let told = api
        .call(
            Method::POST,
            &format!("{user}/lifecycle/reset_password?sendEmail=false"),
            None,
        )
        .await;
    let url = told.body["resetPasswordUrl"].as_str().expect("an address");
    assert!(
        url.starts_with("http://localhost:7000/signin/reset-password/"),
        "{url}"
    );
    assert_eq!(status_of(&mut api, &user).await, "RECOVERY");
    let page = org.browser().visit(url).await;
    assert!(
        page.text().contains("Reset your password"),
        "{}",
        page.text()
    );
    let sent = api
        .call(
            Method::POST,
            &format!("{user}/lifecycle/reset_password?sendEmail=true"),
            None,
        )
        .await;
    assert_eq!(sent.body, json!({}));
    let inbox = org
        .browser()
        .visit("http://localhost:7000/dev/inbox?to=rita@example.com")
        .await;
    assert!(
        inbox.text().contains("Choose another Portico password"),
        "{}",
        inbox.text()
    );
}

/// Signs in by the session API's older sister and answers the status.
async fn may_sign_in(org: &TestOrg, login: &str, password: &str) -> bool {
    let mut browser = org.browser();
    let request = crate::support::Authorize::portico();
    let page = crate::support::to_password_page(&mut browser, &request, login).await;
    let next = crate::support::give_password(&mut browser, &page, password).await;
    next.location_parameter("code").is_some()
}

#[tokio::test]
async fn a_temporary_password_is_good_once() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let made = create(&mut api, "sven").await;
    assert!(may_sign_in(&org, "sven@example.com", PASSWORD).await);
    let told = api
        .call(
            Method::POST,
            &format!(
                "{}/lifecycle/expire_password_with_temp_password?revokeSessions=true",
                path(&made)
            ),
            None,
        )
        .await;
    let temporary = told.body["tempPassword"]
        .as_str()
        .expect("a password")
        .to_owned();
    assert_eq!(told.body, json!({"tempPassword": temporary}));
    assert!(!may_sign_in(&org, "sven@example.com", PASSWORD).await);
    assert!(
        !may_sign_in(&org, "sven@example.com", &temporary).await,
        "another one is asked for first"
    );
}

#[tokio::test]
async fn whoever_is_suspended_or_deactivated_loses_tokens_and_sessions_at_once() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    for deed in ["lifecycle/suspend", "lifecycle/deactivate", "delete"] {
        let name = format!("tom{}", deed.len());
        let made = create(&mut api, &name).await;
        let user = path(&made);
        let mut browser = org.browser();
        let login = format!("{name}@example.com");
        let request = crate::support::Authorize::portico();
        let answer = crate::support::sign_in_with(&mut browser, &request, &login, PASSWORD).await;
        let code = answer.location_parameter("code").expect("a code");
        let tokens = crate::support::redeem(&mut browser, &code).await.json();
        let token = tokens["access_token"].as_str().expect("a token");
        assert_eq!(
            crate::support::userinfo(&mut browser, token).await.status,
            200
        );
        let answer = if deed == "delete" {
            api.delete(&user).await
        } else {
            api.call(Method::POST, &format!("{user}/{deed}"), None)
                .await
        };
        assert!(answer.status.is_success(), "{deed}: {}", answer.body);
        assert_eq!(
            crate::support::userinfo(&mut browser, token).await.status,
            401,
            "{deed}"
        );
        let back = browser.visit(&request.url()).await;
        assert_eq!(
            back.location_parameter("code"),
            None,
            "{deed}: the session is over"
        );
        if deed == "lifecycle/suspend" {
            api.call(Method::POST, &format!("{user}/lifecycle/unsuspend"), None)
                .await;
            assert_eq!(
                crate::support::userinfo(&mut browser, token).await.status,
                401,
                "tokens do not come back"
            );
        }
    }
}

#[tokio::test]
async fn sessions_end_when_an_administrator_says_so_and_tokens_if_asked() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let mut browser = org.browser();
    let request = crate::support::Authorize::portico();
    for (query, still) in [("", 200), ("?oauthTokens=true", 401)] {
        let tokens = crate::support::tokens_for(&mut browser, &request, crate::support::JOHN).await;
        let token = tokens["access_token"].as_str().expect("a token");
        let cleared = api
            .delete(&format!(
                "/api/v1/users/{}/sessions{query}",
                crate::support::JOHN
            ))
            .await;
        assert_eq!(cleared.status, 204, "{}", cleared.body);
        assert_eq!(
            crate::support::userinfo(&mut browser, token).await.status,
            still
        );
        let back = browser.visit(&request.url()).await;
        assert_eq!(back.location_parameter("code"), None);
        browser = org.browser();
    }
}

#[tokio::test]
async fn the_last_super_administrator_stays() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    for (method, below) in [
        (Method::POST, "/lifecycle/deactivate"),
        (Method::POST, "/lifecycle/suspend"),
        (Method::DELETE, ""),
    ] {
        let answer = api
            .call(method, &format!("/api/v1/users/me{below}"), None)
            .await;
        assert_eq!(answer.status, 403, "{below}: {}", answer.body);
    }
    assert_eq!(status_of(&mut api, "/api/v1/users/me").await, "ACTIVE");
}

#[tokio::test]
async fn a_hash_that_was_imported_lets_its_owner_in_and_becomes_one_of_the_org_s_own() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    // SHA-256 of the salt "NaCl" and the password of the test org's people.
    let value = {
        use base64::Engine as _;
        let digest = aws_lc_rs::digest::digest(
            &aws_lc_rs::digest::SHA256,
            format!("NaCl{JOHNS}").as_bytes(),
        );
        base64::engine::general_purpose::STANDARD.encode(digest)
    };
    let hash: Value =
        json!({"algorithm": "SHA-256", "salt": "TmFDbA==", "saltOrder": "PREFIX", "value": value});
    let body = json!({"profile": profile("uma"), "credentials": {"password": {"hash": hash}}});
    let made = api.post("/api/v1/users", body).await;
    assert_eq!(made.status, 200, "{}", made.body);
    assert_eq!(made.body["credentials"]["provider"]["type"], "IMPORT");
    assert!(
        !made.body.to_string().contains(&value),
        "the hash is not told"
    );
    assert!(!may_sign_in(&org, "uma@example.com", "Wrong4pass+word").await);
    assert!(may_sign_in(&org, "uma@example.com", JOHNS).await);
    let later = api.get(&path(&made)).await;
    assert_eq!(later.body["credentials"]["provider"]["type"], "OKTA");
    assert!(may_sign_in(&org, "uma@example.com", JOHNS).await);
}
