//! `GET /api/session/events`: tells open pages at once when their session ends, and before it does.
//!
//! Server-sent events, one line of text each: `person` (whose session it is), `idle` (it ends in two minutes unless it
//! is used), `active` (it was), `changed` (look again), `ended` with the reason.

mod places;

use std::convert::Infallible;
use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bff::{Bff, SessionEnd, SessionEvent, SessionWatch, Watched};
use futures_util::{Stream, StreamExt, stream};
use tokio::sync::watch;

use places::{Place, Places};

/// Proxies close connections on which nothing is sent for half a minute or more.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// Tells nginx to pass events on as they come.
const BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

const CANNOT_CHECK: &str = "503: sessions cannot be checked right now. Ask again in a minute.\n";
const TOO_MANY: &str =
    "429: too many pages listen already. Close some, or ask again in a minute.\n";

#[derive(Debug)]
struct Events {
    bff: Bff,
    stop: watch::Receiver<bool>,
    places: Arc<Places>,
}

/// The route. Its streams end when `stop` turns true, so that they do not hold up the end of the program.
pub(crate) fn router(bff: Bff, stop: watch::Receiver<bool>) -> Router {
    let events = Arc::new(Events {
        bff,
        stop,
        places: Arc::default(),
    });
    Router::new()
        .route("/api/session/events", get(open))
        .with_state(events)
}

async fn open(State(events): State<Arc<Events>>, headers: HeaderMap) -> Response {
    let mut response = match events.bff.watch_session(&headers).await {
        Watched::Session(watch) => match events.places.take(watch.handle()) {
            Some(place) => events.follow(watch, place),
            None => (StatusCode::TOO_MANY_REQUESTS, TOO_MANY).into_response(),
        },
        Watched::SignedOut => {
            let ended = told(&SessionEvent::Ended(SessionEnd::SignedOut));
            Sse::new(stream::iter([Ok::<_, Infallible>(ended)])).into_response()
        }
        Watched::CannotCheck => (StatusCode::SERVICE_UNAVAILABLE, CANNOT_CHECK).into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(BUFFERING, HeaderValue::from_static("no"));
    response
}

impl Events {
    fn follow(&self, watch: Box<SessionWatch>, place: Place) -> Response {
        let stop = stopped(self.stop.clone());
        Sse::new(events_of(watch, place).take_until(stop))
            .keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
            .into_response()
    }
}

/// The place is given back when the client goes, which drops the stream.
fn events_of(
    watch: Box<SessionWatch>,
    place: Place,
) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold((watch, place), async |(mut watch, place)| {
        let event = watch.next().await?;
        Some((Ok(told(&event)), (watch, place)))
    })
}

fn told(event: &SessionEvent) -> Event {
    let (name, data) = match event {
        SessionEvent::Person(person) => ("person", person.as_str()),
        SessionEvent::IdleSoon => ("idle", "soon"),
        SessionEvent::Active => ("active", "again"),
        SessionEvent::Changed => ("changed", "look"),
        SessionEvent::Ended(SessionEnd::Idle) => ("ended", "idle"),
        SessionEvent::Ended(SessionEnd::Expired) => ("ended", "expired"),
        SessionEvent::Ended(SessionEnd::SignedOut) => ("ended", "signed-out"),
    };
    Event::default().event(name).data(data)
}

async fn stopped(mut stop: watch::Receiver<bool>) {
    if stop.wait_for(|stop| *stop).await.is_err() {
        // Nobody is left who could say so.
        pending::<()>().await;
    }
}
