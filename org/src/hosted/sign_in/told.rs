use std::borrow::Cow;

use super::words::text_of;
use crate::interaction::{Class, Message, Notice};

/// A message over the whole page.
#[derive(Debug, Clone)]
pub(super) struct Alert {
    pub(super) text: Cow<'static, str>,
    pub(super) is_error: bool,
}

/// What the last answer is told. Each field of the page takes what belongs to it; the rest stands over the page, so that
/// nothing is lost.
#[derive(Debug)]
pub(super) struct Told {
    left: Vec<Notice>,
    /// What the page itself found: a field, and what is wrong with it.
    found: Option<(&'static str, &'static str)>,
}

impl Told {
    pub(super) fn new(notices: &[Notice], found: Option<(&'static str, &'static str)>) -> Self {
        Self {
            left: notices.to_vec(),
            found,
        }
    }

    /// What belongs to the field that the engine calls `name`. That somebody cannot sign in belongs to the page as a whole:
    /// it does not say what was wrong.
    pub(super) fn take(&mut self, name: &str) -> Option<Cow<'static, str>> {
        if let Some((_, text)) = self.found.filter(|(field, _)| *field == name) {
            return Some(Cow::Borrowed(text));
        }
        let is_here = |notice: &Notice| {
            notice.field.as_deref() == Some(name) && !is_about_everything(&notice.message)
        };
        let index = self.left.iter().position(is_here)?;
        Some(text_of(&self.left.remove(index).message))
    }

    /// Whether the person could not prove who they are, without a word about why.
    pub(super) fn is_refused(&self) -> bool {
        let is_refusal = |notice: &Notice| is_about_everything(&notice.message);
        self.left.iter().any(is_refusal)
    }

    /// Everything else.
    pub(super) fn alerts(&self) -> Vec<Alert> {
        let alert = |notice: &Notice| Alert {
            text: text_of(&notice.message),
            is_error: notice.message.class() == Class::Error,
        };
        self.left.iter().map(alert).collect()
    }
}

const fn is_about_everything(message: &Message) -> bool {
    matches!(
        message,
        Message::AuthenticationFailed | Message::WrongPassword
    )
}
