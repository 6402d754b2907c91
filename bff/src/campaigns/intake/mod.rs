//! Reading people from a CSV file while it arrives. Nothing is kept in memory but a few pieces of the file and some hundred rows.

mod columns;
mod parse;
mod row;
mod stream;

use bytes::Bytes;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::store::Store;
use crate::session::StoreError;
use parse::Parser;
use stream::Pieces;

/// The most rows of a file.
pub const MOST_ROWS: usize = 10_000;

/// The longest file, in bytes.
pub const MOST_BYTES: usize = 4 * 1024 * 1024;

/// How many pieces of a file may wait to be read.
const WAITING: usize = 4;

/// Why a file is not read. Nothing of it is kept then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IntakeTrouble {
    /// It is longer than 4 MiB.
    #[error("the file is longer than 4 MiB")]
    TooLong,
    /// It has more than 10,000 rows.
    #[error("the file has more than 10,000 rows")]
    TooManyRows,
    /// It is empty.
    #[error("the file has no rows")]
    Empty,
    /// It has no column with mail addresses.
    #[error("the file has no column with mail addresses")]
    NoAddresses,
    /// It is UTF-16 or not text at all.
    #[error("the file is not UTF-8")]
    NotText,
    /// The campaign is not there, or something is being done for it.
    #[error("the campaign is busy or gone")]
    Busy,
    /// The upload broke off.
    #[error("the upload broke off")]
    Broken,
    /// The store does not answer.
    #[error("the store cannot be written")]
    StoreUnavailable,
}

impl From<StoreError> for IntakeTrouble {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "people of a campaign cannot be kept");
        Self::StoreUnavailable
    }
}

/// A file on its way in. Dropped before [`Intake::finish`], it leaves nothing behind.
#[derive(Debug)]
pub struct Intake {
    pieces: mpsc::Sender<Bytes>,
    reading: JoinHandle<Result<(), IntakeTrouble>>,
    length: usize,
}

/// What a file is read for.
#[derive(Debug, Clone)]
pub(super) struct Purpose {
    pub(super) store: Store,
    pub(super) campaign: i64,
    /// Whether a row without a telephone is of no use.
    pub(super) needs_phone: bool,
    /// Seconds since 1970.
    pub(super) now: i64,
}

impl Intake {
    pub(super) fn begin(purpose: Purpose) -> Self {
        let (pieces, arriving) = mpsc::channel(WAITING);
        let reading =
            tokio::task::spawn_blocking(move || Parser::new(purpose).run(Pieces::new(arriving)));
        Self {
            pieces,
            reading,
            length: 0,
        }
    }

    /// Takes the next piece, and waits while earlier ones are read.
    ///
    /// # Errors
    ///
    /// What is wrong with the file so far. There is no use in sending more.
    pub async fn push(&mut self, piece: Bytes) -> Result<(), IntakeTrouble> {
        if piece.is_empty() {
            return Ok(());
        }
        self.length += piece.len();
        if self.length > MOST_BYTES {
            return Err(IntakeTrouble::TooLong);
        }
        if self.pieces.send(piece).await.is_err() {
            // The reader has given up, and says why.
            return (&mut self.reading)
                .await
                .unwrap_or(Err(IntakeTrouble::Broken));
        }
        Ok(())
    }

    /// Waits until all is read. From then on the rows can be looked at, and imported.
    ///
    /// # Errors
    ///
    /// What is wrong with the file.
    pub async fn finish(self) -> Result<(), IntakeTrouble> {
        // An end that is not said is a file that broke off.
        let ended = self.pieces.send(Bytes::new()).await;
        drop(self.pieces);
        let read = self.reading.await.unwrap_or(Err(IntakeTrouble::Broken));
        ended.map_or(read, |()| read)
    }
}
