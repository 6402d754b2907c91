//! The name of the org cannot be resolved.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bff::{BoxFuture, HttpClient, HttpError, ReqwestClient, StoreAddress};
use bytes::Bytes;
use http::{Request, Response};
use testkit::http::InProcessHttp;
use testkit::{ORG_URL, TestDir, TestOrg};
use url::Url;

use crate::support::{Program, Surroundings, at, signed_in};

/// The network, in which the name of the org comes and goes. While it is gone, a name that nobody can have is asked for in its place
/// (RFC 6761 §6.4), with the client that the program has.
#[derive(Debug)]
struct Names {
    network: InProcessHttp,
    client: ReqwestClient,
    are_gone: AtomicBool,
}

impl HttpClient for Names {
    fn send(
        &self,
        mut request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, HttpError>> {
        if !self.are_gone.load(Ordering::SeqCst) {
            return HttpClient::send(&self.network, request);
        }
        let path = request.uri().path();
        let elsewhere = format!("http://org.invalid:7000{path}");
        *request.uri_mut() = elsewhere.parse().expect("an address");
        self.client.send(request)
    }
}

#[tokio::test]
async fn while_the_orgs_name_cannot_be_resolved_pages_say_so_nobody_is_signed_out_and_all_recovers()
{
    let org = TestOrg::start().await;
    let network = InProcessHttp::new();
    network.serve("localhost:7000", org.org().router());
    let names = Arc::new(Names {
        network,
        client: ReqwestClient::for_issuer(&Url::parse(ORG_URL).expect("an address")),
        are_gone: AtomicBool::new(false),
    });
    let dir = TestDir::new();
    let surroundings = Surroundings {
        issuer: ORG_URL.to_owned(),
        http: names.clone(),
        store: StoreAddress::Sqlite(dir.path().join("sessions.sqlite")),
    };
    let program = Program::within(org, surroundings).await;
    let mut browser = signed_in(&program).await;

    names.are_gone.store(true, Ordering::SeqCst);
    // What is known of the org is an hour old.
    program.org.clock.advance_seconds(3_700);
    let page = program.browser().get(&at("/login")).await;
    assert_eq!(page.status, 503, "{}", page.text());
    assert!(page.text().contains("<code>org_unreachable</code>"));
    assert_eq!(browser.get(&at("/profile")).await.status, 200);

    names.are_gone.store(false, Ordering::SeqCst);
    program.org.clock.advance_seconds(2);
    assert_eq!(program.browser().get(&at("/login")).await.status, 303);
    assert_eq!(browser.get(&at("/profile")).await.status, 200);
}
