use testkit::{ORG_URL, TestOrg};

use crate::support::{
    Authorize, BROWSER_APP, JOHN, POSTING, callback, claims, code_for, redeem, redirected_error,
    sign_in, tokens_for,
};

#[tokio::test]
async fn an_unknown_app_or_return_address_is_refused_on_a_page_and_never_by_redirect() {
    let org = TestOrg::start().await;
    let portico = Authorize::portico();
    for (request, text) in [
        (
            portico.clone().with("client_id", "0oaNobody00000000000"),
            "Invalid value for &#39;client_id&#39; parameter.",
        ),
        (
            portico.clone().without("client_id"),
            "&#39;client_id&#39; parameter is missing or repeated",
        ),
        (
            portico.clone().and("client_id", POSTING),
            "&#39;client_id&#39; parameter is missing or repeated",
        ),
        (
            portico
                .clone()
                .with("redirect_uri", "https://evil.example.com/"),
            "must be a Login redirect URI",
        ),
        (
            portico.clone().without("redirect_uri"),
            "must be a Login redirect URI",
        ),
        (
            portico.clone().and("redirect_uri", &callback()),
            "must be a Login redirect URI",
        ),
    ] {
        let page = org.browser().get(&request.url()).await;
        assert_eq!(page.status, 400, "{request:?}");
        assert!(page.header("location").is_empty());
        assert!(page.text().contains(text), "{}", page.text());
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        let length = page.header("content-length");
        assert!(length.is_empty() || length == page.body.len().to_string());
        let request_id = page.header("x-okta-request-id");
        assert!(!request_id.is_empty() && page.text().contains(request_id));
        assert!(page.text().contains("Leave this page"));
    }
}

/// One refusal per line: the changes to Portico's request, the error, a part of its description.
const REFUSALS: &str = include_str!("authorize_refusals.tsv");

/// Applies changes as `set scope openid|drop state`; `{7}` stands for seven letters.
fn changed(changes: &str) -> Authorize {
    changes
        .split('|')
        .fold(Authorize::portico(), |request, change| {
            let mut words = change.splitn(3, ' ');
            let mut word = || words.next().unwrap_or_default();
            let (verb, name, value) = (word(), word(), word());
            let length = value
                .strip_prefix('{')
                .and_then(|rest| rest.strip_suffix('}'));
            let value = length
                .and_then(|length| length.parse().ok())
                .map_or_else(|| value.to_owned(), |length| "a".repeat(length));
            match verb {
                "set" => request.with(name, &value),
                "add" => request.and(name, &value),
                "drop" => request.without(name),
                "at" => request.at(name),
                other => panic!("{other:?} is not a change"),
            }
        })
}

#[tokio::test]
async fn every_other_fault_of_a_request_is_told_to_the_app_in_oktas_words() {
    let org = TestOrg::start().await;
    for line in REFUSALS.lines() {
        let mut cells = line.split('\t');
        let mut cell = || cells.next().expect("three cells");
        let (request, error, text) = (changed(cell()), cell(), cell());
        let answer = org.browser().get(&request.url()).await;
        assert_eq!(answer.status, 302, "{line}: {}", answer.text());
        assert!(answer.header("location").starts_with(&callback()));
        let (got, description) = redirected_error(&answer);
        assert_eq!(got, error, "{line}: {description}");
        assert!(
            description.contains(text),
            "{description:?} is not {text:?}"
        );
        assert!(answer.location_parameter("iss").is_some());
        assert!(answer.location_parameter("code").is_none());
    }
}

#[tokio::test]
async fn the_state_comes_back_with_an_error_as_well() {
    let org = TestOrg::start().await;
    let answer = org
        .browser()
        .get(&Authorize::portico().with("scope", "cake").url())
        .await;
    assert_eq!(
        answer.location_parameter("state").as_deref(),
        Some("state-1")
    );
    let repeated = Authorize::portico().and("state", "state-2");
    assert_eq!(
        org.browser()
            .get(&repeated.url())
            .await
            .location_parameter("state"),
        None
    );
}

#[tokio::test]
async fn unknown_and_empty_parameters_are_ignored() {
    let org = TestOrg::start().await;
    let request = Authorize::portico()
        .with("extra", "foobar")
        .with("prompt", "")
        .with("acr_values", "1 urn:example:other")
        .with("ui_locales", "se")
        .with("claims_locales", "se")
        .with("display", "popup");
    code_for(&mut org.browser(), &request, JOHN).await;
}

