use data_encoding::BASE32_NOPAD;
use serde::de::IntoDeserializer as _;
use serde::{Deserialize, Serialize};

use super::rights::{Access, Resource};

/// A standard administrator role (<https://developer.okta.com/docs/api/openapi/okta-management/guides/roles/>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(clippy::enum_variant_names, reason = "the names are Okta's")]
pub(crate) enum Role {
    /// Everything.
    SuperAdmin,
    /// Everything but other administrators and their tokens.
    OrgAdmin,
    /// Apps, and who has them.
    AppAdmin,
    /// Users and groups: Okta's "Group Administrator".
    UserAdmin,
    /// Users who need help: passwords, factors, locks.
    HelpDeskAdmin,
    /// Reads everything.
    ReadOnlyAdmin,
    /// Reads the System Log.
    ReportAdmin,
    /// Who is in which group.
    GroupMembershipAdmin,
    /// Authorization servers.
    ApiAccessManagementAdmin,
}

impl Role {
    /// The name on Okta's wire and in the database.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::SuperAdmin => "SUPER_ADMIN",
            Self::OrgAdmin => "ORG_ADMIN",
            Self::AppAdmin => "APP_ADMIN",
            Self::UserAdmin => "USER_ADMIN",
            Self::HelpDeskAdmin => "HELP_DESK_ADMIN",
            Self::ReadOnlyAdmin => "READ_ONLY_ADMIN",
            Self::ReportAdmin => "REPORT_ADMIN",
            Self::GroupMembershipAdmin => "GROUP_MEMBERSHIP_ADMIN",
            Self::ApiAccessManagementAdmin => "API_ACCESS_MANAGEMENT_ADMIN",
        }
    }

    /// What people call it.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::SuperAdmin => "Super Administrator",
            Self::OrgAdmin => "Organization Administrator",
            Self::AppAdmin => "Application Administrator",
            Self::UserAdmin => "Group Administrator",
            Self::HelpDeskAdmin => "Help Desk Administrator",
            Self::ReadOnlyAdmin => "Read-only Administrator",
            Self::ReportAdmin => "Report Administrator",
            Self::GroupMembershipAdmin => "Group Membership Administrator",
            Self::ApiAccessManagementAdmin => "API Access Management Administrator",
        }
    }

    /// The id of an assignment that has none of its own: at Okta the Base32 of the name.
    pub(crate) fn assignment_id(self) -> String {
        BASE32_NOPAD.encode(self.as_str().as_bytes())
    }

    /// Whether the role allows the access. What no line names is denied.
    pub(crate) const fn may(self, resource: Resource, access: Access) -> bool {
        use Resource as R;
        let reads = matches!(access, Access::Read);
        match self {
            Self::SuperAdmin => true,
            Self::OrgAdmin => reads || !matches!(resource, R::Roles | R::ApiTokens | R::AppGrants),
            Self::ReadOnlyAdmin => reads && !matches!(resource, R::ApiTokens),
            Self::AppAdmin => match resource {
                R::Apps => true,
                R::AppGrants
                | R::Users
                | R::Groups
                | R::Policies
                | R::AuthorizationServers
                | R::Schemas
                | R::Logs
                | R::UserTypes => reads,
                _ => false,
            },
            Self::UserAdmin => match resource {
                R::Users | R::Groups | R::Sessions | R::Factors => true,
                R::Schemas | R::UserTypes | R::Authenticators => reads,
                _ => false,
            },
            Self::HelpDeskAdmin => match resource {
                R::Users | R::Factors | R::Sessions => reads || matches!(access, Access::Support),
                R::Groups => reads,
                _ => false,
            },
            Self::ReportAdmin => reads && matches!(resource, R::Logs | R::RateLimits),
            Self::GroupMembershipAdmin => match resource {
                R::Groups => reads || matches!(access, Access::Membership),
                R::Users => reads,
                _ => false,
            },
            Self::ApiAccessManagementAdmin => match resource {
                R::AuthorizationServers => true,
                R::Apps | R::Users | R::Groups | R::Logs | R::RateLimits => reads,
                _ => false,
            },
        }
    }
}

impl TryFrom<String> for Role {
    type Error = serde::de::value::Error;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::deserialize(name.into_deserializer())
    }
}
