use leptos::ev::MouseEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The link to sign in and come back to `return_to`.
#[component]
pub(crate) fn SignInLink(return_to: String) -> impl IntoView {
    let href = crate::path::login(&return_to);
    view! { <FragmentLink href /> }
}

/// A link whose last query parameter takes the fragment of the page along.
///
/// The server never sees a fragment, so only a script can keep it; without one the link still leads back to the page.
#[island]
fn FragmentLink(
    /// The address, ending in the encoded path to come back to.
    href: String,
) -> impl IntoView {
    let take_fragment_along = |event: MouseEvent| {
        let fragment = window().location().hash().unwrap_or_default();
        let link = event
            .current_target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        if let Some((link, href)) =
            link.and_then(|link| link.get_attribute("href").map(|href| (link, href)))
            && !fragment.is_empty()
            && !href.contains("%23")
        {
            let fragment = String::from(js_sys::encode_uri_component(&fragment));
            // An attribute that cannot be set leaves the link as it was, which still works.
            drop(link.set_attribute("href", &format!("{href}{fragment}")));
        }
    };
    view! {
        <a class="button" href=href rel="external" on:click=take_fragment_along>
            "Sign in"
        </a>
    }
}
