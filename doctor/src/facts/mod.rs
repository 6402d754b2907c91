//! What is known before anything is judged.

mod administration;
mod gather;
mod managed;
mod probe;
mod public;
mod sign_in;
mod site;

use http::HeaderMap;
use jiff::Timestamp;
use serde_json::Value;

use crate::{Settings, Skip};

pub(crate) use gather::gather;
pub use managed::Managed;
pub(crate) use probe::Probe;

/// A fact, or why it is not known.
pub type Known<T> = Result<T, Skip>;

/// Borrows a fact, so that a check ends with `?` where it is not known.
pub(crate) fn known<T>(fact: &Known<T>) -> Result<&T, Skip> {
    fact.as_ref().map_err(Clone::clone)
}

/// Everything that checks judge.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The time of this machine.
    pub now: Timestamp,
    /// What the app was told.
    pub settings: Settings,
    /// Where the org is worked on.
    pub place: Place,
    /// The issuer that is graded.
    pub issuer: String,
    /// The org's public answers.
    pub org: OrgFacts,
    /// A sign-in as far as its first page.
    pub sign_in: SignInFacts,
    /// The running app's answers.
    pub site: SiteFacts,
    /// What the management API tells.
    pub managed: Managed,
}

/// Where the org is worked on, for remedies.
#[derive(Debug, Clone)]
pub struct Place {
    /// The org's address, without a slash at its end.
    pub origin: String,
    /// Whether it is the local one.
    pub is_local: bool,
    /// The Admin Console of a real one.
    pub console: String,
}

impl Place {
    /// A sentence: at a real org the way through the console, at the local one the call.
    pub(crate) fn fix(&self, path: &str, call: &str, what: &str) -> String {
        if self.is_local {
            let (method, path) = call.split_once(' ').unwrap_or(("PUT", call));
            return format!("With {method} {}{path}, {what}.", self.origin);
        }
        format!("In {}, open {path} and {what}.", self.console)
    }

    /// A sentence with a run of the set-up program.
    pub(crate) fn set_up(&self, cases: &str) -> String {
        let target = if self.is_local {
            "local"
        } else {
            &*self.origin
        };
        format!("Run `portico setup apply --case {cases} --target {target}`.")
    }
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body; `null` when it is not JSON.
    pub body: Value,
    /// How far the `Date` of the answer is from the time it came, in seconds; positive when theirs is ahead.
    pub skew: Option<i64>,
}

impl Reply {
    /// A header as text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// The org's public answers.
#[derive(Debug, Clone)]
pub struct OrgFacts {
    /// `/.well-known/openid-configuration` of the issuer.
    pub openid: Known<Reply>,
    /// `/.well-known/oauth-authorization-server` of the issuer.
    pub oauth: Known<Reply>,
    /// The document at `jwks_uri`.
    pub keys: Known<Reply>,
    /// `/.well-known/okta-organization`.
    pub organization: Known<Reply>,
    /// The token endpoint, asked by a foreign page whether it may call.
    pub token_from_foreign_page: Known<Reply>,
    /// The authorization endpoint, called by a foreign page's script.
    pub authorize_from_foreign_page: Known<Reply>,
}

/// A sign-in as far as its first page.
#[derive(Debug, Clone)]
pub struct SignInFacts {
    /// The app's `/login`.
    pub login: Known<Reply>,
    /// The org's answer to the app's authorization request.
    pub asked: Known<Reply>,
    /// The same request with a redirect URI that is one path segment longer.
    pub longer_redirect_uri: Known<Reply>,
    /// The same request without a code challenge.
    pub without_pkce: Known<Reply>,
}

/// The running app's answers.
#[derive(Debug, Clone)]
pub struct SiteFacts {
    /// `/livez`.
    pub live: Known<Reply>,
    /// The home page.
    pub home: Known<Reply>,
    /// The home page, asked for under another host's name.
    pub foreign_host: Known<Reply>,
    /// A sign-out sent by another site.
    pub forged: Known<Reply>,
}

impl Facts {
    /// The issuer's metadata.
    pub(crate) fn metadata(&self) -> Result<&Value, Skip> {
        known(&self.org.openid).map(|reply| &reply.body)
    }

    /// The OAuth part of the app's registration.
    pub(crate) fn client(&self) -> Result<&Value, Skip> {
        known(&self.managed.app).map(|app| &app["settings"]["oauthClient"])
    }

    /// The id of the custom authorization server that the issuer is; none for the org's own.
    pub(crate) fn custom_server(&self) -> Option<&str> {
        self.issuer
            .strip_prefix(&self.place.origin)?
            .strip_prefix("/oauth2/")
    }

    /// A sentence about the app's page in the console, or its call.
    pub(crate) fn fix_app(&self, section: &str, what: &str) -> String {
        let none = Value::Null;
        let app = self.managed.app.as_ref().unwrap_or(&none);
        let label = app["label"].as_str().unwrap_or("your app");
        let id = app["id"].as_str().unwrap_or("{appId}");
        let path = format!("Applications > Applications > {label} > {section}");
        self.place
            .fix(&path, &format!("PUT /api/v1/apps/{id}"), what)
    }
}
