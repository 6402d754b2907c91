//! The app asks people itself, and the org says what comes next.

mod trouble;

use bff::{BrowserInfo, DirectAnswer, DirectForm, DirectOutcome, DirectSignIn};
use model::{DirectStep, DirectWay, DirectWord, ReturnTo, SignInErrorCode};
use serde_json::json;
use testkit::provider::{Fault, SUBJECT, Told};

use crate::support::{Browser, World};

const MFA_OTP: &str = "http://auth0.com/oauth/grant-type/mfa-otp";
const MFA_OOB: &str = "http://auth0.com/oauth/grant-type/mfa-oob";
const COOKIE: &str = "__Host-portico_sign_in";
/// What no page, no address and no log may show.
const SECRETS: [&str; 4] = ["mfa-1", "oob-1", "Hush-horse-7", "canary"];

fn password() -> DirectAnswer {
    DirectAnswer::Password {
        identifier: " john.doe@example.com ".to_owned(),
        password: "Hush-horse-7".into(),
    }
}

fn first(way: DirectWay) -> DirectAnswer {
    DirectAnswer::First {
        identifier: "john.doe@example.com".to_owned(),
        way: Some(way),
    }
}

fn code() -> DirectAnswer {
    DirectAnswer::Code(" 123 456 ".into())
}

fn sent(channel: &str) -> Told {
    Told::Ask(json!({
        "challenge_type": MFA_OOB,
        "oob_code": "oob-1",
        "channel": channel,
        "binding_method": "prompt",
        "expires_in": 300,
    }))
}

fn from_the_app() -> Told {
    Told::Ask(json!({"challenge_type": MFA_OTP}))
}

fn refusal(error: &'static str, description: &'static str) -> Told {
    Told::Refusal(400, error, description)
}

/// A person at the app's own forms.
struct Person<'w> {
    world: &'w World,
    browser: Browser,
}

impl<'w> Person<'w> {
    fn at(world: &'w World) -> Self {
        Self {
            world,
            browser: Browser::default(),
        }
    }

    fn shown(&self) -> Option<DirectSignIn> {
        self.world.bff.direct_sign_in(&self.browser.headers())
    }

    async fn say(&mut self, answer: DirectAnswer) -> DirectOutcome {
        let attempt = self.shown().map_or_else(String::new, |shown| shown.id);
        self.send(attempt, answer).await
    }

    async fn send(&mut self, attempt: String, answer: DirectAnswer) -> DirectOutcome {
        let form = DirectForm {
            attempt,
            return_to: ReturnTo::parse("/profile?tab=claims#part"),
            answer,
        };
        let headers = self.browser.headers();
        let submitted = self
            .world
            .bff
            .submit_direct(&headers, form, BrowserInfo::default());
        let outcome = submitted.await;
        for cookie in &outcome.cookies {
            let text = cookie.to_str().expect("a cookie");
            if text.starts_with(COOKIE) {
                for attribute in ["HttpOnly", "SameSite=Strict", "Secure", "Path=/"] {
                    assert!(text.contains(attribute), "{attribute} in {text}");
                }
            }
            assert!(
                SECRETS.iter().all(|secret| !text.contains(secret)),
                "{text}"
            );
        }
        self.browser.take(&outcome.cookies);
        outcome
    }

    /// What the page shows, after one answer of the org.
    async fn hears(
        &mut self,
        told: Told,
        answer: DirectAnswer,
    ) -> (DirectStep, Option<DirectWord>) {
        self.world.provider.tell([told]);
        let outcome = self.say(answer).await;
        assert!(!outcome.is_signed_in);
        let shown = self.shown().expect("a sign-in");
        assert_eq!(shown.return_to.as_str(), "/profile?tab=claims#part");
        let printed = format!("{shown:?} {outcome:?}");
        assert!(SECRETS.iter().all(|secret| !printed.contains(secret)));
        (shown.step, shown.word)
    }
}

fn asks_for(way: DirectWay, is_first: bool) -> DirectStep {
    DirectStep::Code {
        way,
        is_first,
        number: None,
    }
}

