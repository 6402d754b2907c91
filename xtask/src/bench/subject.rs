//! The program as it is measured: app and org in one process, with a data directory and addresses of its own.

use super::plan::Plan;
use super::seed;
use super::server::{Probe, Server, free_address};
use super::url::Url;
use crate::{build, workspace};
use anyhow::{Context, Result};
use serde_json::Value;
use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// Where a bench keeps its files; removed when it ends.
#[derive(Debug)]
pub(super) struct Folder(PathBuf);

impl Folder {
    /// An empty folder under `target`.
    pub(super) fn new() -> Result<Folder> {
        Folder::named("bench")
    }

    /// An empty folder of another name.
    pub(super) fn named(name: &str) -> Result<Folder> {
        let path = workspace::target()
            .join("xtask")
            .join(format!("{name}-{}", std::process::id()));
        fs::create_dir_all(&path).with_context(|| format!("cannot make {}", path.display()))?;
        Ok(Folder(path))
    }

    /// A file in it.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What remains is under `target`, and tells on its own what it is.
        drop(fs::remove_dir_all(&self.0));
    }
}

/// The program before it is started.
#[derive(Debug)]
pub(super) struct Subject {
    pub(super) app: Url,
    pub(super) org: Url,
    listen: [SocketAddr; 2],
    folder: Folder,
    program: PathBuf,
}

impl Subject {
    /// Chooses addresses, and writes the seed.
    pub(super) fn new(folder: Folder, plan: &Plan) -> Result<Subject> {
        Subject::with_seed(folder, plan, &seed::json())
    }

    /// The same with another seed.
    pub(super) fn with_seed(folder: Folder, plan: &Plan, seed: &Value) -> Result<Subject> {
        let listen = [free_address()?, free_address()?];
        fs::write(folder.file("seed.json"), seed.to_string()).context("cannot write the seed")?;
        Ok(Subject {
            app: Url::parse(&format!("http://127.0.0.1:{}", listen[0].port()))?,
            // A name, so that app and org are different sites as they are by default.
            org: Url::parse(&format!("http://localhost:{}", listen[1].port()))?,
            listen,
            folder,
            program: plan.program.clone().unwrap_or_else(build::program),
        })
    }

    /// Starts the program; gives it with the time until app and org have both answered with 200.
    pub(super) fn start(&self) -> Result<(Server, Duration)> {
        let mut portico = build::portico_at(&self.program);
        portico.envs([
            ("APP_URL", format!("http://{}", self.app.authority)),
            ("APP_LISTEN", self.listen[0].to_string()),
            ("ORG_URL", format!("http://{}", self.org.authority)),
            ("ORG_LISTEN", self.listen[1].to_string()),
            ("PORTICO_LOG", "info".to_owned()),
        ]);
        portico
            .env("APP_DATA_DIR", self.folder.file("app"))
            .env("ORG_DATA_DIR", self.folder.file("org"));
        portico
            .env("ORG_SEED", self.folder.file("seed.json"))
            .current_dir(self.folder.file(""));
        for name in [
            "OKTA_ISSUER",
            "OKTA_CLIENT_ID",
            "OKTA_CLIENT_SECRET",
            "OKTA_SCOPES",
            "APP_SESSION_KEYS",
            "APP_SESSION_STORE",
        ] {
            portico.env_remove(name);
        }
        let probes = [
            self.probe(&self.app, "/"),
            self.probe(&self.org, "/.well-known/openid-configuration"),
        ];
        Server::start(&mut portico, &self.folder.file("portico.log"), &probes)
    }

    /// The socket of the org.
    pub(super) const fn org_address(&self) -> SocketAddr {
        self.listen[1]
    }

    /// The folder, for others that are measured beside it.
    pub(super) fn folder(&self) -> &Folder {
        &self.folder
    }

    fn probe(&self, url: &Url, path: &'static str) -> Probe {
        let address = if *url == self.app {
            self.listen[0]
        } else {
            self.listen[1]
        };
        Probe {
            address,
            host: url.authority.clone(),
            path,
        }
    }
}
