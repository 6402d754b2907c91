use tokio::sync::watch;

/// Tells the messenger that there are apps to be told.
#[derive(Debug)]
pub(crate) struct Signal(watch::Sender<()>);

impl Signal {
    pub(crate) fn new() -> Self {
        Self(watch::Sender::new(()))
    }

    /// Wakes the messenger. To be called after the commit.
    pub(crate) fn announce(&self) {
        self.0.send_replace(());
    }

    /// Hears of every announcement from now on.
    pub(crate) fn listen(&self) -> Announcements {
        Announcements(self.0.subscribe())
    }
}

/// The announcements since it was taken.
#[derive(Debug)]
pub(crate) struct Announcements(watch::Receiver<()>);

impl Announcements {
    /// Waits for the next announcement. `false` when the org is closed and none will come.
    pub(super) async fn heard(&mut self) -> bool {
        self.0.changed().await.is_ok()
    }
}
