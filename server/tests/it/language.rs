//! The language of the app, and what is said about what was done.

use std::collections::BTreeSet;

use http::{HeaderMap, HeaderValue, Method, StatusCode};
use testkit::{Browser, Page};

use crate::support::{JOHN, Program, at, own_page, sign_in_from, signed_in};

/// Every page that somebody who is signed in can open.
const PAGES: [&str; 7] = [
    "/",
    "/profile",
    "/security",
    "/tokens",
    "/onboarding",
    "/sign-out",
    "/nowhere",
];

async fn get_in(browser: &mut Browser, path: &str, languages: &'static str) -> Page {
    let mut headers = HeaderMap::new();
    headers.insert("accept-language", HeaderValue::from_static(languages));
    browser
        .send(Method::GET, &at(path), headers, Vec::new().into())
        .await
}

/// Chooses a language by the form at the foot of a page.
async fn choose(browser: &mut Browser, tag: &str, return_to: &str) -> Page {
    let fields = [("language", tag), ("return_to", return_to)];
    let chosen = browser
        .post_with(&at("/api/language"), own_page(), &fields)
        .await;
    assert_eq!(chosen.status, StatusCode::SEE_OTHER, "{}", chosen.text());
    chosen
}

fn is_in(page: &Page, tag: &str) -> bool {
    page.text().contains(&format!("<html lang=\"{tag}\">"))
}

/// Writes into the profile of John at the org.
fn describe_john(program: &Program, attribute: &str, value: &str) {
    let changed = program.org.execute(
        "UPDATE users SET profile = json_set(profile, '$.' || ?1, ?2) WHERE login = ?3",
        (attribute, value, JOHN),
    );
    assert_eq!(changed, 1);
}

#[tokio::test]
async fn a_stranger_is_answered_in_the_language_that_their_browser_likes_best() {
    let program = Program::start().await;
    for (asked, tag, text) in [
        ("de-AT, en;q=0.8", "de", "Anmelden"),
        ("en;q=0.4, de;q=0.5", "de", "Anmelden"),
        ("fr, en;q=0.4", "en", "Sign in"),
        ("de;q=0", "en", "Sign in"),
    ] {
        let page = get_in(&mut program.browser(), "/", asked).await;
        assert!(is_in(&page, tag), "{asked}");
        assert!(page.text().contains(text), "{asked}");
        assert!(page.header("vary").contains("accept-language"));
        assert_eq!(page.header("cache-control"), "no-store");
        assert_eq!(page.header("etag"), "");
    }
}

#[tokio::test]
async fn a_choice_is_kept_by_the_browser_said_once_and_undone_with_one_button() {
    let program = Program::start().await;
    let mut browser = program.browser();
    let chosen = choose(&mut browser, "de", "/profile?tab=1").await;
    assert_eq!(chosen.header("location"), "/profile?tab=1");
    let cookie = chosen.header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"));

    let page = get_in(&mut browser, "/", "en").await;
    assert!(is_in(&page, "de"));
    assert!(page.text().contains("Die Sprache ist jetzt Deutsch"));
    let undo = page.form("/api/language");
    let again = get_in(&mut browser, "/", "en").await;
    assert!(is_in(&again, "de"));
    assert!(!again.text().contains("class=\"toast\""), "said once");

    let fields: Vec<(&str, &str)> = undo
        .fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert!(fields.contains(&("language", "en")), "{fields:?}");
    let undone = browser
        .post_with(&at("/api/language"), own_page(), &fields)
        .await;
    let page = browser.follow(undone).await;
    assert!(is_in(&page, "en"));
    assert!(page.text().contains("The language is English now"));
}

#[tokio::test]
async fn a_choice_that_is_none_changes_nothing_and_leads_nowhere_else() {
    let program = Program::start().await;
    let mut browser = program.browser();
    for tag in ["", "fr", "<script>", "de\r\nset-cookie: a=b"] {
        let chosen = choose(&mut browser, tag, "//evil.example/").await;
        assert_eq!(chosen.header("location"), "/");
    }
    assert_eq!(browser.cookie("127.0.0.1", "portico_language"), None);
    browser.set_cookie("127.0.0.1", "portico_language", "\"><script>");
    let page = get_in(&mut browser, "/", "de").await;
    assert!(is_in(&page, "de"), "what is no choice does not count");
}

#[tokio::test]
async fn a_person_is_answered_as_the_org_describes_them() {
    let program = Program::start().await;
    describe_john(&program, "locale", "de_DE");
    describe_john(&program, "timezone", "Europe/Berlin");
    let mut browser = signed_in(&program).await;
    let page = get_in(&mut browser, "/profile", "en").await;
    assert!(is_in(&page, "de"));
    let text = page.text();
    assert!(text.contains("5. Januar 2026, 10:00 Uhr MEZ"), "{text}");
    assert!(text.contains("datetime=\"2026-01-05T09:00:00Z\""));

    let _chosen = choose(&mut browser, "en", "/profile").await;
    let text = browser.get(&at("/profile")).await.text();
    assert!(text.contains("5 January 2026, 10:00 CET"), "{text}");
}

