use model::Timestamp;

/// An authenticator that the org offers to the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authenticator {
    /// Its id at the org.
    pub id: String,
    /// Okta's name of its kind, such as `phone_number`.
    pub key: String,
    /// What people call it, such as `Phone`.
    pub name: String,
    /// What the person has set up of it.
    pub enrollments: Vec<Enrollment>,
    /// How the person can set it up, or one more of it.
    pub set_up: SetUp,
}

/// How an authenticator can be set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetUp {
    /// Not now: the person has it, or may not have it.
    No,
    /// By this app, with the number of a telephone.
    ByNumber,
    /// On this page of the org.
    AtTheOrg(String),
    /// Where the org asks for it: while signing in.
    WhenAsked,
}

/// One thing that the person has set up: a number, a passkey, a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrollment {
    /// Its id at the org.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// What tells it from others of its kind, such as the last digits of a number.
    pub detail: Option<String>,
    /// When it was set up.
    pub created_at: Option<Timestamp>,
    /// When it was last used to prove something.
    pub last_used_at: Option<Timestamp>,
    /// How it can be removed.
    pub removal: Removal,
}

/// How something that was set up can be removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Removal {
    /// Not at all, for now.
    No,
    /// By this app, with a call to this path.
    Here(String),
    /// On this page of the org.
    AtTheOrg(String),
}

impl Removal {
    pub(super) fn path(&self) -> Option<&str> {
        match self {
            Self::Here(path) => Some(path),
            Self::No | Self::AtTheOrg(_) => None,
        }
    }
}
