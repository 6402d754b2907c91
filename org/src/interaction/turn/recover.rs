use super::{Effect, Flow, Message, NotExpected, Stage, Turn, Who};
use crate::directory::UserStatus;
use crate::interaction::Recovery;

impl Turn<'_> {
    /// "Forgot password?": with a name at hand at once, else after asking for one.
    pub(super) fn start_recovery(&mut self) -> Result<(), NotExpected> {
        if !matches!(
            self.state.stage,
            Stage::Identify | Stage::Select | Stage::Challenge(_)
        ) {
            return Err(NotExpected);
        }
        self.state.proofs.clear();
        if self.state.who == Who::Nobody {
            self.state.stage = Stage::IdentifyForRecovery;
        } else {
            self.state.flow = Flow::Recover(Recovery::default());
            self.go_on();
        }
        Ok(())
    }

    pub(super) fn start_unlock(&mut self) -> Result<(), NotExpected> {
        if !matches!(self.state.stage, Stage::Identify) {
            return Err(NotExpected);
        }
        self.state.stage = Stage::IdentifyForUnlock;
        Ok(())
    }

    /// The person proved that the account is theirs: the lock goes, and the sign-in goes on.
    pub(super) fn unlock(&mut self) {
        self.state.flow = Flow::SignIn;
        self.keep_proofs_for_sign_in();
        let Some(user) = self.user() else {
            self.end_with(Message::AuthenticationFailed);
            return;
        };
        if let Some(account) = &mut self.account {
            if account.status == UserStatus::LockedOut {
                account.status = UserStatus::Active;
            }
            account.is_password_locked = false;
            account.is_code_locked = false;
            account.is_code_locked_for_recovery = false;
        }
        self.effects.push(Effect::Unlock(user));
        self.go_on();
        self.tell(Message::Unlocked);
    }
}
