use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;

use super::{App, Assets};
use crate::texts::{Language, texts};

/// The HTML document that the server sends for every page. `watched` is given while `cargo leptos watch` runs, whose word
/// makes the page reload.
pub fn shell(assets: Assets, watched: Option<LeptosOptions>) -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang=Language::current().tag()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="description" content=texts().frame.description />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="stylesheet" id="leptos" href=assets.stylesheet.clone() />
                {watched.map(|options| view! { <AutoReload options /> })}
                <Islands assets />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// Loads the code of the islands.
///
/// Leptos' own component reads the names of the files from the disk for every page, which costs more than the page.
#[component]
fn Islands(assets: Assets) -> impl IntoView {
    if let Some(shared) = Owner::current_shared_context() {
        // Outside of islands nothing is hydrated, so nothing is sent along for it.
        shared.set_is_hydrating(false);
    }
    let nonce = use_nonce();
    view! {
        <link rel="modulepreload" href=assets.script nonce=nonce.clone() />
        <link rel="preload" href=assets.wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous" />
        <script type="module" nonce=nonce>
            {assets.start}
        </script>
    }
}
