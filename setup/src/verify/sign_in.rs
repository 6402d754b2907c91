//! Beginning to sign in as John Doe, as an app does that asks people itself: what does the org ask him for?
//!
//! It goes as far as the password leads. What comes after an email needs the email, and is the app's business.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use url::form_urlencoded;

use crate::http::{Client, Plain};
use crate::paths::{APPS, IDX_INTROSPECT, INTERACT};
use crate::steps::app_of;
use crate::verify::Promise;
use crate::walk::Guide;
use crate::{Case, Fault};

const FIRST: &str = "The sign-in of John Doe asks for his password first.";
const SECOND: &str = "After his password, the sign-in of John Doe asks for his email.";
const ALONE: &str = "After his password, the sign-in of John Doe asks for nothing more.";
const SIGN_UP: &str = "A new customer can sign up at the app.";

/// RFC 7636's own example: the code is never redeemed, so nobody needs to guess the verifier.
const CODE_CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// What a sign-in proves.
pub(super) async fn promises(guide: &Guide) -> Result<Vec<Promise>, Fault> {
    let mut screen = match begin(guide).await {
        Ok(screen) => screen,
        Err(Fault::Unexpected(reason)) => return Ok(vec![Promise::broken(FIRST, reason)]),
        Err(Fault::Refused(refusal)) => {
            return Ok(vec![Promise::broken(FIRST, refusal.to_string())]);
        }
        Err(fault) => return Err(fault),
    };
    let mut promises = Vec::new();
    if guide.cases.has(Case::PasswordOptional) {
        let against = (!screen.offers("select-enroll-profile")).then(|| screen.told());
        promises.push(Promise::of(SIGN_UP, against));
    }
    screen = screen
        .answer(
            guide,
            "identify",
            json!({"identifier": guide.values.john_email}),
        )
        .await?;
    if screen.offers("select-authenticator-authenticate") && screen.asked() != Some("okta_password")
    {
        screen = screen.choose(guide, "Password").await?;
    }
    let is_first = screen.asked() == Some("okta_password");
    promises.push(Promise::of(FIRST, (!is_first).then(|| screen.told())));
    if let (true, Some(password)) = (is_first, &guide.values.john_password) {
        promises.extend(after_password(guide, screen, password).await?);
    }
    Ok(promises)
}

async fn after_password(
    guide: &Guide,
    screen: Screen,
    password: &SecretString,
) -> Result<Option<Promise>, Fault> {
    let credentials = json!({"credentials": {"passcode": password.expose_secret()}});
    let next = screen
        .answer(guide, "challenge-authenticator", credentials)
        .await?;
    let promise = match guide.cases.decides_policy() {
        Some(Case::Mfa) => {
            let asks = next.asked() == Some("okta_email") || next.can_choose("Email");
            Promise::of(SECOND, (!asks).then(|| next.told()))
        }
        Some(Case::PasswordOnly | Case::PasswordOptional) => {
            Promise::of(ALONE, (!next.is_over()).then(|| next.told()))
        }
        Some(Case::Base) | None => return Ok(None),
    };
    Ok(Some(promise))
}

/// Begins as the app: with its own id and secret, for its own redirect address.
async fn begin(guide: &Guide) -> Result<Screen, Fault> {
    let app = app_of(guide).await?.unwrap_or_default();
    let Some(id) = app["id"].as_str() else {
        return Err(Fault::unexpected("the app is missing"));
    };
    // Lists do not show secrets; the app itself does.
    let app = guide
        .client
        .find(&format!("{APPS}/{id}"))
        .await?
        .unwrap_or_default();
    let client = &app["credentials"]["oauthClient"];
    let id = client["client_id"].as_str().unwrap_or_default();
    let redirect_uri = app["settings"]["oauthClient"]["redirect_uris"][0]
        .as_str()
        .unwrap_or_default();
    let form = form_urlencoded::Serializer::new(String::new())
        .append_pair("client_id", id)
        .append_pair("scope", "openid")
        .append_pair("redirect_uri", redirect_uri)
        .append_pair("state", &state(&guide.client))
        .append_pair("code_challenge", CODE_CHALLENGE)
        .append_pair("code_challenge_method", "S256")
        .finish();
    let basic = client["client_secret"]
        .as_str()
        .map(|secret| basic(id, secret));
    let call = Plain {
        path: INTERACT,
        content_type: "application/x-www-form-urlencoded",
        authorization: basic.as_ref().map(SecretString::expose_secret),
        body: form,
    };
    let answer = guide.client.plain(call).await?;
    let handle = json!({"interactionHandle": answer["interaction_handle"]});
    Screen::after(guide, IDX_INTROSPECT, &handle).await
}

