//! The doctor, with the app and its local org as they really run.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use clap::Parser as _;
use doctor::{DoctorArgs, Ending, Surroundings};
use server::ambient::{SystemClock, SystemEntropy};
use server::config::{Cli, Command};
use server::{examine, local_org, web_app};
use setup::TokioPause;
use testkit::TestDir;
use tokio::net::TcpListener;

/// Two free sockets.
async fn sockets() -> [(TcpListener, u16); 2] {
    let any = SocketAddr::from(([127, 0, 0, 1], 0));
    let mut sockets = Vec::new();
    for _ in 0..2 {
        let listener = TcpListener::bind(any).await.expect("a socket");
        let port = listener.local_addr().expect("an address").port();
        sockets.push((listener, port));
    }
    sockets.try_into().expect("two sockets")
}

fn serve(listener: TcpListener, router: Router) {
    tokio::spawn(async move { axum::serve(listener, router).await });
}

/// Starts app and org from an empty folder, and examines them with the same command line.
async fn examined(words: &[&str]) -> (Ending, String) {
    let dir = TestDir::new();
    let [(app_listener, app_port), (org_listener, org_port)] = sockets().await;
    let command_line = [
        vec!["portico".to_owned()],
        vec![format!("--app-url=http://127.0.0.1:{app_port}")],
        vec![format!("--org-url=http://localhost:{org_port}")],
        vec![format!(
            "--app-data-dir={}",
            dir.path().join("app").display()
        )],
        vec![format!(
            "--org-data-dir={}",
            dir.path().join("org").display()
        )],
        words.iter().map(|&word| word.to_owned()).collect(),
    ]
    .concat();
    let cli = Cli::try_parse_from(command_line).expect("a command line");
    let (clock, entropy) = (Arc::new(SystemClock), Arc::new(SystemEntropy));
    let org = local_org::open(&cli.org, &cli.app.app_url, clock.clone(), entropy.clone())
        .await
        .expect("an org");
    let provider = web_app::Provider::local(&org, &cli.org.org_url);
    let app = web_app::open(
        &cli.app,
        provider,
        Vec::new(),
        clock.clone(),
        entropy.clone(),
        tokio::sync::watch::channel(false).1,
    )
    .await
    .expect("an app");
    serve(org_listener, org.router());
    serve(app_listener, app);
    let Some(Command::Doctor(args)) = &cli.command else {
        unreachable!("the words say so");
    };
    run(DoctorArgs::clone(args), cli).await
}

async fn run(args: DoctorArgs, cli: Cli) -> (Ending, String) {
    let mut out = Vec::new();
    let around = Surroundings {
        settings: examine::settings(cli),
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        pause: Arc::new(TokioPause),
        out: &mut out,
        colours: false,
    };
    let ending = doctor::run(args, around).await.expect("a report");
    (ending, String::from_utf8(out).expect("text"))
}

#[tokio::test]
async fn the_app_and_its_local_org_have_no_error_from_the_first_start() {
    let (ending, text) = examined(&["doctor", "--verbose"]).await;
    assert_ne!(ending, Ending::Failed, "{text}");
    let fine = text.split("\nFine\n").nth(1).expect("what is fine");
    let from_app = ["SITE-", "SIGN-IN-"];
    for check in
        doctor::checks().filter(|check| from_app.iter().any(|start| check.id.starts_with(start)))
    {
        // Without TLS there is nothing to tell browsers of it.
        if check.id != "SITE-HSTS" {
            assert!(
                fine.contains(&format!("  {}  ", check.id)),
                "{} in {text}",
                check.id
            );
        }
    }
}
