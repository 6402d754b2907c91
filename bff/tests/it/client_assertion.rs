//! How the app proves itself by a signature (OpenID Connect Core §9, RFC 7523).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use aws_lc_rs::encoding::{AsBigEndian, AsDer, Pkcs8V1Der};
use aws_lc_rs::hmac;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair,
    RSA_PKCS1_2048_8192_SHA256, RsaKeyPair, UnparsedPublicKey,
};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use bff::{Bff, BoxFuture, ClientAuthentication, ClientKey, HttpClient, HttpError};
use bytes::Bytes;
use http::{Request, Response};
use model::{Clock, ReturnTo};
use serde_json::{Value, json};
use testkit::provider::{CLIENT_ID, ISSUER, Provider};
use url::form_urlencoded;

use crate::support::{Browser, World};

/// Passes everything on, and keeps the forms.
#[derive(Debug)]
struct Recorder {
    provider: Arc<Provider>,
    forms: Mutex<Vec<BTreeMap<String, String>>>,
}

impl HttpClient for Recorder {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, HttpError>> {
        let form: BTreeMap<_, _> = form_urlencoded::parse(request.body())
            .into_owned()
            .collect();
        if !form.is_empty() {
            assert!(!request.headers().contains_key("authorization"));
            self.forms.lock().expect("a lock").push(form);
        }
        self.provider.send(request)
    }
}

/// What was sent to the token endpoint in two attempts to sign in.
async fn sent_by(authentication: ClientAuthentication) -> (World, [BTreeMap<String, String>; 2]) {
    let world = World::new().await;
    let recorder = Arc::new(Recorder {
        provider: world.provider.clone(),
        forms: Mutex::default(),
    });
    let http: Arc<dyn HttpClient> = recorder.clone();
    let bff = world
        .reopen_with(http, |config| config.client.authentication = authentication)
        .await;
    for _ in 0..2 {
        attempt(&world, &bff).await;
    }
    let forms = recorder.forms.lock().expect("a lock").clone();
    (world, forms.try_into().expect("two requests"))
}

/// The provider knows the app by its secret alone, and refuses.
async fn attempt(world: &World, bff: &Bff) {
    let mut browser = Browser::default();
    let begun = bff
        .begin_sign_in(&browser.headers(), ReturnTo::default())
        .await;
    let begun = begun.expect("the sign-in begins");
    browser.take(&begun.cookies);
    let query = bff::CallbackQuery::new(&world.provider.authorize(&begun.location));
    let outcome = bff
        .complete_sign_in(&browser.headers(), query, bff::BrowserInfo::default())
        .await;
    outcome.expect_err("the provider does not know the key");
}

/// Header, claims, what was signed, and the signature.
fn parts(assertion: &str) -> (Value, Value, String, Vec<u8>) {
    let [header, claims, signature]: [&str; 3] = assertion
        .split('.')
        .collect::<Vec<_>>()
        .try_into()
        .expect("three parts");
    let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).expect("base64url");
    let read = |part: &str| serde_json::from_slice(&decode(part)).expect("JSON");
    (
        read(header),
        read(claims),
        format!("{header}.{claims}"),
        decode(signature),
    )
}

/// Checks what every assertion must say, and gives the headers.
fn check(
    world: &World,
    forms: &[BTreeMap<String, String>; 2],
    is_signed: impl Fn(&[u8], &[u8]) -> bool,
) -> Value {
    let now = world.clock.now().as_second();
    let mut ids = Vec::new();
    let mut last = Value::Null;
    for form in forms {
        assert_eq!(
            form["client_assertion_type"],
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
        );
        assert!(!form.contains_key("client_secret"));
        let (header, claims, message, signature) = parts(&form["client_assertion"]);
        assert!(is_signed(message.as_bytes(), &signature));
        assert_eq!(
            (&claims["iss"], &claims["sub"]),
            (&json!(CLIENT_ID), &json!(CLIENT_ID))
        );
        assert_eq!(claims["aud"], json!(ISSUER), "one text, and no list");
        assert_eq!(claims["exp"], json!(now + 60));
        ids.push(claims["jti"].as_str().expect("a text").to_owned());
        last = header;
    }
    assert_ne!(ids[0], ids[1], "each is used once");
    last
}

#[tokio::test]
async fn a_secret_signs_what_it_does_not_show() {
    let secret = "a secret of at least thirty-two bytes";
    let (world, forms) = sent_by(ClientAuthentication::SecretJwt(secret.into())).await;
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let header = check(&world, &forms, |message, signature| {
        hmac::verify(&key, message, signature).is_ok()
    });
    assert_eq!(header, json!({"alg": "HS256", "typ": "JWT"}));
}

#[tokio::test]
async fn an_rsa_key_in_pem_signs_with_rs256() {
    let pair = RsaKeyPair::generate(KeySize::Rsa2048).expect("a key");
    let der = AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).expect("a key");
    let key = ClientKey::parse(&pem("PRIVATE KEY", der.as_ref())).expect("a key");
    let key = key.with_id("first");
    let (world, forms) = sent_by(ClientAuthentication::PrivateKeyJwt(key)).await;
    let public = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, pair.public_key().as_ref());
    let header = check(&world, &forms, |message, signature| {
        public.verify(message, signature).is_ok()
    });
    assert_eq!(
        header,
        json!({"alg": "RS256", "typ": "JWT", "kid": "first"})
    );
}

#[tokio::test]
async fn a_p256_key_as_jwk_signs_with_es256() {
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).expect("a key");
    let secret = pair.private_key().as_be_bytes().expect("a key");
    let point = pair.public_key().as_ref();
    let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let jwk = json!({
        "kty": "EC", "crv": "P-256", "kid": "second",
        "d": encode(secret.as_ref()), "x": encode(&point[1..33]), "y": encode(&point[33..]),
    });
    let key = ClientKey::parse(&jwk.to_string()).expect("a key");
    let (world, forms) = sent_by(ClientAuthentication::PrivateKeyJwt(key)).await;
    let public = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point);
    let header = check(&world, &forms, |message, signature| {
        public.verify(message, signature).is_ok()
    });
    assert_eq!(
        header,
        json!({"alg": "ES256", "typ": "JWT", "kid": "second"})
    );
}

#[test]
fn keys_are_read_as_environment_variables_hold_them() {
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).expect("a key");
    let pkcs8 = pair.to_pkcs8v1().expect("a key");
    let text = pem("PRIVATE KEY", pkcs8.as_ref());
    assert!(ClientKey::parse(&text).is_ok());
    assert!(ClientKey::parse(&text.replace('\n', "\\n")).is_ok());
    assert!(!format!("{:?}", ClientKey::parse(&text)).contains(&text[40..80]));
    for text in [
        "",
        "{}",
        "not a key",
        r#"{"kty":"oct","k":"c2VjcmV0"}"#,
        r#"{"kty":"EC","crv":"P-256","x":"AA","y":"AA","d":"AA"}"#,
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
    ] {
        let error = ClientKey::parse(text).expect_err(text).to_string();
        assert!(error.contains("PEM") && error.contains("JWK"), "{error}");
    }
}

fn pem(kind: &str, der: &[u8]) -> String {
    let body = STANDARD.encode(der);
    let lines: Vec<&str> = body
        .as_bytes()
        .chunks(64)
        .map(|line| std::str::from_utf8(line).expect("ASCII"))
        .collect();
    format!(
        "-----BEGIN {kind}-----\n{}\n-----END {kind}-----\n",
        lines.join("\n")
    )
}
