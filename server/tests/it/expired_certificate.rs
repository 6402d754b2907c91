//! The certificate of the org has expired.

use std::fs;

use testkit::{Authority, TEST_SEED, TestDir, TlsFront};
use tokio::net::TcpListener;

use crate::balancer::Balancer;
use crate::process::{Process, Settings};
use crate::remote_org::RemoteOrg;
use crate::support::{at, sign_in_from};

#[tokio::test]
async fn while_the_orgs_certificate_has_expired_pages_say_so_nobody_is_signed_out_and_all_recovers()
{
    let authority = Authority::new();
    let dir = TestDir::new();
    let trusted = dir.path().join("authority.pem");
    fs::write(&trusted, authority.pem()).expect("a file");
    let good = authority.issue("localhost");

    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let target = listener.local_addr().expect("an address");
    let front = TlsFront::start(target, &good).await;
    let issuer = format!("https://localhost:{}", front.address().port());
    let org = RemoteOrg::at(issuer, listener, TEST_SEED, |router| router).await;
    // A process trusts what its system trusts.
    let settings = Settings::at_org(&org.org, &org.issuer)
        .with("SSL_CERT_FILE", trusted.display().to_string());
    let process = Process::start(&settings).await;
    let app = Balancer::before(&[process.address()]);

    let mut browser = org.browser(app.router());
    let landed = sign_in_from(&mut browser, &at("/login")).await;
    assert_eq!(landed.status, 303, "{}", landed.text());

    front.set(&authority.issue_expired("localhost"));
    let refused = sign_in_from(&mut org.browser(app.router()), &at("/login")).await;
    assert_eq!(refused.status, 503, "{}", refused.text());
    assert!(refused.text().contains("<code>org_unreachable</code>"));
    assert_eq!(browser.get(&at("/profile")).await.status, 200);

    front.set(&good);
    let landed = sign_in_from(&mut org.browser(app.router()), &at("/login")).await;
    assert_eq!(landed.status, 303, "without a restart: {}", landed.text());
}
