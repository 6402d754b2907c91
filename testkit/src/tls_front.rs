//! TLS before a server that has none, with an identity that a test changes.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::authority::Identity;

/// A front on loopback. It ends when it is dropped.
#[derive(Debug)]
pub struct TlsFront {
    address: SocketAddr,
    identity: watch::Sender<Arc<ServerConfig>>,
    task: JoinHandle<()>,
}

impl TlsFront {
    /// A front on a free port, for the server at `target`.
    pub async fn start(target: SocketAddr, identity: &Identity) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
        let listener = listener.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (identity, seen) = watch::channel(config(identity));
        Self {
            address,
            identity,
            task: tokio::spawn(serve(listener, target, seen)),
        }
    }

    /// Where to connect to.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Shows another identity from now on, and ends the connections that are there.
    pub fn set(&self, identity: &Identity) {
        self.identity.send_replace(config(identity));
    }
}

impl Drop for TlsFront {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn config(identity: &Identity) -> Arc<ServerConfig> {
    let certificate = CertificateDer::from_pem_slice(identity.certificate.as_bytes());
    let key = PrivateKeyDer::from_pem_slice(identity.key.as_bytes());
    let provider = Arc::new(aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions that the provider has")
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.expect("a certificate")],
            key.expect("a key"),
        );
    Arc::new(config.expect("an identity"))
}

async fn serve(
    listener: TcpListener,
    target: SocketAddr,
    identity: watch::Receiver<Arc<ServerConfig>>,
) {
    while let Ok((caller, _)) = listener.accept().await {
        tokio::spawn(connect(caller, target, identity.clone()));
    }
}

/// Carries one connection until one side ends it or the identity changes.
async fn connect(
    caller: TcpStream,
    target: SocketAddr,
    mut identity: watch::Receiver<Arc<ServerConfig>>,
) {
    let config = Arc::clone(&identity.borrow_and_update());
    // A caller that does not like the identity goes away.
    let Ok(mut near) = TlsAcceptor::from(config).accept(caller).await else {
        return;
    };
    let mut far = TcpStream::connect(target).await.expect("the server");
    tokio::select! {
        _ended = copy_bidirectional(&mut near, &mut far) => {}
        _changed = identity.changed() => {}
    }
}
