//! Putting the parts together and keeping them running.

use std::net::SocketAddr;
use std::sync::Arc;

use app::context::DemoAccount;
use axum::Router;
use model::{Clock, Entropy};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;
use url::Url;

use crate::ambient::{SystemClock, SystemEntropy};
use crate::config::{AppConfig, Cli, Command, LocalOrgConfig};
use crate::start_error::StartError;
use crate::web_app::{self, Provider};
use crate::{announce, listen, local_org, service_app, stop};

/// Runs what the command line asks for until a signal ends it.
pub async fn run(cli: Cli) -> Result<(), StartError> {
    let stop = stop::on_signal()?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
    let serves_app = matches!(cli.command, None | Some(Command::Serve));
    let remote = cli.okta.remote().filter(|_| serves_app);

    let mut servers = Vec::new();
    let home = if let Some(remote) = remote {
        Home {
            provider: Provider::remote(remote)?,
            accounts: Vec::new(),
            clock,
            has_dev_pages: false,
        }
    } else {
        let apps = serves_app.then_some(&cli.app);
        let (config, app_url) = (&cli.org, &cli.app.app_url);
        let surroundings = (clock, Arc::clone(&entropy));
        open_local(config, (app_url, apps), surroundings, &mut servers).await?
    };
    let issuer = home.provider.issuer().to_owned();
    if serves_app {
        let accounts = home.accounts.clone();
        let (provider, clock, stop) = (home.provider, home.clock, stop.clone());
        let router = web_app::open(&cli.app, provider, accounts, clock, entropy, stop).await?;
        listen_for(&mut servers, &cli.app.app_url, cli.app.app_listen, router).await?;
    }
    println!(
        "{}",
        announce::ready(
            serves_app.then_some(cli.app.app_url.as_str()),
            &issuer,
            home.has_dev_pages,
            &home.accounts
        )
    );
    serve(servers, stop).await;
    Ok(())
}

/// Where the app's people sign in.
struct Home {
    provider: Provider,
    accounts: Vec<DemoAccount>,
    /// The local org's when there is one, so that the app goes along when it is moved.
    clock: Arc<dyn Clock>,
    has_dev_pages: bool,
}

/// `app` is absent when the org runs alone.
async fn open_local(
    config: &LocalOrgConfig,
    (app_url, app): (&Url, Option<&AppConfig>),
    (clock, entropy): (Arc<dyn Clock>, Arc<dyn Entropy>),
    servers: &mut Vec<(TcpListener, Router)>,
) -> Result<Home, StartError> {
    let org = local_org::open(config, app_url, clock, Arc::clone(&entropy)).await?;
    let url = &config.org_url;
    listen_for(servers, url, config.org_listen, org.router()).await?;
    let service = match app {
        Some(app) => service_app::local(&org, &app.app_data_dir, &*entropy).await?,
        None => None,
    };
    Ok(Home {
        provider: Provider::local(&org, url).with_service(service),
        // Passwords are shown only while nobody but this machine can reach the org.
        accounts: if local_org::is_private(config) {
            local_org::accounts(&org)
        } else {
            Vec::new()
        },
        clock: org.clock(),
        has_dev_pages: local_org::has_dev_pages(config)?,
    })
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
