//! Files of people, and what a cut and a busy org do to bringing them in.

use super::{ADMIN, House, act, assemble, file, mails, make, sign_in, until, until_done, upload};
use crate::support::at;
use bff::IntakeTrouble;
use bytes::Bytes;
use model::CampaignJob;
use org::RateLimits;

#[tokio::test]
async fn a_thousand_rows_are_brought_in_and_a_cut_in_the_middle_sends_nothing_twice() {
    let house = House::build(RateLimits::Off).await;
    let app = house.open().await;
    let mut browser = sign_in(&house, &app, ADMIN).await;
    let id = make(&mut browser, "email").await;
    let preview = upload(&mut browser, id, file(1_000, 37).as_bytes()).await;
    let text = preview.text();
    assert!(
        text.contains("963 rows can be imported, 37 cannot."),
        "{text}"
    );
    for part in [
        "Dept",
        "Last name",
        "Write a mail address",
        "<code>2</code>",
        "Remove emoji",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    drop((app, browser));

    // The app is cut twice: while people are made, and while they are invited.
    for (job, has_begun) in [(CampaignJob::Import, 150), (CampaignJob::Send, 150)] {
        let doomed = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let service = house.service().await;
        let client = house.org.org().portico_client();
        let client = (client.client_id.to_string(), client.client_secret);
        let (folder, clock, network) = (
            house.dir.path().to_owned(),
            house.org.clock.clone(),
            house.network.clone(),
        );
        let app =
            doomed.spawn(async move { assemble(&folder, clock, network, service, client).await });
        let app = app.await.expect("an app");
        app.campaigns.start(id, job).await.expect("a job");
        let count = |people: bff::PeopleCount| match job {
            CampaignJob::Import => people.ready,
            _ => people.sent,
        };
        until("a part is done", async || {
            count(app.campaigns.find(id).await.expect("a campaign").people) >= has_begun
        })
        .await;
        doomed.shutdown_background();
        drop(app);

        let app = house.open().await;
        until_done(&app.campaigns, id).await;
        let people = app.campaigns.find(id).await.expect("a campaign").people;
        assert_eq!((count(people), people.failed), (963, 0), "{job:?}");
    }

    let mails = mails(&house);
    assert_eq!(mails.len(), 963);
    assert!(mails.values().all(|count| *count == 1), "nobody got two");

    let app = house.open().await;
    let mut browser = sign_in(&house, &app, ADMIN).await;
    let page = browser
        .get(&at(&format!("/campaigns/{id}?stage=invited")))
        .await
        .text();
    for part in ["<svg", "963", "100 %", "ada0@rows.example.com", "Show more"] {
        assert!(page.contains(part), "{part} in {page}");
    }
    let export = browser.get(&at(&format!("/campaigns/{id}/export"))).await;
    assert_eq!(export.text().lines().count(), 964);
}

#[tokio::test]
async fn hostile_files_are_refused_in_words_and_leave_nothing() {
    let house = House::build(RateLimits::Off).await;
    let app = house.open().await;
    let mut browser = sign_in(&house, &app, ADMIN).await;
    let id = make(&mut browser, "email").await;
    let many = format!("email,first,last\n{}", "a@b.example,A,B\n".repeat(10_001));
    let long = [
        b"email,first,last\n\"".as_slice(),
        &vec![b'x'; 4 * 1024 * 1024],
    ]
    .concat();
    for (csv, expected) in [
        (b"".as_slice(), "There are no rows"),
        (b"email,first,last\n", "There are no rows"),
        (
            b"name,age\nAda,36\n",
            "There is no column with mail addresses",
        ),
        (b"\xff\xfee\0m\0a\0i\0l\0", "The file is not UTF-8"),
        (many.as_bytes(), "The file has too many rows"),
        (&long, "The file is too long"),
    ] {
        let page = upload(&mut browser, id, csv).await;
        assert!(
            page.text().contains(expected),
            "{expected} in {}",
            page.text()
        );
        assert_eq!(app.campaigns.find(id).await.expect("a campaign").drafts, 0);
    }
    let tricky = b"\"e-mail\",\"first name\",\"Surname\"\n\"=a@b.example\",\"=1+1\",\"a\"\"b, <script>\"\n\xff@b.example,A,B\nc@b.example\n";
    let page = upload(&mut browser, id, tricky).await.text();
    assert!(page.contains("1 row can be imported, 2 cannot."), "{page}");
    assert!(!page.contains("<script>\"") && page.contains("&lt;script&gt;"));
    act(&mut browser, id, "import").await;
    until_done(&app.campaigns, id).await;
    let export = browser
        .get(&at(&format!("/campaigns/{id}/export")))
        .await
        .text();
    assert!(
        export.contains("'=a@b.example,\"'=1+1 a\"\"b, <script>\""),
        "{export}"
    );

    // A browser that goes away in the middle.
    let mut intake = app.campaigns.begin_intake(id).await.expect("an intake");
    intake
        .push(Bytes::from_static(b"email,first,last\nx@y.example,A,B\n"))
        .await
        .expect("a piece");
    drop(intake);
    assert_eq!(
        app.campaigns.begin_intake(999).await.err(),
        Some(IntakeTrouble::Busy)
    );
    until("nothing of it stays", async || {
        app.campaigns.find(id).await.expect("a campaign").drafts == 0
    })
    .await;
}

#[tokio::test]
async fn a_busy_org_is_waited_for() {
    let house = House::build(RateLimits::Developer).await;
    let app = house.open().await;
    let mut browser = sign_in(&house, &app, ADMIN).await;
    let id = make(&mut browser, "email").await;
    let uploaded = upload(&mut browser, id, file(400, 0).as_bytes()).await;
    assert_eq!(uploaded.status, 200, "{}", uploaded.text());
    let began = house.org.clock.clone();
    for job in [CampaignJob::Import, CampaignJob::Send] {
        app.campaigns.start(id, job).await.expect("a job");
        until_done(&app.campaigns, id).await;
    }
    let people = app.campaigns.find(id).await.expect("a campaign").people;
    assert_eq!((people.sent, people.failed), (400, 0));
    assert!(mails(&house).values().all(|count| *count == 1));
    let now = model::Clock::now(&began).as_second();
    assert!(
        now > 1_767_603_600 + 60,
        "at least one window was waited for"
    );
}
