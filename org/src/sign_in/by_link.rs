//! Beginnings without an app: somebody follows a link that only they got, to begin to use an account or to choose a new
//! password. Once they are signed in, they are sent to the app, which finds their session.

use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;
use url::Url;

use super::links::{LinkPurpose, create_user_link, find_user_link, use_user_link};
use super::{Kit, Visitor, open_interaction};
use crate::Org;
use crate::authenticator::Method;
use crate::branding;
use crate::directory::{
    self, User, UserStatus, find_account, find_account_by_login, users_who_wait,
};
use crate::events::{self, Event, EventType, Origin};
use crate::failure::Failure;
use crate::handle::Handle;
use crate::inbox::{self, messages};
use crate::interaction::{
    Flow, Interaction, LIFETIME, Recovery, State, Who, create_interaction, fresh_challenge,
    save_state,
};
use crate::oauth::authorize::AuthorizationRequest;
use crate::paths;
use crate::store::Digest;
use crate::throttle::Recipient;

/// How long an activation link is good, as at Okta.
const ACTIVATION: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Begins an interaction for the owner of a link and uses the link up. `None`: the link is not good, or not any more.
pub(crate) async fn begin_by_link(
    org: &Org,
    token: &Handle,
    purpose: LinkPurpose,
    device: Digest,
    visitor: Visitor,
) -> Result<Option<Handle>, Failure> {
    let (app, landing) = (org.portico_client().client_id, org.app_url().to_owned());
    let request = AuthorizationRequest::of_nobody(app, landing);
    begin(org, token, purpose, request, (Some(device), visitor)).await
}

/// The same for an app that the owner of the link came to, and that asks people itself.
pub(crate) async fn begin_for_app_by_link(
    org: &Org,
    token: &Handle,
    purpose: LinkPurpose,
    request: AuthorizationRequest,
    visitor: Visitor,
) -> Result<Option<Handle>, Failure> {
    begin(org, token, purpose, request, (None, visitor)).await
}

async fn begin(
    org: &Org,
    token: &Handle,
    purpose: LinkPurpose,
    request: AuthorizationRequest,
    (device, visitor): (Option<Digest>, Visitor),
) -> Result<Option<Handle>, Failure> {
    let handle = Handle::generate(org.entropy());
    let begun = Beginning {
        kit: org.kit(),
        request,
        handle: handle.clone(),
        token: token.digest(),
        purpose,
        device,
        visitor,
        now: org.now(),
    };
    let has_begun = org.store().write(move |db| begun.run(db)).await?;
    Ok(has_begun.then_some(handle))
}

struct Beginning {
    kit: Kit,
    request: AuthorizationRequest,
    handle: Handle,
    token: Digest,
    purpose: LinkPurpose,
    device: Option<Digest>,
    visitor: Visitor,
    now: Timestamp,
}

impl Beginning {
    fn run(self, db: &Connection) -> Result<bool, Failure> {
        let Some(user) = find_user_link(db, self.token, self.purpose, self.now)? else {
            return Ok(false);
        };
        let Some(account) = find_account(db, &user)? else {
            return Ok(false);
        };
        if !is_fitting(account.status, self.purpose) || !use_user_link(db, self.token, self.now)? {
            return Ok(false);
        }
        let mut interaction = self.interaction(&account);
        let digest = self.handle.digest();
        create_interaction(db, digest, &interaction)?;
        let opened = open_interaction(
            db,
            &self.kit,
            self.handle.clone(),
            &interaction,
            self.visitor,
            self.now,
        )?;
        interaction.state = opened.state;
        save_state(db, digest, &interaction.state)?;
        Ok(true)
    }

    fn interaction(&self, account: &directory::Account) -> Interaction {
        let login = account.user.profile.login.clone();
        let challenge = fresh_challenge(&*self.kit.entropy);
        let mut state = State::begin(Some(login), challenge, self.now);
        state.who = Who::User(account.user.id.clone());
        state.flow = match self.purpose {
            LinkPurpose::Activation => Flow::Activate,
            LinkPurpose::PasswordReset => Flow::Recover(Recovery {
                by_link: true,
                ..Recovery::default()
            }),
        };
        Interaction {
            device: self.device,
            request: self.request.clone(),
            state,
            expires_at: self.now.saturating_add(LIFETIME).unwrap_or(self.now),
        }
    }
}

/// An account that was activated, suspended or deleted meanwhile is not begun again.
const fn is_fitting(status: UserStatus, purpose: LinkPurpose) -> bool {
    match purpose {
        LinkPurpose::Activation => matches!(status, UserStatus::Staged | UserStatus::Provisioned),
        LinkPurpose::PasswordReset => matches!(
            status,
            UserStatus::Active | UserStatus::Recovery | UserStatus::PasswordExpired
        ),
    }
}

/// Writes the email with the link that begins an account.
fn send_activation(
    db: &Connection,
    kit: &Kit,
    user: &User,
    origin: &Origin,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let (token, email) = (Handle::generate(&*kit.entropy), &user.profile.email);
    let expires_at = now.saturating_add(ACTIVATION).unwrap_or(now);
    create_user_link(
        db,
        token.digest(),
        &user.id,
        LinkPurpose::Activation,
        expires_at,
    )?;
    let path = paths::ACTIVATION.replace("{token}", token.expose());
    let Ok(link) = Url::parse(&kit.url.to(&path)) else {
        return Ok(());
    };
    inbox::put(db, &messages::activation(email, &link, branding::NAME), now)?;
    let event = Event::of(EventType::EmailDelivery).to(events::user_of(db, &user.id)?);
    events::record(db, &event, origin, &*kit.entropy, now)
}

/// Sends their link to all who wait for one in a new org.
pub(crate) async fn invite_those_who_wait(org: &Org) -> Result<(), Failure> {
    let (now, kit, origin) = (org.now(), org.kit(), Origin::of_the_org());
    org.store()
        .write(move |db| {
            for user in users_who_wait(db)? {
                send_activation(db, &kit, &user, &origin, now)?;
            }
            Ok::<_, Failure>(())
        })
        .await?;
    org.inbox().announce();
    Ok(())
}

/// Sends the link again to somebody who waits for it. Whoever asks hears the same, whether there is such a person or not.
pub(crate) async fn resend_activation(
    org: &Org,
    login: &str,
    origin: Origin,
) -> Result<(), Failure> {
    let (now, kit, login) = (org.now(), org.kit(), login.to_owned());
    org.store()
        .write(move |db| {
            let found = find_account_by_login(db, &login)?;
            if let Some(account) =
                found.filter(|account| is_fitting(account.status, LinkPurpose::Activation))
            {
                let user = account.user;
                let recipient = Recipient {
                    method: Method::Email,
                    to: &user.profile.email,
                    known_device: None,
                };
                if !kit.letters.allow(recipient, now) {
                    return Ok(());
                }
                send_activation(db, &kit, &user, &origin, now)?;
            }
            Ok::<_, Failure>(())
        })
        .await?;
    org.inbox().announce();
    Ok(())
}
