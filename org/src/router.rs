//! Every route, grouped by who calls it, and the layers around them.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodRouter, get, post};
use tower_http::catch_panic::CatchPanicLayer;

use crate::failure::Failure;
use crate::hosted;
use crate::oauth::{
    authorize, device, direct, discovery, interact, introspect, logout, par, revoke, token,
    userinfo,
};
use crate::{Org, api, cors, dev, health, host, idx, limits, middleware, paths};

/// In bytes. The largest form is a sign-out with an ID token in it.
const MAX_BODY: usize = 64 * 1024;

/// Outermost first: naming, headers and log; panics become a 500; other hosts are refused; requests
/// are counted; bodies are limited.
pub(crate) fn router(org: &Org) -> Router {
    Router::new()
        .merge(navigation())
        .merge(for_clients(org))
        .merge(for_apps_that_ask_themselves(org))
        .merge(public_documents())
        .merge(hosted_pages())
        .merge(dev::routes(org))
        .merge(api::routes(org))
        .fallback(unbuilt)
        .method_not_allowed_fallback(unbuilt)
        // Behind the fallback, which takes the preflights.
        .layer(from_fn_with_state(org.clone(), cors::for_trusted_origins))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(from_fn_with_state(org.clone(), limits::limit))
        .layer(from_fn_with_state(org.clone(), host::check))
        .merge(probes())
        .layer(CatchPanicLayer::custom(|_| {
            Failure::of_panic().into_response()
        }))
        .layer(from_fn_with_state(org.clone(), middleware::around))
        .with_state(org.clone())
}

/// Where apps send browsers.
fn navigation() -> Router<Org> {
    let router = Router::new();
    let authorize = get(authorize::get).post(authorize::post);
    let router = on_both(router, paths::AUTHORIZE, authorize);
    on_both(router, paths::LOGOUT, get(logout::get).post(logout::post))
}

/// What apps call themselves, from servers and from scripts.
fn for_clients(org: &Org) -> Router<Org> {
    let router = Router::new();
    let router = on_both(
        router,
        paths::TOKEN,
        post(token::token).options(cors::preflight),
    );
    let router = on_both(
        router,
        paths::REVOKE,
        post(revoke::revoke).options(cors::preflight),
    );
    let introspect = post(introspect::introspect).options(cors::preflight);
    let router = on_both(router, paths::INTROSPECT, introspect);
    let router = on_both(
        router,
        paths::DEVICE_AUTHORIZE,
        post(device::authorize).options(cors::preflight),
    );
    let router = on_both(router, paths::PAR, post(par::par).options(cors::preflight));
    let challenge = post(direct::challenge).options(cors::preflight);
    let router = on_both(router, paths::CHALLENGE, challenge);
    let primary = post(direct::primary_authenticate).options(cors::preflight);
    let router = on_both(router, paths::PRIMARY_AUTHENTICATE, primary.clone());
    let router = on_both(router, paths::OOB_AUTHENTICATE, primary);
    let userinfo = get(userinfo::get)
        .post(userinfo::post)
        .options(cors::preflight);
    let router = on_both(router, paths::USERINFO, userinfo);
    router.layer(from_fn_with_state(org.clone(), cors::for_app_origins))
}

/// What apps call that ask people themselves, also from scripts with the browser's cookies.
fn for_apps_that_ask_themselves(org: &Org) -> Router<Org> {
    let interact = post(interact::interact)
        .options(cors::preflight)
        .fallback(idx::method_not_allowed);
    on_both(Router::new(), paths::INTERACT, interact)
        .merge(idx::routes())
        .layer(from_fn_with_state(
            org.clone(),
            cors::with_credentials_for_app_origins,
        ))
}

/// What anybody may read.
fn public_documents() -> Router<Org> {
    let openid = paths::OPENID_CONFIGURATION;
    let oauth = paths::OAUTH_METADATA;
    let inserted = format!("{oauth}{}", paths::on_custom_server(""));
    let router = Router::new()
        .route(openid, public(get(discovery::openid_configuration)))
        .route(oauth, public(get(discovery::oauth_metadata)))
        .route(
            &paths::on_custom_server(openid),
            public(get(discovery::openid_configuration)),
        )
        .route(
            &paths::on_custom_server(oauth),
            public(get(discovery::oauth_metadata)),
        )
        // RFC 8414 §3.1 puts the path of the issuer behind the well-known part.
        .route(&inserted, public(get(discovery::oauth_metadata)))
        .route(
            paths::OKTA_ORGANIZATION,
            public(get(discovery::okta_organization)),
        );
    on_both(router, paths::KEYS, public(get(discovery::keys)))
}

/// Okta's SDK names itself to whatever it reads, so its browser asks first.
fn public(document: MethodRouter<Org>) -> MethodRouter<Org> {
    document.options(cors::preflight_for_anybody)
}

/// What supervisors ask, who need not know the org's name.
fn probes() -> Router<Org> {
    Router::new()
        .route(paths::LIVEZ, get(health::livez))
        .route(paths::READYZ, get(health::readyz))
        .method_not_allowed_fallback(unbuilt)
}

/// What people see.
fn hosted_pages() -> Router<Org> {
    Router::new()
        .route(paths::HOME, get(hosted::home))
        .route(paths::SESSION_REDIRECT, get(hosted::session_redirect))
        .route(paths::SIGN_IN, get(hosted::page))
        .route(paths::SIGN_IN_QR_CODE, get(hosted::qr_code))
        .route(paths::SIGN_IN_ANSWER, post(hosted::answer))
        .route(hosted::stylesheet_path(), get(hosted::stylesheet))
        .route(
            paths::EMAIL_VERIFY_APP,
            get(hosted::email_link).post(hosted::follow_email_link),
        )
        .route(
            paths::ACTIVATION,
            get(hosted::activation_link).post(hosted::follow_activation_link),
        )
        .route(paths::ACTIVATION_EMAIL, post(hosted::send_activation_email))
        .route(
            paths::RESET_PASSWORD,
            get(hosted::reset_link).post(hosted::follow_reset_link),
        )
        .route(
            paths::ACTIVATE,
            get(hosted::activate).post(hosted::find_device),
        )
        .route(
            paths::ACTIVATE_CONFIRM,
            get(hosted::ask_about_device).post(hosted::answer_device),
        )
        .route(hosted::passkey_script_path(), get(hosted::passkey_script))
        .route(paths::ICON, get(hosted::icon))
        .route(paths::THEME, get(hosted::theme))
        .route(paths::FORM_POST_SCRIPT, get(hosted::form_post_script))
        .route(paths::SIGNING_OUT_SCRIPT, get(hosted::signing_out_script))
}

/// An endpoint that the org's own authorization server and the custom ones have.
fn on_both(router: Router<Org>, endpoint: &str, handler: MethodRouter<Org>) -> Router<Org> {
    router
        .route(&paths::on_org_server(endpoint), handler.clone())
        .route(&paths::on_custom_server(endpoint), handler)
}

async fn unbuilt(State(org): State<Org>, request: Request) -> Response {
    api::unbuilt(org.entropy(), request.method(), request.uri().path())
}
