use leptos::prelude::{FromServerFnError, ServerFnErrorErr};
use leptos::server_fn::codec::JsonEncoding;
use model::{SignInError, SignInErrorCode};
use serde::{Deserialize, Serialize};

/// What a server function may say about a failure. It crosses to the browser, so nothing internal is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AppError {
    /// Signing in, or the session behind the call, failed for a stated reason.
    SignIn(SignInError),
    /// The call needs somebody to be signed in.
    SignedOut,
    /// The call itself was malformed or did not arrive.
    Call,
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(_: ServerFnErrorErr) -> Self {
        Self::Call
    }
}

impl From<SignInError> for AppError {
    fn from(error: SignInError) -> Self {
        Self::SignIn(error)
    }
}

impl AppError {
    /// The failure as a sign-in error, for a page that shows it.
    pub(crate) fn into_sign_in_error(self) -> SignInError {
        match self {
            Self::SignIn(error) => error,
            Self::SignedOut | Self::Call => SignInErrorCode::Internal.into(),
        }
    }
}
