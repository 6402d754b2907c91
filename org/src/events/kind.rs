use serde::Serialize;

/// How loud an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum Severity {
    Info,
    Warn,
}

/// Writes the enum and its two tables from one list.
macro_rules! event_types {
    ($($name:ident = $wire:literal, $message:literal;)*) => {
        /// What happened, in the words of Okta's catalogue
        /// (<https://developer.okta.com/docs/reference/api/event-types/>).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(crate) enum EventType {
            $(#[doc = concat!("`", $wire, "`")] $name,)*
        }

        impl EventType {
            /// The `eventType` on the wire.
            pub(crate) const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $wire,)* }
            }

            /// The `displayMessage`.
            pub(crate) const fn message(self) -> &'static str {
                match self { $(Self::$name => $message,)* }
            }
        }
    };
}

impl EventType {
    /// The severity of the event when it succeeded.
    pub(super) const fn severity(self) -> Severity {
        match self {
            Self::UserAccountLock
            | Self::OrgRateLimitViolation
            | Self::ClientRateLimitViolation
            | Self::ConcurrencyViolation
            | Self::OrgRateLimitWarning => Severity::Warn,
            _ => Severity::Info,
        }
    }
}

event_types! {
    // Sign-in and sessions.
    SessionStart = "user.session.start", "User login to Okta";
    SessionEnd = "user.session.end", "User logout from Okta";
    SessionClear = "user.session.clear", "Clear user session";
    AuthViaMfa = "user.authentication.auth_via_mfa", "Authentication of user via MFA";
    AuthenticationVerify = "user.authentication.verify", "Verify user identity";
    UniversalLogout = "user.authentication.universal_logout", "User signed out of app by Universal Logout";
    AuthenticationSso = "user.authentication.sso", "User single sign on to app";
    PolicyEvaluateSignOn = "policy.evaluate_sign_on", "Evaluation of sign-on policy";
    // Users.
    UserLifecycleCreate = "user.lifecycle.create", "Create Okta user";
    UserLifecycleActivate = "user.lifecycle.activate", "Activate Okta user";
    UserLifecycleReactivate = "user.lifecycle.reactivate", "Reactivate Okta user";
    UserLifecycleDeactivate = "user.lifecycle.deactivate", "Deactivate Okta user";
    UserLifecycleSuspend = "user.lifecycle.suspend", "Suspend Okta user";
    UserLifecycleUnsuspend = "user.lifecycle.unsuspend", "Unsuspend Okta user";
    UserLifecycleDeleteCompleted = "user.lifecycle.delete.completed", "Delete Okta user completed";
    UserAccountLock = "user.account.lock", "Max sign in attempts exceeded";
    UserAccountUnlock = "user.account.unlock", "User unlock Okta account";
    UserAccountResetPassword = "user.account.reset_password", "Reset password for user";
    UserAccountUpdatePassword = "user.account.update_password", "User update password for Okta";
    UserAccountExpirePassword = "user.account.expire_password", "Expire user password";
    UserAccountUpdateProfile = "user.account.update_profile", "Update user profile for Okta";
    PrivilegeGrant = "user.account.privilege.grant", "Grant user privilege";
    PrivilegeRevoke = "user.account.privilege.revoke", "Revoke user privilege";
    FactorActivate = "user.mfa.factor.activate", "User set up an authentication factor";
    FactorDeactivate = "user.mfa.factor.deactivate", "Reset factor for user";
    FactorResetAll = "user.mfa.factor.reset_all", "Reset all factors for user";
    SchemaUpdate = "directory.user_profile.update", "Update Okta user profile";
    // Groups.
    GroupMembershipAdd = "group.user_membership.add", "Add user to group membership";
    GroupMembershipRemove = "group.user_membership.remove", "Remove user from group membership";
    GroupCreate = "group.lifecycle.create", "Okta group create";
    GroupUpdate = "group.profile.update", "Okta group profile update";
    GroupDelete = "group.lifecycle.delete", "Okta group delete";
    GroupPrivilegeGrant = "group.privilege.grant", "Grant privilege to group";
    ClientPrivilegeGrant = "app.oauth2.client.privilege.grant", "Grant privilege to OAuth client";
    ClientPrivilegeRevoke = "app.oauth2.client.privilege.revoke", "Revoke privilege from OAuth client";
    GroupPrivilegeRevoke = "group.privilege.revoke", "Revoke privilege from group";
    GroupRuleCreate = "group.rule.create", "Okta group rule create";
    GroupRuleUpdate = "group.rule.update", "Okta group rule update";
    GroupRuleActivate = "group.rule.activate", "Okta group rule activate";
    GroupRuleDeactivate = "group.rule.deactivate", "Okta group rule deactivate";
    GroupRuleDelete = "group.rule.delete", "Okta group rule delete";
    // Apps.
    AppCreate = "application.lifecycle.create", "Create application";
    AppUpdate = "application.lifecycle.update", "Update application";
    AppActivate = "application.lifecycle.activate", "Activate application";
    AppDeactivate = "application.lifecycle.deactivate", "Deactivate application";
    AppDelete = "application.lifecycle.delete", "Delete application";
    AppMembershipAdd = "application.user_membership.add", "Add user to application membership";
    AppMembershipRemove = "application.user_membership.remove", "Remove user's application membership";
    AppMembershipUpdate = "application.user_membership.update", "Update user's application membership";
    AppGroupAdd = "group.application_assignment.add", "Add assigned application to group";
    AppGroupRemove = "group.application_assignment.remove", "Remove assigned application from group";
    AppPolicyUpdate = "application.policy.sign_on.update", "Update sign on policy for application";
    ClientUpdate = "app.oauth2.client.lifecycle.update", "Update OAuth client";
    ClientSecretCreate = "app.oauth2.client.lifecycle.new.client.secret", "Create new client secret";
    ClientSecretActivate = "app.oauth2.client.lifecycle.activate.client.secret", "Activate client secret";
    ClientSecretDeactivate = "app.oauth2.client.lifecycle.deactivate.client.secret", "Deactivate client secret";
    ClientSecretDelete = "app.oauth2.client.lifecycle.delete.client.secret", "Delete client secret";
    ScopeGrant = "app.oauth2.admin.consent.grant", "Grant OAuth2 scope consent to app";
    ScopeRevoke = "app.oauth2.admin.consent.revoke", "Revoke OAuth2 scope consent of app";
    // Policies.
    PolicyCreate = "policy.lifecycle.create", "Create policy";
    PolicyUpdate = "policy.lifecycle.update", "Update policy";
    PolicyActivate = "policy.lifecycle.activate", "Activate policy";
    PolicyDeactivate = "policy.lifecycle.deactivate", "Deactivate policy";
    PolicyDelete = "policy.lifecycle.delete", "Delete policy";
    PolicyRuleAdd = "policy.rule.add", "Add policy rule";
    PolicyRuleUpdate = "policy.rule.update", "Update policy rule";
    PolicyRuleDelete = "policy.rule.delete", "Delete policy rule";
    PolicyRuleActivate = "policy.rule.activate", "Activate policy rule";
    PolicyRuleDeactivate = "policy.rule.deactivate", "Deactivate policy rule";
    AuthenticatorCreate = "security.authenticator.lifecycle.create", "Create authenticator";
    AuthenticatorUpdate = "security.authenticator.lifecycle.update", "Update authenticator";
    AuthenticatorActivate = "security.authenticator.lifecycle.activate", "Activate authenticator";
    AuthenticatorDeactivate = "security.authenticator.lifecycle.deactivate", "Deactivate authenticator";
    // OAuth.
    AuthorizeCode = "app.oauth2.authorize.code", "OAuth2 authorization code request";
    GrantAccessToken = "app.oauth2.token.grant.access_token", "OAuth2 access token is granted";
    GrantIdToken = "app.oauth2.token.grant.id_token", "OIDC id token is granted";
    GrantRefreshToken = "app.oauth2.token.grant.refresh_token", "OAuth2 refresh token is granted";
    DetectReuse = "app.oauth2.token.detect_reuse", "One-time refresh token reused";
    AsAuthorizeCode = "app.oauth2.as.authorize.code", "OAuth2 authorization code request";
    AsGrantAccessToken = "app.oauth2.as.token.grant.access_token", "OAuth2 access token is granted";
    AsGrantIdToken = "app.oauth2.as.token.grant.id_token", "OIDC id token is granted";
    AsGrantRefreshToken = "app.oauth2.as.token.grant.refresh_token", "OAuth2 refresh token is granted";
    AsDetectReuse = "app.oauth2.as.token.detect_reuse", "One-time refresh token reused";
    AsTokenRevoke = "app.oauth2.as.token.revoke", "OAuth2 token revocation request";
    TokenRevoke = "app.oauth2.token.revoke", "OAuth2 token revocation request";
    InteractionHandle = "app.oauth2.interact.interaction_handle", "Interaction handle is issued";
    InteractionCode = "app.oauth2.interact.interaction_code", "Interaction code is issued";
    InvalidClientCredentials = "app.oauth2.invalid_client_credentials", "Invalid OAuth2 client credentials";
    ServerCreate = "oauth2.as.created", "OAuth2 authorization server is created";
    ServerUpdate = "oauth2.as.updated", "OAuth2 authorization server is updated";
    ServerDelete = "oauth2.as.deleted", "OAuth2 authorization server is deleted";
    ServerActivate = "oauth2.as.activated", "OAuth2 authorization server is activated";
    ServerDeactivate = "oauth2.as.deactivated", "OAuth2 authorization server is deactivated";
    ScopeCreate = "oauth2.scope.created", "OAuth2 scope is created";
    ScopeUpdate = "oauth2.scope.updated", "OAuth2 scope is updated";
    ScopeDelete = "oauth2.scope.deleted", "OAuth2 scope is deleted";
    ClaimCreate = "oauth2.claim.created", "OAuth2 claim is created";
    ClaimUpdate = "oauth2.claim.updated", "OAuth2 claim is updated";
    ClaimDelete = "oauth2.claim.deleted", "OAuth2 claim is deleted";
    KeyRollover = "app.oauth2.as.key.rollover", "OAuth2 signing keys are rotated";
    // The org.
    TrustedOriginCreate = "security.trusted_origin.create", "Trusted origin is created";
    TrustedOriginUpdate = "security.trusted_origin.update", "Trusted origin is updated";
    TrustedOriginActivate = "security.trusted_origin.activate", "Trusted origin is activated";
    TrustedOriginDeactivate = "security.trusted_origin.deactivate", "Trusted origin is deactivated";
    TrustedOriginDelete = "security.trusted_origin.delete", "Trusted origin is deleted";
    ApiTokenCreate = "system.api_token.create", "Create API token";
    ApiTokenUpdate = "system.api_token.update", "Update API token";
    ApiTokenRevoke = "system.api_token.revoke", "Revoke API token";
    OrgUpdate = "system.org.update", "Update org settings";
    BrandCreate = "system.brand.create", "Create brand";
    BrandUpdate = "system.brand.update", "Update brand";
    BrandDelete = "system.brand.delete", "Delete brand";
    ThemeUpdate = "system.brand.theme.update", "Update brand theme";
    SignInPageUpdate = "system.custom_signin.update", "Update the sign-in page";
    EmailDelivery = "system.email.delivery", "Email delivery";
    EmailFactorMessage = "system.email.send_factor_verify_message", "Send email factor verification message";
    EmailChallengeRedeemed = "system.email.challenge_factor_redeemed", "Email factor challenge is redeemed";
    EmailPasswordReset = "system.email.password_reset.sent_message", "Send password reset email";
    SmsFactorMessage = "system.sms.send_factor_verify_message", "Send SMS factor verification message";
    VoiceFactorCall = "system.voice.send_mfa_challenge_call", "Send voice factor verification call";
    OrgRateLimitWarning = "system.org.rate_limit.warning", "Rate limit warning";
    OrgRateLimitBurst = "system.org.rate_limit.burst", "Rate limit burst";
    OrgRateLimitViolation = "system.org.rate_limit.violation", "Rate limit violation";
    ClientRateLimitViolation = "system.client.rate_limit.violation", "Client rate limit violation";
    ClientRateLimitNotification = "system.client.rate_limit.notification", "Client rate limit notification";
    ConcurrencyViolation = "core.concurrency.org.limit.violation", "Concurrency limit violation";
    RateLimitSettingsUpdate = "system.rate_limit.configuration.update", "Update rate limit settings";
}
