use std::fs;

use crate::support::{Program, at};
use leptos::config::LeptosOptions;
use testkit::{Page, TestDir};

/// The status of a built file and how long a browser may keep it, where names have hashes and where they have none.
async fn get(path: &str, hash_files: bool) -> (u16, String) {
    let site = TestDir::new();
    fs::create_dir(site.path().join("pkg")).expect("a folder");
    fs::write(site.path().join("pkg/portico.css"), "main {}").expect("a file");
    fs::write(site.path().join("favicon.svg"), "<svg/>").expect("a file");
    let leptos = LeptosOptions::builder()
        .output_name("portico")
        .site_root(site.path().display().to_string())
        .hash_files(hash_files);
    let program = Program::with_files(leptos.build()).await;
    let page: Page = program.browser().get(&at(path)).await;
    (
        page.status.as_u16(),
        page.header("cache-control").to_owned(),
    )
}

#[tokio::test]
async fn a_file_named_by_its_content_may_be_kept_for_a_year() {
    let answer = get("/pkg/portico.css", true).await;
    let kept = "public, max-age=31536000, immutable".to_owned();
    assert_eq!(answer, (200, kept));
}

#[tokio::test]
async fn a_file_whose_name_never_changes_is_asked_for_again() {
    let answer = get("/pkg/portico.css", false).await;
    assert_eq!(answer, (200, "no-cache".to_owned()));
    let icon = get("/favicon.svg", true).await;
    assert_eq!(icon, (200, "public, max-age=3600".to_owned()));
}

#[tokio::test]
async fn a_file_that_is_missing_is_not_missing_for_a_year() {
    for path in ["/pkg/portico.later.css", "/pkg/"] {
        let (status, cache) = get(path, true).await;
        assert!(
            status != 200 && cache == "no-store",
            "{path}: {status} {cache}"
        );
    }
}
