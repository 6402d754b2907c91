use axum::response::Response;
use rusqlite::Connection;

use super::refusal;
use crate::Org;
use crate::apps::App;
use crate::events::Origin;
use crate::failure::Failure;
use crate::oauth::GrantType;
use crate::oauth::authorize::{AuthorizationRequest, SignedIn};
use crate::oauth::error::EndpointError;
use crate::oauth::issue::{Grant, Permit, Refusal, UserGrant, ask};
use crate::oauth::server::AuthorizationServer;
use crate::oauth::token::response;
use crate::oauth::token::signed::{Occasion, sign};
use crate::oauth::token::subject::{denied, subject_of};

/// What somebody hears of whom nothing more can be told.
const INVALID: &str = "The credentials provided were invalid.";

/// Gives tokens to the app of somebody who has proved who they are, unless the door is shut for them. It is asked before the
/// tokens are signed and again as they are recorded.
pub(super) async fn tokens(
    org: &Org,
    (server, app): (&AuthorizationServer, &App),
    grant_type: GrantType,
    (request, signed_in): (&AuthorizationRequest, SignedIn),
    origin: &Origin,
) -> Result<Response, EndpointError> {
    let now = org.now();
    let user = signed_in.user_id;
    let grant = Grant {
        app_id: app.id.clone(),
        scopes: request.scopes.clone(),
        nonce: None,
        auth_time: signed_in.auth_time,
        amr: signed_in.amr,
        acr: request.acr.clone(),
        sid: None,
    };
    let asked = Asked {
        server: server.id.clone(),
        grant_type,
        user,
        grant,
    };
    let (permit, subject) = org
        .store()
        .read(|db| {
            let permit = asked.ask(db)?;
            let subject = subject_of((org, server), db, &asked.user, &asked.grant.scopes)?;
            Ok(permit.map(|permit| (permit, subject)))
        })?
        .map_err(|refusal| denied(refusal, INVALID))?;
    let subject = subject.ok_or_else(refusal::wrong_credentials)?;
    let occasion = Occasion {
        server,
        app,
        subject: &subject,
        grant: &asked.grant,
        grant_type,
        code: None,
    };
    let signed = sign(permit, occasion, now, org.entropy())?;
    let (origin, entropy) = (origin.clone(), org.kit().entropy);
    let (records, tokens) = (signed.records, signed.tokens);
    let kept = org.store().write(move |db| {
        if let Err(refusal) = asked.ask(db)? {
            return Ok(Err(refusal));
        }
        records.keep(db, &origin, &*entropy, now)?;
        Ok::<_, Failure>(Ok(()))
    });
    match kept.await? {
        Ok(()) => Ok(response::tokens(&tokens, &request.scopes)),
        Err(refusal) => Err(denied(refusal, INVALID)),
    }
}

/// What the door is asked about.
#[derive(Debug)]
struct Asked {
    server: String,
    grant_type: GrantType,
    user: model::UserId,
    grant: Grant,
}

impl Asked {
    fn ask(&self, db: &Connection) -> rusqlite::Result<Result<Permit, Refusal>> {
        ask(
            db,
            UserGrant {
                server: &self.server,
                app: &self.grant.app_id,
                user: &self.user,
                grant_type: self.grant_type.as_str(),
                scopes: &self.grant.scopes,
            },
        )
    }
}
