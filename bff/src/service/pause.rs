use std::fmt::Debug;
use std::time::Duration;

use crate::outbound::BoxFuture;

/// How time passes while the org is waited for.
pub trait Pause: Debug + Send + Sync {
    /// Returns after `duration`.
    fn pause(&self, duration: Duration) -> BoxFuture<'_, ()>;
}

/// Waits as long as it says.
#[derive(Debug)]
pub struct TokioPause;

impl Pause for TokioPause {
    fn pause(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}
