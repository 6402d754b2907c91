//! The answers, put together without Leptos, because rendering may be what failed.

use http::HeaderMap;
use model::SignInErrorCode;

use crate::error::AppError;
use crate::path;
use crate::texts::server::negotiate;
use crate::{Assets, Language};

const CODE: SignInErrorCode = SignInErrorCode::Internal;

/// The pages for people, one in each language, ready before anything fails.
#[derive(Debug, Clone)]
pub struct Pages([(Language, String); Language::ALL.len()]);

impl Pages {
    /// Puts the pages together.
    pub fn new(assets: &Assets) -> Self {
        Self(Language::ALL.map(|language| (language, page(assets, language))))
    }

    /// The page for whoever sent these headers; `chosen` is the tag of the language that their browser keeps. Who they
    /// are is not known here.
    pub fn answer(&self, chosen: Option<&str>, headers: &HeaderMap) -> String {
        let wanted = negotiate(chosen, None, headers);
        let page = self.0.iter().find(|(language, _)| *language == wanted);
        page.map_or_else(String::new, |(_, page)| page.clone())
    }
}

fn page(assets: &Assets, language: Language) -> String {
    let texts = language.texts();
    format!(
        r#"<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{cause} · Portico</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="{stylesheet}">
</head>
<body>
<header class="site-header"><div class="site-header-inner"><a class="wordmark" href="{home}">Portico</a></div></header>
<main id="main">
<h1>{title}</h1>
<section class="problem">
<p class="lead">{cause}</p>
<p>{remedy}</p>
<div class="actions"><a class="button" href="{home}">{go_home}</a></div>
<p class="fine-print">{code_to_quote} <code>{code}</code></p>
</section>
</main>
</body>
</html>
"#,
        language = language.tag(),
        title = texts.problem.could_not_finish,
        cause = (texts.sign_in_errors.cause)(CODE),
        remedy = (texts.sign_in_errors.remedy)(CODE),
        go_home = texts.common.go_home,
        code_to_quote = texts.problem.code_to_quote,
        code = CODE.as_str(),
        stylesheet = assets.stylesheet,
        home = path::HOME,
    )
}

/// The same for a script, in the form of every failure of a server function.
pub fn json() -> String {
    serde_json::json!(AppError::from(CODE)).to_string()
}
