//! A scripted OpenID provider, with one fault at a time.
//!
//! It is a [`HttpClient`] and stands in for the network: no port is opened. An honest run is the control of every test.

mod answers;
mod direct;
mod fault;
mod id_token;
mod keys;
mod logout;
mod published;
mod refresh;
mod revocation_request;
mod tokens;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bff::{BoxFuture, HttpClient, HttpError};
use bytes::Bytes;
use http::{Request, Response};
use serde_json::{Map, Value};
use url::{Url, form_urlencoded};

use answers::{json_answer, trouble_answer, userinfo};
pub use direct::Told;
pub use fault::{Endpoint, Fault, Trouble};

use crate::TestClock;

/// The provider's issuer.
pub const ISSUER: &str = "https://op.example";
/// The app's registration.
pub const CLIENT_ID: &str = "0oaPorticoTestApp001";
/// Its secret, with characters that must be encoded before Basic authentication encodes them again.
pub const CLIENT_SECRET: &str = "s3cret:with%odd+chars";
/// The person who signs in.
pub const SUBJECT: &str = "00uJohnDoe0000000001";
/// What the provider calls its session with that person.
pub const SESSION: &str = "idxJohnDoe0000000001";
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
    revoked: Vec<String>,
    refreshing: refresh::Refreshing,
    last_form: BTreeMap<String, String>,
    script: direct::Script,
    subject: String,
}

/// An authorization request that was answered with a code, and has not been redeemed.
struct Grant {
    subject: String,
    nonce: String,
    challenge: String,
    redirect_uri: String,
    scope: String,
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
                revoked: Vec::new(),
                refreshing: refresh::Refreshing::default(),
                last_form: BTreeMap::new(),
                script: direct::Script::default(),
                subject: SUBJECT.to_owned(),
            }),
        }
    }

    /// Makes the provider do this wrong from now on.
    pub fn set_fault(&self, fault: Fault) {
        self.state().fault = fault;
    }

    /// Lets somebody else sign in from now on, in place of [`SUBJECT`]. Their access tokens end in their name.
    pub fn set_subject(&self, subject: &str) {
        subject.clone_into(&mut self.state().subject);
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

    /// The tokens that the app has revoked.
    pub fn revoked(&self) -> Vec<String> {
        self.state().revoked.clone()
    }

    /// The form that came to the token endpoint last.
    pub fn last_token_request(&self) -> BTreeMap<String, String> {
        self.state().last_form.clone()
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
            subject: state.subject.clone(),
            nonce: asked["nonce"].clone(),
            challenge: asked["code_challenge"].clone(),
            redirect_uri: asked["redirect_uri"].clone(),
            scope: asked["scope"].clone(),
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
                Endpoint::Direct => self.direct(fault, &request),
                Endpoint::Userinfo => userinfo(fault, &request),
                Endpoint::Revocation => self.revoke(&request),
                Endpoint::Introspection => self.introspect(&request),
            }),
        }
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
        "/challenge" | "/primary-authenticate" => Endpoint::Direct,
        "/userinfo" => Endpoint::Userinfo,
        "/revoke" => Endpoint::Revocation,
        "/introspect" => Endpoint::Introspection,
        path => {
            assert_eq!(path, keys_path, "a request to an unknown path");
            Endpoint::Keys
        }
    }
}

fn remove(object: &mut Value, names: &[&str]) {
    let object = object.as_object_mut().expect("an object");
    for name in names {
        object.remove(*name);
    }
}
