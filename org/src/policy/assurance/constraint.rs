use super::given::Given;
use crate::authenticator::{Characteristics, Method};
use crate::policy::verification::{
    Assurance, AuthenticationMethod, ClassConstraint, Constraint, FactorMode, Need,
};

/// Whether a number of factors, and one of the constraints if there are any, is met.
pub(super) fn is_met(assurance: &Assurance, given: Given<'_>) -> bool {
    let unconstrained = [Constraint::default()];
    let constraints = match assurance.constraints.as_slice() {
        [] => unconstrained.as_slice(),
        some => some,
    };
    constraints
        .iter()
        .any(|constraint| is_met_within(assurance, constraint, given))
}

/// Each class is looked at alone: it is covered by a fresh method that is of the class and as its part of the constraint says.
/// Inherence has no part; what is excluded as a possession does not count as inherence either.
fn is_met_within(assurance: &Assurance, constraint: &Constraint, given: Given<'_>) -> bool {
    let knowledge = Class {
        part: constraint.knowledge.as_ref(),
        is_of_class: |method| method.knowledge,
    };
    let possession = Class {
        part: constraint.possession.as_ref(),
        is_of_class: |method| method.possession,
    };
    let classes = [
        knowledge.is_covered(assurance, given),
        possession.is_covered(assurance, given),
    ];
    let is_inherence = |method: Method| {
        let excluded = constraint.possession.as_ref();
        method.characteristics().inherence
            && !excluded.is_some_and(|part| is_excluded(part, method))
    };
    let inherence = given.fresh(assurance.reauthenticate_in).any(is_inherence);
    let count = classes.iter().filter(|covered| **covered).count() + usize::from(inherence);
    let enough = match assurance.factor_mode {
        FactorMode::One => count >= 1,
        FactorMode::Two => count >= 2,
    };
    let [knowledge_covered, possession_covered] = classes;
    enough
        && (knowledge_covered || !knowledge.is_required())
        && (possession_covered || !possession.is_required())
}

/// A class of factors and what is asked of it.
struct Class<'a> {
    part: Option<&'a ClassConstraint>,
    is_of_class: fn(Characteristics) -> bool,
}

impl Class<'_> {
    fn is_required(&self) -> bool {
        self.part.is_some_and(ClassConstraint::is_required)
    }

    fn is_covered(&self, assurance: &Assurance, given: Given<'_>) -> bool {
        let own = self.part.and_then(|part| part.reauthenticate_in);
        given
            .fresh(own.or(assurance.reauthenticate_in))
            .any(|method| {
                (self.is_of_class)(method.characteristics())
                    && self.part.is_none_or(|part| admits(part, method))
            })
    }
}

/// Whether the method is as the constraint says.
fn admits(part: &ClassConstraint, method: Method) -> bool {
    let key = method.authenticator();
    let by_type =
        part.types.is_empty() || part.types.iter().any(|named| named.as_str() == key.kind());
    let by_method = part.methods.is_empty()
        || part
            .methods
            .iter()
            .any(|named| named.as_str() == method.as_str());
    let named = &part.authentication_methods;
    let by_name = named.is_empty() || named.iter().any(|named| names(named, method));
    by_type
        && by_method
        && by_name
        && !is_excluded(part, method)
        && has_properties(
            method,
            part.hardware_protection,
            part.phishing_resistant,
            part.user_verification,
        )
        && (part.device_bound != Some(Need::Required) || method.characteristics().device_bound)
}

fn is_excluded(part: &ClassConstraint, method: Method) -> bool {
    let excluded = &part.excluded_authentication_methods;
    excluded.iter().any(|named| is_named(named, method))
}

/// Whether a policy that names a method means this one, with the properties that it asks of it.
pub(super) fn names(named: &AuthenticationMethod, method: Method) -> bool {
    is_named(named, method)
        && has_properties(
            method,
            named.hardware_protection,
            named.phishing_resistant,
            named.user_verification,
        )
}

fn is_named(named: &AuthenticationMethod, method: Method) -> bool {
    named.key == method.authenticator().as_str()
        && named
            .method
            .is_none_or(|one| one.as_str() == method.as_str())
}

/// No authenticator of the org can show that its keys are protected by hardware.
fn has_properties(
    method: Method,
    hardware_protection: Option<Need>,
    phishing_resistant: Option<Need>,
    user_verification: Option<Need>,
) -> bool {
    let has = method.characteristics();
    let asks = |need: Option<Need>| need == Some(Need::Required);
    !asks(hardware_protection)
        && (!asks(phishing_resistant) || has.phishing_resistant)
        && (!asks(user_verification) || has.user_verifying)
}
