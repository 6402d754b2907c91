use tokio::sync::watch;

/// Tells those who wait that there are new messages.
#[derive(Debug)]
pub(crate) struct Inbox {
    announcements: watch::Sender<()>,
}

impl Inbox {
    pub(crate) fn new() -> Self {
        Self {
            announcements: watch::Sender::new(()),
        }
    }

    /// Wakes everybody who waits. To be called after the commit of a change that put messages in.
    pub(crate) fn announce(&self) {
        self.announcements.send_replace(());
    }

    /// Hears of every announcement from now on. To be taken before looking, so that none is missed between looking and
    /// waiting.
    pub(crate) fn listen(&self) -> Announcements {
        Announcements(self.announcements.subscribe())
    }
}

/// The announcements since it was taken.
#[derive(Debug)]
pub(crate) struct Announcements(watch::Receiver<()>);

impl Announcements {
    /// Waits for the next announcement that has not been heard yet. `false` when the org is closed and none will come.
    pub(crate) async fn heard(&mut self) -> bool {
        self.0.changed().await.is_ok()
    }
}
