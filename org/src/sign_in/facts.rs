//! Reads what the engine decides by.

use jiff::Timestamp;
use model::UserId;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Kit, Visitor};
use crate::authenticator::Catalog;
use crate::authenticator::attempts::{self, Attempt, AttemptKind as Counted, Lockout, Standing};
use crate::authenticator::enrollment::{enrollment_of_credential, enrollments_of};
use crate::authenticator::webauthn;
use crate::directory::{
    self, EVERYONE, UserStatus, find_account, find_account_by_login, find_accounts_by_email,
    find_group_by_name, groups_of, is_login_taken,
};
use crate::interaction::{Account, Answer, Assertion, Flow, Interaction, Stage, State, Who, World};
use crate::policy::PasswordPolicy;

/// What is so now, for this interaction and this answer.
pub(crate) fn read_world(
    db: &Connection,
    kit: &Kit,
    interaction: &Interaction,
    answer: Option<&Answer>,
    visitor: &Visitor,
    now: Timestamp,
) -> rusqlite::Result<World> {
    let everyone = find_group_by_name(db, EVERYONE)?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
    let mut world = World {
        now,
        app: interaction.request.app_id.clone(),
        acr: interaction.request.acr.clone(),
        max_age: interaction.request.demand.max_age(),
        policies: kit.policies.current(db)?,
        catalog: Arc::new(Catalog::load(db)?),
        everyone,
        account: None,
        is_taken: is_taken(db, &interaction.state, answer)?,
        has_passkeys: kit.relying_party_of(interaction).is_some(),
        is_direct: interaction.request.is_direct,
        enroll: interaction.request.enroll.clone(),
    };
    let reader = Reader {
        db,
        world: &world,
        visitor,
    };
    world.account = reader.named(&interaction.state, answer)?;
    Ok(world)
}

fn is_taken(db: &Connection, state: &State, answer: Option<&Answer>) -> rusqlite::Result<bool> {
    let is = |values: &BTreeMap<String, String>| {
        let mut names = ["login", "email"]
            .into_iter()
            .filter_map(|name| values.get(name));
        names.try_fold(false, |found, value| {
            let is_somebodys =
                is_login_taken(db, value)? || !find_accounts_by_email(db, value)?.is_empty();
            Ok(found || is_somebodys)
        })
    };
    match (answer, &state.flow) {
        (Some(Answer::Profile(values)), _) => is(values),
        (_, Flow::Register(registration)) => is(&registration.profile),
        _ => Ok(false),
    }
}

struct Reader<'a> {
    db: &'a Connection,
    world: &'a World,
    visitor: &'a Visitor,
}

