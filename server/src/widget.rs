//! Okta's Sign-In Widget, as `cargo xtask build` leaves it in a folder: `package.json` says which version, `dist` has what
//! browsers fetch.

use std::fs;
use std::path::{Path, PathBuf};

use app::widget::WidgetFiles;
use axum::Router;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use serde_json::Value;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeader;

/// The address of a file says its version, so that the file behind it never changes.
const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// A folder with the widget.
#[derive(Debug)]
pub struct WidgetFolder {
    dist: PathBuf,
    files: WidgetFiles,
}

impl WidgetFolder {
    /// The widget in `folder`; nothing where it is not there, or not whole.
    pub fn find(folder: &Path) -> Option<Self> {
        let package = fs::read(folder.join("package.json")).ok()?;
        let package: Value = serde_json::from_slice(&package).ok()?;
        let version = package.get("version")?.as_str()?;
        let is_version = !version.is_empty()
            && version
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
        let dist = folder.join("dist");
        (is_version && dist.is_dir()).then(|| Self {
            dist,
            files: WidgetFiles::at(&format!("/widget/{version}")),
        })
    }

    /// What the page needs to know.
    pub fn files(&self) -> &WidgetFiles {
        &self.files
    }

    /// The files, below their address.
    pub fn router(&self) -> Router {
        let served = ServeDir::new(&self.dist).precompressed_br();
        let kept = |response: &Response<_>| response.status().is_success().then_some(IMMUTABLE);
        Router::new().nest_service(
            self.files.address(),
            SetResponseHeader::if_not_present(served, header::CACHE_CONTROL, kept),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use testkit::TestDir;

    fn find(package: &str) -> Option<WidgetFiles> {
        let folder = TestDir::new();
        fs::create_dir(folder.path().join("dist")).expect("a folder");
        fs::write(folder.path().join("package.json"), package).expect("a file");
        WidgetFolder::find(folder.path()).map(|found| found.files().clone())
    }

    #[test]
    fn the_address_of_the_files_says_their_version() {
        let found = find(r#"{"name": "@okta/okta-signin-widget", "version": "7.49.0"}"#);
        assert_eq!(found, Some(WidgetFiles::at("/widget/7.49.0")));
    }

    #[test]
    fn a_folder_without_a_version_that_can_stand_in_an_address_has_no_widget() {
        for package in ["", "{}", r#"{"version": ""}"#, r#"{"version": "../{x}"}"#] {
            assert_eq!(find(package), None, "{package}");
        }
        assert!(WidgetFolder::find(TestDir::new().path()).is_none());
    }
}
