//! JSON bodies, read strictly.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use model::ErrorCode;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor,
};
use serde_json::{Map, Value};
use std::fmt;

use super::ApiError;
use crate::Org;

/// A JSON body as `T`.
///
/// Refused with 415 `E0000021` when it is of another media type; with 400 `E0000003` when it is not JSON, says the same thing
/// twice or is nested deeper than 128; with 400 `E0000001` when a text holds what Okta does not store: NUL, or a character of
/// more than three bytes in UTF-8.
#[derive(Debug)]
pub(crate) struct Body<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<Org> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, org: &Org) -> Result<Self, ApiError> {
        check_media_type(request.headers())?;
        let bytes = read(request, org).await?;
        Ok(Self(typed(parse(&bytes)?)?))
    }
}

/// A JSON body that may be left out, which is the same as `{}`.
#[derive(Debug)]
pub(crate) struct OptionalBody<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<Org> for OptionalBody<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, org: &Org) -> Result<Self, ApiError> {
        let headers = request.headers().clone();
        let bytes = read(request, org).await?;
        if bytes.is_empty() {
            return Ok(Self(typed(Value::Object(Map::new()))?));
        }
        check_media_type(&headers)?;
        Ok(Self(typed(parse(&bytes)?)?))
    }
}

async fn read(request: Request, org: &Org) -> Result<Bytes, ApiError> {
    Bytes::from_request(request, org)
        .await
        .map_err(|_| malformed("The body is too large or was cut off."))
}

fn check_media_type(headers: &HeaderMap) -> Result<(), ApiError> {
    let named = headers
        .get(CONTENT_TYPE)
        .map(|value| value.to_str().unwrap_or_default());
    let is_json = named.is_some_and(|named| {
        let essence = named.split(';').next().unwrap_or_default().trim();
        // Where a part is changed, Okta has it called a merge patch (RFC 7396).
        ["application/json", "application/merge-patch+json"]
            .iter()
            .any(|known| essence.eq_ignore_ascii_case(known))
    });
    if is_json {
        Ok(())
    } else {
        Err(ApiError::new(ErrorCode::UnsupportedMediaType))
    }
}

/// The value as `T`; the error names the field.
pub(crate) fn typed<T: DeserializeOwned>(value: Value) -> Result<T, ApiError> {
    if !value.is_object() && !value.is_array() {
        return Err(malformed("The body is not an object."));
    }
    serde_path_to_error::deserialize(value).map_err(|error| {
        let field = error.path().to_string();
        let field = if field == "." {
            "body".to_owned()
        } else {
            field
        };
        let reason = without_text(&error.into_inner().to_string());
        ApiError::validation(&field).because(format!("{field}: {reason}"))
    })
}

/// The message without the text that was sent: it may be a secret in the wrong place.
fn without_text(message: &str) -> String {
    let parts = message
        .split_once(" \"")
        .and_then(|(kind, rest)| Some((kind, rest.rsplit_once("\", expected ")?.1)));
    parts.map_or_else(
        || message.to_owned(),
        |(kind, expected)| format!("{kind}, expected {expected}"),
    )
}

fn malformed(cause: &str) -> ApiError {
    ApiError::new(ErrorCode::MalformedBody).because(cause)
}

fn parse(bytes: &[u8]) -> Result<Value, ApiError> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let mut unstorable = None;
    let value = Strict(&mut unstorable)
        .deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value))
        .map_err(|error| malformed(&error.to_string()))?;
    match unstorable {
        None => Ok(value),
        Some(field) => Err(ApiError::invalid(
            &field,
            "Characters of more than three bytes in UTF-8, and NUL, cannot be stored",
        )),
    }
}

/// Reads a value as it stands, but no object with the same name twice. Keeps the name of the first text that cannot be stored.
struct Strict<'a>(&'a mut Option<String>);

/// Whether Okta stores the text.
pub(crate) fn is_storable(text: &str) -> bool {
    text.chars().all(|c| c != '\0' && c.len_utf8() <= 3)
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        if !is_storable(value) {
            self.0.get_or_insert_with(String::new);
        }
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Strict(self.0))? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = entries.next_key::<String>()? {
            let mut unstorable = (!is_storable(&name)).then(String::new);
            let value = entries.next_value_seed(Strict(&mut unstorable))?;
            if let (Some(inner), None) = (unstorable, &*self.0) {
                *self.0 = Some(path(&name, &inner));
            }
            if object.contains_key(&name) {
                return Err(A::Error::custom(format!("{name} is there twice")));
            }
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
}

fn path(name: &str, inner: &str) -> String {
    let name: String = name
        .chars()
        .filter(|c| is_storable(c.encode_utf8(&mut [0; 4])))
        .collect();
    if inner.is_empty() {
        name
    } else {
        format!("{name}.{inner}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn json_is_read_as_it_stands() {
        let text = r#"{"a":[1,-2,0.5,"é€",null,true,{"b":{}}]}"#;
        let value = parse(text.as_bytes()).expect("JSON");
        assert_eq!(
            value,
            json!({"a": [1, -2, 0.5, "é€", null, true, {"b": {}}]})
        );
    }

    #[test]
    fn what_is_not_one_clear_json_value_is_malformed() {
        let deep = "[".repeat(10_000);
        let cases: [&[u8]; 9] = [
            b"",
            b"{",
            b"{}{}",
            b"{'a':1}",
            br#"{"a":1,"a":2}"#,
            br#"{"b":{"a":1,"a":2}}"#,
            b"\"\xff\"",
            br#"{"a":"\ud800"}"#,
            deep.as_bytes(),
        ];
        for case in cases {
            let error = parse(case).expect_err("malformed");
            assert_eq!(error.code(), ErrorCode::MalformedBody, "{case:?}");
        }
    }

    #[test]
    fn a_text_that_okta_does_not_store_is_named() {
        for text in [
            r#"{"profile":{"firstName":"😀"}}"#,
            r#"{"profile":{"firstName":"a\u0000"}}"#,
        ] {
            let error = parse(text.as_bytes()).expect_err("unstorable");
            assert_eq!(
                error.to_string(),
                "E0000001: Api validation failed: profile.firstName"
            );
        }
    }
}
