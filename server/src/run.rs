//! Putting the parts together and keeping them running.

use std::net::SocketAddr;
use std::sync::Arc;

use app::context::DemoAccount;
use axum::Router;
use model::{Clock, Entropy};
use org::Org;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;
use url::Url;

use crate::ambient::{SystemClock, SystemEntropy};
use crate::config::{Cli, Command};
use crate::start_error::StartError;
use crate::web_app::{self, Provider};
use crate::{announce, listen, local_org, stop};

/// Runs what the command line asks for until a signal ends it.
pub async fn run(cli: Cli) -> Result<(), StartError> {
    let stop = stop::on_signal()?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
    let serves_app = cli.command.unwrap_or(Command::Serve) == Command::Serve;
    let remote = cli.okta.remote().filter(|_| serves_app);

    let mut servers = Vec::new();
    let (provider, accounts) = if let Some(remote) = remote {
        (Provider::remote(remote), Vec::new())
    } else {
        let (clock, entropy) = (Arc::clone(&clock), Arc::clone(&entropy));
        let org = local_org::open(&cli.org, &cli.app.app_url, clock, entropy).await?;
        let url = &cli.org.org_url;
        listen_for(&mut servers, url, cli.org.org_listen, org.router()).await?;
        (Provider::local(&org, url), shown_accounts(&org, url))
    };
    let issuer = provider.issuer().to_owned();
    if serves_app {
        let router = web_app::open(&cli.app, provider, accounts.clone(), clock, entropy).await?;
        listen_for(&mut servers, &cli.app.app_url, cli.app.app_listen, router).await?;
    }
    println!(
        "{}",
        announce::ready(
            serves_app.then_some(cli.app.app_url.as_str()),
            &issuer,
            &accounts
        )
    );
    serve(servers, stop).await;
    Ok(())
}

/// Passwords are shown only while nobody but this machine can reach the org.
fn shown_accounts(org: &Org, url: &Url) -> Vec<DemoAccount> {
    if listen::is_loopback(url) {
        local_org::accounts(org)
    } else {
        Vec::new()
    }
}

async fn listen_for(
    servers: &mut Vec<(TcpListener, Router)>,
    url: &Url,
    socket: Option<SocketAddr>,
    router: Router,
) -> Result<(), StartError> {
    let sockets = socket.map_or_else(|| listen::loopback_sockets(url), |socket| vec![socket]);
    for listener in listen::bind(&sockets).await? {
        servers.push((listener, router.clone()));
    }
    Ok(())
}

async fn serve(servers: Vec<(TcpListener, Router)>, stop: watch::Receiver<bool>) {
    let mut running = JoinSet::new();
    for (listener, router) in servers {
        running.spawn(listen::serve(listener, router, stop.clone()));
    }
    running.join_all().await;
}
