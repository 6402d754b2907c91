use model::SignInErrorCode;
use serde_json::{Map, Value, json};
use testkit::provider::Endpoint;

use crate::support::{Browser, World};

type Claims = Map<String, Value>;

const REQUIRED: [&str; 6] = ["iss", "sub", "aud", "exp", "iat", "nonce"];
const OPTIONAL: [&str; 5] = ["azp", "nbf", "auth_time", "acr", "at_hash"];
const TIMES: [&str; 4] = ["exp", "iat", "nbf", "auth_time"];
const TEXTS: [&str; 6] = ["iss", "sub", "nonce", "azp", "acr", "at_hash"];

/// A payload that must be refused, with what was done to it.
struct Mutation {
    what: String,
    apply: Box<dyn Fn(Claims) -> Vec<u8> + Send>,
}

fn mutation(what: String, apply: impl Fn(Claims) -> Vec<u8> + Send + 'static) -> Mutation {
    Mutation {
        what,
        apply: Box::new(apply),
    }
}

fn with(name: &'static str, value: Value) -> Mutation {
    mutation(format!("{name} = {value}"), move |mut claims| {
        claims.insert(name.to_owned(), value.clone());
        written(claims)
    })
}

fn without(name: &'static str) -> Mutation {
    mutation(format!("no {name}"), move |mut claims| {
        claims.remove(name);
        written(claims)
    })
}

/// The value as JSON text, where `serde_json` could not write it.
fn with_text(name: &'static str, value: &'static str) -> Mutation {
    mutation(format!("{name} = {value}"), move |mut claims| {
        claims.insert(name.to_owned(), json!("@"));
        String::from_utf8(written(claims))
            .expect("UTF-8")
            .replacen("\"@\"", value, 1)
            .into_bytes()
    })
}

fn twice(name: &'static str) -> Mutation {
    mutation(format!("{name} twice"), move |claims| {
        let again = format!("{{\"{name}\":{},", claims.get(name).unwrap_or(&Value::Null));
        let honest = String::from_utf8(written(claims)).expect("UTF-8");
        honest.replacen('{', &again, 1).into_bytes()
    })
}

fn written(claims: Claims) -> Vec<u8> {
    Value::Object(claims).to_string().into_bytes()
}

fn wrong_types(name: &'static str) -> Vec<Mutation> {
    let mut values = vec![
        Value::Null,
        json!(true),
        json!({}),
        json!([]),
        json!([1]),
        json!([[]]),
    ];
    if TIMES.contains(&name) {
        values.extend([
            json!("1767603600"),
            json!(""),
            json!("NaN"),
            json!(-1),
            json!(1.5),
            json!(1e300),
            json!(u64::MAX),
            json!(i64::MAX),
            json!(253_402_300_800_i64),
            json!([1_767_603_600]),
        ]);
    } else {
        values.extend([json!(7), json!({"a": "b"}), json!([null])]);
    }
    if TEXTS.contains(&name) {
        values.push(json!(["text"]));
    }
    values.into_iter().map(|value| with(name, value)).collect()
}

fn mutations() -> Vec<Mutation> {
    let mut all: Vec<Mutation> = REQUIRED.into_iter().map(without).collect();
    all.extend(REQUIRED.into_iter().chain(OPTIONAL).flat_map(wrong_types));
    all.extend(
        REQUIRED
            .into_iter()
            .chain(["auth_time", "at_hash"])
            .map(twice),
    );
    all.extend([
        with("sub", json!("")),
        with("sub", json!("a".repeat(256))),
        with("sub", json!("jöhn")),
        with("iss", json!("https://op.example/")),
        with("iss", json!("HTTPS://OP.EXAMPLE")),
        with("iss", json!("https://op.example ")),
        with("aud", json!("")),
        with("aud", json!("0oaPorticoTestApp001 ")),
        with("aud", json!("0oaporticotestapp001")),
        with("aud", json!(["0oaPorticoTestApp001", "evil"])),
        with("aud", json!(["0oaPorticoTestApp001", 7])),
        with("azp", json!("evil")),
        with("azp", json!("")),
        with("nonce", json!("")),
        with("at_hash", json!("")),
        with("exp", json!(0)),
        with_text("exp", "1e400"),
        with_text("exp", "0x7fffffff"),
        with_text("exp", "NaN"),
        with_text("iat", "Infinity"),
        with_text("iat", "99999999999999999999999999"),
        mutation("an array".to_owned(), |claims| {
            Value::Array(vec![Value::Object(claims)])
                .to_string()
                .into_bytes()
        }),
        mutation("nothing".to_owned(), |_| Vec::new()),
        mutation("null".to_owned(), |_| b"null".to_vec()),
        mutation("not UTF-8".to_owned(), |_| b"{\"sub\":\"\xff\"}".to_vec()),
        mutation("more after the end".to_owned(), |claims| {
            [written(claims), b"{}".to_vec()].concat()
        }),
        mutation("cut short".to_owned(), |claims| {
            let mut payload = written(claims);
            payload.pop();
            payload
        }),
    ]);
    all
}

#[tokio::test]
async fn no_mutation_of_the_claims_is_accepted() {
    let world = World::new().await;
    let mutations = mutations();
    assert!(mutations.len() >= 120, "{}", mutations.len());
    for Mutation { what, apply } in mutations {
        world.provider.change_payload(apply);
        let mut browser = Browser::default();
        let outcome = world.sign_in(&mut browser).await;
        let error = outcome.err().unwrap_or_else(|| panic!("accepted: {what}"));
        assert!(
            matches!(
                error.code,
                SignInErrorCode::IdTokenMalformed
                    | SignInErrorCode::IdTokenIssuer
                    | SignInErrorCode::IdTokenAudience
                    | SignInErrorCode::IdTokenNonce
                    | SignInErrorCode::IdTokenExpired
                    | SignInErrorCode::TokenResponseInvalid
            ),
            "{what}: {error}"
        );
    }
    assert_eq!(world.provider.calls(Endpoint::Userinfo), 0);
}

#[tokio::test]
async fn the_unchanged_claims_are_accepted() {
    let world = World::new().await;
    world.provider.change_payload(written);
    world.signed_in().await;
}
