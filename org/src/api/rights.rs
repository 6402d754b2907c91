/// What a call is about, as Okta's OAuth scopes divide it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Resource {
    ApiTokens,
    AppGrants,
    Apps,
    AuthorizationServers,
    Authenticators,
    Brands,
    Domains,
    EmailDomains,
    Factors,
    Features,
    Groups,
    LinkedObjects,
    Logs,
    Orgs,
    Policies,
    RateLimits,
    PrincipalRateLimits,
    Roles,
    Schemas,
    Sessions,
    Templates,
    TrustedOrigins,
    UniversalLogout,
    UserTypes,
    Users,
}

impl Resource {
    /// All of them.
    pub(crate) const ALL: [Self; 25] = [
        Self::ApiTokens,
        Self::AppGrants,
        Self::Apps,
        Self::AuthorizationServers,
        Self::Authenticators,
        Self::Brands,
        Self::Domains,
        Self::EmailDomains,
        Self::Factors,
        Self::Features,
        Self::Groups,
        Self::LinkedObjects,
        Self::Logs,
        Self::Orgs,
        Self::Policies,
        Self::RateLimits,
        Self::PrincipalRateLimits,
        Self::Roles,
        Self::Schemas,
        Self::Sessions,
        Self::Templates,
        Self::TrustedOrigins,
        Self::UniversalLogout,
        Self::UserTypes,
        Self::Users,
    ];

    /// The middle of the scope: `okta.{this}.read`.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::ApiTokens => "apiTokens",
            Self::AppGrants => "appGrants",
            Self::Apps => "apps",
            Self::AuthorizationServers => "authorizationServers",
            Self::Authenticators => "authenticators",
            Self::Brands => "brands",
            Self::Domains => "domains",
            Self::EmailDomains => "emailDomains",
            // Okta counts factors among the users.
            Self::Factors | Self::Users => "users",
            Self::Features => "features",
            Self::Groups => "groups",
            Self::LinkedObjects => "linkedObjects",
            Self::Logs => "logs",
            Self::Orgs => "orgs",
            Self::Policies => "policies",
            Self::RateLimits => "rateLimits",
            Self::PrincipalRateLimits => "principalRateLimits",
            Self::Roles => "roles",
            Self::Schemas => "schemas",
            Self::Sessions => "sessions",
            Self::Templates => "templates",
            Self::TrustedOrigins => "trustedOrigins",
            Self::UniversalLogout => "universalLogout",
            Self::UserTypes => "userTypes",
        }
    }
}

/// What a call does to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Access {
    /// Changes nothing.
    Read,
    /// Helps a user back in: passwords, factors, locks, sessions. Help desks may.
    Support,
    /// Puts users into groups and takes them out.
    Membership,
    /// Changes anything else.
    Manage,
}

/// Who may make a call. Every route names one, so that nothing is allowed by having been forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Rights {
    /// Anybody: the call brings its own proof, such as a session token, or asks nothing secret.
    Anybody,
    /// A person signed in to the org in this browser, about themselves.
    OwnSession,
    /// A person by an access token with this scope, about themselves.
    Myself(&'static str),
    /// The same, by somebody who proved who they are a moment ago.
    MyselfAfresh(&'static str),
    /// An administrator with a role that allows it, or an app with the scope.
    Admin(Resource, Access),
    /// As above, and for paths that may say `me` also a person signed in to the org in this browser.
    AdminOrMe(Resource, Access),
}

impl Rights {
    /// Reading.
    pub(crate) const fn read(resource: Resource) -> Self {
        Self::Admin(resource, Access::Read)
    }

    /// Changing.
    pub(crate) const fn manage(resource: Resource) -> Self {
        Self::Admin(resource, Access::Manage)
    }

    /// Helping.
    pub(crate) const fn support(resource: Resource) -> Self {
        Self::Admin(resource, Access::Support)
    }
}

/// Whether one of the granted scopes allows the access. Who may manage may read as well.
pub(crate) fn scope_allows(granted: &[String], resource: Resource, access: Access) -> bool {
    granted.iter().any(|scope| {
        let parts = scope
            .strip_prefix("okta.")
            .and_then(|rest| rest.split_once('.'));
        parts.is_some_and(|(named, level)| {
            named == resource.as_str()
                && (level == "manage" || (level == "read" && access == Access::Read))
        })
    })
}

/// Whether the org knows a scope that apps are granted: of this API, or of `MyAccount`.
pub(crate) fn is_grantable(scope: &str) -> bool {
    let Some((named, level)) = scope
        .strip_prefix("okta.")
        .and_then(|rest| rest.rsplit_once('.'))
    else {
        return false;
    };
    let is_of_account = named == "myAccount" || named.starts_with("myAccount.");
    let is_plain = named.chars().all(|c| c.is_ascii_alphanumeric() || c == '.');
    let is_resource = Resource::ALL.iter().any(|one| one.as_str() == named);
    matches!(level, "read" | "manage") && is_plain && (is_of_account || is_resource)
}
