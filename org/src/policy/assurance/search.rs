use jiff::Timestamp;

use super::Requirement;
use crate::authenticator::{Method, Proof};

impl Requirement {
    /// Whether the person can prove what is missing with these methods.
    pub(crate) fn is_satisfiable(
        &self,
        proofs: &[Proof],
        available: &[Method],
        began: Timestamp,
    ) -> bool {
        // More proofs never harm, and every order of some methods is part of all of them repeated.
        let mut all = proofs.to_vec();
        for _ in 0..self.depth() {
            all.extend(available.iter().map(|method| Proof {
                method: *method,
                at: began,
            }));
        }
        self.is_met(&all, began)
    }

    /// The methods that bring the person nearer: after each of them the least number of further proofs is one less than now.
    /// In the order in which methods are offered; empty when nothing is missing, and when nothing helps.
    pub(crate) fn useful(
        &self,
        proofs: &[Proof],
        available: &[Method],
        began: Timestamp,
    ) -> Vec<Method> {
        if self.is_met(proofs, began) || !self.is_satisfiable(proofs, available, began) {
            return Vec::new();
        }
        let mut search = Search {
            requirement: self,
            began,
            proofs: proofs.to_vec(),
            available: Method::ALL
                .into_iter()
                .filter(|method| available.contains(method))
                .collect(),
        };
        (0..self.depth())
            .map(|further| search.first_of(further))
            .find(|methods| !methods.is_empty())
            .unwrap_or_default()
    }

    /// Whether there is no way around the password, and it is the next step.
    pub(crate) fn asks_password_first(&self, proofs: &[Proof], began: Timestamp) -> bool {
        let others: Vec<Method> = Method::ALL
            .into_iter()
            .filter(|method| *method != Method::Password)
            .collect();
        !self.is_satisfiable(proofs, &others, began)
            && self
                .useful(proofs, &Method::ALL, began)
                .contains(&Method::Password)
    }
}

/// Tries sequences of methods, shortest first. They are short: two or three proofs are what policies ask for.
struct Search<'a> {
    requirement: &'a Requirement,
    began: Timestamp,
    proofs: Vec<Proof>,
    available: Vec<Method>,
}

impl Search<'_> {
    /// The methods after which so many further ones are enough.
    fn first_of(&mut self, further: usize) -> Vec<Method> {
        let candidates = self.available.clone();
        candidates
            .into_iter()
            .filter(|method| self.is_met_after(*method, further))
            .collect()
    }

    fn is_met_after(&mut self, method: Method, further: usize) -> bool {
        self.proofs.push(Proof {
            method,
            at: self.began,
        });
        let is_met = if further == 0 {
            self.requirement.is_met(&self.proofs, self.began)
        } else {
            (0..self.available.len())
                .any(|index| self.is_met_after(self.available[index], further - 1))
        };
        self.proofs.pop();
        is_met
    }
}
