//! What people can prove who they are with.

use serde_json::Value;

use crate::Facts;
use crate::check::{Area, Check, Flaw, Severity, Verdict, when};
use crate::facts::known;
use crate::json::{has, is_active, items, text, texts};

/// NIST SP 800-63B §3.1.3.2: a code sent out of band counts for ten minutes at most.
const MOST_CODE_MINUTES: u64 = 10;

pub(super) const CHECKS: &[Check] = &[
    Check {
        id: "FACTOR-EMAIL-LIFETIME",
        area: Area::Policy,
        promise: "Codes and links in mails count for ten minutes at most.",
        worst: Severity::Warning,
        source: "NIST SP 800-63B §3.1.3.2",
        judge: email_lifetime,
    },
    Check {
        id: "FACTOR-QUESTION",
        area: Area::Policy,
        promise: "Nobody signs in by a security question.",
        worst: Severity::Warning,
        source: "NIST SP 800-63B §3.1.1.2",
        judge: question,
    },
    Check {
        id: "FACTOR-PHISHING",
        area: Area::Policy,
        promise: "People can use a factor that resists phishing, such as a passkey.",
        worst: Severity::Note,
        source: "NIST SP 800-63B §3.2.5",
        judge: phishing,
    },
];

/// What a key can show, after Okta's table of characteristics.
struct Traits {
    key: &'static str,
    classes: &'static [&'static str],
    device_bound: bool,
    hardware: bool,
    phishing_resistant: bool,
}

const fn traits(key: &'static str, classes: &'static [&'static str], marks: &str) -> Traits {
    let bytes = marks.as_bytes();
    Traits {
        key,
        classes,
        device_bound: bytes[0] == b'd',
        hardware: bytes[1] == b'h',
        phishing_resistant: bytes[2] == b'p',
    }
}

const KNOWN: [Traits; 12] = [
    traits("okta_password", &["knowledge"], "---"),
    traits("security_question", &["knowledge"], "---"),
    traits("okta_email", &["possession"], "---"),
    traits("phone_number", &["possession"], "---"),
    traits("google_otp", &["possession"], "d--"),
    traits("okta_verify", &["possession", "inherence"], "dhp"),
    traits("webauthn", &["possession", "inherence"], "d-p"),
    traits("yubikey_token", &["possession"], "dh-"),
    traits(
        "smart_card_idp",
        &["possession", "knowledge", "inherence"],
        "dhp",
    ),
    traits("custom_otp", &["possession"], "d--"),
    traits("duo", &["possession"], "---"),
    traits("external_idp", &["possession"], "---"),
];

/// What people of the org have, or may get.
pub(super) struct Kit {
    have: Vec<&'static Traits>,
    /// The keys that some enrollment policy makes people have.
    must: Vec<String>,
}

impl Kit {
    pub(super) fn new(authenticators: &Value, enrollment: &Value) -> Self {
        let policies = || items(enrollment).iter().filter(|policy| is_active(policy));
        let settings =
            || policies().flat_map(|policy| items(&policy["settings"]["authenticators"]));
        let says = |key: &str, how: &str| {
            settings().any(|one| one["key"] == key && one["enroll"]["self"] == how)
        };
        let is_there = |key: &str| {
            items(authenticators)
                .iter()
                .any(|one| one["key"] == key && is_active(one))
        };
        let allowed = |key: &str| says(key, "REQUIRED") || says(key, "OPTIONAL");
        let have = KNOWN
            .iter()
            .filter(|traits| is_there(traits.key) && allowed(traits.key));
        let must = KNOWN.iter().filter(|traits| says(traits.key, "REQUIRED"));
        Self {
            must: must.map(|traits| traits.key.to_owned()).collect(),
            have: have.collect(),
        }
    }

    /// Why nobody can do what a rule asks for; none when somebody can.
    pub(super) fn cannot_meet(&self, method: &Value) -> Option<String> {
        if method["type"] == "AUTH_METHOD_CHAIN" {
            let chains = items(&method["chains"]);
            let can = chains.iter().any(|chain| self.can_chain(chain));
            return (!can).then(|| "no chain has methods that people have".to_owned());
        }
        let needs_two = method["factorMode"] == "2FA";
        let constraints = items(&method["constraints"]);
        if constraints.is_empty() {
            let can = self.has_classes(if needs_two { 2 } else { 1 });
            return (!can).then(|| "people do not have that many kinds of factors".to_owned());
        }
        let mut reasons = constraints.iter().map(|constraint| self.cannot(constraint));
        let first = reasons.next().flatten()?;
        reasons.all(|reason| reason.is_some()).then_some(first)
    }

    fn has_classes(&self, count: usize) -> bool {
        let mut classes: Vec<&str> = self
            .have
            .iter()
            .flat_map(|traits| traits.classes)
            .copied()
            .collect();
        classes.sort_unstable();
        classes.dedup();
        classes.len() >= count
    }

    fn can_chain(&self, chain: &Value) -> bool {
        let methods = items(&chain["authenticationMethods"]);
        let next = items(&chain["next"]);
        let has = |method: &Value| self.have.iter().any(|traits| method["key"] == traits.key);
        methods.iter().any(has)
            && (next.is_empty() || next.iter().any(|chain| self.can_chain(chain)))
    }

    /// Why one constraint cannot be met. All its parts must be.
    fn cannot(&self, constraint: &Value) -> Option<String> {
        ["knowledge", "possession", "inherence"]
            .into_iter()
            .find_map(|class| self.cannot_part(class, constraint.get(class)?))
    }

    fn cannot_part(&self, class: &str, part: &Value) -> Option<String> {
        let asks = |name: &str| part[name] == "REQUIRED";
        let meets = |traits: &&&Traits| {
            traits.classes.contains(&class)
                && (!asks("deviceBound") || traits.device_bound)
                && (!asks("hardwareProtection") || traits.hardware)
                && (!asks("phishingResistant") || traits.phishing_resistant)
                && (texts(&part["types"]).is_empty() || is_type(traits.key, part))
        };
        let fit: Vec<_> = self.have.iter().filter(meets).collect();
        let bound = ["deviceBound", "hardwareProtection", "phishingResistant"];
        let demands = bound.into_iter().find(|name| asks(name));
        match demands {
            Some(name)
                if !fit
                    .iter()
                    .any(|traits| self.must.iter().any(|key| key == traits.key)) =>
            {
                Some(format!(
                    "it asks for a {class} factor with {name} REQUIRED, and no enrollment policy makes people have one"
                ))
            }
            None if fit.is_empty() => Some(format!(
                "it asks for a {class} factor that nobody can enroll"
            )),
            _ => None,
        }
    }
}

fn is_type(key: &str, part: &Value) -> bool {
    let wanted = match key {
        "okta_password" => "password",
        "okta_email" => "email",
        "phone_number" => "phone",
        "security_question" => "security_question",
        _ => return true,
    };
    texts(&part["types"])
        .iter()
        .any(|kind| kind.eq_ignore_ascii_case(wanted))
}

fn authenticator<'f>(facts: &'f Facts, key: &str) -> Result<Option<&'f Value>, crate::Skip> {
    let all = items(known(&facts.managed.authenticators)?).iter();
    Ok(all
        .filter(|one| is_active(one))
        .find(|one| one["key"] == key))
}

