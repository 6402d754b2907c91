//! What the running app answers.

use http::Method;
use url::Url;
use url::form_urlencoded::byte_serialize;

use super::public::FOREIGN_ORIGIN;
use super::{Known, Probe, Reply, SiteFacts};
use crate::uri::at;
use crate::{Settings, Skip};

/// Asks the app, if it runs.
pub(super) async fn read(probe: &Probe, app_url: &Url) -> SiteFacts {
    let live = probe.get(&at(app_url, "/livez")).await;
    if live.is_err() {
        let skip = not_running(app_url);
        return SiteFacts {
            live: Err(skip.clone()),
            home: Err(skip.clone()),
            foreign_host: Err(skip.clone()),
            forged: Err(skip),
        };
    }
    let home = at(app_url, "/");
    let host = [("host", "attacker.example")];
    let site = [("origin", FOREIGN_ORIGIN), ("sec-fetch-site", "cross-site")];
    let sign_out = at(app_url, "/sign-out");
    SiteFacts {
        live,
        home: probe.get(&home).await,
        foreign_host: probe.call(&Method::GET, &home, &host, None).await,
        forged: probe.call(&Method::POST, &sign_out, &site, None).await,
    }
}

/// The app's `/login`, if it runs. An app that signs people in on a page of its own leads to the org where the link names that.
pub(super) async fn login(probe: &Probe, settings: &Settings) -> Known<Reply> {
    let app_url = &settings.app_url;
    let mut login = at(app_url, "/login");
    if settings.own_page.is_some() {
        let issuer = settings.issuer();
        let query: String = byte_serialize(issuer.as_bytes()).collect();
        login.push_str("?iss=");
        login.push_str(&query);
    }
    let login = probe.get(&login).await;
    login.map_err(|_| not_running(app_url))
}

fn not_running(app_url: &Url) -> Skip {
    Skip::not_checked(format!(
        "no app answers at {app_url}; start it with `portico`"
    ))
}
