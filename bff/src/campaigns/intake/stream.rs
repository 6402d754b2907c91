use std::io::{self, Read};

use bytes::{Buf, Bytes};
use tokio::sync::mpsc;

/// A file as a reader, on a thread that may wait for its pieces. An empty piece is its end; without one it broke off.
#[derive(Debug)]
pub(super) struct Pieces {
    arriving: mpsc::Receiver<Bytes>,
    current: Bytes,
    has_ended: bool,
}

impl Pieces {
    pub(super) const fn new(arriving: mpsc::Receiver<Bytes>) -> Self {
        Self {
            arriving,
            current: Bytes::new(),
            has_ended: false,
        }
    }
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.current.is_empty() && !self.has_ended {
            match self.arriving.blocking_recv() {
                Some(piece) => {
                    self.has_ended = piece.is_empty();
                    self.current = piece;
                }
                None => return Err(io::ErrorKind::UnexpectedEof.into()),
            }
        }
        let length = buffer.len().min(self.current.len());
        self.current.copy_to_slice(&mut buffer[..length]);
        Ok(length)
    }
}
