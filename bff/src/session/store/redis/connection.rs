use std::fmt;
use std::fs;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ::redis::aio::{ConnectionLike, ConnectionManager, ConnectionManagerConfig, PubSub};
use ::redis::cluster::ClusterClient;
use ::redis::cluster_async::ClusterConnection;
use ::redis::{
    Client, Cmd, ErrorKind, FromRedisValue, Pipeline, RedisError, RedisFuture, ScriptInvocation,
    ServerErrorKind, TlsCertificates, Value,
};
use tokio::sync::OnceCell;

use crate::session::store::{RedisAddress, StoreError};

/// One answer may take as long as connecting and a command.
const STEPS: u32 = 2;

/// The way to the store. It comes about with the first command, and again after it broke.
pub(super) struct Link {
    kind: Kind,
    /// For notices. In a cluster every node hands them on.
    nodes: Vec<Client>,
    /// How long a step may take.
    patience: Duration,
}

enum Kind {
    Single(Box<Single>),
    Cluster {
        client: Box<ClusterClient>,
        connection: OnceCell<ClusterConnection>,
    },
}

/// One node, and the connection to it.
struct Single {
    node: Client,
    patience: Duration,
    /// With the number of those that were there before.
    manager: Mutex<(u64, ConnectionManager)>,
}

/// A connection that many commands share.
#[derive(Clone)]
enum Shared {
    Single(ConnectionManager),
    Cluster(ClusterConnection),
}

impl Link {
    /// Makes everything ready. The store need not be up.
    pub(super) fn open(address: &RedisAddress) -> Result<Self, StoreError> {
        let root_cert = match &address.authorities {
            Some(file) => Some(fs::read(file).map_err(StoreError::Authorities)?),
            None => None,
        };
        let certificates = TlsCertificates {
            client_tls: None,
            root_cert,
        };
        let nodes = address
            .nodes
            .iter()
            .map(|node| match node.scheme() {
                "rediss" => Client::build_with_tls(node.clone(), certificates.clone()),
                _ => Client::open(node.clone()),
            })
            .collect::<Result<Vec<_>, _>>()?;
        let kind = match nodes.first() {
            Some(node) if !address.is_cluster => {
                Kind::Single(Box::new(Single::to(node, address.patience)?))
            }
            _ => Kind::Cluster {
                client: Box::new(cluster(address, certificates)?),
                connection: OnceCell::new(),
            },
        };
        Ok(Self {
            kind,
            nodes,
            patience: address.patience,
        })
    }

    /// Runs a command.
    pub(super) async fn query<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, StoreError> {
        self.bounded(self.ask(async |mut shared| command.query_async(&mut shared).await))
            .await
    }

    /// Runs a command that changes nothing, and once more if the connection turns out to be broken.
    pub(super) async fn read<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, StoreError> {
        let attempt = async || {
            self.ask(async |mut shared| command.query_async(&mut shared).await)
                .await
        };
        self.bounded(async {
            match attempt().await {
                Err(error) if is_broken(&error) || is_stuck(&error) => attempt().await,
                outcome => outcome,
            }
        })
        .await
    }

    /// Runs a script, which the store does as one step.
    pub(super) async fn run<T: FromRedisValue>(
        &self,
        script: &ScriptInvocation<'_>,
    ) -> Result<T, StoreError> {
        self.bounded(self.ask(async |mut shared| script.invoke_async(&mut shared).await))
            .await
    }

