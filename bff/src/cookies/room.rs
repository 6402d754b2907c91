//! How the cookies of the app share the 8 KiB that servers and balancers accept at least.

use http::HeaderMap;

use super::{CookieNames, TOKENS_BUDGET, all};

/// All cookies of the app in one request, in bytes, with some room for those of others.
const BUDGET: usize = 8 * 1024 - 320;

/// The session cookie, with its name.
const SESSION: usize = 256;

/// What a cookie takes in the header: name, value, and what separates them.
pub(crate) fn length(name: &str, value: &str) -> usize {
    name.len() + value.len() + "=; ".len()
}

/// How long sealed tokens may be to go into cookies, beside the sign-ins that this browser has begun.
pub(crate) fn room_for_tokens(names: &CookieNames, headers: &HeaderMap) -> usize {
    let others = taken(names, headers, |name| {
        name != names.session() && !names.is_of_tokens(name)
    });
    // Two chunks have two names.
    let own_names = 2 * length(&names.tokens(0), "");
    TOKENS_BUDGET.min(BUDGET.saturating_sub(SESSION + own_names + others))
}

/// How long all begun sign-ins together may be, beside the session that this browser has.
pub(crate) fn room_for_transactions(names: &CookieNames, headers: &HeaderMap) -> usize {
    let others = taken(names, headers, |name| {
        !name.starts_with(names.transaction_prefix())
    });
    BUDGET.saturating_sub(others)
}

fn taken(names: &CookieNames, headers: &HeaderMap, counts: impl Fn(&str) -> bool) -> usize {
    all(headers)
        .filter(|(name, _)| names.is_own(name) && counts(name))
        .map(|(name, value)| length(name, value))
        .sum()
}
