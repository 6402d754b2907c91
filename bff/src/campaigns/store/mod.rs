//! The file of the campaigns, in the app's data directory. One connection writes, one reads.

mod campaign;
mod draft;
mod funnel;
mod invitation;
mod person;
mod schema;
mod state;

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use rusqlite::Connection;

pub(super) use campaign::{CampaignRow, NewCampaignRow};
pub(super) use draft::{
    DraftRow, Flaw, begin as begin_draft, clear as clear_draft, confirm as confirm_draft,
    count as count_draft, flaws as list_flaws, is_current as is_current_draft, rows as list_rows,
    set_ignored_columns,
};
pub use draft::{RowFlaw, RowPreview};
pub(super) use funnel::{
    count as count_people, drop_pending, in_states, mark_for_resending, stages, unfinished,
};
pub(super) use invitation::{
    InvitedRow, campaign_of, find as find_invited, open as open_invited, reach,
};
pub use person::{CampaignPerson, PeopleCount};
pub(super) use person::{Change, PersonRow, journal, list as list_people};
pub(super) use state::State;

use crate::bff::BffError;
use crate::session::StoreError;
use crate::sqlite_file;
use schema::MIGRATIONS;

/// The file. Cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Store {
    reader: Arc<Mutex<Connection>>,
    writer: Arc<Mutex<Connection>>,
}

impl Store {
    pub(super) async fn open(path: PathBuf) -> Result<Self, BffError> {
        tokio::task::spawn_blocking(move || Self::open_blocking(path))
            .await
            .map_err(|_| StoreError::Abandoned)?
    }

    fn open_blocking(path: PathBuf) -> Result<Self, BffError> {
        let writer = sqlite_file::open(&path, &MIGRATIONS)?;
        let reader = sqlite_file::connect(&path).map_err(StoreError::from)?;
        Ok(Self {
            reader: Arc::new(Mutex::new(reader)),
            writer: Arc::new(Mutex::new(writer)),
        })
    }

    /// Reads, off the async threads: a list of thousands takes a while.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let reader = Arc::clone(&self.reader);
        tokio::task::spawn_blocking(move || Ok(query(&sqlite_file::lock(&reader))?))
            .await
            .map_err(|_| StoreError::Abandoned)?
    }

    /// Changes something in a transaction of its own. An error changes nothing.
    pub(super) async fn write<T: Send + 'static>(
        &self,
        change: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let store = self.clone();
        tokio::task::spawn_blocking(move || store.write_blocking(change))
            .await
            .map_err(|_| StoreError::Abandoned)?
    }

    /// The same, on a thread that may wait.
    pub(super) fn write_blocking<T>(
        &self,
        change: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        sqlite_file::write(&self.writer, change)
    }
}
