use http::header::SET_COOKIE;
use testkit::{Browser, ORG_URL, PASSWORD, Page, TestOrg};

use crate::support::{
    Authorize, JANE, JOHN, SUSPENDED, callback, give_password, sign_in, to_password_page,
};

/// The page with everything that differs from request to request taken out.
fn masked(page: &Page) -> String {
    let mut text = page.text();
    for form in ["/password", "/restart"] {
        let form = page.form(form);
        for (name, value) in &form.fields {
            if name == "token" {
                text = text.replace(value, "TOKEN");
            }
        }
        let handle = form.action.split('/').nth(2).expect("a handle").to_owned();
        text = text.replace(&handle, "HANDLE");
    }
    text
}

fn headers_without_ids(page: &Page) -> Vec<(String, String)> {
    let mut headers: Vec<(String, String)> = page
        .headers
        .iter()
        .filter(|(name, _)| {
            *name != "x-okta-request-id" && *name != "location" && *name != "content-length"
        })
        .map(|(name, value)| (name.to_string(), value.to_str().expect("text").to_owned()))
        .collect();
    headers.sort_unstable();
    headers
}

#[tokio::test]
async fn an_unknown_user_a_wrong_password_and_a_suspended_user_cannot_be_told_apart() {
    let org = TestOrg::start().await;
    let mut seen = Vec::new();
    for (login, password) in [
        ("nobody.here@example.com", PASSWORD),
        (JOHN, "wrong-wrong-wrong"),
        (SUSPENDED, PASSWORD),
    ] {
        let mut browser = org.browser();
        let first = to_password_page(&mut browser, &Authorize::portico(), login).await;
        let answer = give_password(&mut browser, &first, password).await;
        let second = browser.follow(answer.clone()).await;
        assert!(
            second
                .text()
                .contains("<p class=\"alert\" role=\"alert\" id=\"alert\">Unable to sign in</p>")
        );
        assert_eq!(browser.cookie("localhost", "idx"), None);
        let pages = [masked(&first), masked(&second)].map(|text| text.replace(login, "LOGIN"));
        seen.push((
            pages,
            answer.status,
            headers_without_ids(&answer),
            headers_without_ids(&second),
        ));
    }
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]), "{seen:#?}");
}

#[tokio::test]
async fn a_blank_password_is_asked_for_again_whoever_it_is_asked_of() {
    let org = TestOrg::start().await;
    for login in [JOHN, "nobody.here@example.com", SUSPENDED] {
        let mut browser = org.browser();
        let page = to_password_page(&mut browser, &Authorize::portico(), login).await;
        let answer = give_password(&mut browser, &page, "").await;
        let page = browser.follow(answer).await;
        assert!(
            page.text().contains(
                "<p class=\"field-error\" id=\"password-error\" role=\"alert\">This field cannot be left blank</p>"
            ),
            "{login}"
        );
    }
}

#[tokio::test]
async fn too_many_wrong_answers_from_one_address_are_not_looked_at_for_a_while() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let page = to_password_page(&mut browser, &Authorize::portico(), "nobody@example.com").await;
    for _ in 0..50 {
        let answer = give_password(&mut browser, &page, "wrong-wrong-wrong").await;
        assert_eq!(answer.status, 303);
    }
    let refused = give_password(&mut browser, &page, "wrong-wrong-wrong").await;
    assert_eq!(refused.status, 429);
    assert!(refused.text().contains("Too many attempts"));
    org.clock.advance_seconds(10);
    let answer = give_password(&mut browser, &page, "wrong-wrong-wrong").await;
    assert_eq!(answer.status, 303);
}

#[tokio::test]
async fn after_a_wrong_password_the_right_one_still_works() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let page = to_password_page(&mut browser, &Authorize::portico(), JOHN).await;
    let answer = give_password(&mut browser, &page, "wrong-wrong-wrong").await;
    let page = browser.follow(answer).await;
    let answer = give_password(&mut browser, &page, PASSWORD).await;
    assert!(answer.location_parameter("code").is_some());
}

