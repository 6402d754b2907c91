//! A scripted OpenID provider, with one fault at a time.
//!
//! It is a [`HttpClient`] and stands in for the network: no port is opened. An honest run is the control of every test.

mod fault;
mod id_token;
mod keys;

use std::collections::BTreeMap;
use std::fmt;
use std::future::pending;
use std::sync::{Mutex, MutexGuard, PoisonError};

use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use bff::{BoxFuture, HttpClient, HttpError};
use bytes::Bytes;
use http::{Request, Response, StatusCode, header};
use model::Clock;
use serde_json::{Map, Value, json};
use url::{Url, form_urlencoded};

pub use fault::{Endpoint, Fault, Trouble};
use keys::{FIRST, SECOND, STRANGER};

use crate::TestClock;

/// The provider's issuer.
pub const ISSUER: &str = "https://op.example";
/// The app's registration.
pub const CLIENT_ID: &str = "0oaPorticoTestApp001";
/// Its secret, with characters that must be encoded before Basic authentication encodes them again.
pub const CLIENT_SECRET: &str = "s3cret:with%odd+chars";
/// The person who signs in.
pub const SUBJECT: &str = "00uJohnDoe0000000001";
/// In every access token, so that a test can find one where none may be.
pub const CANARY: &str = "canary-access-token";

const SYMMETRIC_SECRET: &[u8] = b"a secret that is no secret, as everybody can read it";

/// A change of the ID token's payload, before it is signed.
type Change = Box<dyn Fn(Map<String, Value>) -> Vec<u8> + Send>;

/// The provider.
pub struct Provider {
    clock: TestClock,
    state: Mutex<State>,
}

struct State {
    fault: Fault,
    trouble: Option<(Endpoint, Trouble)>,
    change: Option<Change>,
    grants: BTreeMap<String, Grant>,
    calls: BTreeMap<Endpoint, usize>,
    has_rotated: bool,
    keys_path: String,
    next_code: usize,
}

/// An authorization request that was answered with a code, and has not been redeemed.
struct Grant {
    nonce: String,
    challenge: String,
    redirect_uri: String,
}

impl Provider {
    /// An honest provider.
    pub fn new(clock: TestClock) -> Self {
        Self {
            clock,
            state: Mutex::new(State {
                fault: Fault::None,
                trouble: None,
                change: None,
                grants: BTreeMap::new(),
                calls: BTreeMap::new(),
                has_rotated: false,
                keys_path: "/keys".to_owned(),
                next_code: 1,
            }),
        }
    }

    /// Makes the provider do this wrong from now on.
    pub fn set_fault(&self, fault: Fault) {
        self.state().fault = fault;
    }

    /// Makes one endpoint answer like this from now on; `None` ends it.
    pub fn set_trouble(&self, trouble: Option<(Endpoint, Trouble)>) {
        self.state().trouble = trouble;
    }

    /// Writes the payload of ID tokens by `change` from now on, and signs it correctly.
    pub fn change_payload(&self, change: impl Fn(Map<String, Value>) -> Vec<u8> + Send + 'static) {
        self.state().change = Some(Box::new(change));
    }

    /// Publishes a second key in place of the first.
    pub fn rotate_keys(&self) {
        self.state().has_rotated = true;
    }

    /// Publishes the keys at another path.
    pub fn move_keys(&self, path: &str) {
        path.clone_into(&mut self.state().keys_path);
    }

    /// How often an endpoint has been called.
    pub fn calls(&self, endpoint: Endpoint) -> usize {
        self.state().calls.get(&endpoint).copied().unwrap_or(0)
    }

