//! App integrations, which are the OAuth clients of the org.

mod app;
mod assignment;
mod key;
mod kind;
mod origin;
mod presentation;
mod published_keys;
mod redirect_uri;
mod register;
mod secret;
mod settings;
mod uri;

pub(crate) use app::{App, find_app, find_app_label, is_post_logout_uri, is_redirect_uri};
pub(crate) use assignment::{
    GroupAssignment, GroupTerms, UserTerms, assign_group, assign_user, find_group_assignment,
    list_group_assignments, put_group, put_user, unassign_group, unassign_user,
};
pub(crate) use key::{
    KeyRecord, NewKey, create_key, delete_key, find_key, list_keys, replace_keys, set_key_status,
};
pub(crate) use kind::{ApplicationType, TokenEndpointAuthMethod};
pub(crate) use origin::{is_app_origin, is_origin_of, origin_of};
pub(crate) use presentation::{Accessibility, Notes, Presentation, UserNameTemplate, Visibility};
pub(crate) use published_keys::{Jwk, PublishedKeys, key_id};
pub(crate) use redirect_uri::{check_registrable, check_registrable_for};
pub(crate) use register::{
    APP_COLUMNS, AppRecord, NewApp, Registration, app_from_row, create_app, delete_app, end_all_of,
    find_app_by_label, find_app_record, save_registration, set_app_status,
};
pub(crate) use secret::{
    MOST_SECRETS, NewSecret, SecretRecord, create_secret, delete_secret, delete_secrets_of,
    find_secret, generate_secret, list_secrets, open_secret, set_secret_status,
};
pub(crate) use settings::{
    ClientSettings, ConsentMethod, IdpInitiatedLogin, IdpInitiatedMode, IssuerMode, MOST_LEEWAY,
    Network, NetworkConnection, RefreshTokenSettings, ResponseType, RotationType, WildcardRedirect,
};
pub(crate) use uri::{UriKind, list_uris, replace_uris};
