use std::future::Future;
use std::pin::Pin;

/// What is asked, in words that are the same for the faces that a person sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Question {
    /// Who are you?
    Identify,
    /// An answer to this method: `password`, `email`, …
    Answer(String),
    /// Which of these authenticators?
    Choose(Vec<String>),
    /// Text message or call?
    PhoneMethod,
    /// Which of these is to be set up; and may it wait?
    SetUp(Vec<String>, bool),
    /// The number of a telephone that is set up.
    PhoneNumber,
    /// An answer while this authenticator is set up.
    New(String),
    /// A new password in place of an expired one.
    Expired,
    /// A new password in place of a forgotten one.
    Reset,
    /// The attributes of a new account.
    Profile,
    /// Signed in.
    Done,
    /// The end, and why.
    Stop(String),
}

impl std::fmt::Display for Question {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Identify => f.write_str("identify"),
            Self::Answer(method) => f.write_str(method),
            Self::Choose(keys) => write!(f, "choose({})", keys.join(",")),
            Self::PhoneMethod => f.write_str("phone?"),
            Self::SetUp(keys, false) => write!(f, "set-up({})", keys.join(",")),
            Self::SetUp(keys, true) => write!(f, "set-up({}|later)", keys.join(",")),
            Self::PhoneNumber => f.write_str("number?"),
            Self::New(key) => write!(f, "new-{key}"),
            Self::Expired => f.write_str("expired"),
            Self::Reset => f.write_str("reset"),
            Self::Profile => f.write_str("profile"),
            Self::Done => f.write_str("done"),
            Self::Stop(why) => write!(f, "stop({why})"),
        }
    }
}

/// What a person does.
#[derive(Debug, Clone)]
pub(super) enum Act<'a> {
    Identify(&'a str),
    /// A password, a code.
    Passcode(&'a str),
    /// An authenticator by its key, with a method.
    Choose(&'a str, Option<&'a str>),
    /// A telephone to be set up.
    Number(&'a str),
    NewPassword(&'a str),
    Skip,
    Recover,
    Register,
    Profile(&'a [(&'a str, &'a str)]),
}

/// What came of it: the next question, and whether the last answer was refused.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub(super) question: Question,
    pub(super) is_refused: bool,
}

pub(super) type Pending<'a> = Pin<Box<dyn Future<Output = Seen> + Send + 'a>>;

/// A face of the engine that a person sees, with a sign-in in progress.
pub(super) trait Face: Send {
    fn seen(&self) -> Seen;
    fn act<'a>(&'a mut self, act: Act<'a>) -> Pending<'a>;
}
