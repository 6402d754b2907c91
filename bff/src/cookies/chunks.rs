use http::{HeaderMap, HeaderValue};

use super::{CookieNames, clear, find, set};

/// The longest value of one cookie, in bytes. Browsers allow 4096 for name, value and attributes.
const MAX_CHUNK: usize = 3_800;

/// The longest text that goes into cookies, in bytes.
pub(crate) const TOKENS_BUDGET: usize = 4_600;

const MAX_CHUNKS: usize = TOKENS_BUDGET.div_ceil(MAX_CHUNK);

/// Splits a sealed text over the token cookies, and clears those it does not need.
pub(crate) fn chunks_of(names: &CookieNames, sealed: &str, max_age: i64) -> Vec<HeaderValue> {
    let mut rest = sealed;
    let mut cookies = Vec::with_capacity(MAX_CHUNKS);
    for index in 0..MAX_CHUNKS {
        let name = names.tokens(index);
        // A sealed text is ASCII, so that every position is a character boundary.
        let (chunk, after) = rest.split_at(rest.len().min(MAX_CHUNK));
        cookies.push(if chunk.is_empty() {
            clear(names, &name)
        } else {
            set(names, &name, chunk, max_age)
        });
        rest = after;
    }
    cookies
}

/// Puts the chunks of a request together again. A missing or foreign chunk shows when the text is opened.
pub(crate) fn join(names: &CookieNames, headers: &HeaderMap) -> Option<String> {
    let text: String = (0..MAX_CHUNKS)
        .map_while(|index| find(headers, &names.tokens(index)))
        .collect();
    (!text.is_empty()).then_some(text)
}

/// Clears every token cookie.
pub(crate) fn clear_chunks(names: &CookieNames) -> Vec<HeaderValue> {
    (0..MAX_CHUNKS)
        .map(|index| clear(names, &names.tokens(index)))
        .collect()
}
