use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderValue};
use model::Timestamp;

use super::flight::{Flight, Landed};
use super::found::Found;
use super::{Demand, HeldTokens, Renewal, RenewalTrouble, TokensCheck, TokensState};
use crate::bff::Parts;
use crate::session::store::{Lease, Renewals};
use crate::session::{
    SealedTokens, Session, SessionSecret, StoreError, Tokens, clear_cookies, from_seconds,
};

/// Tokens with less time left than this, in seconds, are renewed: a call may take a while, and clocks differ.
const MARGIN_SECONDS: i64 = 60;

/// Another request may try to renew after this many seconds, because the one that began has not come back. Shorter than
/// the time in which orgs accept a used refresh token once more (Okta: 30 s unless set otherwise), so that a renewal whose
/// outcome was lost can be done again; longer than an attempt takes.
const LEASE_SECONDS: i64 = 18;

/// A request waits at most this long for the renewal of another one.
const LONGEST_WAIT: Duration = Duration::from_secs(16);
/// How often it looks meanwhile; each look is a read of the store.
const FIRST_PAUSE: Duration = Duration::from_millis(10);
const LONGEST_PAUSE: Duration = Duration::from_millis(100);

/// One request that looks for tokens.
struct Seeker<'a> {
    parts: &'a Arc<Parts>,
    headers: &'a HeaderMap,
    secret: Arc<SessionSecret>,
    demand: Demand,
    /// The generation at the first look.
    first: Option<i64>,
}

/// What is there at one look.
struct Look {
    session: Arc<Session>,
    renewals: Renewals,
    found: Found,
}

/// What follows from a look.
enum Next {
    Return(Renewal),
    Renew,
    Wait,
}

pub(super) async fn tokens(parts: &Arc<Parts>, headers: &HeaderMap, demand: Demand) -> TokensCheck {
    let Some((secret, _)) = SessionSecret::find(parts, headers) else {
        return TokensCheck::of(TokensState::SignedOut, Vec::new());
    };
    let seeker = Seeker {
        parts,
        headers,
        secret: Arc::new(secret),
        demand,
        first: None,
    };
    match seeker.seek().await {
        Ok(check) => check,
        Err(error) => {
            tracing::error!(%error, "the tokens of a session cannot be found");
            TokensCheck::of(TokensState::CannotCheck, Vec::new())
        }
    }
}

