//! What a hand can do to an org that was set up, and the promise that it breaks.

use serde_json::{Value, json};

use crate::by_hand::{Hand, id};

/// A change and the beginning of the sentence that speaks of it.
pub(crate) struct Change {
    place: Place,
    act: Act,
    pub(crate) sentence: &'static str,
}

/// An object of the org.
enum Place {
    At(&'static str),
    Group(&'static str),
    App,
    Policy(&'static str, &'static str),
    DefaultPolicy(&'static str),
    Rule(&'static str, &'static str),
    /// An entry of a list with this value.
    Entry(&'static str, &'static str, &'static str),
}

enum Act {
    /// Gives one field another value.
    Set(&'static str, Value),
    /// Sends a body to something below.
    Send(&'static str, &'static str, Value),
    /// Does something with another object.
    With(&'static str, &'static str, Place),
    Delete,
}

impl Place {
    async fn find(&self, hand: &Hand<'_>) -> String {
        match self {
            Self::At(path) => (*path).to_owned(),
            Self::Group(name) => hand.group(name).await,
            Self::App => hand.app().await,
            Self::Policy(policy_type, name) => hand.policy(policy_type, name).await,
            Self::DefaultPolicy(policy_type) => {
                let list = format!("/api/v1/policies?type={policy_type}");
                hand.find(&list, "/system", true).await
            }
            Self::Rule(policy_type, name) => hand.rule(policy_type, name).await,
            Self::Entry(list, pointer, value) => hand.find(list, pointer, *value).await,
        }
    }
}

impl Change {
    pub(crate) async fn make(&self, hand: &Hand<'_>) {
        let address = self.place.find(hand).await;
        match &self.act {
            Act::Set(pointer, value) => hand.set(&address, pointer, value.clone()).await,
            Act::Delete => drop(hand.call("DELETE", &address, Value::Null).await),
            Act::Send(method, below, body) => {
                let path = format!("{address}{below}");
                hand.call(method, &path, body.clone()).await;
            }
            Act::With(method, below, other) => {
                let other = other.find(hand).await;
                let object = hand.get(&other).await;
                let other = object["id"].as_str().unwrap_or_else(|| id(&other));
                let path = format!("{address}{below}/{other}");
                hand.call(method, &path, Value::Null).await;
            }
        }
    }
}

const JOHN: &str = "/api/v1/users/john.doe@example.com";
const PROFILE: &str = "Password-optional user profile policy";
const ENROLLMENT: &str = "Password-optional sign-in policy";
const SESSION: &str = "Password-optional global sign-in policy";
const AUTHENTICATION: &str = "Password-optional authentication policy";
const EXCLUDE: &str = "/conditions/people/users/exclude";
const FACTORS: &str = "/actions/appSignOn/verificationMethod/factorMode";
const CONSTRAINTS: &str = "/actions/appSignOn/verificationMethod/constraints";
const FACTOR: &str = "/actions/signon/primaryFactor";
const STEP_UP: &str = "/actions/selfServicePasswordReset/requirement/stepUp/required";

pub(crate) fn all() -> Vec<Change> {
    let all = [
        of_the_base(),
        of_the_authentication(),
        of_password_optional(),
        of_the_defaults(),
    ];
    all.into_iter().flatten().collect()
}

fn change(place: Place, act: Act, sentence: &'static str) -> Change {
    Change {
        place,
        act,
        sentence,
    }
}

fn of_the_base() -> Vec<Change> {
    let off = json!({"embeddedSignInSupport": {"interactionCode": false}});
    let role = Place::Entry(
        "/api/v1/users/okta.service@example.com/roles",
        "/type",
        "SUPER_ADMIN",
    );
    let origin = Place::Entry("/api/v1/trustedOrigins", "/origin", "http://127.0.0.1:3000");
    let dough = json!({"profile": {"lastName": "Dough"}});
    vec![
        change(
            Place::At(JOHN),
            Act::Send("POST", "", dough),
            "John Doe can be reached as john.doe@example.com",
        ),
        change(
            Place::At(JOHN),
            Act::Send("POST", "/lifecycle/suspend", Value::Null),
            "John Doe is active",
        ),
        change(role, Act::Delete, "Okta Service is a Super Administrator."),
        change(
            Place::Group("Retailers"),
            Act::Set("/profile/description", json!("Some")),
            "The group \"Retailers\" exists",
        ),
        change(
            Place::Group("Retailers"),
            Act::With("DELETE", "/users", Place::At(JOHN)),
            "John Doe is in the group \"Retailers\".",
        ),
        change(
            Place::App,
            Act::Send("POST", "/lifecycle/deactivate", Value::Null),
            "The app \"Shop\" may use",
        ),
        change(
            Place::App,
            Act::With("DELETE", "/groups", Place::Group("Everyone")),
            "Everyone may use the app \"Shop\".",
        ),
        change(
            origin,
            Act::Delete,
            "The org trusts the origin http://127.0.0.1:3000.",
        ),
        change(
            Place::At("/local/org/settings"),
            Act::Send("PUT", "", off),
            "The interaction code is enabled for the org.",
        ),
    ]
}

fn of_the_authentication() -> Vec<Change> {
    let email = Place::Entry("/api/v1/authenticators", "/key", "okta_email");
    let rule = |name| Place::Rule("ACCESS_POLICY", name);
    vec![
        change(
            email,
            Act::Set("/settings/allowedFor", json!("recovery")),
            "Email can be used for authentication",
        ),
        change(
            rule("Any two factors"),
            Act::Set(CONSTRAINTS, json!([])),
            "The policy \"Any two factors\" asks for the password and another factor.",
        ),
        change(
            rule("Password only"),
            Act::Set(FACTORS, json!("2FA")),
            "The policy \"Password only\" asks for the password alone.",
        ),
        change(
            rule(AUTHENTICATION),
            Act::Set(FACTORS, json!("2FA")),
            "The policy \"Password-optional authentication policy\" is satisfied by any one factor.",
        ),
        change(
            Place::App,
            Act::With(
                "PUT",
                "/policies",
                Place::Policy("ACCESS_POLICY", "Any two factors"),
            ),
            "The app \"Shop\" has the authentication policy",
        ),
    ]
}

fn of_password_optional() -> Vec<Change> {
    let email = json!([{"key": "okta_email", "enroll": {"self": "OPTIONAL"}}]);
    let action = "/actions/profileEnrollment/unknownUserAction";
    vec![
        change(
            Place::Group("Password optional"),
            Act::Set("/profile/description", json!("Some")),
            "The group \"Password optional\" exists",
        ),
        change(
            Place::Rule("PROFILE_ENROLLMENT", PROFILE),
            Act::Set(action, json!("DENY")),
            "Whoever registers by the app verifies their email",
        ),
        change(
            Place::App,
            Act::With(
                "PUT",
                "/policies",
                Place::DefaultPolicy("PROFILE_ENROLLMENT"),
            ),
            "The app \"Shop\" has the user profile policy",
        ),
        change(
            Place::Policy("MFA_ENROLL", ENROLLMENT),
            Act::Set("/settings/authenticators", email),
            "The enrollment policy \"Password-optional sign-in policy\" requires an email",
        ),
        change(
            Place::Rule("MFA_ENROLL", ENROLLMENT),
            Act::Set(EXCLUDE, json!([])),
            "Admins are excluded",
        ),
        change(
            Place::Rule("OKTA_SIGN_ON", SESSION),
            Act::Set(EXCLUDE, json!([])),
            "Admins are excluded",
        ),
        change(
            Place::Rule("OKTA_SIGN_ON", SESSION),
            Act::Set("/actions/signon/requireFactor", json!(true)),
            "The rule \"Password-optional gsp rule\" begins a session with any factor",
        ),
        change(
            Place::Policy("OKTA_SIGN_ON", SESSION),
            Act::Send("POST", "/lifecycle/deactivate", Value::Null),
            "Password-optional users never fall through to the default policy.",
        ),
        change(
            Place::Rule("MFA_ENROLL", ENROLLMENT),
            Act::Send("POST", "/lifecycle/deactivate", Value::Null),
            "Password-optional users never fall through to the default policy.",
        ),
        change(
            Place::Policy("OKTA_SIGN_ON", SESSION),
            Act::Delete,
            "The global session policy",
        ),
    ]
}

fn of_the_defaults() -> Vec<Change> {
    let password = json!([{"key": "okta_password", "enroll": {"self": "OPTIONAL"}}]);
    vec![
        change(
            Place::Rule("PASSWORD", "Default Policy"),
            Act::Set(STEP_UP, json!(true)),
            "A password is reset without additional verification.",
        ),
        change(
            Place::Rule("OKTA_SIGN_ON", "Default Policy"),
            Act::Set(FACTOR, json!("PASSWORD_IDP_ANY_FACTOR")),
            "John Doe still needs his password.",
        ),
        change(
            Place::DefaultPolicy("MFA_ENROLL"),
            Act::Set("/settings/authenticators", password),
            "The default authenticator enrollment policy requires a password.",
        ),
    ]
}
