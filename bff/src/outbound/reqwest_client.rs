use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{Request, Response};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect;
use url::Url;

use crate::outbound::{BoxFuture, HttpClient, HttpError, MAX_BODY, TOTAL_TIMEOUT, TargetPolicy};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);

/// The client for production: HTTP/1.1 with rustls, without redirects, proxies or cookies.
///
/// Connecting takes at most 2 seconds and a whole call at most 5; an answer is cut off at 256 KiB. When the issuer
/// is on the public internet, names that resolve to private addresses are not connected to.
#[derive(Debug)]
pub struct ReqwestClient {
    targets: TargetPolicy,
    // Built on first use: reading the system's certificates takes milliseconds, and plain http on loopback needs none.
    over_tls: OnceLock<Result<reqwest::Client, String>>,
    over_loopback: OnceLock<Result<reqwest::Client, String>>,
}

impl ReqwestClient {
    /// A client for calls to the org with this issuer.
    pub fn for_issuer(issuer: &Url) -> Self {
        Self {
            targets: TargetPolicy::for_issuer(issuer),
            over_tls: OnceLock::new(),
            over_loopback: OnceLock::new(),
        }
    }

    fn client(&self, is_https: bool) -> Result<&reqwest::Client, HttpError> {
        let slot = if is_https {
            &self.over_tls
        } else {
            &self.over_loopback
        };
        slot.get_or_init(|| self.build(is_https).map_err(|error| describe(&error)))
            .as_ref()
            .map_err(|error| HttpError::Connect(error.clone()))
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that builds the outbound client"
    )]
    fn build(&self, is_https: bool) -> Result<reqwest::Client, reqwest::Error> {
        let resolver = GuardedResolver(self.targets.clone());
        let builder = reqwest::Client::builder()
            .redirect(redirect::Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(TOTAL_TIMEOUT)
            .tcp_nodelay(true)
            .user_agent(concat!("portico/", env!("CARGO_PKG_VERSION")))
            .dns_resolver(Arc::new(resolver));
        if is_https {
            builder.https_only(true).build()
        } else {
            builder.tls_certs_only([]).build()
        }
    }

    async fn call(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let is_https = request.uri().scheme_str() == Some("https");
        let request = reqwest::Request::try_from(request)
            .map_err(|_| HttpError::TargetRefused("not a valid request"))?;
        let response = self.client(is_https)?.execute(request).await;
        read(response.map_err(|error| from_reqwest(&error))?).await
    }
}

impl HttpClient for ReqwestClient {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, HttpError>> {
        Box::pin(self.call(request))
    }
}

/// Reads the body piece by piece and stops at the limit, so that a hostile answer costs no memory.
async fn read(mut response: reqwest::Response) -> Result<Response<Bytes>, HttpError> {
    let mut body = BytesMut::new();
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| from_reqwest(&error))?
    {
        if body.len() + chunk.len() > MAX_BODY {
            return Err(HttpError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    let mut answer = Response::new(body.freeze());
    *answer.status_mut() = response.status();
    *answer.headers_mut() = std::mem::take(response.headers_mut());
    Ok(answer)
}

fn from_reqwest(error: &reqwest::Error) -> HttpError {
    if error.is_connect() {
        HttpError::Connect(describe(error))
    } else if error.is_timeout() {
        HttpError::Timeout
    } else {
        HttpError::Broken(describe(error))
    }
}

/// The whole chain of causes: the outermost text alone says only that sending failed.
fn describe(error: &reqwest::Error) -> String {
    let mut text = String::new();
    let mut source: Option<&dyn std::error::Error> = std::error::Error::source(error);
    while let Some(cause) = source {
        if !text.is_empty() {
            text.push_str(": ");
        }
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

/// Resolves names as the system does, then drops the addresses that the policy does not allow.
#[derive(Debug)]
struct GuardedResolver(TargetPolicy);

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let targets = self.0.clone();
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found = tokio::net::lookup_host((host.as_str(), 0)).await?;
            let allowed: Vec<SocketAddr> = found
                .filter(|address| targets.allows_resolved(&host, address.ip()))
                .collect();
            if allowed.is_empty() {
                return Err(io::Error::other("the name has no address that may be called").into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolver(issuer: &str) -> GuardedResolver {
        GuardedResolver(TargetPolicy::for_issuer(
            &Url::parse(issuer).expect("a URL"),
        ))
    }

    async fn resolves(resolver: &GuardedResolver, name: &str) -> bool {
        resolver
            .resolve(name.parse().expect("a name"))
            .await
            .is_ok()
    }

    #[tokio::test]
    async fn a_name_that_leads_to_this_machine_is_not_resolved_for_a_public_org() {
        assert!(!resolves(&resolver("https://org.example.com"), "localhost").await);
        assert!(resolves(&resolver("http://localhost:7000"), "localhost").await);
    }

    #[tokio::test]
    async fn an_answer_is_cut_off_at_the_limit() {
        let answer = |length: usize| reqwest::Response::from(Response::new(vec![b'x'; length]));
        let whole = read(answer(MAX_BODY)).await.expect("an answer");
        assert_eq!(whole.body().len(), MAX_BODY);
        assert!(matches!(
            read(answer(MAX_BODY + 1)).await,
            Err(HttpError::TooLarge)
        ));
    }

    #[tokio::test]
    async fn status_and_headers_of_an_answer_are_kept() {
        let answer = Response::builder()
            .status(403)
            .header("www-authenticate", "Bearer")
            .body(Vec::new())
            .expect("an answer");
        let kept = read(reqwest::Response::from(answer))
            .await
            .expect("an answer");
        assert_eq!(kept.status(), 403);
        assert_eq!(kept.headers()["www-authenticate"], "Bearer");
    }

    #[test]
    fn both_clients_can_be_built() {
        let client =
            ReqwestClient::for_issuer(&Url::parse("http://localhost:7000").expect("a URL"));
        assert!(client.client(false).is_ok());
        assert!(client.client(true).is_ok());
    }
}