#[tokio::test]
async fn a_confidential_app_without_the_setting_may_go_without_pkce_and_a_public_one_may_not() {
    let org = TestOrg::start().await;
    let bare = |app: &str, uri: &str| {
        Authorize::app(app, uri)
            .without("code_challenge")
            .without("code_challenge_method")
    };
    code_for(
        &mut org.browser(),
        &bare(POSTING, "https://post.example.com/cb"),
        JOHN,
    )
    .await;
    let answer = org
        .browser()
        .get(&bare(BROWSER_APP, "https://spa.example.com/cb").url())
        .await;
    assert_eq!(
        redirected_error(&answer).1,
        "PKCE code challenge is required by the application."
    );
}

#[tokio::test]
async fn a_request_by_post_is_answered_like_one_by_get() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let request = Authorize::portico();
    let url = format!("{ORG_URL}/oauth2/v1/authorize");
    let page = browser.post(&url, &request.fields()).await;
    assert_eq!(page.status, 303);
    let page = browser.follow(page).await;
    assert!(page.text().contains("Sign in"));

    let _ = sign_in(&mut browser, &request, JOHN).await;
    let page = browser.post(&url, &request.fields()).await;
    let answer = browser.follow(page).await;
    assert!(answer.location_parameter("code").is_some());
}

#[tokio::test]
async fn form_post_delivers_the_answer_in_a_form_and_not_in_an_address() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let request = Authorize::portico().with("response_mode", "form_post");
    let page = sign_in(&mut browser, &request, JOHN).await;
    assert_eq!(page.status, 200);
    let form = page.form("/login/callback");
    assert_eq!(form.action, callback());
    let value = |name: &str| {
        form.fields
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    };
    assert_eq!(value("state"), Some("state-1"));
    assert_eq!(value("iss"), Some(ORG_URL));
    let code = value("code").expect("a code").to_owned();
    assert_eq!(redeem(&mut browser, &code).await.status, 200);
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains("script-src 'self'")
            && policy.contains("form-action 'self' http://127.0.0.1:3000"),
        "{policy}"
    );

    let refused = browser.get(&request.with("scope", "cake").url()).await;
    let form = refused.form("/login/callback");
    assert!(
        form.fields
            .contains(&("error".to_owned(), "invalid_scope".to_owned()))
    );
}

#[tokio::test]
async fn prompt_login_and_max_age_ask_again_and_the_new_sign_in_has_a_new_time() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    tokens_for(&mut browser, &Authorize::portico(), JOHN).await;
    org.clock.advance_seconds(100);

    let still_fresh = browser
        .get(&Authorize::portico().with("max_age", "100").url())
        .await;
    assert!(still_fresh.location_parameter("code").is_some());
    for request in [
        Authorize::portico().with("max_age", "99"),
        Authorize::portico().with("max_age", "0"),
        Authorize::portico().with("prompt", "login"),
    ] {
        let page = browser.clone().visit(&request.url()).await;
        assert!(
            page.text()
                .contains("<h1 class=\"card-title\">Sign in</h1>"),
            "{request:?}"
        );
        let silent = browser
            .get(&request.with("prompt", "none").with("max_age", "0").url())
            .await;
        assert_eq!(
            redirected_error(&silent),
            (
                "login_required".to_owned(),
                "The client specified not to prompt, but the client app requires re-authentication or MFA.".to_owned()
            )
        );
    }
    let tokens = tokens_for(
        &mut browser,
        &Authorize::portico().with("prompt", "login"),
        JOHN,
    )
    .await;
    let id_token = claims(&tokens["id_token"]);
    assert_eq!(id_token["auth_time"], id_token["iat"]);
}

#[tokio::test]
async fn prompt_none_with_a_session_answers_silently() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let _ = sign_in(&mut browser, &Authorize::portico(), JOHN).await;
    let answer = browser
        .get(&Authorize::portico().with("prompt", "none").url())
        .await;
    assert!(answer.location_parameter("code").is_some());
}

#[tokio::test]
async fn a_session_ends_two_hours_after_its_last_use() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let _ = sign_in(&mut browser, &Authorize::portico(), JOHN).await;
    let silent = Authorize::portico().with("prompt", "none").url();
    for _ in 0..3 {
        org.clock.advance_seconds(7000);
        assert!(
            browser
                .get(&silent)
                .await
                .location_parameter("code")
                .is_some()
        );
    }
    org.clock.advance_seconds(7200);
    assert_eq!(
        redirected_error(&browser.get(&silent).await).0,
        "login_required"
    );
}