impl Reader<'_> {
    /// Whom the answer names, else whom the state is about.
    fn named(&self, state: &State, answer: Option<&Answer>) -> rusqlite::Result<Option<Account>> {
        let typed = match (answer, &state.stage) {
            (Some(Answer::Identify { identifier, .. }), _) => Some(identifier.as_str()),
            (Some(Answer::Choose(choice)), Stage::IdentifyForUnlock) => {
                choice.identifier.as_deref()
            }
            (Some(Answer::IdentifyByPasskey(assertion)), _) => return self.owner_of(assertion),
            _ => None,
        };
        if let Some(typed) = typed.map(str::trim).filter(|typed| !typed.is_empty()) {
            return self.by_login(typed).map(Some);
        }
        match &state.who {
            Who::Nobody => Ok(None),
            Who::User(id) => self.by_id(id),
            Who::Decoy => Ok(Some(self.unreal(state))),
        }
    }

    fn by_login(&self, login: &str) -> rusqlite::Result<Account> {
        let found = find_account_by_login(self.db, login)?;
        let account = found.map(|found| self.account(found)).transpose()?;
        // Whoever can do nothing here at all is nobody.
        Ok(account
            .filter(Account::may_do_something)
            .unwrap_or_else(|| Account::decoy(login, self.world)))
    }

    fn by_id(&self, id: &UserId) -> rusqlite::Result<Option<Account>> {
        find_account(self.db, id)?
            .map(|user| self.account(user))
            .transpose()
    }

    /// Whose passkey it is: by its id, or, for Okta's clients, which do not send it, by what the passkey remembers of its owner.
    fn owner_of(&self, assertion: &Assertion) -> rusqlite::Result<Option<Account>> {
        let credential = assertion.credential_id.as_deref();
        if let Some(id) = credential.and_then(webauthn::read_credential_id) {
            return match enrollment_of_credential(self.db, &id)? {
                Some((user, _)) => self.by_id(&user),
                None => Ok(None),
            };
        }
        let handle = assertion.user_handle.as_deref();
        match handle.and_then(webauthn::read_user_handle) {
            Some(user) => self.by_id(&user),
            None => Ok(None),
        }
    }

    /// Somebody who is not in the directory: a name that nobody has, or an account that is being made.
    fn unreal(&self, state: &State) -> Account {
        if let Flow::Register(registration) = &state.flow {
            let policy = self.world.policies.profile_enrollment(&self.world.app);
            return registration.account(&self.world.everyone, policy.outcome.target_group);
        }
        let name = state.identifier.as_deref().unwrap_or_default();
        Account::decoy(name, self.world)
    }

    fn account(&self, found: directory::Account) -> rusqlite::Result<Account> {
        let has_password = found.has_password();
        let user = found.user;
        let mut account = Account {
            groups: groups_of(self.db, &user.id)?,
            enrollments: enrollments_of(self.db, &user.id)?,
            profile: user.profile,
            status: found.status,
            has_password,
            is_password_expired: false,
            password_changed_at: found.password_changed_at,
            has_signed_in_before: found.last_sign_in_at.is_some(),
            lockout: Lockout::NONE,
            hears_of_locks: false,
            is_password_locked: false,
            is_code_locked: false,
            is_code_locked_for_recovery: false,
            id: Some(user.id.clone()),
        };
        let policy = self.world.policies.password(account.subject()).outcome;
        let lockout = lockout_of(&policy.lockout);
        account.lockout = lockout;
        account.hears_of_locks = policy.lockout.notifies_by_email();
        account.is_password_expired = found.status == UserStatus::PasswordExpired
            || is_too_old(&policy, found.password_changed_at, self.world.now);
        account.is_password_locked = self.is_locked(&user.id, Counted::Password, lockout)?;
        account.is_code_locked = self.is_locked(&user.id, Counted::Code, lockout)?;
        account.is_code_locked_for_recovery = self.is_code_lane_locked(&user.id, lockout)?;
        if found.status == UserStatus::LockedOut
            && !account.is_password_locked
            && !account.is_code_locked
        {
            account.status = UserStatus::Active;
        }
        Ok(account)
    }

    fn is_locked(&self, user: &UserId, kind: Counted, lockout: Lockout) -> rusqlite::Result<bool> {
        let attempt = self.attempt(user, kind, lockout);
        Ok(attempts::standing(self.db, attempt)? == Standing::Locked)
    }

    fn is_code_lane_locked(&self, user: &UserId, lockout: Lockout) -> rusqlite::Result<bool> {
        let attempt = self.attempt(user, Counted::Code, lockout);
        Ok(attempts::standing_in_lane(self.db, attempt)? == Standing::Locked)
    }

    const fn attempt<'b>(&self, user: &'b UserId, kind: Counted, lockout: Lockout) -> Attempt<'b> {
        Attempt {
            user,
            device: self.visitor.device,
            kind,
            lockout,
            now: self.world.now,
        }
    }
}

const fn lockout_of(settings: &crate::policy::password::Lockout) -> Lockout {
    Lockout {
        max_attempts: settings.max_attempts,
        auto_unlock_minutes: settings.auto_unlock_minutes,
    }
}

fn is_too_old(policy: &PasswordPolicy, changed_at: Option<Timestamp>, now: Timestamp) -> bool {
    match (changed_at, policy.age.max_age()) {
        (Some(changed_at), Some(max_age)) => now.duration_since(changed_at) >= max_age,
        _ => false,
    }
}
