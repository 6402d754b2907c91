use argon2::Params;

/// How much work one password hash takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordCost {
    memory_kib: u32,
    passes: u32,
}

impl PasswordCost {
    /// 19 MiB and two passes, the first of OWASP's recommended settings for Argon2id: about 20 ms.
    pub const RECOMMENDED: Self = Self {
        memory_kib: 19 * 1024,
        passes: 2,
    };

    /// So little work that a test does not wait for it, and that a thief of the database would not either.
    pub const INSECURE_FOR_TESTS: Self = Self {
        memory_kib: 8,
        passes: 1,
    };

    pub(super) fn params(self) -> Result<Params, argon2::Error> {
        Params::new(self.memory_kib, self.passes, 1, None)
    }

    /// A hash of this cost that belongs to no password.
    pub(super) fn decoy_hash(self) -> String {
        let Self { memory_kib, passes } = self;
        let (salt, output) = ("A".repeat(22), "A".repeat(43));
        format!("$argon2id$v=19$m={memory_kib},t={passes},p=1${salt}${output}")
    }
}

#[cfg(test)]
mod tests {
    use super::super::Passwords;
    use super::*;

    #[tokio::test]
    async fn an_unknown_user_costs_the_work_of_a_real_one_and_is_refused() {
        let passwords = Passwords::new(PasswordCost::INSECURE_FOR_TESTS);
        let hash = passwords.hash("correct horse", [7; 16]).expect("a hash");
        assert!(hash.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{hash}");
        let verify = |password: &str, hash| passwords.verify(password.to_owned().into(), hash);
        assert!(
            verify("correct horse", Some(hash.clone()))
                .await
                .expect("checked")
        );
        assert!(!verify("wrong horse", Some(hash)).await.expect("checked"));
        // An error here would mean that the decoy is not a hash, so that no work was done.
        assert!(!verify("correct horse", None).await.expect("checked"));
    }

    #[test]
    fn the_recommended_cost_is_what_owasp_asks_for() {
        let params = PasswordCost::RECOMMENDED.params().expect("valid");
        assert_eq!(
            (params.m_cost(), params.t_cost(), params.p_cost()),
            (19456, 2, 1)
        );
    }
}
