use allocator_api2::alloc::System;
use allocator_api2::vec::Vec;
use argon2::Block;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// In blocks of 1 KiB. The allocator of the system takes an area of this size by itself and gives it back when it is freed;
/// a smaller one may stay with the process for good. What is not used of the area costs nothing.
const RETURNED_WHEN_FREED: usize = 33 * 1024;

/// The working memory of hashes: passed on while hashes run at the same time, given back to the system when none does.
#[derive(Debug, Default)]
pub(super) struct Memory {
    borrowers: AtomicUsize,
    kept: Mutex<Vec<Area>>,
}

/// Not from the program's own allocator, which would keep it for the next one.
type Area = Vec<Block, System>;

impl Memory {
    /// Lends memory of so many blocks to `work`.
    pub(super) fn lend<T>(&self, blocks: usize, work: impl FnOnce(&mut [Block]) -> T) -> T {
        self.borrowers.fetch_add(1, Ordering::SeqCst);
        let kept = self.kept().pop();
        let mut area =
            kept.unwrap_or_else(|| Area::with_capacity_in(blocks.max(RETURNED_WHEN_FREED), System));
        if area.len() < blocks {
            area.resize(blocks, Block::default());
        }
        let outcome = work(area.get_mut(..blocks).unwrap_or_default());
        if self.borrowers.fetch_sub(1, Ordering::SeqCst) > 1 {
            self.kept().push(area);
        } else {
            self.kept().clear();
        }
        outcome
    }

    fn kept(&self) -> MutexGuard<'_, Vec<Area>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_passed_on_while_others_hash_and_given_back_at_the_end() {
        let memory = Memory::default();
        memory.lend(8, |outer| {
            assert_eq!(outer.len(), 8);
            let first = memory.lend(4, |inner| inner.as_ptr().addr());
            assert_eq!(memory.kept().len(), 1);
            let second = memory.lend(16, |inner| {
                assert_eq!(inner.len(), 16);
                inner.as_ptr().addr()
            });
            assert_eq!(first, second);
        });
        assert!(memory.kept().is_empty());
    }
}
