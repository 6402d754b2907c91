//! Tokens of a person for an app: signed first, and recorded with their events in the transaction of what they were granted for.

use jiff::Timestamp;
use model::{Entropy, RefreshTokenId, UserId};
use rusqlite::Connection;
use secrecy::ExposeSecret as _;

use super::log;
use crate::apps::App;
use crate::events::{self, Origin};
use crate::handle::Handle;
use crate::oauth::issue::{
    Grant, IssuedTokens, Lifetimes, Permit, SigningFailed, Subject, issue_tokens,
};
use crate::oauth::refresh::{NewRefreshGrant, Terms, create_refresh_grant};
use crate::oauth::server::AuthorizationServer;
use crate::oauth::token_record::{NewAccessToken, create_access_token};
use crate::oauth::{GrantType, Scope};
use crate::store::Digest;

/// What somebody is given tokens for.
#[derive(Debug, Clone, Copy)]
pub(in crate::oauth) struct Occasion<'a> {
    pub(in crate::oauth) server: &'a AuthorizationServer,
    pub(in crate::oauth) app: &'a App,
    pub(in crate::oauth) subject: &'a Subject,
    pub(in crate::oauth) grant: &'a Grant,
    /// How the person signed in.
    pub(in crate::oauth) grant_type: GrantType,
    /// The code that is spent on them, whose reuse ends them.
    pub(in crate::oauth) code: Option<Digest>,
}

/// Tokens that are signed, and their records that are not written yet.
#[derive(Debug)]
pub(in crate::oauth) struct Signed {
    pub(in crate::oauth) tokens: IssuedTokens,
    pub(in crate::oauth) records: Records,
}

/// What the database keeps of tokens.
#[derive(Debug)]
pub(in crate::oauth) struct Records {
    pub(in crate::oauth) access: NewAccessToken,
    pub(super) has_id_token: bool,
    refresh: Option<NewRefreshGrant>,
}

/// Signs tokens, with a refresh token where the app may have one and asked for it.
pub(in crate::oauth) fn sign(
    permit: Permit,
    occasion: Occasion<'_>,
    now: Timestamp,
    entropy: &dyn Entropy,
) -> Result<Signed, SigningFailed> {
    let lifetimes = permit.lifetimes();
    let mut signed = sign_without_refresh(permit, occasion, now, entropy)?;
    let is_wanted = occasion.grant.has(&Scope::OfflineAccess);
    if is_wanted && occasion.app.has_grant(GrantType::RefreshToken.as_str()) {
        let token = Handle::generate(entropy);
        let refresh = refresh_grant(occasion, &token, lifetimes, now, entropy);
        signed.records.access.refresh = Some(refresh.id.clone());
        signed.records.refresh = Some(refresh);
        signed.tokens.refresh_token = Some(token.expose().into());
    }
    Ok(signed)
}

/// Signs tokens that end with what they were given for.
pub(super) fn sign_without_refresh(
    permit: Permit,
    occasion: Occasion<'_>,
    now: Timestamp,
    entropy: &dyn Entropy,
) -> Result<Signed, SigningFailed> {
    let Occasion {
        server,
        subject,
        grant,
        ..
    } = occasion;
    let tokens = issue_tokens(permit, server, subject, grant, now, entropy)?;
    let access = NewAccessToken {
        token: Digest::of(tokens.access_token.expose_secret()),
        code: occasion.code,
        refresh: None,
        server: server.id.clone(),
        app_id: grant.app_id.clone(),
        user_id: Some(subject.user.id.clone()),
        scopes: grant.scopes.clone(),
        expires_at: tokens.access_token_expires_at,
    };
    let records = Records {
        access,
        has_id_token: tokens.id_token.is_some(),
        refresh: None,
    };
    Ok(Signed { tokens, records })
}

fn refresh_grant(
    occasion: Occasion<'_>,
    token: &Handle,
    lifetimes: Lifetimes,
    now: Timestamp,
    entropy: &dyn Entropy,
) -> NewRefreshGrant {
    let user_id: UserId = occasion.subject.user.id.clone();
    let ends_at = lifetimes.refresh_ends_at(now);
    NewRefreshGrant {
        id: RefreshTokenId::generate(entropy),
        token: token.digest(),
        server: occasion.server.id.clone(),
        user_id,
        code: occasion.code,
        terms: Terms {
            grant_type: occasion.grant_type,
            grant: occasion.grant.clone(),
        },
        created_at: now,
        ends_at,
        expires_at: lifetimes.refresh_expires_at(now, ends_at),
    }
}

impl Records {
    /// Writes them with one event for each token, in the caller's transaction.
    pub(in crate::oauth) fn keep(
        &self,
        db: &Connection,
        origin: &Origin,
        entropy: &dyn Entropy,
        now: Timestamp,
    ) -> rusqlite::Result<()> {
        if let Some(refresh) = &self.refresh {
            create_refresh_grant(db, refresh)?;
        }
        create_access_token(db, &self.access)?;
        let granted = log::Granted {
            id_token: self.has_id_token,
            refresh_token: self.refresh.is_some(),
        };
        for event in log::granted(db, &self.access, granted)? {
            events::record(db, &event, origin, entropy, now)?;
        }
        Ok(())
    }
}
