use serde_json::{Value, json};

use super::{Damage, push, put, real};
use crate::Facts;
use crate::Severity::{Error, Note, Warning};

fn admin(facts: &mut Facts, pointer: &str, value: Value) {
    put(&mut facts.managed.admins, pointer, value);
}

fn origin(facts: &mut Facts, origin: &str) {
    let one = json!({"id": "tos2", "name": "Other", "origin": origin, "status": "ACTIVE"});
    push(&mut facts.managed.origins, "", one);
}

pub(super) const DAMAGES: &[Damage] = &[
    real("ADMIN-COUNT", Note, |facts| {
        admin(facts, "/1/roles", json!(["HELP_DESK_ADMIN"]));
    }),
    real("ADMIN-COUNT", Warning, |facts| {
        let one = facts.managed.admins.as_ref().expect("admins")[0].clone();
        for _ in 0..14 {
            push(&mut facts.managed.admins, "", one.clone());
        }
    }),
    real("ADMIN-MFA", Error, |facts| {
        admin(
            facts,
            "/0/factors",
            json!([{"factorType": "email", "status": "ACTIVE"}]),
        );
    }),
    real("ADMIN-STATUS", Warning, |facts| {
        let mut one = facts.managed.admins.as_ref().expect("admins")[0].clone();
        one["status"] = json!("SUSPENDED");
        push(&mut facts.managed.admins, "", one);
    }),
    real("ADMIN-CONSOLE", Error, |facts| {
        let pointer = "/rules/0/actions/appSignOn/verificationMethod/factorMode";
        put(&mut facts.managed.console_policy, pointer, json!("1FA"));
    }),
    real("TOKEN-OWNER", Error, |facts| {
        put(
            &mut facts.managed.tokens,
            "/0/owner/status",
            json!("DEPROVISIONED"),
        );
    }),
    real("TOKEN-UNUSED", Warning, |facts| {
        put(
            &mut facts.managed.tokens,
            "/0/expiresAt",
            json!("2026-01-20T09:00:00.000Z"),
        );
    }),
    real("TOKEN-NETWORK", Note, |facts| {
        put(
            &mut facts.managed.tokens,
            "/0/network/connection",
            json!("ANYWHERE"),
        );
    }),
    real("ORIGIN-HTTPS", Error, |facts| {
        push(
            &mut facts.managed.apps,
            "",
            json!({"settings": {"oauthClient": {"redirect_uris": ["http://old.example.com/cb"]}}}),
        );
        origin(facts, "http://old.example.com");
    }),
    real("ORIGIN-WILDCARD", Error, |facts| {
        origin(facts, "https://*.example.com");
    }),
    real("ORIGIN-UNUSED", Warning, |facts| {
        origin(facts, "https://old.example.com");
    }),
];
