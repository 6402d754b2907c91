//! The answers, put together without Leptos, because rendering may be what failed.

use model::SignInErrorCode;

use crate::Assets;
use crate::error::AppError;
use crate::path;

const CODE: SignInErrorCode = SignInErrorCode::Internal;

/// The page for people.
pub fn page(assets: &Assets) -> String {
    format!(
        r#"<!DOCTYPE html>
<html lang="en">
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
<h1>We could not finish this</h1>
<section class="problem">
<p class="lead">{cause}</p>
<p>{remedy}</p>
<div class="actions"><a class="button" href="{home}">Go to the home page</a></div>
<p class="fine-print">Code to quote when asking for help: <code>{code}</code></p>
</section>
</main>
</body>
</html>
"#,
        cause = CODE.cause(),
        remedy = CODE.remedy(),
        code = CODE.as_str(),
        stylesheet = assets.stylesheet,
        home = path::HOME,
    )
}

/// The same for a script, in the form of every failure of a server function.
pub fn json() -> String {
    serde_json::json!(AppError::from(CODE)).to_string()
}
