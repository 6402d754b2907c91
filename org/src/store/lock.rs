use std::fs::{File, TryLockError};
use std::path::Path;

use super::StoreOpenError;
use crate::private_file;

/// An exclusive hold on a data directory. The operating system gives it back when the process ends, however it ends.
#[derive(Debug)]
pub(super) struct DirectoryLock {
    _file: File,
}

impl DirectoryLock {
    pub(super) fn take(data_dir: &Path) -> Result<Self, StoreOpenError> {
        let unusable = |source| StoreOpenError::Directory {
            path: data_dir.to_owned(),
            source,
        };
        private_file::create_dir(data_dir).map_err(unusable)?;
        let file = File::create(data_dir.join("lock")).map_err(unusable)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(StoreOpenError::InUse(data_dir.to_owned())),
            Err(TryLockError::Error(source)) => Err(unusable(source)),
        }
    }
}