fn state(client: &Client) -> String {
    URL_SAFE_NO_PAD.encode(client.patience().entropy.bytes::<16>())
}

fn basic(id: &str, secret: &str) -> SecretString {
    SecretString::from(format!(
        "Basic {}",
        STANDARD.encode(format!("{id}:{secret}"))
    ))
}

/// What the org asks at the moment.
struct Screen(Value);

impl Screen {
    async fn after(guide: &Guide, path: &str, body: &Value) -> Result<Self, Fault> {
        let call = Plain {
            path,
            content_type: "application/ion+json; okta-version=1.0.0",
            authorization: None,
            body: body.to_string(),
        };
        guide.client.plain(call).await.map(Self)
    }

    fn remediations(&self) -> impl Iterator<Item = &Value> {
        self.0["remediation"]["value"]
            .as_array()
            .into_iter()
            .flatten()
    }

    fn find(&self, name: &str) -> Option<&Value> {
        self.remediations()
            .find(|remediation| remediation["name"] == name)
    }

    fn offers(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// The key of the authenticator that is asked for.
    fn asked(&self) -> Option<&str> {
        let current = ["currentAuthenticatorEnrollment", "currentAuthenticator"];
        current
            .iter()
            .find_map(|name| self.0[name]["value"]["key"].as_str())
    }

    fn options(&self) -> impl Iterator<Item = &Value> {
        let form = self.find("select-authenticator-authenticate");
        let fields = form
            .and_then(|form| form["value"].as_array())
            .into_iter()
            .flatten();
        fields
            .filter_map(|field| field["options"].as_array())
            .flatten()
    }

    fn can_choose(&self, label: &str) -> bool {
        self.options().any(|option| option["label"] == label)
    }

    fn is_over(&self) -> bool {
        self.0["successWithInteractionCode"].is_object()
    }

    /// What it asks, for a person to read.
    fn told(&self) -> String {
        if self.is_over() {
            return "it asks for nothing".to_owned();
        }
        let names: Vec<&str> = self
            .remediations()
            .filter_map(|remediation| remediation["name"].as_str())
            .collect();
        let message = self.0["messages"]["value"][0]["message"]
            .as_str()
            .unwrap_or_default();
        format!(
            "it asks for {:?} and offers {} {message}",
            self.asked().unwrap_or("nothing"),
            names.join(", ")
        )
    }

    /// Sends the form of this name, with what the org keeps in it.
    async fn answer(&self, guide: &Guide, name: &str, mut fields: Value) -> Result<Self, Fault> {
        let Some(form) = self.find(name) else {
            return Err(Fault::unexpected(format!(
                "the sign-in does not offer {name:?}: {}",
                self.told()
            )));
        };
        let address = url::Url::parse(form["href"].as_str().unwrap_or_default());
        let path = address.map(|address| address.path().to_owned());
        let path = path.map_err(|_| Fault::unexpected(format!("{name:?} leads nowhere")))?;
        fields["stateHandle"] = self.0["stateHandle"].clone();
        Self::after(guide, &path, &fields).await
    }

    /// Takes the authenticator with this label.
    async fn choose(&self, guide: &Guide, label: &str) -> Result<Self, Fault> {
        let option = self.options().find(|option| option["label"] == label);
        let fields = option.and_then(|option| option["value"]["form"]["value"].as_array());
        let chosen = fields.into_iter().flatten().filter_map(|field| {
            Some((
                field["name"].as_str()?.to_owned(),
                field.get("value")?.clone(),
            ))
        });
        let chosen: serde_json::Map<_, _> = chosen.collect();
        let name = "select-authenticator-authenticate";
        self.answer(guide, name, json!({"authenticator": chosen}))
            .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_is_read_from_what_the_org_shows() {
        let screen = Screen(json!({
            "stateHandle": "02",
            "remediation": {"value": [{"name": "select-authenticator-authenticate", "value": [
                {"name": "authenticator", "options": [{"label": "Email"}, {"label": "Phone"}]}
            ]}]},
            "currentAuthenticator": {"value": {"key": "okta_email"}}
        }));
        assert_eq!(screen.asked(), Some("okta_email"));
        assert!(screen.can_choose("Email") && !screen.can_choose("Password"));
        assert!(!screen.is_over() && !screen.offers("identify"));
        assert!(screen.told().contains("select-authenticator-authenticate"));
    }
}
