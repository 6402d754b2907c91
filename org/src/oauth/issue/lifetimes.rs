use jiff::{SignedDuration, Timestamp};

use crate::policy::server_access::TokenLifetimes;

/// How long the tokens of one grant are good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lifetimes {
    pub(crate) access_token: SignedDuration,
    /// From the sign-in on; nothing: for ever, as long as it is used.
    refresh_token: Option<SignedDuration>,
    /// How long a refresh token may lie unused.
    refresh_window: SignedDuration,
}

/// Fixed by Okta.
const REFRESH_TOKEN_OF_ORG_SERVER: SignedDuration = SignedDuration::from_hours(90 * 24);

impl Lifetimes {
    /// What Okta's own authorization server gives. Nobody changes it.
    pub(super) const OF_ORG_SERVER: Self = Self {
        access_token: SignedDuration::from_hours(1),
        refresh_token: Some(REFRESH_TOKEN_OF_ORG_SERVER),
        refresh_window: REFRESH_TOKEN_OF_ORG_SERVER,
    };

    /// What a rule of a custom server says.
    pub(super) fn of_rule(rule: TokenLifetimes) -> Self {
        let minutes = |minutes: u32| SignedDuration::from_mins(minutes.into());
        let refresh_token =
            Some(rule.refresh_token_lifetime_minutes).filter(|minutes| *minutes > 0);
        Self {
            access_token: minutes(rule.access_token_lifetime_minutes),
            refresh_token: refresh_token.map(minutes),
            refresh_window: minutes(rule.refresh_token_window_minutes),
        }
    }

    /// When a refresh token that is made now ends in any case.
    pub(crate) fn refresh_ends_at(&self, now: Timestamp) -> Option<Timestamp> {
        self.refresh_token
            .and_then(|lifetime| now.saturating_add(lifetime).ok())
    }

    /// When a refresh token that is used now ends unless it is used again.
    pub(crate) fn refresh_expires_at(
        &self,
        now: Timestamp,
        ends_at: Option<Timestamp>,
    ) -> Timestamp {
        let idle = now
            .saturating_add(self.refresh_window)
            .unwrap_or(Timestamp::MAX);
        ends_at.map_or(idle, |end| end.min(idle))
    }
}
