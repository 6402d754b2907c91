use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

/// Where the work for one person stands. The states that end in `-ing` are written down before the org is called and left after
/// it has answered: who is found in one of them when the program starts has to be asked for first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::campaigns) enum State {
    /// Read from a file, and not confirmed.
    Draft,
    /// To be brought to the org.
    Pending,
    /// Being brought to the org.
    Creating,
    /// At the org and in the group; nothing was sent.
    Assigned,
    /// The invitation is being sent.
    Sending,
    /// The invitation was sent.
    Sent,
    /// To be sent once more.
    Resend,
    /// Being sent once more.
    Resending,
    /// Nothing more can be done for this person.
    Failed,
}

impl State {
    const ALL: [Self; 9] = [
        Self::Draft,
        Self::Pending,
        Self::Creating,
        Self::Assigned,
        Self::Sending,
        Self::Sent,
        Self::Resend,
        Self::Resending,
        Self::Failed,
    ];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Pending => "pending",
            Self::Creating => "creating",
            Self::Assigned => "assigned",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Resend => "resend",
            Self::Resending => "resending",
            Self::Failed => "failed",
        }
    }
}

impl ToSql for State {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.as_str().into())
    }
}

impl FromSql for State {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let word = value.as_str()?;
        let found = Self::ALL.into_iter().find(|state| state.as_str() == word);
        found.ok_or(FromSqlError::InvalidType)
    }
}
