use std::fmt;

use aws_lc_rs::{digest, hmac};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::{Entropy, ReturnTo, SignInErrorCode, Timestamp};
use secrecy::zeroize::Zeroizing;
use serde::{Deserialize, Serialize};

use super::SignInRequest;
use crate::bff::Parts;
use crate::fault::Fault;
use crate::session::after;
use crate::session::store::UsedOnce;

/// A person has ten minutes to sign in.
pub(super) const LIFETIME_SECONDS: i64 = 10 * 60;

/// A transaction stays readable for longer than it is valid, so that its end can be told from a foreign callback.
const READABLE_SECONDS: i64 = 2 * LIFETIME_SECONDS;

/// How much of the digest of its place a transaction keeps, in bytes. It only has to tell a few places apart.
const PLACE_LEN: usize = 8;

/// One sign-in on its way: what was asked, to be compared with what comes back. It lives in a sealed cookie alone.
///
/// A browser may begin many side by side, so that a cookie holds little: state, nonce and verifier are made from one secret.
pub(super) struct Transaction {
    seed: Zeroizing<[u8; 32]>,
    pub(super) state: String,
    pub(super) nonce: String,
    /// The PKCE code verifier (RFC 7636 §4.1).
    pub(super) verifier: String,
    pub(super) redirect_uri: String,
    /// Empty if it was begun at another issuer than that of now.
    pub(super) issuer: String,
    pub(super) return_to: ReturnTo,
    pub(super) demands: Demands,
    pub(super) started_at: Timestamp,
}

/// What the proof must be like, and how it comes.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Demands {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) max_age: Option<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) acr_values: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) only: Option<String>,
    /// Answered on a page of the app: what comes back is an interaction code, and no authorization response.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) by_interaction: bool,
    /// A new proof, whatever session the org has.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) asks_again: bool,
    /// Something is to be set up at the org. What comes back has no code.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) enrolls: bool,
}

impl Transaction {
    /// Begins with fresh state, nonce and verifier of 256 bits each.
    pub(super) fn begin(parts: &Parts, request: SignInRequest, asks_again: bool) -> Self {
        let demands = Demands {
            max_age: request.max_age,
            acr_values: request.acr_values,
            only: request.only,
            by_interaction: false,
            asks_again,
            enrolls: false,
        };
        let seed = Zeroizing::new(parts.entropy.bytes());
        Self::from_seed(parts, seed, request.return_to, demands)
    }

    /// The same, answered on a page of the app.
    pub(super) fn by_interaction(mut self) -> Self {
        self.demands.by_interaction = true;
        self
    }

    /// The same, to set something up.
    pub(super) fn for_enrollment(mut self) -> Self {
        self.demands.enrolls = true;
        self
    }

    fn from_seed(
        parts: &Parts,
        seed: Zeroizing<[u8; 32]>,
        return_to: ReturnTo,
        demands: Demands,
    ) -> Self {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &*seed);
        let make = |what: &str| URL_SAFE_NO_PAD.encode(hmac::sign(&key, what.as_bytes()));
        Self {
            state: make("state"),
            nonce: make("nonce"),
            verifier: make("verifier"),
            seed,
            redirect_uri: parts.redirect_uri(),
            issuer: parts.provider.issuer().to_owned(),
            return_to,
            demands,
            started_at: parts.clock.now(),
        }
    }

    /// The bytes that [`Transaction::from_bytes`] reads.
    pub(super) fn to_bytes(&self, parts: &Parts) -> Option<Zeroizing<Vec<u8>>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(128));
        bytes.extend_from_slice(&*self.seed);
        bytes.extend_from_slice(&place(parts));
        bytes.extend_from_slice(&self.started_at.as_millisecond().to_be_bytes());
        bytes.extend_from_slice(self.return_to.as_str().as_bytes());
        if self.demands != Demands::default() {
            // A path has no line breaks.
            bytes.push(b'\n');
            bytes.extend_from_slice(&serde_json::to_vec(&self.demands).ok()?);
        }
        Some(bytes)
    }

    pub(super) fn from_bytes(parts: &Parts, bytes: &[u8]) -> Option<Self> {
        let (seed, bytes) = bytes.split_first_chunk::<32>()?;
        let (begun_at, bytes) = bytes.split_first_chunk::<PLACE_LEN>()?;
        let (started_at, bytes) = bytes.split_first_chunk()?;
        let text = std::str::from_utf8(bytes).ok()?;
        let (return_to, demands) = match text.split_once('\n') {
            Some((return_to, demands)) => (return_to, serde_json::from_str(demands).ok()?),
            None => (text, Demands::default()),
        };
        let seed = Zeroizing::new(*seed);
        let transaction = Self::from_seed(parts, seed, ReturnTo::parse(return_to), demands);
        Some(Self {
            issuer: if *begun_at == place(parts) {
                transaction.issuer
            } else {
                String::new()
            },
            started_at: Timestamp::from_millisecond(i64::from_be_bytes(*started_at)).ok()?,
            ..transaction
        })
    }

    /// When the cookie can no longer be opened.
    pub(super) fn readable_until(&self) -> Timestamp {
        after(self.started_at, READABLE_SECONDS)
    }

    pub(super) fn has_expired(&self, now: Timestamp) -> bool {
        now >= after(self.started_at, LIFETIME_SECONDS)
    }

    /// Uses the transaction up. Only the first caller with this `state` succeeds, also across browsers and processes.
    pub(super) async fn finish(&self, parts: &Parts) -> Result<(), Fault> {
        let now = parts.clock.now().as_second();
        let forget_at = self.readable_until().as_second();
        let what = UsedOnce::sign_in(&self.state);
        let is_first = parts.store.use_once(what, now, forget_at).await?;
        if is_first {
            Ok(())
        } else {
            Err(Fault::new(
                SignInErrorCode::TransactionUnknown,
                "the transaction was used before",
            ))
        }
    }
}

impl fmt::Debug for Transaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transaction")
            .field("issuer", &self.issuer)
            .field("return_to", &self.return_to)
            .field("started_at", &self.started_at)
            .finish_non_exhaustive()
    }
}

/// Where a transaction belongs: which org, and where that sends the browser back.
fn place(parts: &Parts) -> [u8; PLACE_LEN] {
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(parts.provider.issuer().as_bytes());
    context.update(b"\n");
    context.update(parts.redirect_uri().as_bytes());
    let mut place = [0; PLACE_LEN];
    place.copy_from_slice(&context.finish().as_ref()[..PLACE_LEN]);
    place
}

/// 256 bits as 43 characters of base64url, which is also a valid code verifier.
pub(crate) fn random(entropy: &dyn Entropy) -> String {
    URL_SAFE_NO_PAD.encode(entropy.bytes::<32>())
}
