//! The program as a process of its own, as it runs for people.

use std::net::{Ipv4Addr, SocketAddr};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use axum::body::Body;
use http::{Request, Response, StatusCode};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use secrecy::ExposeSecret;
use testkit::{APP_URL, TestDir, TestOrg};
use tokio::net::{TcpListener, TcpStream};

/// Before it is asked again whether a process is ready: whoever puts one behind a balancer has nothing else to go by than
/// what `/readyz` answers.
const PAUSE: Duration = Duration::from_millis(20);
/// A process starts in a fraction of this, unless the machine is busy.
const PATIENCE: Duration = Duration::from_mins(1);

/// A key that seals cookies, the same for all processes.
const SESSION_KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

/// The settings that all processes of an app have in common.
#[derive(Debug, Clone)]
pub(crate) struct Settings(Vec<(&'static str, String)>);

impl Settings {
    /// An app at [`APP_URL`], for the people of an org elsewhere.
    pub(crate) fn at_org(org: &TestOrg, issuer: &str) -> Self {
        let client = org.org().portico_client();
        let secret = client.client_secret.expose_secret();
        Self(vec![
            ("APP_URL", APP_URL.to_owned()),
            ("APP_SESSION_KEYS", SESSION_KEY.to_owned()),
            ("OKTA_ISSUER", issuer.to_owned()),
            ("OKTA_CLIENT_ID", client.client_id.to_string()),
            ("OKTA_CLIENT_SECRET", secret.to_owned()),
            ("PORTICO_LOG", "off".to_owned()),
        ])
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.0.push((name, value.into()));
        self
    }
}

/// A running process, which ends with this value.
#[derive(Debug)]
pub(crate) struct Process {
    child: Child,
    address: SocketAddr,
    _dir: TestDir,
}

impl Process {
    /// A process on a free port, which is ready.
    pub(crate) async fn start(settings: &Settings) -> Self {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
        let address = free.and_then(|port| port.local_addr());
        Self::start_at(settings, address.expect("a free port")).await
    }

    /// A process at an address where another one has been, which is ready.
    pub(crate) async fn start_at(settings: &Settings, address: SocketAddr) -> Self {
        let dir = TestDir::new();
        // As a supervisor that limits the size of files has it: a write that is too long is an error, and not the end.
        let child = Command::new("/bin/sh")
            .args(["-c", "trap '' XFSZ; exec \"$0\""])
            .arg(env!("CARGO_BIN_EXE_portico"))
            .env_clear()
            .envs(settings.0.iter().map(|(name, value)| (name, value)))
            .env("APP_LISTEN", address.to_string())
            .env("APP_DATA_DIR", dir.path())
            .current_dir(dir.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .expect("a process");
        let mut process = Self {
            child,
            address,
            _dir: dir,
        };
        let ready = tokio::time::timeout(PATIENCE, process.until_ready()).await;
        ready.expect("a process that becomes ready");
        process
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its id, for the system.
    #[cfg(target_os = "linux")]
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// `kill -9`, and waits until it is gone.
    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("a process that can be ended");
        self.child.wait().expect("the end of the process");
    }

    async fn until_ready(&mut self) {
        loop {
            let ended = self.child.try_wait().expect("a child of this process");
            assert!(ended.is_none(), "the program ended instead of serving");
            let question = Request::get("/readyz").body(Body::empty());
            let answer = ask(self.address, question.expect("a request")).await;
            if answer.is_ok_and(|answer| answer.status() == StatusCode::OK) {
                return;
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // One that has ended already cannot be ended again.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Why a process has not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoAnswer {
    /// Nobody listens, so nothing was done.
    Refused,
    /// The connection broke, and nobody knows what was done.
    Cut,
}

/// Sends a request over a connection of its own.
pub(crate) async fn ask(
    address: SocketAddr,
    request: Request<Body>,
) -> Result<Response<Incoming>, NoAnswer> {
    let stream = TcpStream::connect(address).await;
    let stream = stream.map_err(|_| NoAnswer::Refused)?;
    let (mut requests, connection) = http1::handshake(TokioIo::new(stream))
        .await
        .map_err(|_| NoAnswer::Cut)?;
    tokio::spawn(connection);
    let answer = requests.send_request(request).await;
    answer.map_err(|_| NoAnswer::Cut)
}
