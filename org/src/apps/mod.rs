//! App integrations, which are the OAuth clients of the org.

mod app;
mod kind;
mod origin;
mod redirect_uri;
mod register;

pub(crate) use app::{App, find_app, find_app_label, is_post_logout_uri, is_redirect_uri};
pub(crate) use kind::{ApplicationType, TokenEndpointAuthMethod};
pub(crate) use origin::{is_app_origin, is_origin_of, origin_of};
pub(crate) use redirect_uri::check_registrable;
pub(crate) use register::{
    NewApp, UriKind, assign_group, assign_user, create_app, find_app_by_label, replace_uris,
    secret_label,
};