#[tokio::test]
async fn a_name_and_a_password_open_a_session_by_the_checks_of_every_sign_in() {
    let world = World::new().await;
    let mut person = Person::at(&world);
    world.provider.tell([Told::Tokens]);
    let outcome = person.say(password()).await;
    assert!(outcome.is_signed_in);
    let onboarding = "/onboarding?return_to=%2Fprofile%3Ftab%3Dclaims%23part";
    assert_eq!(outcome.go_to.as_str(), onboarding, "the deep link is kept");
    let session = world.session(&mut person.browser).await;
    assert_eq!(session.subject, SUBJECT);
    assert!(person.shown().is_none(), "nothing of the sign-in is left");

    let (endpoint, form) = world.provider.told().remove(0);
    assert_eq!(endpoint, "token");
    assert_eq!(form["grant_type"], "password");
    assert_eq!(form["username"], "john.doe@example.com");
    assert_eq!(form["password"], "Hush-horse-7");
    assert_eq!(form["scope"], "openid profile email groups");
}

#[tokio::test]
async fn an_id_token_that_breaks_a_rule_opens_no_session() {
    use SignInErrorCode as Code;
    for (fault, code) in [
        (Fault::InvalidIss, Code::IdTokenIssuer),
        (Fault::InvalidAud, Code::IdTokenAudience),
        (Fault::InvalidAzp, Code::IdTokenAudience),
        (Fault::ExpiredExp, Code::IdTokenExpired),
        (Fault::IatInTheFuture, Code::IdTokenFromTheFuture),
        (Fault::NbfInTheFuture, Code::IdTokenFromTheFuture),
        (Fault::NonceInvalid, Code::IdTokenNonce),
        (Fault::OldAuthTime, Code::AuthenticationInsufficient),
        (Fault::InvalidAtHash, Code::TokenResponseInvalid),
        (Fault::InvalidSigRs256, Code::IdTokenSignature),
        (Fault::IdTokenSigNone, Code::IdTokenSignature),
        (Fault::UserinfoInvalidSub, Code::UserinfoMismatch),
    ] {
        let world = World::with_fault(fault).await;
        let mut person = Person::at(&world);
        let shown = person.hears(Told::Tokens, password()).await;
        assert_eq!(shown, (DirectStep::Failed(code), None), "{fault:?}");
        assert!(!world.is_signed_in(&mut person.browser).await, "{fault:?}");
    }
}

#[tokio::test]
async fn what_the_org_asks_next_is_what_is_shown_and_the_answer_goes_by_its_grant() {
    for (asked, way, grant, with_oob) in [
        (from_the_app(), DirectWay::App, MFA_OTP, false),
        (sent("sms"), DirectWay::Sms, MFA_OOB, true),
        (sent("voice"), DirectWay::Voice, MFA_OOB, true),
    ] {
        let world = World::new().await;
        let mut person = Person::at(&world);
        world
            .provider
            .tell([Told::MoreIsNeeded("mfa-1"), asked, Told::Tokens]);
        assert!(!person.say(password()).await.is_signed_in);
        let shown = person.shown().expect("a sign-in");
        assert_eq!(shown.step, asks_for(way, false));
        assert_eq!(shown.identifier, "john.doe@example.com");
        assert!(person.say(code()).await.is_signed_in, "{way:?}");

        let calls = world.provider.told();
        let (endpoint, form) = &calls[1];
        assert_eq!(endpoint, "challenge");
        assert_eq!(form["mfa_token"], "mfa-1");
        assert_eq!(
            form["challenge_types_supported"],
            format!("{MFA_OOB} {MFA_OTP}")
        );
        assert!(!form.contains_key("channel_hint"), "the org chooses");
        let form = &calls[2].1;
        assert_eq!(form["grant_type"], grant);
        assert_eq!(form["mfa_token"], "mfa-1");
        assert_eq!(form.contains_key("oob_code"), with_oob);
        let code = if with_oob { "binding_code" } else { "otp" };
        assert_eq!(form[code], "123456", "groups and spaces are the person's");
    }
}