impl Seeker<'_> {
    async fn seek(mut self) -> Result<TokensCheck, StoreError> {
        let mut waited = Duration::ZERO;
        let mut pause = FIRST_PAUSE;
        loop {
            let look = match self.look().await? {
                Ok(look) => look,
                Err(check) => return Ok(check),
            };
            match self.next(&look) {
                Next::Return(renewal) => return Ok(self.held(look, renewal)),
                Next::Renew => {
                    if let Some(check) = self.renew(look).await? {
                        return Ok(check);
                    }
                }
                Next::Wait if waited >= LONGEST_WAIT => {
                    let trouble = RenewalTrouble::UnderWay;
                    return Ok(self.held(look, Renewal::Failed(trouble)));
                }
                Next::Wait => {}
            }
            tokio::time::sleep(pause).await;
            waited += pause;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// Reads the session and its newest tokens. `Err`: there are none to be had.
    async fn look(&self) -> Result<Result<Look, TokensCheck>, StoreError> {
        let now = self.parts.clock.now().as_second();
        let row = self.parts.store.find_living(self.secret.handle(), now);
        let row = row.await?;
        let Some((row, session)) = row.and_then(|row| {
            let session = Session::open(self.parts, &self.secret, &row)?;
            Some((row, Arc::new(session)))
        }) else {
            return Ok(Err(self.ended()));
        };
        let found = self.find(row.renewals.generation, now).await?;
        Ok(found
            .map(|found| Look {
                session: Arc::clone(&session),
                renewals: row.renewals,
                found,
            })
            .ok_or_else(|| TokensCheck::of(TokensState::Lost(session), Vec::new())))
    }

    /// The cookies' tokens unless the store has newer ones.
    async fn find(&self, generation: i64, now: i64) -> Result<Option<Found>, StoreError> {
        let held = SealedTokens::from_cookies(self.parts, self.headers)
            .and_then(|sealed| sealed.open(self.parts, &self.secret));
        if let Some(tokens) = &held
            && tokens.generation >= generation
        {
            return Ok(held.map(Found::in_cookies));
        }
        let kept = self.parts.store.tokens(self.secret.handle(), now).await?;
        let kept = kept.and_then(SealedTokens::from_store).and_then(|sealed| {
            let tokens = sealed.open(self.parts, &self.secret)?;
            Some(Found {
                tokens,
                // Cookies of an older generation go in any case.
                to_reissue: (held.is_some() || sealed.fit_into_cookies(self.parts, self.headers))
                    .then_some(sealed),
            })
        });
        Ok(kept.or(held.map(Found::in_cookies)))
    }

    fn next(&mut self, look: &Look) -> Next {
        let now = self.parts.clock.now();
        let tokens = &look.found.tokens;
        let first = *self.first.get_or_insert(tokens.generation);
        let is_newer = tokens.generation > first;
        let is_wanted = match self.demand {
            Demand::AsKept => false,
            Demand::Valid => tokens.expire_within(MARGIN_SECONDS, now),
            Demand::New => !is_newer,
        };
        if !is_wanted {
            let is_news = is_newer || look.found.to_reissue.is_some();
            return Next::Return(if is_news {
                Renewal::Done
            } else {
                Renewal::NotNeeded
            });
        }
        if !tokens.can_be_renewed() {
            return Next::Return(Renewal::Impossible);
        }
        if now.as_second() < look.renewals.paused_until {
            return Next::Return(Renewal::Failed(RenewalTrouble::OrgUnavailable));
        }
        if now.as_second() >= look.renewals.leased_until {
            return Next::Renew;
        }
        // Somebody is at it. Tokens that are still good do until they come.
        if self.demand == Demand::Valid && !tokens.expire_within(0, now) {
            return Next::Return(Renewal::NotNeeded);
        }
        Next::Wait
    }

    /// Renews the tokens, if nobody else was quicker. `None`: look again.
    async fn renew(&self, look: Look) -> Result<Option<TokensCheck>, StoreError> {
        let parts = self.parts;
        let now = parts.clock.now().as_second();
        let lease = Lease::new(
            look.renewals.generation,
            now + LEASE_SECONDS,
            &*parts.entropy,
        );
        let handle = self.secret.handle();
        if !parts.store.take_lease(handle, lease, now).await? {
            return Ok(None);
        }
        let flight = Flight {
            parts: Arc::clone(parts),
            secret: Arc::clone(&self.secret),
            session: Arc::clone(&look.session),
            tokens: look.found.tokens.clone(),
            lease,
        };
        // A task of its own: that a browser hangs up must not lose what the org has handed out.
        let landed = tokio::spawn(flight.fly()).await;
        Ok(Some(match landed.map_err(|_| StoreError::Abandoned)? {
            Landed::Renewed { session, new } => self.held(
                Look {
                    session,
                    found: *new,
                    ..look
                },
                Renewal::Done,
            ),
            Landed::Ended => self.ended(),
            Landed::Superseded => return Ok(None),
            Landed::Failed(trouble) => self.held(look, Renewal::Failed(trouble)),
        }))
    }

    fn held(&self, look: Look, renewal: Renewal) -> TokensCheck {
        let ends_at = look.session.expires_at;
        let cookies = match &look.found.to_reissue {
            Some(sealed) => sealed.cookies(self.parts, self.headers, ends_at),
            None => Vec::new(),
        };
        let held = HeldTokens {
            session: look.session,
            tokens: look.found.tokens,
            renewal,
        };
        TokensCheck::of(TokensState::Held(Box::new(held)), cookies)
    }

    fn ended(&self) -> TokensCheck {
        TokensCheck::of(TokensState::SignedOut, clear_cookies(self.parts))
    }
}

impl TokensCheck {
    fn of(state: TokensState, cookies: Vec<HeaderValue>) -> Self {
        Self { state, cookies }
    }
}

impl Tokens {
    /// Whether the access token will have expired `seconds` after `now`. One without a known end is taken to be good.
    fn expire_within(&self, seconds: i64, now: Timestamp) -> bool {
        self.access_expires_at
            .is_some_and(|end| end <= from_seconds(now.as_second().saturating_add(seconds)))
    }
}
