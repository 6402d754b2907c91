//! How much a first visit downloads.

use super::browser::Browser;
use super::form::attribute;
use super::journey;
use super::url::Url;
use anyhow::{Result, ensure};
use std::collections::BTreeSet;

/// Bytes of one kind of file.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Size {
    /// As they are used.
    pub(super) raw: usize,
    /// As they travel when the browser accepts brotli.
    pub(super) brotli: usize,
}

impl Size {
    fn add(&mut self, other: Size) {
        self.raw += other.raw;
        self.brotli += other.brotli;
    }
}

/// What the first visit of the app downloads.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct FirstVisit {
    pub(super) html: Size,
    pub(super) wasm: Size,
    pub(super) script: Size,
    pub(super) style: Size,
}

impl FirstVisit {
    /// All code, in brotli.
    pub(super) fn code(&self) -> usize {
        self.wasm.brotli + self.script.brotli + self.style.brotli
    }
}

/// Measures the home page and all code it names.
pub(super) fn first_visit(app: &Url) -> Result<FirstVisit> {
    let browser = Browser::default();
    let page = fetch(&browser, app, "identity")?;
    let mut visit = FirstVisit {
        html: size(&browser, app)?,
        ..FirstVisit::default()
    };
    for path in code_named_in(&String::from_utf8_lossy(&page)) {
        let size = size(&browser, &app.join(&path)?)?;
        match path.rsplit('.').next() {
            Some("wasm") => visit.wasm.add(size),
            Some("css") => visit.style.add(size),
            _ => visit.script.add(size),
        }
    }
    ensure!(
        visit.wasm.raw > 0 && visit.script.raw > 0 && visit.style.raw > 0,
        "the home page does not name wasm, script and style"
    );
    Ok(visit)
}

/// Measures the hosted sign-in page with the styles and images it names.
pub(super) fn hosted_page(app: &Url) -> Result<Size> {
    let mut browser = Browser::default();
    let page = journey::hosted_page(&mut browser, app)?;
    let mut total = size(&browser, &page.url)?;
    for reference in references(&page.answer.text()) {
        total.add(size(&browser, &page.url.join(&reference)?)?);
    }
    Ok(total)
}

fn size(browser: &Browser, url: &Url) -> Result<Size> {
    Ok(Size {
        raw: fetch(browser, url, "identity")?.len(),
        brotli: fetch(browser, url, "br")?.len(),
    })
}

fn fetch(browser: &Browser, url: &Url, encoding: &str) -> Result<Vec<u8>> {
    let answer = browser.fetch(url, encoding)?;
    ensure!(
        answer.status == 200,
        "{} answered {}",
        url.path,
        answer.status
    );
    Ok(answer.body)
}

/// Every file under `/pkg/` that the page names, in markup or in its script, once.
fn code_named_in(page: &str) -> BTreeSet<String> {
    let after = page.split("/pkg/").skip(1);
    let names = after.filter_map(|after| after.split(['"', '\'', '`', ')', ' ', '>']).next());
    names
        .filter(|name| name.contains('.'))
        .map(|name| format!("/pkg/{name}"))
        .collect()
}

/// What `<link href>` and `<img src>` name, except links that load nothing.
fn references(page: &str) -> BTreeSet<String> {
    let tags = |name: &str| {
        page.split(name)
            .skip(1)
            .filter_map(|rest| rest.split('>').next())
            .collect::<Vec<_>>()
    };
    let links = tags("<link")
        .into_iter()
        .filter(|tag| tag.contains("stylesheet") || tag.contains("icon"));
    let links = links.filter_map(|tag| attribute(tag, "href"));
    let images = tags("<img")
        .into_iter()
        .filter_map(|tag| attribute(tag, "src"));
    links
        .chain(images)
        .filter(|reference| !reference.starts_with("data:"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_counted_once_wherever_the_page_names_it() {
        let page = r#"<link rel="modulepreload" href="/pkg/portico.ab.js"><link rel="stylesheet" href="/pkg/portico.cd.css">
            <script>import("/pkg/portico.ab.js").then(m => m.default({module_or_path: '/pkg/portico.ef.wasm'}))</script>"#;
        let named: Vec<String> = code_named_in(page).into_iter().collect();
        assert_eq!(
            named,
            [
                "/pkg/portico.ab.js",
                "/pkg/portico.cd.css",
                "/pkg/portico.ef.wasm"
            ]
        );
    }

    #[test]
    fn the_hosted_page_counts_styles_icons_and_images_and_nothing_inside_the_page() {
        let page = r#"<link rel="stylesheet" href="/a.css"><link rel="icon" href="data:,"><link rel="canonical" href="/"><img alt="" src="/logo.svg">"#;
        let named: Vec<String> = references(page).into_iter().collect();
        assert_eq!(named, ["/a.css", "/logo.svg"]);
    }
}
