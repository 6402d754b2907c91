//! Okta's Sign-In Widget for the app's own page, in the version that the browser tests try.

use super::{folder, npm};
use crate::process;
use crate::workspace::{self, command};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

const PACKAGE: &str = "@okta/okta-signin-widget";

/// Where the app looks for it, unless told otherwise.
pub(crate) fn installed_in() -> PathBuf {
    workspace::target().join("widget")
}

/// What the page needs of the package: one script of several, its style, and what both fetch.
const WANTED: [&str; 8] = [
    "package.json",
    "LICENSE",
    "THIRD-PARTY-NOTICES",
    "dist/js/okta-sign-in.next.no-polyfill.js",
    "dist/css/okta-sign-in.next.css",
    "dist/labels/json",
    "dist/img",
    "dist/font",
];

/// Compresses what compresses well once, as the other files of the app are.
const COMPRESS: &str = "
const { readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { brotliCompressSync, constants } = require('node:zlib');
const params = { [constants.BROTLI_PARAM_QUALITY]: 10 };
for (const folder of ['js', 'css', 'labels/json'])
  for (const name of readdirSync(folder))
    if (!name.endsWith('.br')) {
      const file = folder + '/' + name;
      writeFileSync(file + '.br', brotliCompressSync(readFileSync(file), { params }));
    }
";

/// A package as a lock file names it.
#[derive(Debug, PartialEq, Eq)]
struct Locked {
    version: String,
    integrity: String,
}

/// Brings the widget unless this version is there.
pub(crate) fn ensure() -> Result<()> {
    let lock = workspace::root().join("end2end/package-lock.json");
    let lock =
        fs::read_to_string(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    let wanted = locked(&lock).with_context(|| format!("no lock file names {PACKAGE}"))?;
    let stamp = installed_in().join(".installed-from");
    if fs::read_to_string(&stamp).is_ok_and(|known| known == wanted.integrity) {
        return Ok(());
    }
    let archive = fetch(&wanted)?;
    unpack(&archive)?;
    fs::remove_file(&archive).with_context(|| format!("cannot remove {}", archive.display()))?;
    fs::write(&stamp, wanted.integrity).context("cannot note which widget was brought")
}

fn locked(lock: &str) -> Option<Locked> {
    let lock: Value = serde_json::from_str(lock).ok()?;
    let package = &lock["packages"][format!("node_modules/{PACKAGE}")];
    let text = |name: &str| Some(package[name].as_str()?.to_owned());
    Some(Locked {
        version: text("version")?,
        integrity: text("integrity")?,
    })
}

/// Fetches the package as it was published, and nothing that it depends on: its script holds all of that.
fn fetch(wanted: &Locked) -> Result<PathBuf> {
    fs::create_dir_all(folder())?;
    println!("Fetching {PACKAGE} {} (once) …", wanted.version);
    let mut pack = npm::npm("pack");
    pack.arg(format!("{PACKAGE}@{}", wanted.version))
        .args(["--json", "--pack-destination"])
        .arg(folder());
    let told: Value = serde_json::from_str(&process::read(&mut pack)?)
        .context("npm pack did not say what it fetched")?;
    let told = &told[0];
    let Some(name) = told["filename"].as_str() else {
        bail!("npm pack did not say where it left {PACKAGE}");
    };
    if told["integrity"].as_str() != Some(wanted.integrity.as_str()) {
        bail!(
            "what the registry has as {PACKAGE} {} is not what the lock file names",
            wanted.version
        );
    }
    Ok(folder().join(Path::new(name).file_name().unwrap_or_default()))
}

fn unpack(archive: &Path) -> Result<()> {
    let target = installed_in();
    if target.exists() {
        fs::remove_dir_all(&target)
            .with_context(|| format!("cannot remove {}", target.display()))?;
    }
    fs::create_dir_all(&target)?;
    let mut tar = command("tar");
    tar.arg("-xzf").arg(archive).arg("-C").arg(&target);
    tar.arg("--strip-components=1");
    tar.args(WANTED.map(|path| format!("package/{path}")));
    process::read(&mut tar)?;
    let mut compress = command("node");
    compress
        .args(["-e", COMPRESS])
        .current_dir(target.join("dist"));
    process::read(&mut compress).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widget_is_the_one_that_the_browser_tests_try() {
        let lock = r#"{"packages": {"node_modules/@okta/okta-signin-widget": {"version": "7.49.0", "integrity": "sha512-x"}}}"#;
        let wanted = Locked {
            version: "7.49.0".to_owned(),
            integrity: "sha512-x".to_owned(),
        };
        assert_eq!(locked(lock), Some(wanted));
        assert_eq!(locked("{}"), None);
    }
}