#[tokio::test]
async fn the_pages_are_plain_forms_that_password_managers_understand() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let first = browser
        .visit(
            &Authorize::portico()
                .with("login_hint", "\"<b>@example.com")
                .url(),
        )
        .await;
    let text = first.text();
    assert!(text.contains("autocomplete=\"username webauthn\""));
    assert!(
        text.contains("value=\"&#34;&#60;b&#62;@example.com\""),
        "{text}"
    );
    assert!(text.contains("Keep me signed in") && text.contains(">Next</button>"));
    let next = browser
        .submit(
            &first,
            first.form("/identify"),
            &[("identifier", " JOHN.DOE@example.com ")],
        )
        .await;
    assert_eq!(next.status, 303);
    let second = browser.follow(next).await;
    let text = second.text();
    assert!(
        text.contains("type=\"password\"") && text.contains("autocomplete=\"current-password\"")
    );
    assert!(text.contains(
        "name=\"username\" value=\"JOHN.DOE@example.com\" autocomplete=\"username\" hidden"
    ));
    assert!(text.contains(">Verify</button>") && text.contains(">Back to sign in</button>"));
    // The first page has the script that uses passkeys, and none is written into a page.
    for (page, scripts, source) in [(&first, 1, "'self'"), (&second, 0, "'none'")] {
        let text = page.text();
        assert_eq!(text.matches("<script").count(), scripts);
        assert_eq!(
            text.matches("<script src=\"/assets/passkey.").count(),
            scripts
        );
        assert!(!text.contains("style="));
        let policy = page.header("content-security-policy");
        assert!(
            policy.contains(&format!("script-src {source};")),
            "{policy}"
        );
        for part in [
            "default-src 'none'",
            "frame-ancestors 'none'",
            "form-action 'self' http://127.0.0.1:3000",
        ] {
            assert!(policy.contains(part), "{policy}");
        }
        assert_eq!(page.header("cache-control"), "no-store");
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert_eq!(page.header("referrer-policy"), "no-referrer");
        assert_eq!(
            page.header("strict-transport-security"),
            "",
            "http has no such thing"
        );
    }
    let answer = give_password(&mut browser, &second, PASSWORD).await;
    assert!(
        answer.location_parameter("code").is_some(),
        "letter case and spaces of a login do not count"
    );
}

#[tokio::test]
async fn a_blank_username_is_asked_for_again_and_back_leads_to_the_username() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let page = browser.visit(&Authorize::portico().url()).await;
    let next = browser
        .submit(&page, page.form("/identify"), &[("identifier", "  ")])
        .await;
    let page = browser.follow(next).await;
    assert!(page.text().contains("This field cannot be left blank"));
    let next = browser
        .submit(&page, page.form("/identify"), &[("identifier", JANE)])
        .await;
    let page = browser.follow(next).await;
    let back = browser.submit(&page, page.form("/restart"), &[]).await;
    let page = browser.follow(back).await;
    assert!(page.text().contains(&format!("value=\"{JANE}\"")));
    let next = browser
        .submit(&page, page.form("/identify"), &[("identifier", JOHN)])
        .await;
    let page = browser.follow(next).await;
    assert!(
        give_password(&mut browser, &page, PASSWORD)
            .await
            .location_parameter("code")
            .is_some()
    );
}

#[tokio::test]
async fn the_session_cookie_carries_every_attribute_and_lasts_only_when_asked() {
    let org = TestOrg::start().await;
    for (keep, lasting) in [(None, false), (Some(("keep_me_signed_in", "true")), true)] {
        let mut browser = org.browser();
        let page = browser.visit(&Authorize::portico().url()).await;
        let mut fields = vec![("identifier", JOHN)];
        fields.extend(keep);
        let next = browser.submit(&page, page.form("/identify"), &fields).await;
        let page = browser.follow(next).await;
        let answer = give_password(&mut browser, &page, PASSWORD).await;
        let cookie = session_cookie(&answer);
        assert!(
            cookie.contains("; HttpOnly")
                && cookie.contains("; SameSite=Lax")
                && cookie.contains("; Path=/")
        );
        assert!(
            !cookie.contains("Domain") && !cookie.contains("Secure"),
            "{cookie}"
        );
        assert_eq!(cookie.contains("Max-Age=34560000"), lasting, "{cookie}");
        let value = cookie.split(['=', ';']).nth(1).expect("a value");
        assert_eq!(value.len(), 43, "256 bits");
    }
}

fn session_cookie(page: &Page) -> String {
    let cookies = page.headers.get_all(SET_COOKIE).iter();
    let mut texts = cookies.map(|value| value.to_str().expect("text").to_owned());
    texts
        .find(|text| text.starts_with("idx="))
        .expect("a session cookie")
}

#[tokio::test]
async fn every_sign_in_begins_a_new_session_and_ends_the_old_one_of_the_browser() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    browser.set_cookie("localhost", "idx", "planted");
    let _ = sign_in(&mut browser, &Authorize::portico(), JOHN).await;
    let first = browser
        .cookie("localhost", "idx")
        .expect("a cookie")
        .to_owned();
    assert_ne!(first, "planted");
    let old = browser.clone();
    let _ = sign_in(
        &mut browser,
        &Authorize::portico().with("prompt", "login"),
        JOHN,
    )
    .await;
    assert_ne!(browser.cookie("localhost", "idx"), Some(first.as_str()));
    let silent = Authorize::portico().with("prompt", "none").url();
    assert!(
        browser
            .get(&silent)
            .await
            .location_parameter("code")
            .is_some()
    );
    assert!(
        old.clone()
            .get(&silent)
            .await
            .location_parameter("code")
            .is_none()
    );
}

