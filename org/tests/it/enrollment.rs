//! `prompt=enroll_authenticator`: an app wants somebody to set something up, and gets no code.

use testkit::{Browser, ORG_URL, Page, TestOrg};

use crate::support::{Authorize, JOHN, PORTICO, callback, code_for, redirected_error, sign_in};

/// The request as Okta wants it.
fn asking_for(methods: &str) -> Authorize {
    ["scope", "nonce", "code_challenge", "code_challenge_method"]
        .into_iter()
        .fold(Authorize::portico(), Authorize::without)
        .with("response_type", "none")
        .with("prompt", "enroll_authenticator")
        .with("max_age", "0")
        .with("acr_values", "urn:okta:loa:2fa:any:ifpossible")
        .with("enroll_amr_values", methods)
}

/// The page after the password.
async fn to_set_up(browser: &mut Browser, request: &Authorize) -> Page {
    let next = sign_in(browser, request, JOHN).await;
    browser.follow(next).await
}

async fn set_up_question(browser: &mut Browser, page: &Page) -> Page {
    let choice = [("choice", "security_question")];
    let chosen = browser.submit(page, page.form("/choose"), &choice).await;
    let page = browser.follow(chosen).await;
    let answer = [("question", "disliked_food"), ("answer", "turnips")];
    browser.submit(&page, page.form("/question"), &answer).await
}

/// Back at the app with what it sent, and with nothing to redeem.
fn assert_back(answer: &Page) {
    let location = answer.location();
    assert!(location.as_str().starts_with(&callback()), "{location}");
    let expected = [("state", "state-1"), ("iss", ORG_URL)];
    let got: Vec<_> = location.query_pairs().into_owned().collect();
    let got: Vec<_> = got.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    assert_eq!(got, expected);
}

#[tokio::test]
async fn somebody_signs_in_anew_and_sets_up_what_the_app_asks_for_and_nothing_else() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    // A session does not count.
    code_for(&mut browser, &Authorize::portico(), JOHN).await;
    let page = to_set_up(&mut browser, &asking_for("kba")).await;
    assert!(
        page.text().contains("Set up security methods"),
        "{}",
        page.text()
    );
    assert!(!page.text().contains("value=\"google_otp\""));
    assert_back(&set_up_question(&mut browser, &page).await);

    // What is there is not set up again. A question is no second factor, so none is asked for.
    assert_back(&sign_in(&mut browser, &asking_for("kba"), JOHN).await);
}

#[tokio::test]
async fn several_things_are_set_up_one_after_the_other_unless_somebody_does_it_another_time() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let page = to_set_up(&mut browser, &asking_for("kba sms tel")).await;
    let next = set_up_question(&mut browser, &page).await;
    let page = browser.follow(next).await;
    assert!(page.text().contains("phone_number"), "{}", page.text());
    let later = browser.submit(&page, page.form("/skip"), &[]).await;
    assert_back(&later);
}

#[tokio::test]
async fn whoever_may_not_use_the_app_is_not_told_to_have_done_it() {
    let org = TestOrg::start().await;
    org.unassign(PORTICO);
    let mut browser = org.browser();
    let page = to_set_up(&mut browser, &asking_for("kba")).await;
    let answer = set_up_question(&mut browser, &page).await;
    let (error, _) = redirected_error(&answer);
    assert_eq!(error, "access_denied");
}

#[tokio::test]
async fn a_request_that_is_not_as_okta_wants_it_is_refused_by_the_name_of_what_is_wrong() {
    let org = TestOrg::start().await;
    let good = asking_for("kba");
    for (request, name) in [
        (good.clone().with("response_type", "code"), "response_type"),
        (good.clone().with("max_age", "60"), "max_age"),
        (good.clone().without("acr_values"), "acr_values"),
        (good.clone().with("scope", "openid"), "scope"),
        (good.clone().with("nonce", "n"), "nonce"),
        (
            good.clone().with("enroll_amr_values", "kba pop"),
            "enroll_amr_values",
        ),
        (
            good.clone().with("enroll_amr_values", " "),
            "enroll_amr_values",
        ),
        (
            good.clone().without("enroll_amr_values"),
            "enroll_amr_values",
        ),
        (
            Authorize::portico().with("enroll_amr_values", "kba"),
            "enroll_amr_values",
        ),
    ] {
        let answer = org.browser().get(&request.url()).await;
        let (error, description) = redirected_error(&answer);
        assert_eq!(error, "invalid_request", "{request:?}");
        assert!(description.contains(name), "{description}");
    }
}
