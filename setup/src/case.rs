use clap::ValueEnum;

/// A use case of the guide, in the guide's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Case {
    /// Accounts, group, interaction code and app
    Base,
    /// Password and email for everybody
    Mfa,
    /// A password alone
    PasswordOnly,
    /// Sign-up and sign-in with an email alone, for those who chose so
    PasswordOptional,
}

impl Case {
    /// The word on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::Mfa => "mfa",
            Self::PasswordOnly => "password-only",
            Self::PasswordOptional => "password-optional",
        }
    }
}

/// The chosen cases. The base is always among them: the others build on its objects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cases(Vec<Case>);

impl Cases {
    /// The cases with the base, in the guide's order, each once.
    pub fn new(chosen: &[Case]) -> Self {
        let mut cases = vec![Case::Base];
        cases.extend_from_slice(chosen);
        cases.sort();
        cases.dedup();
        Self(cases)
    }

    /// Every case there is.
    pub fn all() -> Self {
        Self::new(Case::value_variants())
    }

    /// Whether `case` is among them.
    pub fn has(&self, case: Case) -> bool {
        self.0.contains(&case)
    }

    /// The case that decides which policy the app has: each use case gives it another, and the last one counts.
    pub fn decides_policy(&self) -> Option<Case> {
        self.0.last().copied().filter(|case| *case != Case::Base)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Case> {
        self.0.iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_base_is_always_there_and_the_order_is_that_of_the_guide() {
        let cases = Cases::new(&[Case::PasswordOptional, Case::Mfa, Case::Mfa]);
        let words: Vec<&str> = cases.iter().map(Case::as_str).collect();
        assert_eq!(words, ["base", "mfa", "password-optional"]);
        assert_eq!(cases.decides_policy(), Some(Case::PasswordOptional));
        assert_eq!(Cases::new(&[]).decides_policy(), None);
    }
}