#[tokio::test]
async fn an_interaction_belongs_to_the_browser_that_began_it() {
    let org = TestOrg::start().await;
    let mut attacker = org.browser();
    let page = attacker.visit(&Authorize::portico().url()).await;
    let address = page.url.to_string();
    let token = page.form("/identify").fields[0].1.clone();

    let mut victim = org.browser();
    let own = victim.visit(&Authorize::portico().url()).await;
    assert_gone(&victim.get(&address).await);
    assert_gone(&org.browser().get(&address).await);
    let stolen = victim
        .post(
            &format!("{address}/identify"),
            &[("token", &token), ("identifier", JOHN)],
        )
        .await;
    assert_gone(&stolen);
    // The token of one page does not open the form of another.
    let forged = victim
        .submit(
            &own,
            own.form("/identify"),
            &[("token", &token), ("identifier", JOHN)],
        )
        .await;
    assert_eq!(forged.status, 403);
}

#[tokio::test]
async fn a_form_without_its_token_changes_nothing() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let page = to_password_page(&mut browser, &Authorize::portico(), JOHN).await;
    let address = page.url.to_string();
    for token in [None, Some(""), Some("forged")] {
        let mut fields = vec![("password", PASSWORD)];
        fields.extend(token.map(|token| ("token", token)));
        let answer = browser.post(&format!("{address}/password"), &fields).await;
        assert!(answer.status.is_client_error(), "{token:?}");
        assert_eq!(browser.cookie("localhost", "idx"), None);
    }
}

#[tokio::test]
async fn an_interaction_is_over_once_it_succeeded_and_after_an_hour() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let page = to_password_page(&mut browser, &Authorize::portico(), JOHN).await;
    let answer = give_password(&mut browser, &page, PASSWORD).await;
    assert!(answer.location_parameter("code").is_some());
    let again = give_password(&mut browser, &page, PASSWORD).await;
    assert_gone(&again);
    assert!(
        again.text().contains("href=\"http://127.0.0.1:3000\""),
        "the way out leads to the app"
    );
    assert_gone(&browser.get(page.url.as_str()).await);

    let page = to_password_page(&mut org.browser(), &Authorize::portico(), JOHN).await;
    org.clock.advance_seconds(3600);
    assert_gone(&give_password(&mut browser, &page, PASSWORD).await);
}

fn assert_gone(page: &Page) {
    assert_eq!(page.status, 400);
    assert!(
        page.text().contains("This sign-in is over"),
        "{}",
        page.text()
    );
    assert!(page.text().contains("Leave this page"));
}

#[tokio::test]
async fn a_hundred_parallel_right_passwords_give_one_code() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let page = to_password_page(&mut browser, &Authorize::portico(), JOHN).await;
    let mut attempts = tokio::task::JoinSet::new();
    for _ in 0..100 {
        let (mut browser, page): (Browser, Page) = (browser.clone(), page.clone());
        attempts.spawn(async move { give_password(&mut browser, &page, PASSWORD).await });
    }
    let answers = attempts.join_all().await;
    let codes = answers
        .iter()
        .filter(|answer| answer.location_parameter("code").is_some());
    assert_eq!(codes.count(), 1);
    let busy: Vec<&Page> = answers
        .iter()
        .filter(|answer| answer.status == 503)
        .collect();
    for answer in busy {
        assert_eq!(answer.header("retry-after"), "1");
    }
    let rows: i64 = org
        .database()
        .query_row("SELECT count(*) FROM sessions", [], |row| row.get(0))
        .expect("a count");
    assert_eq!(rows, 1);
}

#[tokio::test]
async fn two_tabs_sign_in_side_by_side() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let first = to_password_page(
        &mut browser,
        &Authorize::portico().with("state", "one"),
        JOHN,
    )
    .await;
    let second = to_password_page(
        &mut browser,
        &Authorize::portico().with("state", "two"),
        JOHN,
    )
    .await;
    let one = give_password(&mut browser, &first, PASSWORD).await;
    let two = give_password(&mut browser, &second, PASSWORD).await;
    for (answer, state) in [(one, "one"), (two, "two")] {
        assert!(answer.header("location").starts_with(&callback()));
        assert_eq!(answer.location_parameter("state").as_deref(), Some(state));
        assert!(answer.location_parameter("code").is_some());
    }
}

#[tokio::test]
async fn the_styles_are_served_with_the_colours_of_the_brand() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let page = browser.visit(&Authorize::portico().url()).await;
    let text = page.text();
    let hrefs: Vec<&str> = text
        .split("rel=\"stylesheet\" href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert_eq!(hrefs.len(), 2);
    // The colours may change at any moment; the rest is another file when it is another.
    for (href, cached) in hrefs.iter().zip(["public, max-age=", "no-"]) {
        let style = browser.get(&format!("{ORG_URL}{href}")).await;
        assert_eq!(style.status, 200);
        assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
        let header = style.header("cache-control");
        assert!(header.starts_with(cached), "{href}: {header}");
    }
    let theme = browser.get(&format!("{ORG_URL}{}", hrefs[1])).await.text();
    assert_eq!(theme, ":root{--brand:#1662dd;--brand-contrast:#ffffff}\n");
}
