use super::{Facts, Lifetimes};
use crate::policy::server_access::{self, AccessRequest, Rule};

/// What the door is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Purpose<'a> {
    /// A sign-in or a grant, under the access policy of the authorization server, if it has one.
    Grant {
        request: AccessRequest<'a>,
        /// The rules of a custom server; the org's own server has no policy.
        rules: Option<&'a [Rule]>,
    },
    /// The use of an access token that was issued before.
    Use,
}

/// Why no token may be issued or honoured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The user is not in a status that may sign in.
    User,
    /// The app was deactivated.
    App,
    /// The user is assigned to the app neither directly nor by a group.
    Assignment,
    /// No rule of the authorization server's access policy matches.
    Policy,
}

/// The proof that [`may_issue`] was asked and agreed. It cannot be made or copied elsewhere.
#[derive(Debug)]
pub(crate) struct Permit {
    lifetimes: Lifetimes,
}

impl Permit {
    /// What the policy says of the tokens.
    pub(crate) const fn lifetimes(&self) -> Lifetimes {
        self.lifetimes
    }
}

struct Check {
    refusal: Refusal,
    passes: fn(&Facts) -> bool,
}

/// In this order: a person who may not sign in is not told what they are assigned to.
const CHECKS: [Check; 3] = [
    Check {
        refusal: Refusal::User,
        passes: |facts| facts.user_status.may_sign_in(),
    },
    Check {
        refusal: Refusal::App,
        passes: |facts| facts.is_app_active,
    },
    Check {
        refusal: Refusal::Assignment,
        passes: |facts| facts.is_assigned,
    },
];

/// Whether this user may get, or go on using, a token for this app.
///
/// It is asked at each step that could give something away: when a session answers an app, after the password, when a code
/// is redeemed, when a refresh token or an access token is used.
pub(crate) fn may_issue(facts: Facts, purpose: Purpose<'_>) -> Result<Permit, Refusal> {
    if let Some(failed) = CHECKS.iter().find(|check| !(check.passes)(&facts)) {
        return Err(failed.refusal);
    }
    let lifetimes = match purpose {
        Purpose::Grant { request, rules } => allowed(&request, rules)?,
        Purpose::Use => Lifetimes::OF_ORG_SERVER,
    };
    Ok(Permit { lifetimes })
}

/// Whether an app may get a token in its own name. There is no person whose status or assignment could stand against it.
pub(crate) fn may_issue_to_app(
    is_app_active: bool,
    request: AccessRequest<'_>,
    rules: Option<&[Rule]>,
) -> Result<Permit, Refusal> {
    if !is_app_active {
        return Err(Refusal::App);
    }
    let lifetimes = allowed(&request, rules)?;
    Ok(Permit { lifetimes })
}

/// What the access policy of the server says, if it has one.
fn allowed(request: &AccessRequest<'_>, rules: Option<&[Rule]>) -> Result<Lifetimes, Refusal> {
    let Some(rules) = rules else {
        return Ok(Lifetimes::OF_ORG_SERVER);
    };
    let rule = server_access::evaluate(rules, request).ok_or(Refusal::Policy)?;
    Ok(Lifetimes::of_rule(rule))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::UserStatus;

    const FINE: Facts = Facts {
        user_status: UserStatus::Active,
        is_app_active: true,
        is_assigned: true,
    };

    #[test]
    fn only_an_active_assigned_user_of_an_active_app_passes() {
        assert!(may_issue(FINE, Purpose::Use).is_ok());
        for user_status in [
            UserStatus::Staged,
            UserStatus::Provisioned,
            UserStatus::Recovery,
            UserStatus::PasswordExpired,
            UserStatus::LockedOut,
            UserStatus::Suspended,
            UserStatus::Deprovisioned,
        ] {
            let facts = Facts {
                user_status,
                ..FINE
            };
            assert_eq!(may_issue(facts, Purpose::Use).err(), Some(Refusal::User));
        }
        let deactivated = Facts {
            is_app_active: false,
            ..FINE
        };
        assert_eq!(
            may_issue(deactivated, Purpose::Use).err(),
            Some(Refusal::App)
        );
        let unassigned = Facts {
            is_assigned: false,
            ..FINE
        };
        assert_eq!(
            may_issue(unassigned, Purpose::Use).err(),
            Some(Refusal::Assignment)
        );
    }

    #[test]
    fn the_status_of_the_user_is_the_first_reason() {
        let facts = Facts {
            user_status: UserStatus::Suspended,
            is_app_active: false,
            is_assigned: false,
        };
        assert_eq!(may_issue(facts, Purpose::Use).err(), Some(Refusal::User));
    }

    #[test]
    fn a_custom_server_without_a_matching_rule_issues_nothing() {
        let app = model::AppId::parse("0oaAAAAAAAAAAAAAAAAA").expect("an id");
        let purpose = Purpose::Grant {
            request: AccessRequest {
                grant_type: "authorization_code",
                scopes: &[],
                app: &app,
                person: None,
            },
            rules: Some(&[]),
        };
        assert_eq!(may_issue(FINE, purpose).err(), Some(Refusal::Policy));
    }
}
