//! Hearing of sessions that end in whatever process.

use std::sync::Arc;
use std::time::Duration;

use ::redis::Msg;
use futures_util::StreamExt;

use super::connection::Link;
use super::keys;
use crate::session::SessionHandle;
use crate::session::store::{EndedNotice, Notices};

/// How often it is looked whether anybody still listens.
const LOOK: Duration = Duration::from_secs(1);
/// Before another attempt to connect.
const PAUSE: Duration = Duration::from_millis(250);

/// Tells of what ends until nobody listens.
pub(super) async fn watch(link: Arc<Link>, notices: Arc<Notices>) {
    while !notices.stop_watching() {
        match link.subscribe(keys::ENDED).await {
            Ok(subscribed) => {
                // What ended while there was no connection was told to nobody.
                notices.tell(EndedNotice::Unknown);
                hear(subscribed.into_on_message(), &notices).await;
            }
            Err(error) => tracing::error!(%error, "ended sessions cannot be watched"),
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Until the connection breaks or nobody listens. Whoever starts to listen after that starts the next watch.
async fn hear(mut messages: impl StreamExt<Item = Msg> + Unpin, notices: &Notices) {
    while notices.has_listeners() {
        match tokio::time::timeout(LOOK, messages.next()).await {
            Ok(Some(message)) => notices.tell(notice(&message)),
            Ok(None) => return,
            Err(_) => {}
        }
    }
}

fn notice(message: &Msg) -> EndedNotice {
    message
        .get_payload::<String>()
        .ok()
        .and_then(|handle| SessionHandle::parse(&handle))
        .map_or(EndedNotice::Unknown, EndedNotice::Session)
}
