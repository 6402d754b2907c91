//! The pages of the org: plain HTML forms, rendered from what the sign-in engine asks for.

mod activate;
mod assets;
mod chrome;
mod form_token;
mod home;
mod links;
mod problem;
mod session_redirect;
mod sign_in;
mod signed_out;

pub(crate) use activate::{activate, answer_device, ask_about_device, find_device};
pub(crate) use assets::{
    form_post_script, icon, passkey_script, passkey_script_path, signing_out_script, stylesheet,
    stylesheet_path, theme,
};
pub(crate) use chrome::{Chrome, FormTarget, html, with_form_script};
pub(crate) use form_token::FormToken;
pub(crate) use home::home;
pub(crate) use links::{
    activation_link, email_link, follow_activation_link, follow_email_link, follow_reset_link,
    reset_link, send_activation_email,
};
pub(crate) use problem::Problem;
pub(crate) use session_redirect::session_redirect;
pub(crate) use sign_in::{Reason, answer, page, qr_code, reasons};
pub(crate) use signed_out::{ask_to_sign_out, signed_out, signing_out};
