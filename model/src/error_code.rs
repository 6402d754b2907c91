/// Writes the enum and its three tables from one list, so that a code cannot lack its status or its text.
macro_rules! error_codes {
    ($($(#[$meta:meta])* $name:ident = $code:literal, $status:literal, $summary:literal;)*) => {
        /// The management error codes that the local org sends, as Okta's table has them
        /// (<https://developer.okta.com/docs/reference/error-codes/>).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ErrorCode {
            $($(#[$meta])* #[doc = concat!("`", $code, "`")] $name,)*
        }

        impl ErrorCode {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The code on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// The HTTP status that Okta sends with the code.
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status,)* }
            }

            /// The text; `{0}` stands for what the error is about.
            pub const fn summary(self) -> &'static str {
                match self { $(Self::$name => $summary,)* }
            }
        }
    };
}

error_codes! {
    /// A field is at fault; the causes name it.
    Validation = "E0000001", 400, "Api validation failed: {0}";
    /// The body could not be read as JSON.
    MalformedBody = "E0000003", 400, "The request body was not well-formed.";
    /// The password or the code is wrong.
    AuthenticationFailed = "E0000004", 401, "Authentication failed";
    /// There is no session.
    InvalidSession = "E0000005", 403, "Invalid session";
    /// The caller may not do this.
    Forbidden = "E0000006", 403, "You do not have permission to perform the requested action";
    /// The object does not exist.
    NotFound = "E0000007", 404, "Not found: {0}";
    /// The path is not one of Okta's API.
    PathNotFound = "E0000008", 404, "The requested path was not found";
    /// The org failed; the log holds the reason under the same request id.
    Internal = "E0000009", 500, "Internal Server Error";
    /// No credentials, or none that count.
    InvalidToken = "E0000011", 401, "Invalid token provided";
    /// The credentials could not be changed; the causes say why.
    CredentialsUpdateFailed = "E0000014", 403, "Update of credentials failed";
    /// The feature is off.
    FeatureOff = "E0000015", 401, "You do not have permission to access the feature you are requesting";
    /// The user is active.
    AlreadyActive = "E0000016", 403, "Activation failed because the user is already active";
    /// The password cannot be reset; the causes say why.
    PasswordResetFailed = "E0000017", 403, "Password reset failed";
    /// The media type is not JSON.
    UnsupportedMediaType = "E0000021", 415, "Bad request.  Accept and/or Content-Type headers likely do not match supported values.";
    /// The path exists with another method.
    MethodNotAllowed = "E0000022", 405, "The endpoint does not support the provided HTTP method";
    /// The request lacks a parameter.
    MissingParameter = "E0000028", 400, "The request is missing a required parameter.";
    /// The page size or the cursor is not one of the org's.
    InvalidPaging = "E0000029", 400, "Invalid paging request.";
    /// A date is not one.
    InvalidDate = "E0000030", 400, "Bad request. Invalid date. Dates must be of the form yyyy-MM-dd'T'HH:mm:ss.SSSZZ, e.g. 2013-01-01T12:00:00.000-07:00.";
    /// A search expression names what cannot be searched.
    InvalidSearch = "E0000031", 400, "Invalid search criteria.";
    /// Only those who are locked out can be unlocked.
    UnlockNotAllowed = "E0000032", 403, "Unlock is not allowed for this user.";
    /// Recovery is not for this user.
    ForgotPasswordNotAllowed = "E0000034", 403, "Forgot password not allowed on specified user.";
    /// A change of the password is not for this user.
    ChangePasswordNotAllowed = "E0000035", 403, "Change password not allowed on specified user.";
    /// The status of the user forbids it.
    WrongStatus = "E0000038", 403, "This operation is not allowed in the user's current status.";
    /// Another app has this label.
    DuplicateLabel = "E0000040", 400, "Application label must not be the same as an existing application label.";
    /// Too many requests in this minute.
    TooManyRequests = "E0000047", 429, "API call exceeded rate limit due to too many requests.";
    /// A filter does not parse.
    InvalidFilter = "E0000053", 400, "Invalid SCIM filter. ";
    /// An active app cannot be deleted.
    DeleteAppForbidden = "E0000056", 403, "Delete application forbidden.";
    /// Okta has the operation and the local org has not.
    NotImplemented = "E0000060", 501, "Unsupported operation.";
    /// The user has the app.
    AlreadyAssigned = "E0000062", 409, "The specified user is already assigned to the application.";
    /// The password is right and too old.
    PasswordExpired = "E0000064", 401, "Password is expired and must be changed.";
    /// The code or the answer is wrong.
    InvalidPasscode = "E0000068", 403, "Invalid Passcode/Answer";
    /// Too many failures.
    UserLocked = "E0000069", 403, "User Locked";
    /// Not at this point.
    WrongState = "E0000079", 403, "This operation is not allowed in the current authentication state.";
    /// The password is too weak; the causes say how.
    WeakPassword = "E0000080", 403, "The password does not meet the complexity requirements of the current password policy.";
    /// A code is used once.
    CodeUsed = "E0000082", 403, "Each code can only be used once. Please wait for a new code and try again.";
    /// The code is right, and too old.
    PasscodeExpired = "E0000083", 403, "PassCode is valid but exceeded time window.";
    /// The answer to the security question is wrong.
    WrongRecoveryAnswer = "E0000087", 403, "The recovery question answer did not match our records.";
    /// The user has the role.
    RoleAlreadyAssigned = "E0000090", 409, "The role specified is already assigned to the user.";
    /// Too many of something.
    TooManyTargets = "E0000093", 400, "Target count limit exceeded";
    /// Not a number that can be called.
    InvalidPhone = "E0000098", 400, "This phone number is invalid.";
    /// The link was used, or is too old.
    LinkExpired = "E0000105", 403, "You have accessed an account recovery link that has expired or been previously used.";
    /// A text message was sent less than half a minute ago.
    SmsTooSoon = "E0000109", 429, "An SMS message was recently sent. Please wait 30 seconds before trying again.";
    /// The user's status does not allow an assignment.
    CannotAssign = "E0000117", 400, "The user cannot be assigned in the current status.";
    /// An email was sent less than five seconds ago.
    EmailTooSoon = "E0000118", 429, "An email was recently sent. Please wait 5 seconds before trying again.";
    /// The account is locked.
    AccountLocked = "E0000119", 403, "Your account is locked. Please contact your administrator.";
    /// The `Accept` header asks for a version that is not there.
    UnsupportedVersion = "E0000122", 406, "API version in the Accept header is not supported for this API.";
    /// A password that does not exist cannot be expired.
    ExpireNeedsPassword = "E0000124", 400, "Could not create user. To create a user and expire their password immediately, a password must be specified";
    /// Nor that of somebody who is not active.
    ExpireNeedsActive = "E0000125", 400, "Could not create user. To create a user and expire their password immediately, \"activate\" must be true";
    /// A call was made less than half a minute ago.
    CallTooSoon = "E0000133", 429, "A phone call was recently made. Please wait 30 seconds before trying again.";
    /// A policy counts on the authenticator; the causes name it.
    AuthenticatorInUse = "E0000148", 403, "Cannot modify/disable this authenticator because it is enabled in one or more policies. To continue, disable the authenticator in these policies.";
    /// There is one of the kind.
    DuplicateAuthenticator = "E0000157", 409, "Another authenticator with key: {0} is already active.";
    /// The default brand stays.
    DefaultBrandStays = "E0000200", 409, "Cannot delete the default brand.";
    /// Another brand has the name.
    DuplicateBrand = "E0000202", 409, "Brand name already exists.";
    /// Page content needs a brand of its own.
    DefaultBrandContent = "E0000213", 403, "Cannot update page content for the default brand.";
    /// The request does not say which version of the API it understands.
    NotAcceptable = "E0000149", 406, "The HTTP request is not acceptable";
    /// Somebody else changed the object.
    PreconditionFailed = "E0000231", 412, "The ETag does not match the current version of the resource.";
    /// Others are changing the same priorities.
    PrioritiesBusy = "E0000239", 423, "Policy priorities are being reconciled. Please try again later.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_there_once_with_a_status_of_an_error() {
        for (index, code) in ErrorCode::ALL.iter().enumerate() {
            assert!((400..=599).contains(&code.status()), "{code:?}");
            let same = |other: &&ErrorCode| other.as_str() == code.as_str();
            assert_eq!(ErrorCode::ALL[..=index].iter().filter(same).count(), 1);
        }
    }
}
