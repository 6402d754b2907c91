//! Does what the engine wants done, in the transaction of the answer.

use model::UserId;
use rusqlite::Connection;
use secrecy::SecretString;
use url::Url;

use super::links::{self, EmailLink};
use super::session_token::new_session;
use super::{Begins, Finished, Turn, log};
use crate::apps::assign_user;
use crate::authenticator::attempts::{self, Attempt, AttemptKind as Counted};
use crate::authenticator::enrollment::{
    CreateError, create_enrollment, record_passkey_use, record_totp_step,
};
use crate::authenticator::password::change;
use crate::authenticator::{AuthenticatorKey, Enrollment, Method};
use crate::branding;
use crate::directory::{
    self, Kept, NewUser, activate_user, add_to_group, create_user, find_user, record_sign_in,
    revoke_tokens,
};
use crate::events::{self, Event, EventType, Outcome};
use crate::failure::Failure;
use crate::inbox::{self, Outgoing, messages};
use crate::interaction::{AttemptKind, Effect, Letter, Occasion, Proven};
use crate::oauth::authorize::SignedIn;
use crate::session::{create_session, end_session, session_id};
use crate::throttle::Recipient;

/// What came of the effects.
#[derive(Debug, Default)]
pub(super) struct Done {
    /// Whether a message was written.
    pub(super) has_written: bool,
    pub(super) finished: Option<Finished>,
}

