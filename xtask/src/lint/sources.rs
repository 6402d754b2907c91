//! The files people write.

use crate::workspace;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// Folders whose content nobody writes.
const SKIPPED: [&str; 7] = [
    ".git",
    "data",
    "node_modules",
    "playwright-report",
    "snapshots",
    "target",
    "test-results",
];

/// One file, with its path from the root of the workspace, in `/`.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// Every file with one of these endings.
pub(crate) fn ending_in(endings: &[&str]) -> Result<Vec<Source>> {
    let mut found = Vec::new();
    collect(&workspace::root(), endings, &mut found)?;
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

fn collect(folder: &Path, endings: &[&str], found: &mut Vec<Source>) -> Result<()> {
    for entry in
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?
    {
        let path = entry?.path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if path.is_dir() && !SKIPPED.contains(&name) {
            collect(&path, endings, found)?;
        } else if path.is_file() && endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(read(&path)?);
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<Source> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let root = workspace::root();
    let relative = path.strip_prefix(&root).unwrap_or(path);
    let path = relative.to_string_lossy().replace('\\', "/");
    Ok(Source { path, text })
}