#[tokio::test]
async fn a_hint_of_another_user_does_not_get_this_users_session() {
    let org = TestOrg::start().await;
    let hint = tokens_for(
        &mut org.browser(),
        &Authorize::portico(),
        crate::support::JANE,
    )
    .await;
    let hint = hint["id_token"].as_str().expect("a token").to_owned();
    let mut browser = org.browser();
    let own = tokens_for(&mut browser, &Authorize::portico(), JOHN).await;
    let silent = Authorize::portico().with("prompt", "none");

    let foreign = browser
        .get(&silent.clone().with("id_token_hint", &hint).url())
        .await;
    assert_eq!(redirected_error(&foreign).0, "login_required");
    let own = own["id_token"].as_str().expect("a token");
    let same = browser.get(&silent.with("id_token_hint", own).url()).await;
    assert!(same.location_parameter("code").is_some());
}

#[tokio::test]
async fn a_hint_without_a_session_signs_nobody_in() {
    let org = TestOrg::start().await;
    let tokens = tokens_for(&mut org.browser(), &Authorize::portico(), JOHN).await;
    let hint = tokens["id_token"].as_str().expect("a token");
    let request = Authorize::portico()
        .with("prompt", "none")
        .with("id_token_hint", hint);
    assert_eq!(
        redirected_error(&org.browser().get(&request.url()).await).0,
        "login_required"
    );
}

#[tokio::test]
async fn an_asked_level_that_a_password_meets_is_echoed() {
    let org = TestOrg::start().await;
    let request = Authorize::portico().with("acr_values", "urn:okta:loa:1fa:any");
    let tokens = tokens_for(&mut org.browser(), &request, JOHN).await;
    assert_eq!(claims(&tokens["id_token"])["acr"], "urn:okta:loa:1fa:any");
}

#[tokio::test]
async fn a_level_that_the_person_cannot_reach_is_told_to_the_app() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    // Nothing that the org has is hardware that shows it.
    let request = Authorize::portico().with("acr_values", "phrh");
    let next = sign_in(&mut browser, &request, JOHN).await;
    let answer = browser.follow(next).await;
    assert_eq!(
        redirected_error(&answer).0,
        "unmet_authentication_requirements"
    );
    assert!(answer.header("location").starts_with(&callback()));
    assert_eq!(
        answer.location_parameter("state").as_deref(),
        Some("state-1")
    );
    assert!(answer.location_parameter("iss").is_some());
    assert_eq!(answer.location_parameter("code"), None);
    let silent = browser.get(&request.with("prompt", "none").url()).await;
    assert_eq!(redirected_error(&silent).0, "login_required");
}

#[tokio::test]
async fn parameters_that_change_nothing_here_are_accepted() {
    let org = TestOrg::start().await;
    for (name, value) in [
        ("display", "page"),
        ("display", "popup"),
        ("ui_locales", "se"),
        ("claims_locales", "de en"),
        ("claims", r#"{"userinfo":{"name":{"essential":true}}}"#),
        ("acr_values", "1 2"),
        ("extra", "foobar"),
        ("login_hint", JOHN),
    ] {
        let request = Authorize::portico().with(name, value);
        let answer = sign_in(&mut org.browser(), &request, JOHN).await;
        assert!(
            answer.location_parameter("code").is_some(),
            "{name}={value}"
        );
    }
    for prompt in ["none login", "create", "none none"] {
        let request = Authorize::portico().with("prompt", prompt);
        let answer = org.browser().get(&request.url()).await;
        assert_eq!(redirected_error(&answer).0, "invalid_request", "{prompt}");
    }
}

#[tokio::test]
async fn after_signing_out_an_old_hint_signs_nobody_in() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let tokens = tokens_for(&mut browser, &Authorize::portico(), JOHN).await;
    let hint = tokens["id_token"].as_str().expect("a token").to_owned();
    let url = format!("{ORG_URL}/oauth2/v1/logout?id_token_hint={hint}");
    assert_eq!(browser.get(&url).await.status, 200);
    org.clock.advance_seconds(3601);
    let request = Authorize::portico().with("id_token_hint", &hint);
    let silent = browser
        .get(&request.clone().with("prompt", "none").url())
        .await;
    assert_eq!(redirected_error(&silent).0, "login_required");
    let page = browser.visit(&request.url()).await;
    assert!(page.text().contains("Username"));
}
