//! The disk with the sessions takes nothing more: every write of the process fails, and reads do not.

use std::process::Command;

use testkit::TEST_SEED;

use crate::balancer::Balancer;
use crate::process::{Process, Settings};
use crate::remote_org::RemoteOrg;
use crate::support::{at, sign_in_from};

/// Limits how large the process may let files become, in bytes.
fn limit_files(process: &Process, size: &str) {
    let limited = Command::new("prlimit")
        .args(["--pid", &process.id().to_string()])
        .arg(format!("--fsize={size}:"))
        .status();
    assert!(limited.expect("prlimit of util-linux").success());
}

#[tokio::test]
async fn while_the_disk_takes_nothing_whoever_is_signed_in_goes_on_and_all_recovers() {
    let org = RemoteOrg::start(TEST_SEED, |router| router).await;
    let process = Process::start(&Settings::at_org(&org.org, &org.issuer)).await;
    let front = Balancer::before(&[process.address()]);
    let mut browser = org.browser(front.router());
    let landed = sign_in_from(&mut browser, &at("/login")).await;
    assert_eq!(landed.status, 303, "{}", landed.text());

    limit_files(&process, "0");
    assert_eq!(browser.get(&at("/profile")).await.status, 200);
    let refused = sign_in_from(&mut org.browser(front.router()), &at("/login")).await;
    assert_eq!(refused.status, 503, "{}", refused.text());
    assert!(refused.text().contains("<code>store_unavailable</code>"));
    assert_eq!(browser.get(&at("/profile")).await.status, 200);

    limit_files(&process, "unlimited");
    let landed = sign_in_from(&mut org.browser(front.router()), &at("/login")).await;
    assert_eq!(landed.status, 303, "without a restart: {}", landed.text());
    assert_eq!(browser.get(&at("/profile")).await.status, 200);
}
