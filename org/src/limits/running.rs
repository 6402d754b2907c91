//! Requests that the org works on at the same time.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Whose requests run: the org's all, those of one token or app, or those of one browser at one kind of page.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Whose {
    Org,
    Principal(String),
    Client([u8; 32]),
}

/// How many run for each. What has none takes no memory.
#[derive(Debug, Clone, Default)]
pub(super) struct Running {
    counts: Arc<Mutex<HashMap<Whose, u32>>>,
}

/// A request that runs. It ends when this is dropped, however that comes.
#[derive(Debug)]
pub(super) struct Run {
    running: Running,
    whose: Vec<Whose>,
}

impl Running {
    /// Begins a request for each of these, unless one has as many as it may: then none, and the answer is which.
    pub(super) fn begin(&self, limits: Vec<(Whose, u32)>) -> Result<Run, Whose> {
        let mut counts = self.lock();
        for (whose, limit) in &limits {
            if counts.get(whose).copied().unwrap_or(0) >= *limit {
                return Err(whose.clone());
            }
        }
        let whose: Vec<Whose> = limits.into_iter().map(|(whose, _)| whose).collect();
        for one in &whose {
            *counts.entry(one.clone()).or_default() += 1;
        }
        drop(counts);
        Ok(Run {
            running: self.clone(),
            whose,
        })
    }

    pub(super) fn total(&self) -> u32 {
        self.lock().get(&Whose::Org).copied().unwrap_or(0)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Whose, u32>> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        let mut counts = self.running.lock();
        for whose in &self.whose {
            if let Some(count) = counts.get_mut(whose) {
                *count -= 1;
                if *count == 0 {
                    counts.remove(whose);
                }
            }
        }
    }
}