    /// A connection that gets notices, from the first node that has one to give.
    pub(super) async fn subscribe(&self, channel: &str) -> Result<PubSub, StoreError> {
        let mut last = StoreError::Slow;
        for node in &self.nodes {
            let subscribed = self.bounded(async {
                let mut notices = node.get_async_pubsub().await?;
                notices.subscribe(channel).await?;
                Ok(notices)
            });
            match subscribed.await {
                Ok(notices) => return Ok(notices),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    async fn bounded<T>(
        &self,
        answer: impl Future<Output = Result<T, RedisError>>,
    ) -> Result<T, StoreError> {
        Ok(tokio::time::timeout(self.patience * STEPS, answer)
            .await
            .map_err(|_| StoreError::Slow)??)
    }

    async fn ask<T>(
        &self,
        question: impl AsyncFnOnce(Shared) -> Result<T, RedisError>,
    ) -> Result<T, RedisError> {
        match &self.kind {
            Kind::Single(single) => {
                let (number, manager) = single.manager();
                let outcome = question(Shared::Single(manager)).await;
                if outcome.as_ref().is_err_and(is_stuck) {
                    single.replace(number)?;
                }
                outcome
            }
            Kind::Cluster { client, connection } => {
                let connection = connection.get_or_try_init(|| client.get_async_connection());
                question(Shared::Cluster(connection.await?.clone())).await
            }
        }
    }
}

impl Single {
    fn to(node: &Client, patience: Duration) -> Result<Self, RedisError> {
        Ok(Self {
            node: node.clone(),
            patience,
            manager: Mutex::new((0, manager_of(node, patience)?)),
        })
    }

    fn manager(&self) -> (u64, ConnectionManager) {
        self.lock().clone()
    }

    /// Begins anew. Of all that found the same connection stuck, one does.
    fn replace(&self, number: u64) -> Result<(), RedisError> {
        let mut current = self.lock();
        if current.0 == number {
            *current = (number + 1, manager_of(&self.node, self.patience)?);
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, (u64, ConnectionManager)> {
        self.manager.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn manager_of(node: &Client, patience: Duration) -> Result<ConnectionManager, RedisError> {
    let config = ConnectionManagerConfig::new()
        .set_connection_timeout(Some(patience))
        .set_response_timeout(Some(patience))
        .set_min_delay(Duration::from_millis(50))
        .set_number_of_retries(2);
    node.get_connection_manager_lazy(config)
}

fn cluster(
    address: &RedisAddress,
    certificates: TlsCertificates,
) -> Result<ClusterClient, RedisError> {
    let builder = ClusterClient::builder(address.nodes.iter().cloned())
        .connection_timeout(address.patience)
        .response_timeout(address.patience)
        .retries(3);
    match &address.authorities {
        Some(_) => builder.certs(certificates).build(),
        None => builder.build(),
    }
}

fn is_broken(error: &RedisError) -> bool {
    error.is_connection_dropped() || error.is_io_error()
}

/// The manager connects again after an error of the line, and keeps for ever whatever else its connecting ended with: an answer
/// that was cut, or a store that was still loading. Behind an answer that does not come all later ones wait.
fn is_stuck(error: &RedisError) -> bool {
    error.is_timeout()
        || matches!(
            error.kind(),
            ErrorKind::Parse
                | ErrorKind::Client
                | ErrorKind::AuthenticationFailed
                | ErrorKind::RESP3NotSupported
                | ErrorKind::Server(ServerErrorKind::BusyLoading)
        )
}

impl ConnectionLike for Shared {
    fn req_packed_command<'a>(&'a mut self, cmd: &'a Cmd) -> RedisFuture<'a, Value> {
        match self {
            Self::Single(connection) => connection.req_packed_command(cmd),
            Self::Cluster(connection) => connection.req_packed_command(cmd),
        }
    }

    fn req_packed_commands<'a>(
        &'a mut self,
        cmd: &'a Pipeline,
        offset: usize,
        count: usize,
    ) -> RedisFuture<'a, Vec<Value>> {
        match self {
            Self::Single(connection) => connection.req_packed_commands(cmd, offset, count),
            Self::Cluster(connection) => connection.req_packed_commands(cmd, offset, count),
        }
    }

    fn get_db(&self) -> i64 {
        match self {
            Self::Single(connection) => connection.get_db(),
            Self::Cluster(connection) => connection.get_db(),
        }
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Link")
            .field("nodes", &self.nodes.len())
            .finish_non_exhaustive()
    }
}