impl Turn<'_> {
    pub(super) fn apply(&self, db: &Connection, effects: Vec<Effect>) -> Result<Done, Failure> {
        let mut done = Done::default();
        for effect in effects {
            self.apply_one(db, effect, &mut done)?;
        }
        Ok(done)
    }

    fn apply_one(&self, db: &Connection, effect: Effect, done: &mut Done) -> Result<(), Failure> {
        let now = self.now;
        let told = log::told(&effect, self.is_recovery);
        match effect {
            Effect::Send(letter) => {
                let is_sent = self.may_send(db, &letter)?;
                if is_sent {
                    done.has_written = true;
                    self.send(db, &letter)?;
                }
                self.log_letter(db, &letter, is_sent)?;
            }
            Effect::CountFailure { user, kind } => self.count_failure(db, &user, kind, done)?,
            Effect::ClearFailures { user, kind } => {
                attempts::clear_failures(db, self.attempt(&user, kind))?;
            }
            Effect::CreateUser {
                user,
                profile,
                group,
            } => {
                let new = NewUser::without_password(user.clone(), *profile);
                create_user(db, &new, now)?;
                add_to_group(db, &user, &self.everyone)?;
                if let Some(group) = &group {
                    add_to_group(db, &user, group)?;
                }
                self.log_memberships(db, &user, group.as_ref())?;
                // Whoever registers at an app may use it, also where no group of theirs is assigned.
                assign_user(db, &self.app, &user, now)?;
            }
            Effect::SetPassword {
                user,
                hash,
                end_sessions,
            } => self.set_password(db, &user, &hash, end_sessions, done)?,
            Effect::Rehash { user, old, new } => change::rehash(db, &user, &old, &new)?,
            Effect::Enroll {
                user,
                id,
                key,
                kind,
            } => {
                let enrollment = Enrollment {
                    id,
                    key,
                    kind,
                    created_at: now,
                };
                create_enrollment(db, &user, &enrollment)?;
                self.tell_of_enrollment(db, &user, key, done)?;
            }
            Effect::UseTotpStep { enrollment, step } => {
                // The engine looked in this transaction: a step that is taken now was taken by nobody else.
                if !record_totp_step(db, &enrollment, step, now)? {
                    return Err(CreateError::Taken.into());
                }
            }
            Effect::UsePasskey {
                enrollment,
                credential,
            } => record_passkey_use(db, &enrollment, &credential, now)?,
            Effect::Unlock(user) => attempts::unlock(db, &user, now)?,
            Effect::Activate(user) => {
                activate_user(db, &user, now)?;
            }
            Effect::Finish(proven) => done.finished = Some(self.finish(db, proven)?),
        }
        Ok(self.log_done(db, told)?)
    }

    fn count_failure(
        &self,
        db: &Connection,
        user: &UserId,
        kind: AttemptKind,
        done: &mut Done,
    ) -> Result<(), Failure> {
        let is_locked = attempts::count_failure(db, self.attempt(user, kind))?;
        if is_locked {
            let event = Event::of(EventType::UserAccountLock)
                .ended(Outcome::Failure, "LOCKED_OUT")
                .to(events::user_of(db, user)?);
            self.log(db, Some(user), event)?;
        }
        if is_locked && self.hears_of_locks {
            self.tell(db, user, messages::account_locked, done)?;
        }
        Ok(())
    }

    const fn attempt<'b>(&self, user: &'b UserId, kind: AttemptKind) -> Attempt<'b> {
        Attempt {
            user,
            device: self.visitor.device,
            kind: counted(kind),
            lockout: self.lockout,
            now: self.now,
        }
    }

    /// Tells the user by email what happened to their account.
    fn tell(
        &self,
        db: &Connection,
        user: &UserId,
        write: impl Fn(&str, &str) -> Outgoing,
        done: &mut Done,
    ) -> Result<(), Failure> {
        if let Some(user) = find_user(db, user)? {
            self.put(db, &write(&user.profile.email, branding::NAME))?;
            done.has_written = true;
        }
        Ok(())
    }

    /// An address is verified by its owner at that moment. Of anything else they should hear, in case it was not them.
    fn tell_of_enrollment(
        &self,
        db: &Connection,
        user: &UserId,
        key: AuthenticatorKey,
        done: &mut Done,
    ) -> Result<(), Failure> {
        if key == AuthenticatorKey::OktaEmail {
            return Ok(());
        }
        let write =
            |to: &str, brand: &str| messages::authenticator_enrolled(to, key.display_name(), brand);
        self.tell(db, user, write, done)
    }

    fn set_password(
        &self,
        db: &Connection,
        user: &UserId,
        hash: &str,
        end_sessions: bool,
        done: &mut Done,
    ) -> Result<(), Failure> {
        let had_one = change::set_password(db, user, hash, self.now)?;
        attempts::unlock(db, user, self.now)?;
        if end_sessions {
            let kept = Kept {
                interaction: Some(self.handle.digest()),
                ..Kept::default()
            };
            directory::end_sessions(db, user, kept)?;
            revoke_tokens(db, user, self.now)?;
            let event = Event::of(EventType::SessionClear).to(events::user_of(db, user)?);
            self.log(db, Some(user), event)?;
        }
        if had_one {
            self.tell(db, user, messages::password_changed, done)?;
        }
        Ok(())
    }

    fn put(&self, db: &Connection, message: &Outgoing) -> Result<(), Failure> {
        inbox::put(db, message, self.now).map_err(Failure::from)
    }

    /// Whether its recipient does not get too many letters.
    fn may_send(&self, db: &Connection, letter: &Letter) -> Result<bool, Failure> {
        let known_device = match (&self.user, self.visitor.device) {
            (Some(user), Some(device)) if attempts::is_known_device(db, user, device)? => {
                Some(device)
            }
            _ => None,
        };
        let recipient = Recipient {
            method: letter.method,
            to: &letter.to,
            known_device,
        };
        let is_allowed = self.kit.letters.allow(recipient, self.now);
        if !is_allowed {
            tracing::warn!("a letter was not sent: too many went to the same address");
        }
        Ok(is_allowed)
    }

    /// A letter by email carries a link as well, which stands for the code.
    fn send(&self, db: &Connection, letter: &Letter) -> Result<(), Failure> {
        let brand = branding::NAME;
        let Some(code) = &letter.code else {
            let home = Url::parse(self.kit.url.as_str()).ok();
            let message = messages::registration_attempt(&letter.to, home.as_ref(), brand);
            return self.put(db, &message);
        };
        let message = match letter.method {
            Method::Sms => messages::sms_code(&letter.to, code, brand),
            Method::Voice => messages::voice_code(&letter.to, code, brand),
            _ => {
                let link = self.link_for(db, code)?;
                let write = match letter.occasion {
                    Occasion::SignIn => messages::email_challenge,
                    Occasion::SetUp => messages::email_verification,
                    Occasion::Register | Occasion::AddressTaken => {
                        messages::registration_verification
                    }
                    Occasion::Recover => messages::forgot_password,
                    Occasion::Unlock => messages::unlock_account,
                };
                write(&letter.to, code, link.as_ref(), brand)
            }
        };
        self.put(db, &message)
    }

    fn link_for(&self, db: &Connection, code: &SecretString) -> Result<Option<Url>, Failure> {
        let expires_at = self.now.saturating_add(self.link_lifetime);
        let link = EmailLink {
            interaction: self.handle.digest(),
            handle: self.handle.clone(),
            code: code.clone(),
            expires_at: expires_at.unwrap_or(self.now),
        };
        let token = links::create_email_link(db, &self.kit.sealer, &*self.kit.entropy, &link)?;
        let path = links::path_of_email_link(&self.app, &token);
        Ok(Url::parse(&self.kit.url.to(&path)).ok())
    }

    /// The session of this browser until now ends: a sign-in always begins a new one. Without a browser there is none.
    fn finish(&self, db: &Connection, proven: Proven) -> Result<Finished, Failure> {
        if let Some(old) = self.visitor.session
            && let Some(ended) = end_session(db, old)?
        {
            let event = Event::of(EventType::SessionEnd)
                .authentication("externalSessionId", session_id(old));
            self.log(db, Some(&ended), event)?;
        }
        let Proven {
            user,
            proofs,
            keep_me_signed_in,
        } = proven;
        let session = new_session(
            db,
            &self.policies,
            self.session.digest(),
            (user, proofs, keep_me_signed_in),
            self.now,
        )?;
        if self.begins == Begins::Session {
            create_session(db, &session)?;
            self.log_session(db, &session)?;
        }
        record_sign_in(db, &session.user_id, self.now)?;
        if let Some(device) = self.visitor.device {
            attempts::remember_device(db, &session.user_id, device, self.now)?;
        }
        Ok(Finished {
            signed_in: SignedIn::by(&session),
            session: self.session.clone(),
            keep_me_signed_in: session.keep_me_signed_in,
        })
    }
}

const fn counted(kind: AttemptKind) -> Counted {
    match kind {
        AttemptKind::Password => Counted::Password,
        AttemptKind::Code => Counted::Code,
    }
}
