//! What a person proves their identity with. The password is the only authenticator so far.

pub(crate) mod password;
