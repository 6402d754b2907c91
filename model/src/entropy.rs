use std::fmt::Debug;

/// Where unpredictable bytes come from: the operating system in production, a seeded generator in tests.
pub trait Entropy: Debug + Send + Sync {
    /// Fills `bytes` completely. An implementation that cannot do so must end the process rather than return.
    fn fill(&self, bytes: &mut [u8]);
}

impl dyn Entropy + '_ {
    /// `N` fresh bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }
}
