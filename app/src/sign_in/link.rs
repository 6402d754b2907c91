use leptos::ev::MouseEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// The link to sign in and come back to `return_to`.
#[component]
pub(crate) fn SignInLink(return_to: String) -> impl IntoView {
    view! {
        <KeepFragment>
            <a class="button" href=crate::path::login(&return_to) rel="external">
                "Sign in"
            </a>
        </KeepFragment>
    }
}

/// Lets a link whose address ends in an encoded path take the fragment of the page along.
///
/// The server never sees a fragment, so only a script can keep it; without one the link still leads back to the page.
#[island]
fn KeepFragment(children: Children) -> impl IntoView {
    let take_along = |event: MouseEvent| {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        let link = target.and_then(|target| target.closest("a[href]").ok().flatten());
        let fragment = window().location().hash().unwrap_or_default();
        if let Some((link, href)) =
            link.and_then(|link| link.get_attribute("href").map(|href| (link, href)))
            && !href.contains("%23")
        {
            let fragment = String::from(js_sys::encode_uri_component(&fragment));
            // An attribute that cannot be set leaves the link as it was, which still works.
            drop(link.set_attribute("href", &(href + &fragment)));
        }
    };
    view! { <span on:click=take_along>{children()}</span> }
}
