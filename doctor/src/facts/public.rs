//! What the org tells everybody.

use http::Method;
use url::Url;

use super::{Known, OrgFacts, Probe, Reply};
use crate::Skip;
use crate::json::text;

/// A page that has nothing to do with app or org.
pub(super) const FOREIGN_ORIGIN: &str = "https://attacker.example";

/// Reads the issuer's public documents and knocks at its endpoints.
pub(super) async fn read(probe: &Probe, issuer: &str, origin: &str) -> OrgFacts {
    let base = issuer.trim_end_matches('/');
    let openid = found(
        probe
            .get(&format!("{base}/.well-known/openid-configuration"))
            .await,
    );
    let endpoint = |name: &str| match &openid {
        Ok(reply) => endpoint(reply, name),
        Err(skip) => Err(skip.clone()),
    };
    let keys = match endpoint("jwks_uri") {
        Ok(address) => found(probe.get(&address).await),
        Err(skip) => Err(skip),
    };
    let token = endpoint("token_endpoint");
    let authorize = endpoint("authorization_endpoint");
    OrgFacts {
        oauth: of_issuer(probe, base).await,
        organization: found(
            probe
                .get(&format!("{origin}/.well-known/okta-organization"))
                .await,
        ),
        openid,
        keys,
        token_from_foreign_page: from_foreign_page(probe, Method::OPTIONS, token).await,
        authorize_from_foreign_page: from_foreign_page(probe, Method::GET, authorize).await,
    }
}

/// What a script of a foreign page gets; to ask whether it may call is an `OPTIONS`.
async fn from_foreign_page(probe: &Probe, method: Method, address: Known<String>) -> Known<Reply> {
    let headers = [
        ("origin", FOREIGN_ORIGIN),
        ("sec-fetch-mode", "cors"),
        ("access-control-request-method", "POST"),
        ("access-control-request-headers", "authorization"),
    ];
    // A simple call is not asked for beforehand.
    let count = if method == Method::OPTIONS { 4 } else { 2 };
    probe
        .call(&method, &address?, &headers[..count], None)
        .await
}

/// Okta puts the path of RFC 8414 behind the issuer, too.
async fn of_issuer(probe: &Probe, base: &str) -> Known<Reply> {
    let address = format!("{base}/.well-known/oauth-authorization-server");
    found(probe.get(&address).await)
}

/// A JSON document, or why there is none.
fn found(reply: Known<Reply>) -> Known<Reply> {
    let reply = reply?;
    if reply.status == 200 && reply.body.is_object() {
        return Ok(reply);
    }
    let what = if reply.status == 200 {
        "no JSON".to_owned()
    } else {
        format!("status {}", reply.status)
    };
    Err(Skip::not_checked(format!(
        "the org answers {what} where a document should be"
    )))
}

fn endpoint(metadata: &Reply, name: &str) -> Known<String> {
    let address = text(&metadata.body[name]);
    if Url::parse(address).is_ok() {
        return Ok(address.to_owned());
    }
    Err(Skip::not_checked(format!(
        "the org's metadata names no {name}"
    )))
}
