use rusqlite::Connection;

use crate::api::v1::apps::find_app;
use crate::api::v1::users::find_user;
use crate::api::{ApiError, Caller};
use crate::apps::AppRecord;
use crate::events::Target;
use crate::oauth::refresh::Whose;
use crate::oauth::server::find_server;
use model::UserId;

/// Which tokens a path means, in the words of the path.
#[derive(Debug, Clone)]
pub(super) enum Place {
    App(String),
    /// Of a user, at an app.
    User(String, String),
    /// Of an authorization server, at an app.
    Server(String, String),
}

/// The same, after a look whether all of that exists.
#[derive(Debug)]
pub(super) struct Found {
    app: AppRecord,
    user: Option<(UserId, Target)>,
    server: Option<String>,
    /// Where the tokens are, below `/api/v1`.
    pub(super) path: String,
}

impl Place {
    pub(super) fn find(&self, db: &Connection, caller: &Caller) -> Result<Found, ApiError> {
        match self {
            Self::App(app) => Ok(Found {
                path: format!("/apps/{app}/tokens"),
                app: find_app(db, app)?,
                user: None,
                server: None,
            }),
            Self::User(user, app) => {
                let user = find_user(db, caller, user)?;
                Ok(Found {
                    path: format!("/users/{}/clients/{app}/tokens", user.id),
                    app: find_app(db, app)?,
                    user: Some((user.id.clone(), user.target())),
                    server: None,
                })
            }
            Self::Server(server, app) => {
                let found = find_server(db, server)?
                    .ok_or_else(|| ApiError::not_found("AuthorizationServer", server))?;
                Ok(Found {
                    path: format!("/authorizationServers/{}/clients/{app}/tokens", found.id),
                    app: find_app(db, app)?,
                    user: None,
                    server: Some(found.id),
                })
            }
        }
    }
}

impl Found {
    pub(super) fn whose(&self) -> Whose<'_> {
        Whose {
            server: self.server.as_deref(),
            app: Some(&self.app.id),
            user: self.user.as_ref().map(|(id, _)| id),
        }
    }

    pub(super) const fn app(&self) -> &AppRecord {
        &self.app
    }

    /// The user whose tokens all of them are.
    pub(super) fn user(&self) -> Option<(&UserId, &Target)> {
        self.user.as_ref().map(|(id, target)| (id, target))
    }
}
