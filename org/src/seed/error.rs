/// A seed that cannot be used. The message names the field and the remedy.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// It is not JSON of the expected shape.
    #[error(
        "the seed cannot be read: {0}; compare it with the fields named in the documentation of ORG_SEED"
    )]
    Shape(#[from] serde_json::Error),
    /// A field holds a value that cannot be used.
    #[error("the seed's {field} cannot be used: {problem}; {remedy}")]
    Field {
        /// Where: `users[1].login`.
        field: String,
        /// What is wrong with it.
        problem: String,
        /// What to do.
        remedy: &'static str,
    },
}

impl SeedError {
    pub(super) fn field(
        field: impl Into<String>,
        problem: impl Into<String>,
        remedy: &'static str,
    ) -> Self {
        Self::Field {
            field: field.into(),
            problem: problem.into(),
            remedy,
        }
    }
}