#[tokio::test]
async fn a_code_can_come_before_or_in_place_of_a_password() {
    let world = World::new().await;
    let mut person = Person::at(&world);
    person.say(first(DirectWay::App)).await;
    assert!(
        world.provider.told().is_empty(),
        "nothing is to be asked yet"
    );
    assert_eq!(
        person.shown().expect("a page").step,
        asks_for(DirectWay::App, true)
    );
    world
        .provider
        .tell([Told::MoreIsNeeded("mfa-1"), sent("sms"), Told::Tokens]);
    person.say(code()).await;
    assert_eq!(
        person.shown().expect("a page").step,
        asks_for(DirectWay::Sms, false)
    );
    assert!(person.say(code()).await.is_signed_in);
    let form = &world.provider.told()[0].1;
    assert_eq!(form["grant_type"], "urn:okta:params:oauth:grant-type:otp");
    assert_eq!(form["login_hint"], "john.doe@example.com");

    let world = World::new().await;
    let mut person = Person::at(&world);
    world.provider.tell([sent("voice"), Told::Tokens]);
    person.say(first(DirectWay::Voice)).await;
    assert_eq!(
        person.shown().expect("a page").step,
        asks_for(DirectWay::Voice, true)
    );
    assert!(person.say(code()).await.is_signed_in);
    let calls = world.provider.told();
    assert_eq!(calls[0].0, "primary-authenticate");
    assert_eq!(calls[0].1["channel_hint"], "voice");
    assert_eq!(
        calls[1].1["grant_type"],
        "urn:okta:params:oauth:grant-type:oob"
    );
    assert!(!calls[1].1.contains_key("mfa_token"));
}

#[tokio::test]
async fn a_message_on_a_device_is_approved_there_and_asked_after_without_a_code() {
    let world = World::new().await;
    let mut person = Person::at(&world);
    let push = json!({
        "challenge_type": MFA_OOB, "oob_code": "oob-1", "channel": "push",
        "binding_method": "transfer", "binding_code": 95, "interval": 5,
    });
    world
        .provider
        .tell([Told::MoreIsNeeded("mfa-1"), Told::Ask(push)]);
    person.say(password()).await;
    let DirectStep::Code { way, number, .. } = person.shown().expect("a page").step else {
        panic!("an approval is asked for");
    };
    assert_eq!((way, number.as_deref()), (DirectWay::Push, Some("95")));
    let approve = || DirectAnswer::Code("".into());
    let unanswered = refusal("authorization_pending", "No user response received.");
    let (_, told) = person.hears(unanswered, approve()).await;
    assert_eq!(told, Some(DirectWord::Pending));
    let no = refusal(
        "invalid_grant",
        "User rejected out-of-band authentication prompt.",
    );
    let shown = person.hears(no, approve()).await;
    assert_eq!(shown, (DirectStep::Choose, Some(DirectWord::Rejected)));
    let form = &world.provider.told()[2].1;
    assert!(!form.contains_key("binding_code"));
}

/// What the org says to a password, and what that leads to.
#[tokio::test]
async fn a_refusal_of_the_password_leads_where_the_org_says() {
    use DirectStep::{Begin, Failed, Hosted, Off};
    let cases = [
        (
            refusal("invalid_grant", "The credentials provided were invalid."),
            (Begin, Some(DirectWord::WrongPassword)),
        ),
        (
            refusal(
                "invalid_grant",
                "The client's assurance requirements are not met.",
            ),
            (Hosted, None),
        ),
        (
            refusal(
                "invalid_grant",
                "Resource owner password credentials cannot be used with MFA enabled.",
            ),
            (Hosted, None),
        ),
        (
            refusal("invalid_grant", "Password has expired."),
            (Hosted, None),
        ),
        (
            refusal("unauthorized_client", "Configured grant types: []."),
            (Off, None),
        ),
        (refusal("unsupported_grant_type", "No."), (Off, None)),
        (
            refusal("access_denied", "User isn't assigned to the client app."),
            (Failed(SignInErrorCode::NotAssigned), None),
        ),
        (
            refusal("access_denied", "Policy evaluation failed."),
            (Failed(SignInErrorCode::AccessDenied), None),
        ),
        (
            refusal("invalid_client", "No."),
            (Failed(SignInErrorCode::ClientRefused), None),
        ),
        (
            Told::Ask(json!({"not": "tokens"})),
            (Failed(SignInErrorCode::TokenResponseInvalid), None),
        ),
    ];
    for (told, expected) in cases {
        let world = World::new().await;
        let case = format!("{told:?}");
        let shown = Person::at(&world).hears(told, password()).await;
        assert_eq!(shown, expected, "{case}");
    }
}

