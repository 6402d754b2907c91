use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::Renewals;
use crate::session::SessionHandle;

/// Issuer and subject: together, and nothing else, they identify a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Account {
    pub(crate) issuer: String,
    pub(crate) subject: String,
}

impl Account {
    pub(crate) fn new(issuer: &str, subject: &str) -> Self {
        Self {
            issuer: issuer.to_owned(),
            subject: subject.to_owned(),
        }
    }

    /// 128 bits that are the same for this account alone, as 22 characters of base64url.
    pub(crate) fn key(&self) -> String {
        let digest = hash(&[b"person", self.issuer.as_bytes(), self.subject.as_bytes()]);
        URL_SAFE_NO_PAD.encode(&digest[..16])
    }
}

/// A session about to be kept.
#[derive(Debug)]
pub(crate) struct NewRow {
    pub(crate) handle: SessionHandle,
    /// The session that the browser had before.
    pub(crate) replaces: Option<SessionHandle>,
    pub(crate) account: Account,
    /// The org's own session, by the claim `sid`, where the org tells it.
    pub(crate) org_session: Option<String>,
    pub(crate) email: Option<EmailDigest>,
    pub(crate) device: String,
    pub(crate) created_at: i64,
    pub(crate) idle_end: i64,
    pub(crate) absolute_end: i64,
    /// Sealed with the key that the session's cookie alone holds.
    pub(crate) claims: Vec<u8>,
    /// Sealed likewise, where they are too long for cookies.
    pub(crate) tokens: Option<Vec<u8>>,
}

/// A living session, as far as a request needs it.
#[derive(Debug)]
pub(crate) struct LivingRow {
    pub(crate) account: Account,
    pub(crate) created_at: i64,
    pub(crate) last_seen_at: i64,
    pub(crate) idle_end: i64,
    pub(crate) absolute_end: i64,
    pub(crate) claims: Vec<u8>,
    pub(crate) renewals: Renewals,
}

/// A living session in a list.
#[derive(Debug)]
pub(crate) struct ListedRow {
    pub(crate) handle: SessionHandle,
    pub(crate) device: String,
    pub(crate) created_at: i64,
    pub(crate) last_seen_at: i64,
    pub(crate) idle_end: i64,
    pub(crate) absolute_end: i64,
}

/// Whose sessions are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Whose {
    /// Those of an account.
    Account(Account),
    /// Those that were opened from one session of the org, by its `sid`.
    OrgSession { issuer: String, id: String },
    /// Those of whoever had this address when signing in, verified by the org.
    Email(EmailDigest),
}

impl Whose {
    /// What stands for it in a key.
    pub(crate) fn digest(&self) -> [u8; digest::SHA256_OUTPUT_LEN] {
        match self {
            Self::Account(Account { issuer, subject }) => {
                hash(&[b"account", issuer.as_bytes(), subject.as_bytes()])
            }
            Self::OrgSession { issuer, id } => {
                hash(&[b"org session", issuer.as_bytes(), id.as_bytes()])
            }
            Self::Email(EmailDigest(digest)) => *digest,
        }
    }
}

/// An email address at an issuer. The store need not know the address itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct EmailDigest(pub(crate) [u8; digest::SHA256_OUTPUT_LEN]);

impl EmailDigest {
    /// Upper and lower case are the same address.
    pub(crate) fn new(issuer: &str, email: &str) -> Self {
        Self(hash(&[
            b"email",
            issuer.as_bytes(),
            email.to_lowercase().as_bytes(),
        ]))
    }
}

/// What counts once only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct UsedOnce(pub(crate) [u8; digest::SHA256_OUTPUT_LEN]);

impl UsedOnce {
    /// A sign-in, by its `state`.
    pub(crate) fn sign_in(state: &str) -> Self {
        Self(hash(&[b"sign-in", state.as_bytes()]))
    }

    /// A signed token, by its issuer and `jti`.
    pub(crate) fn signed_token(issuer: &str, id: &str) -> Self {
        Self(hash(&[b"token", issuer.as_bytes(), id.as_bytes()]))
    }
}

/// Each part is led by its length, so that no two lists of parts look alike.
fn hash(parts: &[&[u8]]) -> [u8; digest::SHA256_OUTPUT_LEN] {
    let mut context = digest::Context::new(&digest::SHA256);
    for part in parts {
        context.update(&part.len().to_be_bytes());
        context.update(part);
    }
    let mut bytes = [0; digest::SHA256_OUTPUT_LEN];
    bytes.copy_from_slice(context.finish().as_ref());
    bytes
}