    /// Signs the person in without a question, and gives the query with which the browser comes back.
    pub fn authorize(&self, location: &Url) -> String {
        let asked: BTreeMap<String, String> = location.query_pairs().into_owned().collect();
        assert_eq!(asked["response_type"], "code");
        assert_eq!(asked["code_challenge_method"], "S256");
        assert_eq!(asked["client_id"], CLIENT_ID);
        let mut state = self.state();
        let code = format!("code-{}", state.next_code);
        state.next_code += 1;
        let grant = Grant {
            nonce: asked["nonce"].clone(),
            challenge: asked["code_challenge"].clone(),
            redirect_uri: asked["redirect_uri"].clone(),
        };
        state.grants.insert(code.clone(), grant);
        let issuer = match state.fault {
            Fault::ResponseIssInvalid => Some("https://evil.example"),
            Fault::ResponseIssMissing => None,
            _ => Some(ISSUER),
        };
        let mut query = form_urlencoded::Serializer::new(String::new());
        query
            .append_pair("code", &code)
            .append_pair("state", &asked["state"]);
        if let Some(issuer) = issuer {
            query.append_pair("iss", issuer);
        }
        query.finish()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn answer(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let url = Url::parse(&request.uri().to_string()).expect("an absolute address");
        assert_eq!(
            url.origin().ascii_serialization(),
            ISSUER,
            "a request to a stranger"
        );
        let (endpoint, trouble, fault) = {
            let mut state = self.state();
            let endpoint = endpoint_at(url.path(), &state.keys_path);
            *state.calls.entry(endpoint).or_default() += 1;
            let trouble = state.trouble.filter(|(at, _)| *at == endpoint);
            (endpoint, trouble.map(|(_, trouble)| trouble), state.fault)
        };
        match trouble {
            Some(trouble) => trouble_answer(trouble).await,
            None => Ok(match endpoint {
                Endpoint::Discovery => json_answer(200, &self.metadata(fault)),
                Endpoint::Keys => json_answer(200, &self.key_set(fault)),
                Endpoint::Token => self.token(fault, &request),
                Endpoint::Userinfo => userinfo(fault, &request),
                Endpoint::Revocation => json_answer(200, &json!({})),
            }),
        }
    }

    fn metadata(&self, fault: Fault) -> Value {
        let mut metadata = json!({
            "issuer": ISSUER,
            "authorization_endpoint": format!("{ISSUER}/authorize"),
            "token_endpoint": format!("{ISSUER}/token"),
            "userinfo_endpoint": format!("{ISSUER}/userinfo"),
            "revocation_endpoint": format!("{ISSUER}/revoke"),
            "end_session_endpoint": format!("{ISSUER}/logout"),
            "jwks_uri": format!("{ISSUER}{}", self.state().keys_path),
            "id_token_signing_alg_values_supported": ["RS256"],
            "scopes_supported": ["openid", "profile", "email", "groups"],
            "authorization_response_iss_parameter_supported": true,
        });
        match fault {
            Fault::DiscoveryIssuerMismatch => metadata["issuer"] = json!(format!("{ISSUER}/")),
            Fault::DiscoveryPlainHttp => {
                metadata["token_endpoint"] = json!("http://op.example/token")
            }
            Fault::DiscoveryPrivateAddress => {
                metadata["jwks_uri"] = json!("https://169.254.169.254/keys")
            }
            Fault::DiscoveryWithoutRs256 => {
                metadata["id_token_signing_alg_values_supported"] = json!(["ES256"]);
            }
            Fault::DiscoveryWithoutTokenEndpoint => remove(&mut metadata, &["token_endpoint"]),
            Fault::DiscoveryMinimal => remove(
                &mut metadata,
                &[
                    "userinfo_endpoint",
                    "revocation_endpoint",
                    "end_session_endpoint",
                    "scopes_supported",
                ],
            ),
            _ => {}
        }
        metadata
    }

    fn key_set(&self, fault: Fault) -> Value {
        let has_rotated = self.state().has_rotated || fault == Fault::RotationJustBeforeSigning;
        let signer = if has_rotated { &SECOND } else { &FIRST };
        let keys = match fault {
            Fault::KidAbsentMultipleJwks => vec![FIRST.public(), STRANGER.public()],
            Fault::InvalidSigEs256 => vec![FIRST.public(), keys::elliptic_public()],
            Fault::KeyForEncryption => vec![FIRST.public_with("use", json!("enc"))],
            Fault::KeyWithoutVerify => vec![FIRST.public_with("key_ops", json!(["wrapKey"]))],
            Fault::KeyForAnotherAlgorithm => vec![FIRST.public_with("alg", json!("PS256"))],
            Fault::ShortKey => {
                let modulus = URL_SAFE_NO_PAD.encode(&FIRST.modulus()[..128]);
                vec![FIRST.public_with("n", json!(modulus))]
            }
            Fault::SymmetricKey => {
                let secret = URL_SAFE_NO_PAD.encode(SYMMETRIC_SECRET);
                vec![json!({"kty": "oct", "kid": "symmetric", "alg": "HS256", "k": secret})]
            }
            Fault::KeysAreNotASet => return json!({"error": "not_found"}),
            _ => vec![signer.public()],
        };
        json!({"keys": keys})
    }

    fn token(&self, fault: Fault, request: &Request<Bytes>) -> Response<Bytes> {
        let refusal = match fault {
            Fault::InvalidClient => Some((401, "invalid_client", "Client authentication failed.")),
            Fault::InvalidGrant => Some((
                400,
                "invalid_grant",
                "The authorization code is invalid or has expired.",
            )),
            Fault::NotAssigned => Some((
                400,
                "access_denied",
                "User is not assigned to the client application.",
            )),
            _ if !is_the_app(request) => {
                Some((401, "invalid_client", "Client authentication failed."))
            }
            _ => None,
        };
        if let Some((status, error, description)) = refusal {
            return json_answer(
                status,
                &json!({"error": error, "error_description": description}),
            );
        }
        match self.redeem(request.body()) {
            Some(grant) => json_answer(200, &self.token_response(fault, &grant)),
            None => json_answer(400, &json!({"error": "invalid_grant"})),
        }
    }

    /// Checks code, redirect URI and PKCE verifier as RFC 6749 §4.1.3 and RFC 7636 §4.6 demand.
    fn redeem(&self, form: &[u8]) -> Option<Grant> {
        let form: BTreeMap<String, String> = form_urlencoded::parse(form).into_owned().collect();
        let grant = self.state().grants.remove(form.get("code")?)?;
        let verifier = digest::digest(&digest::SHA256, form.get("code_verifier")?.as_bytes());
        let is_honest = form.get("grant_type")? == "authorization_code"
            && *form.get("redirect_uri")? == grant.redirect_uri
            && URL_SAFE_NO_PAD.encode(verifier.as_ref()) == grant.challenge;
        is_honest.then_some(grant)
    }

    fn token_response(&self, fault: Fault, grant: &Grant) -> Value {
        let access_token = match fault {
            Fault::LongTokens => format!("{CANARY}-{}", id_token::incompressible(4_000)),
            _ => CANARY.to_owned(),
        };
        let mut response = json!({
            "token_type": "Bearer",
            "expires_in": 3600,
            "access_token": access_token,
            "scope": "openid profile email",
            "id_token": self.id_token(fault, &grant.nonce, &access_token),
        });
        match fault {
            Fault::TokenTypeInCapitals => response["token_type"] = json!("BEARER"),
            Fault::TokenTypeNotBearer => response["token_type"] = json!("DPoP"),
            Fault::WithoutExpiresIn => remove(&mut response, &["expires_in"]),
            Fault::WithoutIdToken => remove(&mut response, &["id_token"]),
            Fault::WithoutAccessToken => remove(&mut response, &["access_token"]),
            _ => {}
        }
        response
    }

    fn id_token(&self, fault: Fault, nonce: &str, access_token: &str) -> String {
        let now = self.clock.now().as_second();
        let mut claims = id_token::honest_claims(now, nonce, access_token);
        id_token::spoil_claims(fault, &mut claims, now);
        let state = self.state();
        let payload = match &state.change {
            Some(change) => change(claims),
            None if fault == Fault::DuplicateSub => {
                let honest = Value::Object(claims).to_string();
                honest
                    .replacen('{', r#"{"sub":"00uSomebodyElse00001","#, 1)
                    .into_bytes()
            }
            None => Value::Object(claims).to_string().into_bytes(),
        };
        let signer = if state.has_rotated {
            Fault::RotationJustBeforeSigning
        } else {
            fault
        };
        id_token::sign(signer, &payload)
    }
}

impl HttpClient for Provider {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, HttpError>> {
        Box::pin(self.answer(request))
    }
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Provider")
    }
}

fn endpoint_at(path: &str, keys_path: &str) -> Endpoint {
    match path {
        "/.well-known/openid-configuration" => Endpoint::Discovery,
        "/token" => Endpoint::Token,
        "/userinfo" => Endpoint::Userinfo,
        "/revoke" => Endpoint::Revocation,
        path => {
            assert_eq!(path, keys_path, "a request to an unknown path");
            Endpoint::Keys
        }
    }
}

/// Whether the request carries the app's id and secret, each form-encoded, as Basic authentication (RFC 6749 §2.3.1).
fn is_the_app(request: &Request<Bytes>) -> bool {
    let encode = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let credentials = format!("{}:{}", encode(CLIENT_ID), encode(CLIENT_SECRET));
    let expected = format!("Basic {}", STANDARD.encode(credentials));
    request
        .headers()
        .get(header::AUTHORIZATION)
        .is_some_and(|value| *value == *expected)
}

fn userinfo(fault: Fault, request: &Request<Bytes>) -> Response<Bytes> {
    let authorization = request.headers().get(header::AUTHORIZATION);
    let is_ours = authorization
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.starts_with(&format!("Bearer {CANARY}")));
    if !is_ours || fault == Fault::UserinfoForbidden {
        return json_answer(403, &json!({}));
    }
    let mut claims = json!({
        "sub": SUBJECT,
        "given_name": "John",
        "family_name": "Doe",
        "email_verified": true,
        "locale": "en_US",
        "zoneinfo": "America/Los_Angeles",
        "groups": ["Everyone", "Retailers"],
    });
    match fault {
        Fault::UserinfoInvalidSub => claims["sub"] = json!("00uSomebodyElse00001"),
        Fault::UserinfoWithoutSub => remove(&mut claims, &["sub"]),
        Fault::UserinfoOverreaching => {
            claims["azp"] = json!("another-client");
            claims["amr"] = json!(["hwk", "mfa"]);
            claims["email"] = json!("someone.else@example.com");
        }
        _ => {}
    }
    json_answer(200, &claims)
}

