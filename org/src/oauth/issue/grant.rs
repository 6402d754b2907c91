use jiff::Timestamp;
use model::AppId;
use serde::{Deserialize, Serialize};

use crate::directory::User;
use crate::interaction::Amr;
use crate::oauth::Scope;
use crate::oauth::server::Teller;

/// What was granted to an app when a person signed in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Grant {
    pub(crate) app_id: AppId,
    pub(crate) scopes: Vec<Scope>,
    pub(crate) nonce: Option<String>,
    /// When the person proved who they are.
    pub(crate) auth_time: Timestamp,
    /// By what they proved it.
    pub(crate) amr: Vec<Amr>,
    /// The level that the app asked for and that was met.
    pub(crate) acr: Option<String>,
    /// The session, for an app that wants to hear of its end.
    #[serde(default)]
    pub(crate) sid: Option<String>,
}

impl Grant {
    pub(crate) fn has(&self, scope: &Scope) -> bool {
        self.scopes.contains(scope)
    }

    pub(super) fn has_openid(&self) -> bool {
        self.has(&Scope::Openid)
    }
}

/// The person a token speaks of.
#[derive(Debug, Clone)]
pub(crate) struct Subject {
    pub(crate) user: User,
    /// The names of their groups, when a claim needs them.
    pub(crate) groups: Vec<String>,
    /// The org, which is the `idp` of everyone who signs in with a password of it.
    pub(crate) org_id: String,
}

impl Subject {
    /// What claims are made of.
    pub(super) fn teller<'a>(&'a self, grant: &'a Grant) -> Teller<'a> {
        Teller {
            user: &self.user,
            groups: &self.groups,
            scopes: &grant.scopes,
        }
    }
}
