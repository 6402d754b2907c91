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
        self.is_met(
            &with_all(proofs, available, self.repetitions(), began),
            began,
        )
    }

    /// The methods that may come next: those with which some way begins that leads to the end and would not without them. So
    /// a longer way is offered beside a shorter one, and nothing that could as well be left out. In the order in which
    /// methods are offered; empty when nothing is missing, and when nothing helps.
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
        let needed = search.needed();
        if needed.is_empty() {
            search.nearest()
        } else {
            needed
        }
    }

    /// Whether there is no way around the password, and it is the next step.
    pub(crate) fn asks_password_first(&self, proofs: &[Proof], began: Timestamp) -> bool {
        let others: Vec<Method> = Method::ALL
            .into_iter()
            .filter(|method| *method != Method::Password)
            .collect();
        let mut after = proofs.to_vec();
        after.push(Proof {
            method: Method::Password,
            at: began,
        });
        !self.is_satisfiable(proofs, &others, began) && self.is_satisfiable(&after, &others, began)
    }
}

/// The proofs, and then all of the methods, so often that every order of them is a part of it. More proofs never harm.
fn with_all(
    proofs: &[Proof],
    methods: &[Method],
    repetitions: usize,
    began: Timestamp,
) -> Vec<Proof> {
    let mut all = proofs.to_vec();
    for _ in 0..repetitions {
        all.extend(methods.iter().map(|method| Proof {
            method: *method,
            at: began,
        }));
    }
    all
}

struct Search<'a> {
    requirement: &'a Requirement,
    began: Timestamp,
    proofs: Vec<Proof>,
    available: Vec<Method>,
}

impl Search<'_> {
    /// The methods for which there are some others that are enough after them, and not without them. There are eight methods
    /// at most, so that all sets of others can be tried.
    fn needed(&self) -> Vec<Method> {
        let is_enough: Vec<bool> = (0..1 << self.available.len())
            .map(|others| self.is_met_by(None, others))
            .collect();
        let is_needed = |index: usize| {
            let this = 1 << index;
            (0..is_enough.len())
                .filter(|others| others & this == 0 && !is_enough[*others])
                .any(|others| {
                    is_enough[others | this]
                        && (!self.requirement.is_ordered()
                            || self.is_met_by(Some(self.available[index]), others))
                })
        };
        let needed = (0..self.available.len()).filter(|index| is_needed(*index));
        needed.map(|index| self.available[index]).collect()
    }

    /// Whether these methods, in the best order, are enough after the first one. `others` has a bit for each of `available`.
    fn is_met_by(&self, first: Option<Method>, others: usize) -> bool {
        let others: Vec<Method> = (self.available.iter().enumerate())
            .filter(|(index, _)| others & (1 << index) != 0)
            .map(|(_, method)| *method)
            .collect();
        let mut proofs = self.proofs.clone();
        proofs.extend(first.map(|method| Proof {
            method,
            at: self.began,
        }));
        let repetitions = self.requirement.repetitions();
        let proofs = with_all(&proofs, &others, repetitions, self.began);
        self.requirement.is_met(&proofs, self.began)
    }

    /// The methods with which a shortest way begins: what is left where the steps of a chain can only be gone through by
    /// using a method twice.
    fn nearest(&mut self) -> Vec<Method> {
        (0..self.requirement.depth())
            .map(|further| self.first_of(further))
            .find(|methods| !methods.is_empty())
            .unwrap_or_default()
    }

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