async fn trouble_answer(trouble: Trouble) -> Result<Response<Bytes>, HttpError> {
    let (status, body) = match trouble {
        Trouble::Down => return Err(HttpError::Connect("connection refused".to_owned())),
        Trouble::Hanging => pending().await,
        Trouble::Status(status) => (status, Bytes::from_static(b"<h1>Sorry</h1>")),
        Trouble::Html => (200, Bytes::from_static(b"<h1>Welcome</h1>")),
        Trouble::Huge => (200, Bytes::from(vec![b' '; 1024 * 1024])),
        Trouble::Redirect => (302, Bytes::new()),
    };
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(status).expect("a status");
    let headers = response.headers_mut();
    let kind = if trouble == Trouble::Huge {
        "application/json"
    } else {
        "text/html"
    };
    headers.insert(header::CONTENT_TYPE, kind.parse().expect("a value"));
    headers.insert(
        header::LOCATION,
        "https://op.example/elsewhere".parse().expect("a value"),
    );
    Ok(response)
}

fn json_answer(status: u16, body: &Value) -> Response<Bytes> {
    Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, "application/json;charset=UTF-8")
        .body(Bytes::from(body.to_string()))
        .expect("an answer")
}

fn remove(object: &mut Value, names: &[&str]) {
    let object = object.as_object_mut().expect("an object");
    for name in names {
        object.remove(*name);
    }
}
