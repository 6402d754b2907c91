//! Who may see campaigns, and what becomes of those who are in one.

use super::{ADMIN, House, ROLES, act, mails, make, post, sign_in, until_done, upload};
use crate::support::JOHN;
use crate::support::at;
use model::CampaignStage;
use org::RateLimits;
use testkit::APP_URL;
use testkit::Browser;
use testkit::ORG_URL;

#[tokio::test]
async fn only_those_who_may_create_users_see_campaigns() {
    let house = House::build(RateLimits::Off).await;
    let app = house.open().await;
    let mut admin = sign_in(&house, &app, ADMIN).await;
    let id = make(&mut admin, "link").await;
    for (role, may) in ROLES {
        let mut browser = sign_in(
            &house,
            &app,
            &format!("{}@example.com", role.to_lowercase()),
        )
        .await;
        let page = browser.get(&at("/campaigns")).await;
        assert_eq!(page.status, if may { 200 } else { 403 }, "{role}");
        assert_eq!(page.text().contains("Spring"), may, "{role}");
    }
    let mut john = sign_in(&house, &app, JOHN).await;
    for path in [
        "/campaigns/new",
        &format!("/campaigns/{id}"),
        &format!("/campaigns/{id}/preview"),
        &format!("/campaigns/{id}/delete"),
    ] {
        let page = john.get(&at(path)).await;
        assert_eq!(page.status, 403, "{path}");
        assert!(!page.text().contains("Spring"), "{path}");
    }
    let export = john.get(&at(&format!("/campaigns/{id}/export"))).await;
    assert_eq!(export.status, 404);
    let refused = upload(&mut john, id, b"email,first,last\na@rows.example.com,A,B\n").await;
    assert!(!refused.text().contains("Spring"));
    act(&mut john, id, "delete").await;
    let left = app.campaigns.find(id).await.expect("it is still there");
    assert_eq!(left.drafts, 0);

    let mut stranger = Browser::new().with_site(APP_URL, app.router.clone());
    assert_eq!(stranger.get(&at("/campaigns")).await.status, 401);
}

#[tokio::test]
async fn without_a_service_app_the_page_says_what_to_set() {
    let mut house = House::build(RateLimits::Off).await;
    house.has_service = false;
    let app = house.open().await;
    let mut browser = sign_in(&house, &app, ADMIN).await;
    let page = browser.get(&at("/campaigns")).await;
    for part in [
        "OKTA_SERVICE_CLIENT_ID",
        "OKTA_SERVICE_KEY",
        "okta.users.manage",
    ] {
        assert!(page.text().contains(part), "{part}");
    }
}

#[tokio::test]
async fn what_was_not_sent_is_taken_back_and_deleting_leaves_people_alone() {
    let house = House::build(RateLimits::Off).await;
    let app = house.open().await;
    let mut browser = sign_in(&house, &app, ADMIN).await;
    let id = make(&mut browser, "email").await;
    let csv = format!("email,first,last\nnew@rows.example.com,New,Comer\n{JOHN},John,Doe\n");
    let users = || -> i64 {
        let count = "SELECT count(*) FROM users WHERE login IN ('new@rows.example.com', ?1)";
        house
            .org
            .database()
            .query_row(count, [JOHN], |row| row.get(0))
            .expect("a count")
    };
    let uploaded = upload(&mut browser, id, csv.as_bytes()).await;
    assert_eq!(uploaded.status, 200, "{}", uploaded.text());
    act(&mut browser, id, "import").await;
    until_done(&app.campaigns, id).await;
    assert_eq!(users(), 2);
    act(&mut browser, id, "take_back").await;
    until_done(&app.campaigns, id).await;
    assert_eq!(users(), 1, "John was there before");
    assert_eq!(
        app.campaigns
            .find(id)
            .await
            .expect("a campaign")
            .people
            .total,
        0
    );

    let uploaded = upload(&mut browser, id, csv.as_bytes()).await;
    assert_eq!(uploaded.status, 200, "{}", uploaded.text());
    for what in ["import", "send"] {
        act(&mut browser, id, what).await;
        until_done(&app.campaigns, id).await;
    }
    assert!(
        house.org.inbox(JOHN).is_empty(),
        "who is active needs no invitation"
    );
    let asks = browser
        .get(&at(&format!("/campaigns/{id}/delete")))
        .await
        .text();
    assert!(asks.contains("stay at the org"), "{asks}");
    act(&mut browser, id, "delete").await;
    assert!(app.campaigns.find(id).await.is_err());
    assert_eq!(users(), 2);
}

#[tokio::test]
async fn a_link_is_opened_by_a_button_and_leads_to_the_org() {
    let house = House::build(RateLimits::Off).await;
    let app = house.open().await;
    let mut browser = sign_in(&house, &app, ADMIN).await;
    let id = make(&mut browser, "link").await;
    let uploaded = upload(&mut browser, id, b"lin@rows.example.com, Lin, Ker\n").await;
    assert_eq!(uploaded.status, 200, "{}", uploaded.text());
    for what in ["import", "send"] {
        act(&mut browser, id, what).await;
        until_done(&app.campaigns, id).await;
    }
    assert!(mails(&house).is_empty(), "the link is handed over");
    let (people, _) = app.campaigns.people(id, None, 0).await.expect("people");
    let link = people[0].link.clone().expect("a link");

    let mut invited = Browser::new()
        .with_site(ORG_URL, house.org.org().router())
        .with_site(APP_URL, app.router.clone());
    let page = invited.get(&link).await;
    assert!(page.text().contains("Welcome, Lin"), "{}", page.text());
    let stage = async || {
        let (people, _) = app.campaigns.people(id, None, 0).await.expect("people");
        people[0].stage
    };
    assert_eq!(
        stage().await,
        CampaignStage::Invited,
        "looking is not opening"
    );
    let code = link.split("code=").nth(1).expect("a code");
    let accepted = post(&mut invited, "/api/join/accept", &[("code", code)]).await;
    assert!(
        accepted
            .header("location")
            .starts_with(&format!("{ORG_URL}/tokens/")),
        "{}",
        accepted.header("location")
    );
    assert_eq!(stage().await, CampaignStage::Opened);

    house.org.set_user_status("lin@rows.example.com", "ACTIVE");
    let again = post(&mut invited, "/api/join/accept", &[("code", code)]).await;
    assert!(
        again.header("location").starts_with("/login"),
        "{}",
        again.header("location")
    );
    act(&mut browser, id, "look").await;
    until_done(&app.campaigns, id).await;
    assert!(stage().await >= CampaignStage::Activated);
    assert_eq!(invited.get(&at("/join?code=nobody")).await.status, 404);
}
