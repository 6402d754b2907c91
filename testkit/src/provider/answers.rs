//! Userinfo, and the shapes of answers.

use std::future::pending;

use bff::HttpError;
use bytes::Bytes;
use http::{Request, Response, StatusCode, header};
use serde_json::{Value, json};

use super::tokens::subject_of;
use super::{CANARY, Fault, Trouble, remove};

pub(super) fn userinfo(fault: Fault, request: &Request<Bytes>) -> Response<Bytes> {
    let authorization = request.headers().get(header::AUTHORIZATION);
    let token = authorization
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .unwrap_or_default();
    let is_ours = token.starts_with(CANARY);
    if !is_ours || fault == Fault::UserinfoForbidden {
        return json_answer(403, &json!({}));
    }
    let mut claims = json!({
        "sub": subject_of(token),
        "given_name": "John",
        "family_name": "Doe",
        "email_verified": true,
        "locale": "en_US",
        "zoneinfo": "America/Los_Angeles",
        "groups": ["Everyone", "Retailers"],
    });
    match fault {
        Fault::UserinfoInvalidSub => claims["sub"] = json!("00uSomebodyElse00001"),
        Fault::UserinfoWithoutSub => remove(&mut claims, &["sub"]),
        Fault::UserinfoOverreaching => {
            claims["azp"] = json!("another-client");
            claims["amr"] = json!(["hwk", "mfa"]);
            claims["email"] = json!("someone.else@example.com");
        }
        _ => {}
    }
    json_answer(200, &claims)
}

pub(super) async fn trouble_answer(trouble: Trouble) -> Result<Response<Bytes>, HttpError> {
    let (status, body) = match trouble {
        Trouble::Down => return Err(HttpError::Connect("connection refused".to_owned())),
        Trouble::Hanging => pending().await,
        Trouble::Status(status) | Trouble::RetryAfter(status, _) => {
            (status, Bytes::from_static(b"<h1>Sorry</h1>"))
        }
        Trouble::Html => (200, Bytes::from_static(b"<h1>Welcome</h1>")),
        Trouble::Huge => (200, Bytes::from(vec![b' '; 1024 * 1024])),
        Trouble::Redirect => (302, Bytes::new()),
    };
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(status).expect("a status");
    let headers = response.headers_mut();
    let kind = if trouble == Trouble::Huge {
        "application/json"
    } else {
        "text/html"
    };
    headers.insert(header::CONTENT_TYPE, kind.parse().expect("a value"));
    if let Trouble::RetryAfter(_, seconds) = trouble {
        headers.insert(header::RETRY_AFTER, seconds.into());
    }
    headers.insert(
        header::LOCATION,
        "https://op.example/elsewhere".parse().expect("a value"),
    );
    Ok(response)
}

pub(super) fn json_answer(status: u16, body: &Value) -> Response<Bytes> {
    Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, "application/json;charset=UTF-8")
        .body(Bytes::from(body.to_string()))
        .expect("an answer")
}
