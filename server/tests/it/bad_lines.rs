//! Bad lines to the org and to the session store. What people see while they last is listed in docs/FAULTS.md.

use std::future::Future;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bff::{ReqwestClient, StoreAddress};
use testkit::http::InProcessHttp;
use testkit::{Browser, FaultProxy, Line, ORG_URL, Page, RedisServer, TEST_SEED, TestDir, TestOrg};
use tokio::net::TcpListener;
use tokio::time::Instant;
use url::Url;

use crate::support::{Program, Surroundings, at, own_page, signed_in};

/// Every way in which a line can be bad, each worse than what a client should wait for.
const BAD: [Line; 6] = [
    Line::Refusing,
    Line::Resetting,
    Line::CutAfter(5),
    Line::BlackHole,
    Line::Trickling(Duration::from_secs(1)),
    Line::Delayed(Duration::from_secs(20)),
];

/// What Redis says while it cannot be used.
const UNUSABLE: [Line; 3] = [
    Line::Answering("LOADING Redis is loading the dataset in memory"),
    Line::Answering(
        "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
    ),
    Line::Answering("NOAUTH Authentication required."),
];

/// An outage as long as this ends every attempt, and no session.
const OUTAGE_SECONDS: i64 = 30;

/// The program, which reaches its org over TCP by a line that can be spoiled.
async fn with_line_to_org() -> (Program, FaultProxy) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let line = FaultProxy::start(listener.local_addr().expect("an address")).await;
    let issuer = format!("http://localhost:{}", line.address().port());
    let url = Url::parse(&issuer).expect("an address");
    let org = TestOrg::with_config(TEST_SEED, |config| config.url = url.clone()).await;
    tokio::spawn(axum::serve(listener, org.org().router()).into_future());
    let dir = TestDir::new();
    let surroundings = Surroundings {
        issuer,
        http: Arc::new(ReqwestClient::for_issuer(&url)),
        store: StoreAddress::Sqlite(dir.path().join("sessions.sqlite")),
    };
    (Program::within(org, surroundings).await, line)
}

/// The program, whose sessions are in Redis behind a line that can be spoiled.
async fn with_line_to_store(server: &RedisServer) -> (Program, FaultProxy) {
    let address = Url::parse(&server.address()).expect("an address");
    let port = address.port().expect("a port");
    let line = FaultProxy::start(SocketAddr::from(([127, 0, 0, 1], port))).await;
    let address = format!("redis://127.0.0.1:{}", line.address().port());
    let org = TestOrg::start().await;
    let network = InProcessHttp::new();
    network.serve("localhost:7000", org.org().router());
    let surroundings = Surroundings {
        issuer: ORG_URL.to_owned(),
        http: Arc::new(network),
        store: StoreAddress::parse(&address, Path::new("")).expect("an address"),
    };
    (Program::within(org, surroundings).await, line)
}

/// What must come about soon after a line is good again, without a restart. Each attempt asks over the line, and waits for it.
async fn comes_about<F: Future<Output = bool>>(mut attempt: impl FnMut() -> F) -> bool {
    let attempts = async { while !attempt().await {} };
    let patience = Duration::from_secs(20);
    tokio::time::timeout(patience, attempts).await.is_ok()
}

async fn login_page(program: &Program) -> Page {
    program.browser().get(&at("/login")).await
}

#[tokio::test]
async fn while_the_org_cannot_be_reached_pages_say_so_nobody_is_signed_out_and_all_recovers() {
    let (program, line) = with_line_to_org().await;
    let mut browser = signed_in(&program).await;
    for bad in BAD {
        line.set(bad).await;
        // What is known of the org is an hour old.
        program.org.clock.advance_seconds(3_700);
        let before = Instant::now();
        let page = login_page(&program).await;
        assert!(before.elapsed() < Duration::from_secs(7), "{bad:?}");
        assert_eq!(page.status, 503, "{bad:?}: {}", page.text());
        assert!(
            page.text().contains("<code>org_unreachable</code>"),
            "{bad:?}"
        );
        program.org.clock.advance_seconds(OUTAGE_SECONDS);
        let profile = browser.get(&at("/profile")).await;
        assert_eq!(profile.status, 200, "nobody is signed out: {bad:?}");

        line.set(Line::Good).await;
        program.org.clock.advance_seconds(2);
        let recovers = comes_about(|| async { login_page(&program).await.status == 303 });
        assert!(recovers.await, "{bad:?}");
        assert_eq!(browser.get(&at("/profile")).await.status, 200, "{bad:?}");
    }
    signed_in(&program).await;
}

