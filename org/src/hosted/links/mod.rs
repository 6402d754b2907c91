//! Pages behind the links that the org sends. Mail programs and scanners open links before people do: opening a page uses
//! nothing up, its button does.

mod email;
mod page;
mod user;

pub(crate) use email::{email_link, follow_email_link};
pub(crate) use user::{
    activation_link, follow_activation_link, follow_reset_link, reset_link, send_activation_email,
};
