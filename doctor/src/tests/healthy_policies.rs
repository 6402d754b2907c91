use serde_json::{Value, json};

fn session_rule(factor: &str, excluded: &Value) -> Value {
    json!({"id": "0pr1", "name": "Rule", "status": "ACTIVE",
        "conditions": {"people": {"users": {"exclude": excluded}}},
        "actions": {"signon": {"access": "ALLOW", "primaryFactor": factor, "requireFactor": false, "session": {
            "maxSessionIdleMinutes": 120, "maxSessionLifetimeMinutes": 1440, "usePersistentCookie": false}}}})
}

fn admins() -> Value {
    json!(["00uAda", "00uOkta"])
}

fn people(group: &str) -> Value {
    json!({"people": {"groups": {"include": [group]}}})
}

/// The password-optional one, then the default.
pub(super) fn session() -> Value {
    json!([
        {"id": "00p1", "name": "Password-optional", "status": "ACTIVE", "system": false, "priority": 1,
         "conditions": people("00gOptional"), "rules": [session_rule("PASSWORD_IDP_ANY_FACTOR", &admins())]},
        {"id": "00p2", "name": "Default Policy", "status": "ACTIVE", "system": true, "priority": 2,
         "conditions": people("00gEveryone"), "rules": [session_rule("PASSWORD_IDP", &json!([]))]},
    ])
}

/// The same order.
pub(super) fn enrollment() -> Value {
    let settings = |password: &str| {
        json!({"type": "AUTHENTICATORS", "authenticators": [
            {"key": "okta_email", "enroll": {"self": "REQUIRED"}},
            {"key": "okta_password", "enroll": {"self": password}},
            {"key": "webauthn", "enroll": {"self": "OPTIONAL"}},
        ]})
    };
    let rule = |excluded: Value| {
        json!({"id": "0pr2", "name": "Rule", "status": "ACTIVE", "conditions": {"people": {"users": {"exclude": excluded}}},
            "actions": {"enroll": {"self": "CHALLENGE"}}})
    };
    json!([
        {"id": "00p3", "name": "Password-optional", "status": "ACTIVE", "system": false, "priority": 1,
         "conditions": people("00gOptional"), "settings": settings("OPTIONAL"), "rules": [rule(admins())]},
        {"id": "00p4", "name": "Default Policy", "status": "ACTIVE", "system": true, "priority": 2,
         "conditions": people("00gEveryone"), "settings": settings("REQUIRED"), "rules": [rule(json!([]))]},
    ])
}

pub(super) fn password() -> Value {
    let requirement = json!({"primary": {"methods": ["email"]}, "stepUp": {"required": false}});
    json!([{"id": "00p5", "name": "Default Policy", "status": "ACTIVE", "system": true, "priority": 1,
        "settings": {"password": {
            "complexity": {"minLength": 15, "minLowerCase": 0, "minUpperCase": 0, "minNumber": 0, "minSymbol": 0,
                "dictionary": {"common": {"exclude": true}}},
            "age": {"maxAgeDays": 0}, "lockout": {"maxAttempts": 10},
        }},
        "rules": [{"name": "Default Rule", "status": "ACTIVE",
            "actions": {"selfServicePasswordReset": {"access": "ALLOW", "requirement": requirement}}}],
    }])
}

pub(super) fn authenticators() -> Value {
    json!([
        {"id": "aut1", "key": "okta_password", "name": "Password", "status": "ACTIVE", "settings": {}},
        {"id": "aut2", "key": "okta_email", "name": "Email", "status": "ACTIVE", "settings": {"allowedFor": "any", "tokenLifetimeInMinutes": 5}},
        {"id": "aut3", "key": "webauthn", "name": "Passkeys", "status": "ACTIVE", "settings": {}},
        {"id": "aut4", "key": "security_question", "name": "Security Question", "status": "ACTIVE", "settings": {"allowedFor": "recovery"}},
    ])
}
