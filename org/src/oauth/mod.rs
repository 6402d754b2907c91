//! OAuth 2.0 and OpenID Connect: the org's own authorization server and the custom ones.

pub(crate) mod authorize;
mod browser_form;
mod claims;
mod code;
pub(crate) mod device;
pub(crate) mod direct;
pub(crate) mod discovery;
pub(crate) mod error;
mod expression;
mod grant_type;
mod hint;
pub(crate) mod interact;
pub(crate) mod introspect;
pub(crate) mod issue;
pub(crate) mod keys;
mod log;
pub(crate) mod logout;
mod okta_scope;
pub(crate) mod par;
pub(crate) mod parameters;
pub(crate) mod refresh;
pub(crate) mod revoke;
mod scope;
pub(crate) mod server;
pub(crate) mod token;
mod token_claims;
mod token_record;
pub(crate) mod userinfo;

pub(crate) use grant_type::GrantType;
pub(crate) use scope::Scope;
