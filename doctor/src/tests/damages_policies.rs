use serde_json::{Value, json};

use super::{Damage, put, real};
use crate::Facts;
use crate::Severity::{Error, Note, Warning};

const METHOD: &str = "/rules/0/actions/appSignOn/verificationMethod";

fn method(facts: &mut Facts, factors: &str, constraints: Value) {
    put(
        &mut facts.managed.access_policy,
        &format!("{METHOD}/factorMode"),
        json!(factors),
    );
    put(
        &mut facts.managed.access_policy,
        &format!("{METHOD}/constraints"),
        constraints,
    );
}

fn session(facts: &mut Facts, pointer: &str, value: Value) {
    put(&mut facts.managed.session_policies, pointer, value);
}

fn enrollment(facts: &mut Facts, pointer: &str, value: Value) {
    put(&mut facts.managed.enrollment_policies, pointer, value);
}

fn password(facts: &mut Facts, pointer: &str, value: Value) {
    put(
        &mut facts.managed.password_policies,
        &format!("/0/settings/password/{pointer}"),
        value,
    );
}

pub(super) const DAMAGES: &[Damage] = &[
    real("POLICY-APP", Error, |facts| {
        put(
            &mut facts.managed.access_policy,
            "/status",
            json!("INACTIVE"),
        );
    }),
    real("POLICY-SATISFIABLE", Error, |facts| {
        // What Okta gives to every new policy.
        method(
            facts,
            "2FA",
            json!([{"possession": {"required": true, "deviceBound": "REQUIRED"}}]),
        );
    }),
    real("POLICY-SATISFIABLE", Error, |facts| {
        method(
            facts,
            "1FA",
            json!([{"possession": {"types": ["phone"], "hardwareProtection": "REQUIRED"}}]),
        );
    }),
    real("POLICY-SATISFIABLE", Error, |facts| {
        let chain = json!({"type": "AUTH_METHOD_CHAIN", "factorMode": "1FA", "chains": [{"authenticationMethods": [{"key": "duo"}]}]});
        put(&mut facts.managed.access_policy, METHOD, chain);
    }),
    real("POLICY-SATISFIABLE", Error, |facts| {
        put(
            &mut facts.managed.access_policy,
            "/rules/0/actions/appSignOn/access",
            json!("DENY"),
        );
    }),
    real("POLICY-REAUTHENTICATE", Note, |facts| {
        put(
            &mut facts.managed.access_policy,
            &format!("{METHOD}/reauthenticateIn"),
            json!("PT43800H"),
        );
    }),
    real("POLICY-REGISTRATION", Warning, |facts| {
        let pointer = "/rules/0/actions/profileEnrollment/activationRequirements/emailVerification";
        put(&mut facts.managed.profile_policy, pointer, json!(false));
    }),
    real("POLICY-SESSION-LAST", Error, |facts| {
        session(facts, "/0/priority", json!(3));
    }),
    real("POLICY-SESSION-PASSWORD", Warning, |facts| {
        let pointer = "/1/rules/0/actions/signon/primaryFactor";
        session(facts, pointer, json!("PASSWORD_IDP_ANY_FACTOR"));
    }),
    real("POLICY-ENROLL-LAST", Error, |facts| {
        enrollment(facts, "/0/priority", json!(3));
    }),
    real("POLICY-ENROLL-PASSWORD", Warning, |facts| {
        enrollment(
            facts,
            "/1/settings/authenticators/1/enroll/self",
            json!("OPTIONAL"),
        );
    }),
    real("POLICY-OPTIONAL-COMPLETE", Error, |facts| {
        session(
            facts,
            "/0/conditions/people/groups/include",
            json!(["00gOther"]),
        );
    }),
    real("POLICY-OPTIONAL-COMPLETE", Error, |facts| {
        method(
            facts,
            "1FA",
            json!([{"knowledge": {"types": ["password"]}}]),
        );
    }),
    real("POLICY-OPTIONAL-ADMINS", Error, |facts| {
        session(
            facts,
            "/0/rules/0/conditions/people/users/exclude",
            json!(["00uAda"]),
        );
    }),
    real("POLICY-OPTIONAL-ADMINS", Error, |facts| {
        enrollment(
            facts,
            "/0/rules/0/conditions/people/users/exclude",
            json!(["00uOkta"]),
        );
    }),
    real("FACTOR-EMAIL-LIFETIME", Warning, |facts| {
        put(
            &mut facts.managed.authenticators,
            "/1/settings/tokenLifetimeInMinutes",
            json!(15),
        );
    }),
    real("FACTOR-QUESTION", Warning, |facts| {
        put(
            &mut facts.managed.authenticators,
            "/3/settings/allowedFor",
            json!("any"),
        );
    }),
    real("FACTOR-PHISHING", Note, |facts| {
        put(
            &mut facts.managed.authenticators,
            "/2/status",
            json!("INACTIVE"),
        );
    }),
    real("SESSION-LIFETIME", Warning, |facts| {
        session(
            facts,
            "/0/rules/0/actions/signon/session/maxSessionLifetimeMinutes",
            json!(0),
        );
    }),
    real("SESSION-LIFETIME", Note, |facts| {
        session(
            facts,
            "/1/rules/0/actions/signon/session/maxSessionLifetimeMinutes",
            json!(0),
        );
    }),
    real("SESSION-LIFETIME", Warning, |facts| {
        session(
            facts,
            "/1/rules/0/actions/signon/session/maxSessionLifetimeMinutes",
            json!(43_201),
        );
    }),
    real("SESSION-IDLE", Warning, |facts| {
        session(
            facts,
            "/1/rules/0/actions/signon/session/maxSessionIdleMinutes",
            json!(1441),
        );
    }),
    real("SESSION-COOKIE", Note, |facts| {
        session(
            facts,
            "/0/rules/0/actions/signon/session/usePersistentCookie",
            json!(true),
        );
    }),
    real("PASSWORD-LENGTH", Error, |facts| {
        password(facts, "complexity/minLength", json!(7));
    }),
    real("PASSWORD-LENGTH", Warning, |facts| {
        password(facts, "complexity/minLength", json!(14));
    }),
    real("PASSWORD-COMMON", Warning, |facts| {
        password(facts, "complexity/dictionary/common/exclude", json!(false));
    }),
    real("PASSWORD-COMPOSITION", Note, |facts| {
        password(facts, "complexity/minSymbol", json!(1));
    }),
    real("PASSWORD-EXPIRY", Warning, |facts| {
        password(facts, "age/maxAgeDays", json!(90));
    }),
    real("PASSWORD-LOCKOUT", Error, |facts| {
        password(facts, "lockout/maxAttempts", json!(0));
    }),
    real("PASSWORD-LOCKOUT", Error, |facts| {
        password(facts, "lockout/maxAttempts", json!(101));
    }),
    real("PASSWORD-QUESTION", Warning, |facts| {
        let pointer = "/0/rules/0/actions/selfServicePasswordReset/requirement/primary/methods";
        put(
            &mut facts.managed.password_policies,
            pointer,
            json!(["security_question"]),
        );
    }),
];