fn fix(facts: &Facts, one: &Value, what: &str) -> String {
    let path = format!("Security > Authenticators > {}", text(&one["name"]));
    let call = format!("PUT /api/v1/authenticators/{}", text(&one["id"]));
    facts.place.fix(&path, &call, what)
}

fn email_lifetime(facts: &Facts) -> Verdict {
    let Some(email) = authenticator(facts, "okta_email")? else {
        return Err(crate::Skip::DoesNotApply("the email authenticator is off"));
    };
    let minutes = email["settings"]["tokenLifetimeInMinutes"]
        .as_u64()
        .unwrap_or(5);
    when(minutes > MOST_CODE_MINUTES, || {
        Flaw::warning(
            format!("codes in mails count for {minutes} minutes"),
            fix(
                facts,
                email,
                "set the verification code lifetime to 10 minutes or less",
            ),
        )
    })
}

fn question(facts: &Facts) -> Verdict {
    let found = authenticator(facts, "security_question")?;
    let is_used =
        found.is_some_and(|one| matches!(text(&one["settings"]["allowedFor"]), "any" | "sso"));
    when(is_used, || {
        Flaw::warning(
            "the security question is good enough for signing in, and answers to it can be found out",
            fix(
                facts,
                found.unwrap_or(&Value::Null),
                "use it for recovery alone, or deactivate it",
            ),
        )
    })
}

fn phishing(facts: &Facts) -> Verdict {
    let all = items(known(&facts.managed.authenticators)?).iter();
    let keys: Vec<&str> = all
        .filter(|one| is_active(one))
        .map(|one| text(&one["key"]))
        .collect();
    let resists =
        |traits: &Traits| traits.phishing_resistant && has(&Value::from(keys.clone()), traits.key);
    when(!KNOWN.iter().any(resists), || {
        Flaw::note(
            "no active authenticator resists phishing",
            facts.place.fix(
                "Security > Authenticators",
                "POST /api/v1/authenticators",
                "add Passkeys (webauthn)",
            ),
        )
    })
}
