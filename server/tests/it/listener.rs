//! A page that listens for the end of its session.

use std::time::Duration;

use axum::Router;
use axum::body::{Body, BodyDataStream};
use futures_util::StreamExt;
use http::{HeaderMap, Request, StatusCode, header};
use testkit::Browser;
use tower::ServiceExt;

/// The stream of one page.
pub(crate) struct Listener {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    body: BodyDataStream,
}

impl Listener {
    /// Opens the stream with the cookies that a browser has for the app.
    pub(crate) async fn open(app: Router, browser: &Browser) -> Self {
        let session = browser.cookie("127.0.0.1", "portico_session");
        let mut request =
            Request::get("/api/session/events").header(header::HOST, "127.0.0.1:3000");
        if let Some(session) = session {
            request = request.header(header::COOKIE, format!("portico_session={session}"));
        }
        let request = request.body(Body::empty()).expect("a request");
        let answer = app.oneshot(request).await.expect("an answer");
        let (parts, body) = answer.into_parts();
        Self {
            status: parts.status,
            headers: parts.headers,
            body: body.into_data_stream(),
        }
    }

    /// The next event as it is on the wire; nothing when the stream has ended or was cut.
    pub(crate) async fn next(&mut self) -> Option<String> {
        let waiting = tokio::time::timeout(Duration::from_secs(20), self.body.next());
        let chunk = waiting.await.expect("an event or the end in time")?;
        let chunk = chunk.ok()?;
        Some(String::from_utf8(chunk.to_vec()).expect("UTF-8"))
    }
}
