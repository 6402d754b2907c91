//! [`oidc-provider`](https://github.com/panva/node-oidc-provider) for Node.js, which is asked for tokens as the org is: the same
//! client, kinds of tokens and load on one core. It keeps everything in memory, and the org keeps it on the disk.

use super::browser::{address_of, request, send};
use super::seed::{CLIENT_ID, CLIENT_SECRET, REDIRECT_URI};
use super::server::{Probe, Server, free_address};
use super::subject::Folder;
use super::url::Url;
use super::{journey, load};
use crate::tools::npm;
use crate::workspace::{command, root};
use anyhow::{Result, ensure};
use std::collections::VecDeque;

/// Its folder has the package.
const PROJECT: &str = "end2end";
const SCRIPT: &str = "end2end/bench/peer.mjs";

/// The running provider; it ends when this is dropped.
#[derive(Debug)]
pub(super) struct Peer {
    pub(super) url: Url,
    pub(super) server: Server,
}

impl Peer {
    /// Starts it, with the package that the lock file names.
    pub(super) fn start(folder: &Folder) -> Result<Peer> {
        npm::ensure_project(PROJECT)?;
        let address = free_address()?;
        let url = Url::parse(&format!("http://{address}"))?;
        let probe = Probe {
            address,
            host: url.authority.clone(),
            path: "/.well-known/openid-configuration",
        };
        let mut node = command("node");
        node.arg(root().join(SCRIPT))
            .arg(address.port().to_string());
        node.args([CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, journey::TOKEN]);
        node.env("NODE_ENV", "production");
        let (server, _) = Server::start(&mut node, &folder.file("peer.log"), &[probe])?;
        Ok(Peer { url, server })
    }

    /// Codes for the challenge of the journeys, without the way through a browser.
    pub(super) fn codes(&self, count: usize) -> Result<VecDeque<String>> {
        let challenge = journey::PKCE.1;
        let url = self
            .url
            .join(&format!("/codes?count={count}&challenge={challenge}"))?;
        let answer = send(&request(&url, &[], None), address_of(&url)?)?;
        let codes: VecDeque<String> = answer.text().lines().map(str::to_owned).collect();
        ensure!(codes.len() == count, "no codes: {}", answer.text());
        Ok(codes)
    }

    /// The request for its metadata.
    pub(super) fn discovery(&self) -> Result<load::Request> {
        super::requests::get(&self.url, "/.well-known/openid-configuration", None)
    }
}