#[tokio::test]
async fn a_person_whose_sign_in_meets_a_bad_line_is_told_so_and_can_try_again() {
    let (program, line) = with_line_to_org().await;
    let mut browser = program.browser();
    let identify = browser.visit(&at("/login")).await;
    let sent = browser
        .submit(
            &identify,
            identify.form(""),
            &[("identifier", crate::support::JOHN)],
        )
        .await;
    let password = browser.follow(sent).await;
    let fields = [("password", testkit::PASSWORD)];
    let callback = browser.submit(&password, password.form(""), &fields).await;
    line.set(Line::CutAfter(40)).await;
    let page = browser.get(callback.location().as_str()).await;
    assert_eq!(page.status, 503, "{}", page.text());
    assert!(page.text().contains("<code>org_unreachable</code>"));
    line.set(Line::Good).await;
    signed_in(&program).await;
}

/// A request of somebody who is signed in, which no page may answer as if they were not.
async fn cannot_be_checked(browser: &mut Browser, what: Line) {
    let before = Instant::now();
    let page = browser.get(&at("/profile")).await;
    assert!(before.elapsed() < Duration::from_secs(6), "{what:?}");
    assert_eq!(page.status, 503, "{what:?}: {}", page.text());
    assert!(
        page.text()
            .contains("We cannot check your session right now"),
        "{what:?}"
    );
    assert_eq!(
        page.header("set-cookie"),
        "",
        "no cookie is taken away: {what:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_store_cannot_be_reached_pages_say_so_nobody_is_signed_out_and_all_recovers() {
    let server = RedisServer::start();
    let (program, line) = with_line_to_store(&server).await;
    let mut browser = signed_in(&program).await;
    for bad in BAD.into_iter().chain(UNUSABLE) {
        line.set(bad).await;
        cannot_be_checked(&mut browser, bad).await;
        let ready = program.browser().get(&at("/readyz")).await;
        assert_eq!(ready.status, 503, "{bad:?}");
        assert_eq!(program.browser().get(&at("/livez")).await.status, 200);
        program.org.clock.advance_seconds(OUTAGE_SECONDS);

        line.set(Line::Good).await;
        let before = Instant::now();
        let mut status = 0;
        while status != 200 && before.elapsed() < Duration::from_secs(10) {
            status = browser.get(&at("/profile")).await.status.as_u16();
        }
        assert_eq!(status, 200, "the same session, without a restart: {bad:?}");
        assert_eq!(program.browser().get(&at("/readyz")).await.status, 200);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sign_in_that_cannot_be_kept_says_so_and_a_sign_out_still_leaves_the_browser() {
    let server = RedisServer::start();
    let (program, line) = with_line_to_store(&server).await;
    let mut browser = signed_in(&program).await;
    line.set(Line::Refusing).await;
    let refused = crate::support::sign_in_from(&mut program.browser(), &at("/login")).await;
    assert_eq!(refused.status, 503, "{}", refused.text());
    assert!(refused.text().contains("<code>store_unavailable</code>"));
    let signed_out = browser.post_with(&at("/sign-out"), own_page(), &[]).await;
    assert_eq!(signed_out.status, 303);
    line.set(Line::Good).await;
    assert_eq!(
        browser.get(&at("/profile")).await.status,
        401,
        "its cookies are gone"
    );
}

/// What Redis does where its memory is full, and where it has become a replica: it reads, and writes nothing.
const TAKES_NOTHING: [(&str, &str); 2] = [
    ("CONFIG SET maxmemory 1", "CONFIG SET maxmemory 0"),
    ("REPLICAOF 127.0.0.1 1", "REPLICAOF NO ONE"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_takes_nothing_new_lets_everybody_go_on_who_is_signed_in() {
    let server = RedisServer::start();
    let (program, _line) = with_line_to_store(&server).await;
    let mut browser = signed_in(&program).await;
    for (fault, remedy) in TAKES_NOTHING {
        assert!(server.command(fault).starts_with("+OK"), "{fault}");
        // So long that the use of a session would be written down.
        program.org.clock.advance_seconds(5 * 60);
        let profile = browser.get(&at("/profile")).await;
        assert_eq!(profile.status, 200, "{fault}: {}", profile.text());
        let refused = crate::support::sign_in_from(&mut program.browser(), &at("/login")).await;
        assert_eq!(refused.status, 503, "{fault}: {}", refused.text());
        assert!(refused.text().contains("<code>store_unavailable</code>"));

        assert!(server.command(remedy).starts_with("+OK"), "{remedy}");
        let recovers = comes_about(|| async {
            let landed = crate::support::sign_in_from(&mut program.browser(), &at("/login")).await;
            landed.status == 303
        });
        assert!(recovers.await, "{remedy}");
        assert_eq!(browser.get(&at("/profile")).await.status, 200, "{fault}");
    }
}
