//! How identity is proved: the authenticators, who is enrolled in which, and what each proves.

pub(crate) mod attempts;
pub(crate) mod catalog;
pub(crate) mod code;
pub(crate) mod email;
pub(crate) mod enrollment;
pub(crate) mod factor;
mod method;
pub(crate) mod password;
pub(crate) mod phone;
mod proof;
pub(crate) mod security_question;
pub(crate) mod totp;
pub(crate) mod webauthn;

pub(crate) use catalog::{AllowedFor, Catalog};
pub(crate) use enrollment::{Enrollment, EnrollmentKind};
pub(crate) use method::{AuthenticatorKey, Characteristics, Method, amr_of};
pub(crate) use proof::Proof;
