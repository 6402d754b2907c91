//! The names of the built files. A release build puts a hash of the content into each name and leaves the hashes in a file
//! beside the program.

use std::fs;
use std::io;
use std::path::Path;

use app::Assets;
use leptos::config::LeptosOptions;

/// Finds the names. Without hashes, which only a release build makes, they are always the same.
pub fn find(options: &LeptosOptions) -> Assets {
    let hashes = if options.hash_files {
        hashes_beside_the_program(&options.hash_file).unwrap_or_else(|error| {
            tracing::error!(%error, "the names of the built files are unknown, so pages come without style; run `cargo xtask build`");
            String::new()
        })
    } else {
        String::new()
    };
    named(options, &hashes)
}

fn hashes_beside_the_program(name: &str) -> io::Result<String> {
    let program = std::env::current_exe()?;
    fs::read_to_string(program.parent().unwrap_or(Path::new("")).join(name))
}

/// Each line of `hashes` is `css: <hash>`, `js: <hash>` or `wasm: <hash>`.
fn named(options: &LeptosOptions, hashes: &str) -> Assets {
    let address = |kind: &str| {
        let mut lines = hashes.lines().filter_map(|line| line.split_once(':'));
        let hash = lines.find_map(|(of, hash)| (of.trim() == kind).then(|| hash.trim()));
        let hash = hash.map(|hash| format!(".{hash}")).unwrap_or_default();
        format!(
            "/{}/{}{hash}.{kind}",
            options.site_pkg_dir, options.output_name
        )
    };
    Assets::new(&address("css"), &address("js"), &address("wasm"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options() -> LeptosOptions {
        LeptosOptions::builder().output_name("portico").build()
    }

    #[test]
    fn a_release_build_names_its_files_by_their_content() {
        let hashes = "js: J-1\nwasm: W_2\ncss: C3\n";
        assert_eq!(
            named(&options(), hashes),
            Assets::new(
                "/pkg/portico.C3.css",
                "/pkg/portico.J-1.js",
                "/pkg/portico.W_2.wasm"
            )
        );
    }

    #[test]
    fn without_hashes_the_names_are_always_the_same() {
        assert_eq!(
            find(&options()),
            Assets::new("/pkg/portico.css", "/pkg/portico.js", "/pkg/portico.wasm")
        );
    }
}
