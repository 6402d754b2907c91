//! An org that processes reach over TCP.

use axum::Router;
use model::Clock as _;
use server::ambient::SystemClock;
use testkit::{APP_URL, Browser, TestOrg};
use tokio::net::TcpListener;
use url::Url;

/// The org, and where it is.
pub(crate) struct RemoteOrg {
    pub(crate) org: TestOrg,
    pub(crate) issuer: String,
}

impl RemoteOrg {
    /// An org whose answers over TCP are as `layer` makes them.
    pub(crate) async fn start(seed: &str, layer: impl FnOnce(Router) -> Router) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let issuer = format!("http://localhost:{port}");
        Self::at(issuer, listener, seed, layer).await
    }

    /// The same at another address, from which something leads to the listener.
    pub(crate) async fn at(
        issuer: String,
        listener: TcpListener,
        seed: &str,
        layer: impl FnOnce(Router) -> Router,
    ) -> Self {
        let url = Url::parse(&issuer).expect("an address");
        let org = TestOrg::with_config(seed, |config| config.url = url).await;
        // Processes have the time of the system.
        org.clock.set(SystemClock.now());
        let router = layer(org.org().router());
        tokio::spawn(axum::serve(listener, router).into_future());
        Self { org, issuer }
    }

    /// A browser that reaches this org and an app.
    pub(crate) fn browser(&self, app: Router) -> Browser {
        Browser::new()
            .with_site(&self.issuer, self.org.org().router())
            .with_site(APP_URL, app)
    }
}
