//! Files that only the user who runs the program can read.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use model::Entropy;

use crate::private_folder;

/// Writes the file unless it is there. It is written beside its place and linked there when it is complete: neither a crash nor
/// another process that starts at the same time ever leaves or sees half of it.
pub(crate) fn create(path: &Path, content: &[u8], entropy: &dyn Entropy) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        private_folder::create(folder)?;
    }
    let draft = path.with_extension(format!("{:016x}", u64::from_be_bytes(entropy.bytes())));
    let mut file = create_draft(&draft)?;
    file.write_all(content)?;
    file.sync_all()?;
    let linked = match fs::hard_link(&draft, path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        outcome => outcome,
    };
    fs::remove_file(&draft)?;
    linked
}

fn create_draft(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
