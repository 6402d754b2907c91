//! Folders that only the user who runs the program can read.

use std::fs::DirBuilder;
use std::io::Result;
use std::path::Path;

/// Makes the folder and those above it, unless they are there.
pub(crate) fn create(path: &Path) -> Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}
