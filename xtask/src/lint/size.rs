//! Small files: a long one holds more than one idea.

use super::sources::{self, Source};
use anyhow::{Result, bail};

/// No Rust, TypeScript or CSS file is longer, in lines.
const MOST_LINES: usize = 450;

/// Fails with every file that is too long.
pub(crate) fn check() -> Result<()> {
    let long = too_long(&sources::ending_in(&[".rs", ".ts", ".css"])?);
    if long.is_empty() {
        return Ok(());
    }
    bail!(
        "split these files, each has more than {MOST_LINES} lines:\n{}",
        long.join("\n")
    );
}

fn too_long(sources: &[Source]) -> Vec<String> {
    let lengths = sources
        .iter()
        .map(|source| (source, source.text.lines().count()));
    lengths
        .filter(|(_, lines)| *lines > MOST_LINES)
        .map(|(source, lines)| format!("  {}: {lines}", source.path))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_too_many_is_told_with_its_file() {
        let of_length = |lines: usize| Source {
            path: format!("{lines}.rs"),
            text: "\n".repeat(lines),
        };
        let told = too_long(&[of_length(MOST_LINES), of_length(MOST_LINES + 1)]);
        assert_eq!(told, ["  451.rs: 451"]);
    }
}
