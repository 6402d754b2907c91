use http::HeaderValue;
use secrecy::SecretString;
use serde_json::Value;
use url::Url;

use super::healthy::{KEY, OTHER_KEY, reply};
use super::{Damage, local, real};
use crate::Severity::{Error, Note, Warning};
use crate::{Facts, Skip};

fn header(facts: &mut Facts, name: &'static str, value: Option<&'static str>) {
    let headers = &mut facts.site.home.as_mut().expect("an answer").headers;
    match value {
        Some(value) => headers.insert(name, HeaderValue::from_static(value)),
        None => headers.remove(name),
    };
}

fn cookie(facts: &mut Facts, cookie: &str) {
    let headers = &mut facts.sign_in.login.as_mut().expect("an answer").headers;
    headers.insert("set-cookie", cookie.parse().expect("a header"));
}

fn keys(facts: &mut Facts, keys: &str) {
    facts.settings.session_keys = Some(SecretString::from(keys));
}

pub(super) const DAMAGES: &[Damage] = &[
    local("ORG-REACHABLE", Error, |facts| {
        facts.org.openid = Err(Skip::NotChecked("no answer".to_owned()));
    }),
    local("APP-URL-HTTPS", Error, |facts| {
        facts.settings.app_url = Url::parse("http://app.example.com").expect("an address");
        let skip = Skip::NotChecked("no app answers".to_owned());
        facts.sign_in.login = Err(skip);
        header(facts, "strict-transport-security", None);
    }),
    local("APP-SITES", Warning, |facts| {
        facts.settings.app_url = Url::parse("http://localhost:3000").expect("an address");
        let reply = facts.sign_in.login.as_mut().expect("an answer");
        let location = reply
            .header("location")
            .expect("a location")
            .replace("127.0.0.1", "localhost");
        reply
            .headers
            .insert("location", location.parse().expect("a header"));
    }),
    local("APP-TARGET", Warning, |facts| {
        facts.place.origin = "http://localhost:7001".to_owned();
    }),
    real("APP-SECRET", Error, |facts| {
        facts.settings.client_secret =
            Some(SecretString::from("your-client-secret-your-client-secret"));
    }),
    real("APP-SECRET", Warning, |facts| {
        facts.settings.client_secret = Some(SecretString::from("kTz8mWp5rXs7yBn4"));
    }),
    real("APP-SCOPES", Error, |facts| {
        facts.settings.scopes = Some(vec!["profile".to_owned(), "offline_access".to_owned()]);
    }),
    real("APP-SCOPES", Note, |facts| {
        facts.settings.scopes = Some(
            ["openid", "openid", "offline_access"]
                .map(str::to_owned)
                .to_vec(),
        );
    }),
    real("APP-SESSION-KEYS", Error, |facts| {
        keys(facts, &format!("{KEY},!"));
    }),
    real("APP-SESSION-KEYS", Error, |facts| keys(facts, &KEY[..40])),
    real("APP-SESSION-KEYS", Error, |facts| {
        keys(facts, &"A".repeat(43));
    }),
    real("APP-SESSION-KEYS", Error, |facts| {
        keys(facts, &format!("{KEY},{OTHER_KEY},{KEY}"));
    }),
    local("APP-LISTEN", Warning, |facts| {
        facts.settings.app_listen = Some("0.0.0.0:3000".parse().expect("a socket"));
    }),
    real("APP-FILES", Error, |facts| {
        facts.settings.files[0].mode = Some(0o40_755);
        facts.settings.files[1].mode = Some(0o100_644);
    }),
    real("APP-FILES", Note, |facts| {
        facts.settings.files[0].mode = Some(0o40_755);
    }),
    Damage {
        id: "APP-DEV-PAGES",
        severity: Error,
        to: public_local_org,
        how: |facts| facts.settings.dev_pages = Some(true),
    },
    local("APP-LOCAL-ORG", Warning, |facts| {
        facts.settings.has_rate_limits = true;
        facts.settings.org_listen = Some("0.0.0.0:7000".parse().expect("a socket"));
    }),
    Damage {
        id: "APP-RATE-LIMITS",
        severity: Warning,
        to: public_local_org,
        how: |facts| facts.settings.has_rate_limits = false,
    },
    real("SITE-LIVE", Error, |facts| {
        facts.site.live = Ok(reply(503, &[], Value::Null));
    }),
    real("SITE-HOST", Warning, |facts| {
        facts.site.foreign_host = Ok(reply(200, &[], Value::Null));
    }),
    real("SITE-FORGERY", Error, |facts| {
        facts.site.forged = Ok(reply(303, &[], Value::Null));
    }),
    real("SITE-CSP", Error, |facts| {
        let policy = "script-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
        header(facts, "content-security-policy", Some(policy));
    }),
    real("SITE-CSP", Warning, |facts| {
        let policy = "script-src 'self'; form-action 'self'; frame-ancestors 'none'";
        header(facts, "content-security-policy", Some(policy));
    }),
    real("SITE-CSP", Error, |facts| {
        header(facts, "x-frame-options", Some("deny"));
        header(facts, "content-security-policy", None);
    }),
    real("SITE-FRAMING", Error, |facts| {
        let policy = "script-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors *";
        header(facts, "content-security-policy", Some(policy));
    }),
    real("SITE-REFERRER", Warning, |facts| {
        header(facts, "referrer-policy", Some("unsafe-url"));
    }),
    real("SITE-NOSNIFF", Warning, |facts| {
        header(facts, "x-content-type-options", None);
    }),
    real("SITE-CACHE", Warning, |facts| {
        header(facts, "cache-control", Some("public, max-age=60"));
    }),
    real("SITE-HSTS", Warning, |facts| {
        header(facts, "strict-transport-security", Some("max-age=60"));
    }),
    real("SITE-COOKIES", Error, |facts| {
        cookie(facts, "__Host-tx=x; SameSite=Lax; Path=/; Secure");
    }),
    real("SITE-COOKIES", Error, |facts| {
        cookie(
            facts,
            "__Host-tx=x; HttpOnly; SameSite=None; Path=/; Secure",
        );
    }),
    real("SITE-COOKIES", Error, |facts| {
        cookie(facts, "tx=x; HttpOnly; SameSite=Lax; Path=/; Secure");
    }),
    local("SITE-COOKIES", Error, |facts| {
        cookie(
            facts,
            "tx=x; HttpOnly; SameSite=Lax; Path=/; Domain=example.com",
        );
    }),
    real("SITE-COOKIES-SIZE", Warning, |facts| {
        let value = "x".repeat(4096);
        cookie(
            facts,
            &format!("__Host-tx={value}; HttpOnly; SameSite=Lax; Path=/; Secure"),
        );
    }),
];

/// Others can reach it, which is a finding of its own.
fn public_local_org() -> Facts {
    let mut facts = super::healthy::local();
    facts.settings.has_rate_limits = true;
    facts.settings.org_listen = Some("0.0.0.0:7000".parse().expect("a socket"));
    facts
}
