//! Lists, a page at a time: `limit`, `after`, and the `Link` header.

use axum::Json;
use axum::extract::FromRequestParts;
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header::LINK;
use http::request::Parts;
use http::{HeaderMap, HeaderValue};
use model::ErrorCode;
use serde_json::Value;
use url::form_urlencoded;

use super::ApiError;
use crate::Org;

/// What a request asks of a list.
#[derive(Debug, Clone)]
pub(crate) struct Listing {
    /// The address of the list without its query.
    address: String,
    parameters: Vec<(String, String)>,
}

impl FromRequestParts<Org> for Listing {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, org: &Org) -> Result<Self, ApiError> {
        let query = parts.uri.query().unwrap_or_default();
        let parameters: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect();
        let storable = |text: &String| !text.contains(['\0', '\u{fffd}']);
        if !parameters
            .iter()
            .all(|(name, value)| storable(name) && storable(value))
        {
            return Err(ApiError::invalid("query", "The query is not text in UTF-8"));
        }
        Ok(Self {
            address: org.url().to(parts.uri.path()),
            parameters,
        })
    }
}

impl Listing {
    /// A parameter, unless it is absent or empty.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters
            .iter()
            .find(|(known, value)| known == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// A parameter that is `true` or `false`.
    pub(crate) fn flag(&self, name: &str) -> Result<Option<bool>, ApiError> {
        match self.parameter(name) {
            None => Ok(None),
            Some("true") => Ok(Some(true)),
            Some("false") => Ok(Some(false)),
            Some(_) => Err(ApiError::invalid(name, "Expected true or false")),
        }
    }

    /// How many items a page has: `usual` unless the request says, at most `most`.
    pub(crate) fn limit(&self, usual: usize, most: usize) -> Result<usize, ApiError> {
        let Some(limit) = self.parameter("limit") else {
            return Ok(usual);
        };
        match limit.parse::<i64>() {
            Ok(limit) if limit >= 1 => {
                Ok(usize::try_from(limit).map_or(most, |limit| limit.min(most)))
            }
            _ => Err(ApiError::new(ErrorCode::InvalidPaging)
                .because("limit: Expected a number of at least 1")),
        }
    }

    /// Where the page begins: the keys of the item before it, as many as the list is sorted by.
    pub(crate) fn after(&self, keys: usize) -> Result<Option<Vec<String>>, ApiError> {
        let Some(after) = self.parameter("after") else {
            return Ok(None);
        };
        Cursor::read(after)
            .filter(|cursor| cursor.0.len() == keys)
            .map(|cursor| Some(cursor.0))
            .ok_or_else(|| {
                ApiError::new(ErrorCode::InvalidPaging).because("after: Not a cursor of this list")
            })
    }

    /// The answer. `next` are the keys of the last item when there are more.
    pub(crate) fn page(&self, items: Vec<Value>, next: Option<Vec<String>>) -> Response {
        let mut headers = HeaderMap::new();
        let own = self
            .parameters
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        self.link(&mut headers, "self", own);
        if let Some(keys) = next {
            let after = Cursor(keys).write();
            let rest = self
                .parameters
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()));
            let others = rest.filter(|(name, _)| *name != "after");
            self.link(
                &mut headers,
                "next",
                [("after", after.as_str())].into_iter().chain(others),
            );
        }
        (headers, Json(items)).into_response()
    }

    /// The answer of a list that has one page only.
    pub(crate) fn whole(&self, items: Vec<Value>) -> Response {
        self.page(items, None)
    }

    fn link<'a>(
        &self,
        headers: &mut HeaderMap,
        rel: &str,
        parameters: impl Iterator<Item = (&'a str, &'a str)>,
    ) {
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(parameters)
            .finish();
        let mark = if query.is_empty() { "" } else { "?" };
        let link = format!("<{}{mark}{query}>; rel=\"{rel}\"", self.address);
        // The path is that of a request, and the query is encoded: neither can break a header.
        if let Ok(link) = HeaderValue::try_from(link) {
            headers.append(LINK, link);
        }
    }
}

/// Takes the items of a page from one more than it has, and the keys of the last when there was one more.
pub(crate) fn cut<T>(
    mut items: Vec<T>,
    limit: usize,
    keys: impl FnOnce(&T) -> Vec<String>,
) -> (Vec<T>, Option<Vec<String>>) {
    if items.len() <= limit {
        return (items, None);
    }
    items.truncate(limit);
    let next = items.last().map(keys);
    (items, next)
}

/// The keys of an item, as one opaque text. A list that is sorted by id alone has the id itself, as Okta's has.
struct Cursor(Vec<String>);

impl Cursor {
    fn write(&self) -> String {
        match self.0.as_slice() {
            [id] if is_plain(id) => id.clone(),
            keys => format!(
                "c.{}",
                URL_SAFE_NO_PAD.encode(Value::from(keys).to_string())
            ),
        }
    }

    fn read(text: &str) -> Option<Self> {
        match text.strip_prefix("c.") {
            None => is_plain(text).then(|| Self(vec![text.to_owned()])),
            Some(encoded) => {
                let decoded = URL_SAFE_NO_PAD.decode(encoded).ok()?;
                serde_json::from_slice(&decoded).ok().map(Self)
            }
        }
    }
}

fn is_plain(id: &str) -> bool {
    (1..=40).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_went() {
        for keys in [
            vec!["00u1"],
            vec!["ä\"b", "00u1"],
            vec!["a b"],
            vec!["", "x"],
        ] {
            let keys: Vec<String> = keys.into_iter().map(ToOwned::to_owned).collect();
            let text = Cursor(keys.clone()).write();
            assert_eq!(Cursor::read(&text).expect("a cursor").0, keys);
        }
    }

    #[test]
    fn a_page_is_cut_where_the_limit_is_and_names_its_last_item() {
        let key = |item: &u8| vec![item.to_string()];
        assert_eq!(
            cut(vec![1, 2, 3], 2, key),
            (vec![1, 2], Some(vec!["2".to_owned()]))
        );
        assert_eq!(cut(vec![1, 2], 2, key), (vec![1, 2], None));
    }
}