#[tokio::test]
async fn a_time_zone_that_nobody_knows_is_no_reason_to_fail() {
    let program = Program::start().await;
    describe_john(&program, "timezone", "../../etc/passwd");
    let mut browser = signed_in(&program).await;
    let page = browser.get(&at("/profile")).await;
    assert!(page.text().contains("5 January 2026, 09:00 UTC"));
}

/// What people read in a page: the texts between its tags, and those of labels, of at least three words.
fn sentences(html: &str) -> BTreeSet<String> {
    let (_, body) = html.split_once("<body").expect("a body");
    let between = body.split('>').filter_map(|part| part.split('<').next());
    let labels = body
        .split("aria-label=\"")
        .skip(1)
        .filter_map(|part| part.split('"').next());
    between
        .chain(labels)
        .map(str::trim)
        .filter(|text| is_sentence(text))
        .map(str::to_owned)
        .collect()
}

/// Three words at least; a fingerprint has digits, and a script is none.
fn is_sentence(text: &str) -> bool {
    let words = text.split_whitespace().filter(|word| {
        word.chars()
            .all(|each| each.is_alphabetic() || ",.’'".contains(each))
    });
    words.count() > 2 && !text.contains("=>")
}

#[tokio::test]
async fn no_sentence_of_an_english_page_is_left_in_the_german_one() {
    let program = Program::start().await;
    let mut person = signed_in(&program).await;
    let mut stranger = program.browser();
    let mut signed_out = program.browser();
    for (browser, pages) in [
        (&mut person, &PAGES[..]),
        (&mut stranger, &["/", "/profile", "/signed-out"][..]),
        (
            &mut signed_out,
            &["/login/callback?state=unknown&code=x"][..],
        ),
    ] {
        for path in pages {
            let _chosen = choose(browser, "en", "/").await;
            let _said = browser.get(&at("/")).await;
            let english = sentences(&browser.get(&at(path)).await.text());
            let _chosen = choose(browser, "de", "/").await;
            let _said = browser.get(&at("/")).await;
            let german = browser.get(&at(path)).await;
            assert!(is_in(&german, "de"), "{path}");
            let german = sentences(&german.text());
            assert!(!english.is_empty(), "{path}");
            let left: Vec<_> = english.intersection(&german).collect();
            assert!(left.is_empty(), "{path}: {left:?}");
        }
    }
}

#[tokio::test]
async fn what_was_done_is_said_in_the_language_of_the_page_and_only_to_who_did_it() {
    let program = Program::start().await;
    let mut browser = signed_in(&program).await;
    let _chosen = choose(&mut browser, "de", "/security").await;
    let _said = browser.get(&at("/security")).await;
    let ended = browser
        .post_with(&at("/api/security/end-others"), own_page(), &[])
        .await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER);
    let word = browser
        .cookie("127.0.0.1", "portico_word")
        .expect("the word")
        .to_owned();

    let mut other = program.browser();
    let landed = sign_in_from(&mut other, &at("/login")).await;
    assert_eq!(landed.status, StatusCode::SEE_OTHER);
    other.set_cookie("127.0.0.1", "portico_word", &word);
    let elsewhere = other.get(&at("/security")).await;
    assert!(!elsewhere.text().contains("class=\"toast\""));

    let page = browser.get(&at("/security")).await;
    let text = page.text();
    assert!(
        text.contains("Alle anderen Sitzungen sind beendet"),
        "{text}"
    );
    assert!(text.contains("role=\"status\""));
}

#[tokio::test]
async fn no_link_and_no_cookie_of_somebodys_own_makes_the_app_say_something() {
    let program = Program::start().await;
    let mut browser = signed_in(&program).await;
    for cookie in [
        "done:removed",
        "removed",
        "",
        "AAAA.BBBB",
        "%22%3E%3Cscript%3E",
    ] {
        browser.set_cookie("127.0.0.1", "portico_word", cookie);
        for link in [
            "/security?done=done:removed#outcome",
            "/?toast=It+is+removed&word=done:removed",
        ] {
            let page = browser.get(&at(link)).await;
            let text = page.text();
            assert!(!text.contains("class=\"toast\""), "{cookie} {link}");
            assert!(!text.contains("It is removed"), "{cookie} {link}");
        }
    }
}

#[tokio::test]
async fn who_has_chosen_a_language_finds_it_chosen_in_onboarding() {
    let program = Program::start().await;
    let mut browser = program.browser();
    let _landed = sign_in_from(&mut browser, &at("/login")).await;
    let _chosen = choose(&mut browser, "de", "/onboarding").await;
    let names = [("first_name", "John"), ("last_name", "Doe"), ("then", "")];
    let _saved = browser
        .post_with(&at("/api/onboarding/names"), own_page(), &names)
        .await;
    let page = browser.get(&at("/onboarding?step=preferences")).await;
    let text = page.text();
    assert!(text.contains("value=\"de-DE\" selected"), "{text}");

    let _chosen = choose(&mut browser, "en", "/onboarding").await;
    let page = browser.get(&at("/onboarding?step=preferences")).await;
    let text = page.text();
    assert!(text.contains("value=\"en-US\" selected"), "{text}");
}
