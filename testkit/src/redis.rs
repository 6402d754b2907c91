//! A real Redis or Valkey server for a test, on loopback, without a trace on the disk afterwards.

use std::fs::File;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::{Identity, TestDir};

/// The variable by which `cargo xtask test` says where the program is.
const PROGRAM: &str = "PORTICO_REDIS";
const NAMES: [&str; 2] = ["redis-server", "valkey-server"];

/// A server starts in a few milliseconds; a busy machine may take longer.
const STARTS: usize = 1_000;
const PAUSE: Duration = Duration::from_millis(10);

/// A running server, which ends with this value.
#[derive(Debug)]
pub struct RedisServer {
    process: Option<Child>,
    port: u16,
    arguments: Vec<String>,
    dir: TestDir,
    scheme: &'static str,
    query: String,
}

impl RedisServer {
    /// A server by itself.
    pub fn start() -> Self {
        let (port, dir) = (free_port(), TestDir::new());
        Self::new(
            port,
            dir,
            "redis",
            vec!["--port".to_owned(), port.to_string()],
        )
    }

    /// A cluster of one node, which holds all slots.
    pub fn start_cluster() -> Self {
        let (port, dir) = (free_port(), TestDir::new());
        // The bus of a cluster is 10,000 ports further on unless told otherwise.
        let arguments = [
            ("--port", port.to_string()),
            ("--cluster-enabled", "yes".to_owned()),
            ("--cluster-port", free_port().to_string()),
            ("--cluster-config-file", "nodes.conf".to_owned()),
        ];
        let server = Self::new(port, dir, "redis+cluster", flat(&arguments));
        server.command("CLUSTER ADDSLOTSRANGE 0 16383");
        for _ in 0..STARTS {
            if server.command("CLUSTER INFO").contains("cluster_state:ok") {
                return server;
            }
            thread::sleep(PAUSE);
        }
        panic!("the cluster does not come about")
    }

    /// A server that speaks TLS alone. Clients trust `authority` (PEM).
    pub fn start_tls(identity: &Identity, authority: &str) -> Self {
        let (port, dir) = (free_port(), TestDir::new());
        for (name, text) in [
            ("cert.pem", &*identity.certificate),
            ("key.pem", &*identity.key),
            ("ca.pem", authority),
        ] {
            let mut file = File::create(dir.path().join(name)).expect("a file");
            file.write_all(text.as_bytes()).expect("written");
        }
        let arguments = [
            ("--port", "0".to_owned()),
            ("--tls-port", port.to_string()),
            ("--tls-cert-file", "cert.pem".to_owned()),
            ("--tls-key-file", "key.pem".to_owned()),
            ("--tls-auth-clients", "no".to_owned()),
        ];
        let authorities = dir.path().join("ca.pem");
        let mut server = Self::new(port, dir, "rediss", flat(&arguments));
        server.query = format!("?ca={}", authorities.display());
        server
    }

    fn new(port: u16, dir: TestDir, scheme: &'static str, arguments: Vec<String>) -> Self {
        let mut server = Self {
            process: None,
            port,
            arguments,
            dir,
            scheme,
            query: String::new(),
        };
        server.resume();
        server
    }

    /// The address for `APP_SESSION_STORE`.
    pub fn address(&self) -> String {
        let Self {
            scheme,
            port,
            query,
            ..
        } = self;
        format!("{scheme}://localhost:{port}{query}")
    }

    /// Ends the server, as a crash would.
    pub fn stop(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().expect("the server can be ended");
            process.wait().expect("the server has ended");
        }
    }

    /// Starts the server again, on the same port, with what it held.
    pub fn resume(&mut self) {
        let mut command = Command::new(program());
        command
            .current_dir(self.dir.path())
            .args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "yes"])
            // What is written outlives the process. To outlive the machine it would wait for the disk that all tests share.
            .args(["--appendfsync", "no"])
            .args(&self.arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        self.process = Some(command.spawn().expect("the server starts"));
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        for _ in 0..STARTS {
            if TcpStream::connect(address).is_ok() {
                return;
            }
            thread::sleep(PAUSE);
        }
        panic!("the server does not answer on port {}", self.port)
    }

    /// Sends a command in a line, and gives the first answer as it comes. Not for a server with TLS.
    pub fn command(&self, line: &str) -> String {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let mut stream = TcpStream::connect(address).expect("the server listens");
        stream
            .write_all(format!("{line}\r\n").as_bytes())
            .expect("sent");
        let mut answer = vec![0; 64 * 1024];
        let length = stream.read(&mut answer).expect("an answer");
        String::from_utf8_lossy(&answer[..length]).into_owned()
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        self.stop();
    }
}

fn flat(arguments: &[(&str, String)]) -> Vec<String> {
    arguments
        .iter()
        .flat_map(|(name, value)| [(*name).to_owned(), value.clone()])
        .collect()
}

fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    listener.local_addr().expect("an address").port()
}

/// The server's program. Without one the tests fail: what was not tested must not look as if it were.
#[expect(
    clippy::disallowed_methods,
    reason = "tests are told by the environment where the program is"
)]
fn program() -> PathBuf {
    if let Some(program) = std::env::var_os(PROGRAM).filter(|path| !path.is_empty()) {
        return program.into();
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .flat_map(|folder| NAMES.map(|name| folder.join(name)))
        .find(|program| Path::is_file(program))
        .unwrap_or_else(|| {
            panic!(
                "these tests need a Redis or Valkey server: install one (`apt-get install redis-server`), \
                 name it in {PROGRAM}, or run `cargo xtask test`, which does both"
            )
        })
}
