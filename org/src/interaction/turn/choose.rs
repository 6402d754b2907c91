use super::{Challenge, Flow, Message, NotExpected, Stage, Turn};
use crate::authenticator::{AuthenticatorKey, Method};
use crate::interaction::Choice;
use crate::interaction::plan::Plan;

impl Turn<'_> {
    /// An authenticator was chosen: to be used, or to be set up.
    pub(super) fn choose(&mut self, choice: Choice) -> Result<(), NotExpected> {
        if matches!(self.state.stage, Stage::IdentifyForUnlock) {
            return self.choose_for_unlock(&choice);
        }
        match (&self.state.stage, self.planned()) {
            (
                Stage::Select | Stage::ChoosePhoneMethod | Stage::Challenge(_),
                Some(Plan::Verify { methods, .. }),
            ) => self.choose_to_verify(&choice, &methods),
            (
                Stage::SelectSetUp | Stage::SetUp(_) | Stage::PhoneNumber,
                Some(Plan::SetUp { keys, .. }),
            ) if keys.contains(&choice.key) => {
                self.choose_to_set_up(choice);
                Ok(())
            }
            _ => Err(NotExpected),
        }
    }

    /// Without a method the first one is meant; a telephone with two asks which.
    fn choose_to_verify(&mut self, choice: &Choice, methods: &[Method]) -> Result<(), NotExpected> {
        let of_choice: Vec<Method> = methods
            .iter()
            .copied()
            .filter(|method| method.authenticator() == choice.key)
            .collect();
        match (choice.method, &of_choice[..]) {
            (Some(method), _) if of_choice.contains(&method) => self.ask_again(method),
            (None, [method]) => self.ask_again(*method),
            (None, [_, ..]) => self.state.stage = Stage::ChoosePhoneMethod,
            _ => return Err(NotExpected),
        }
        Ok(())
    }

    /// Choosing what is being asked already is no way to another code.
    fn ask_again(&mut self, method: Method) {
        let is_asked =
            matches!(&self.state.stage, Stage::Challenge(asked) if asked.method() == method);
        let is_sent = matches!(&self.state.stage, Stage::Challenge(Challenge::Sent(..)));
        if !(is_asked && is_sent) {
            self.challenge(method);
        }
    }

    fn choose_to_set_up(&mut self, choice: Choice) {
        match (choice.key, choice.phone_number) {
            (AuthenticatorKey::PhoneNumber, None) => self.state.stage = Stage::PhoneNumber,
            (AuthenticatorKey::PhoneNumber, Some(number)) => {
                self.enter_phone(&number, choice.method.unwrap_or(Method::Sms));
            }
            (key, _) => self.begin_set_up(key),
        }
    }

    /// Username and authenticator come together.
    fn choose_for_unlock(&mut self, choice: &Choice) -> Result<(), NotExpected> {
        let Some(identifier) = choice.identifier.as_deref().map(str::trim) else {
            return Err(NotExpected);
        };
        if identifier.is_empty() {
            self.tell_at("identifier", Message::Blank);
            return Ok(());
        }
        let method = choice
            .method
            .or_else(|| choice.key.methods().first().copied())
            .filter(|method| method.authenticator() == choice.key)
            .ok_or(NotExpected)?;
        let is_possible = matches!(method, Method::Email | Method::Sms | Method::Voice)
            && self.world.allows(method, crate::interaction::Use::Recovery);
        if !is_possible {
            return Err(NotExpected);
        }
        self.state.identifier = Some(identifier.to_owned());
        self.state.flow = Flow::Unlock;
        self.state.who = self.named();
        match self.planned() {
            Some(Plan::Refuse(message)) => self.end_with(message),
            _ => self.challenge(method),
        }
        Ok(())
    }
}