#[tokio::test]
async fn a_policy_that_changes_between_two_steps_is_asked_again() {
    let unusable = || {
        Told::Refusal(
            403,
            "access_denied",
            "The required authenticator can't be used.",
        )
    };
    let world = World::new().await;
    let mut person = Person::at(&world);
    world
        .provider
        .tell([Told::MoreIsNeeded("mfa-1"), from_the_app()]);
    person.say(password()).await;
    world.provider.tell([unusable(), sent("sms")]);
    person.say(code()).await;
    let shown = person.shown().expect("a page");
    assert_eq!(shown.step, asks_for(DirectWay::Sms, false));
    assert_eq!(shown.word, Some(DirectWord::Changed));
    world.provider.tell([unusable(), unusable()]);
    person.say(code()).await;
    let shown = person.shown().expect("a page");
    assert_eq!((shown.step, shown.word), (DirectStep::Hosted, None));

    let mut other = Person::at(&world);
    other.say(first(DirectWay::App)).await;
    let shown = other.hears(unusable(), code()).await;
    assert_eq!(shown, (DirectStep::Begin, Some(DirectWord::PasswordFirst)));
}

#[tokio::test]
async fn another_way_the_same_way_again_and_a_way_that_cannot_be_used() {
    let world = World::new().await;
    let mut person = Person::at(&world);
    world
        .provider
        .tell([Told::MoreIsNeeded("mfa-1"), sent("sms")]);
    person.say(password()).await;
    let again = person
        .hears(sent("sms"), DirectAnswer::Way(Some(DirectWay::Sms)))
        .await;
    assert_eq!(
        again,
        (asks_for(DirectWay::Sms, false), Some(DirectWord::Sent))
    );
    let slow = Told::Refusal(429, "invalid_grant", "API call exceeded rate limit.");
    let shown = person
        .hears(slow, DirectAnswer::Way(Some(DirectWay::Sms)))
        .await;
    assert_eq!(
        shown,
        (asks_for(DirectWay::Sms, false), Some(DirectWord::Slow))
    );
    person.say(DirectAnswer::Way(None)).await;
    assert_eq!(person.shown().expect("a page").step, DirectStep::Choose);
    let unusable = Told::Refusal(
        403,
        "access_denied",
        "The required authenticator can't be used.",
    );
    let shown = person
        .hears(unusable, DirectAnswer::Way(Some(DirectWay::App)))
        .await;
    assert_eq!(shown, (DirectStep::Choose, Some(DirectWord::Unusable)));
    let shown = person
        .hears(sent("voice"), DirectAnswer::Way(Some(DirectWay::Voice)))
        .await;
    assert_eq!(shown, (asks_for(DirectWay::Voice, false), None));
    let last = world.provider.told().pop().expect("a call").1;
    assert_eq!(last["channel_hint"], "voice");
    assert_eq!(last["challenge_types_supported"], MFA_OOB);
    let wrong = refusal(
        "invalid_grant",
        "The 'otp' provided is either empty or incorrect.",
    );
    let shown = person.hears(wrong, code()).await;
    assert_eq!(
        shown,
        (
            asks_for(DirectWay::Voice, false),
            Some(DirectWord::WrongCode)
        )
    );
    let expired = Told::Refusal(403, "access_denied", "'mfa-1' has expired.");
    let shown = person.hears(expired, code()).await;
    assert_eq!(shown, (DirectStep::Begin, Some(DirectWord::Expired)));
}
