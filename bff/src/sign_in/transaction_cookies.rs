use http::{HeaderMap, HeaderValue};
use model::{SignInErrorCode, Timestamp};
use subtle::ConstantTimeEq;

use super::transaction::{LIFETIME_SECONDS, Transaction};
use crate::bff::Parts;
use crate::cookies;
use crate::fault::Fault;

/// All transaction cookies together, in bytes of name and value, where the browser holds nothing else: as many as two dozen
/// tabs that sign in side by side, each to a deep link of its own. A long `return_to` makes a long cookie.
const BUDGET: usize = 5 * 1024;

/// A transaction cookie of a request.
struct Begun<'h> {
    name: &'h str,
    length: usize,
    /// `None`: it cannot be opened, or not any more.
    started_at: Option<Timestamp>,
}

impl Transaction {
    /// Finds the transaction that `state` belongs to, in this browser.
    pub(super) fn find(parts: &Parts, headers: &HeaderMap, state: &str) -> Result<Self, Fault> {
        let unknown = || {
            Fault::new(
                SignInErrorCode::TransactionUnknown,
                "no transaction cookie belongs to `state`",
            )
        };
        let name = parts.names.transaction(state).ok_or_else(unknown)?;
        let sealed = cookies::find(headers, &name).ok_or_else(unknown)?;
        let transaction = open(parts, &name, sealed).ok_or_else(unknown)?;
        if !bool::from(transaction.state.as_bytes().ct_eq(state.as_bytes())) {
            return Err(unknown());
        }
        Ok(transaction)
    }

    /// The cookies that keep the transaction, and that take the oldest ones away when there are too many.
    pub(super) fn keep(
        &self,
        parts: &Parts,
        headers: &HeaderMap,
    ) -> Result<Vec<HeaderValue>, Fault> {
        let failed = || {
            Fault::new(
                SignInErrorCode::Internal,
                "the transaction cannot be sealed",
            )
        };
        let name = parts.names.transaction(&self.state).ok_or_else(failed)?;
        let content = self.to_bytes(parts).ok_or_else(failed)?;
        let sealed = parts
            .keys
            .seal(&name, &content, self.readable_until(), &*parts.entropy)
            .ok_or_else(failed)?;
        let mut cookies = make_room(parts, headers, cookies::length(&name, &sealed));
        cookies.push(cookies::set(&parts.names, &name, &sealed, LIFETIME_SECONDS));
        Ok(cookies)
    }

    /// Takes the transaction's cookie away.
    pub(super) fn forget(&self, parts: &Parts) -> Vec<HeaderValue> {
        parts
            .names
            .transaction(&self.state)
            .map(|name| cookies::clear(&parts.names, &name))
            .into_iter()
            .collect()
    }
}

fn open(parts: &Parts, name: &str, sealed: &str) -> Option<Transaction> {
    let (content, _) = parts.keys.open(name, sealed, parts.clock.now())?;
    Transaction::from_bytes(parts, &content)
}

/// Clears what cannot be opened, and then the oldest, until one more of `length` bytes fits.
fn make_room(parts: &Parts, headers: &HeaderMap, length: usize) -> Vec<HeaderValue> {
    let mut begun: Vec<Begun<'_>> = cookies::all(headers)
        .filter(|(name, _)| name.starts_with(parts.names.transaction_prefix()))
        .map(|(name, sealed)| Begun {
            name,
            length: cookies::length(name, sealed),
            started_at: open(parts, name, sealed).map(|transaction| transaction.started_at),
        })
        .collect();
    begun.sort_by_key(|begun| std::cmp::Reverse(begun.started_at));
    let budget = BUDGET.min(cookies::room_for_transactions(&parts.names, headers));
    let mut total = length;
    begun
        .iter()
        .filter(|begun| {
            total += begun.length;
            begun.started_at.is_none() || total > budget
        })
        .map(|begun| cookies::clear(&parts.names, begun.name))
        .collect()
}
