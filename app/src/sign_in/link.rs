use leptos::prelude::*;
use web_sys::{Element, Event};

use crate::frame;

/// The link to sign in and come back to `return_to`.
#[component]
pub(crate) fn SignInLink(return_to: String) -> impl IntoView {
    view! {
        <KeepFragment>
            <a class="button" href=crate::path::login(&return_to) rel="external">
                {crate::texts::texts().common.sign_in}
            </a>
        </KeepFragment>
    }
}

/// Lets a link whose address ends in an encoded path take the fragment of the page along.
///
/// The server never sees a fragment, so only a script can keep it; without one the link still leads back to the page.
#[island]
fn KeepFragment(children: Children) -> impl IntoView {
    frame::inline(start, children)
}

fn start(frame: Element) {
    frame::listen(&frame, "click", |event| {
        take_along(&event);
    });
}

fn take_along(event: &Event) -> Option<()> {
    let link = frame::target(event)?.closest("a[href]").ok()??;
    let href = link.get_attribute("href")?;
    let fragment = window().location().hash().ok()?;
    if !href.contains("%23") {
        let fragment = String::from(js_sys::encode_uri_component(&fragment));
        // An attribute that cannot be set leaves the link as it was, which still works.
        link.set_attribute("href", &(href + &fragment)).ok()?;
    }
    Some(())
}
