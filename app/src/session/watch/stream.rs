//! The stream of the server, and the tabs among themselves.

use std::cell::RefCell;
use std::time::Duration;

use js_sys::{Function, Promise};
use leptos::prelude::*;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    BroadcastChannel, Element, EventSource, MessageEvent, PageTransitionEvent, RequestInit,
    Response, UrlSearchParams,
};

use super::screen;
use crate::path;

/// The name of the lock and of the channel, the same in all tabs of the app.
const NAME: &str = "portico.session";

/// What the server says.
const EVENTS: [&str; 5] = ["person", "idle", "active", "changed", "ended"];

/// After a sign-in elsewhere in this browser, its cookies arrive about when the news of it does.
const COOKIE_MOMENT: Duration = Duration::from_millis(150);

/// A server that will not be listened to right now is asked again after this long.
const PATIENCE: Duration = Duration::from_secs(30);

#[wasm_bindgen]
extern "C" {
    /// Calls `holding` once this tab has the lock, until the promise it returns is kept (Web Locks API).
    #[wasm_bindgen(catch, js_namespace = ["navigator", "locks"], js_name = request)]
    fn request_lock(name: &str, holding: &JsValue) -> Result<JsValue, JsValue>;
}

thread_local! {
    static TAB: RefCell<Option<Tab>> = const { RefCell::new(None) };
}

/// This tab, while its page belongs to somebody.
struct Tab {
    frame: Element,
    person: String,
    channel: Option<BroadcastChannel>,
    source: Option<EventSource>,
    /// Lets the next tab have the lock.
    release: Option<Function>,
}

/// Begins to watch. `frame` is the element around the warning.
pub(super) fn start(frame: Element) {
    let Ok(Some(holder)) = frame.query_selector("[data-person]") else {
        return;
    };
    let person = holder.get_attribute("data-person").unwrap_or_default();
    crate::draft::forget_others(&person);
    let channel = BroadcastChannel::new(NAME).ok();
    if let Some(channel) = &channel {
        let hear = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| {
            let message = event.data().as_string().unwrap_or_default();
            if let Some((name, data)) = message.split_once(' ') {
                heed(name, data);
            }
        });
        channel.set_onmessage(Some(hear.into_js_value().unchecked_ref()));
    }
    TAB.set(Some(Tab {
        frame,
        person,
        channel,
        source: None,
        release: None,
    }));
    let hold = Closure::once_into_js(|| {
        Promise::new(&mut |release, _| {
            let is_wanted = TAB
                .with_borrow_mut(|tab| tab.as_mut().map(|tab| tab.release = Some(release.clone())));
            match is_wanted {
                Some(()) => listen(),
                // The page has ended while it waited.
                None => drop(release.call0(&JsValue::NULL)),
            }
        })
    });
    if request_lock(NAME, &hold).is_err() {
        listen();
    }
    keep_out_of_history();
}

/// A browser may bring a page back as it was left. It is hidden when it is left, and asked for anew.
fn keep_out_of_history() {
    let leave = window_event_listener(leptos::ev::pagehide, |event: PageTransitionEvent| {
        if let Some(body) = document().body() {
            body.set_hidden(event.persisted());
        }
    });
    let come_back = window_event_listener(leptos::ev::pageshow, |event: PageTransitionEvent| {
        if event.persisted() {
            // A browser that refuses to load leaves the page hidden.
            drop(window().location().reload());
        }
    });
    // The listeners are needed for as long as there is the document.
    std::mem::forget((leave, come_back));
}

/// Opens the stream, if the page still belongs to somebody.
fn listen() {
    TAB.with_borrow_mut(|tab| {
        let tab = tab.as_mut()?;
        let source = EventSource::new(path::API_SESSION_EVENTS).ok()?;
        for name in EVENTS {
            let hear = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                tell(name, &event.data().as_string().unwrap_or_default());
            });
            source
                .add_event_listener_with_callback(name, hear.into_js_value().unchecked_ref())
                .ok()?;
        }
        let fail = Closure::<dyn Fn()>::new(|| {
            let is_refused = TAB.with_borrow(|tab| {
                let source = tab.as_ref().and_then(|tab| tab.source.as_ref());
                source.is_some_and(|source| source.ready_state() == EventSource::CLOSED)
            });
            // A connection that broke is opened again by the browser itself.
            if is_refused {
                set_timeout(listen, PATIENCE);
            }
        });
        source.set_onerror(Some(fail.into_js_value().unchecked_ref()));
        tab.source = Some(source);
        Some(())
    });
}

/// Hands what the server said on to the other tabs, and heeds it.
fn tell(name: &str, data: &str) {
    pass_on(name, data);
    heed(name, data);
}

fn pass_on(name: &str, data: &str) {
    TAB.with_borrow(|tab| {
        if let Some(channel) = tab.as_ref().and_then(|tab| tab.channel.as_ref()) {
            // A channel that is closed has nobody to tell.
            drop(channel.post_message(&[name, " ", data].concat().into()));
        }
    });
}

fn heed(name: &str, data: &str) {
    let is_own = |tab: &Option<Tab>| tab.as_ref().is_some_and(|tab| tab.person == data);
    match name {
        "person" if !TAB.with_borrow(is_own) => end("other-person"),
        "idle" => on_screen(screen::warn),
        "active" => on_screen(screen::calm),
        "changed" => look_again(),
        "ended" => end(data),
        _ => {}
    }
}

fn on_screen(show: fn(&Element)) {
    let frame = TAB.with_borrow(|tab| tab.as_ref().map(|tab| tab.frame.clone()));
    if let Some(frame) = frame {
        show(&frame);
    }
}

/// The tab that listens opens a new stream, with whatever cookies the browser has by then.
fn look_again() {
    let source = TAB.with_borrow_mut(|tab| tab.as_mut().and_then(|tab| tab.source.take()));
    if let Some(source) = source {
        source.close();
        set_timeout(listen, COOKIE_MOMENT);
    }
}

/// The page belongs to nobody any more.
fn end(reason: &str) {
    let Some(tab) = TAB.take() else {
        return;
    };
    if let Some(source) = tab.source {
        source.close();
    }
    if let Some(channel) = tab.channel {
        channel.close();
    }
    if let Some(release) = tab.release {
        drop(release.call0(&JsValue::NULL));
    }
    if screen::turn(&tab.frame, reason).is_none() {
        // The page is not as expected; the server has one that is right.
        drop(window().location().reload());
    }
}

/// Uses the session, and closes the warning in all tabs.
pub(super) fn stay() {
    spawn_local(async {
        if ask_to_stay().await.is_some() {
            tell("active", "again");
        }
    });
}

/// Nothing unless the server agreed. If it did not, its stream says why.
async fn ask_to_stay() -> Option<()> {
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_body(&UrlSearchParams::new().ok()?.into());
    let answer = window().fetch_with_str_and_init(path::API_SESSION_STAY, &request);
    let answer: Response = JsFuture::from(answer).await.ok()?.dyn_into().ok()?;
    answer.ok().then_some(())
}
