//! The app's router: pages, server functions, files, and the layers around them.

use std::sync::Arc;

use app::Assets;
use app::context::{self, OrgInfo};
use axum::Router;
use axum::extract::{FromRef, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{get, post};
use bff::Bff;
use leptos::config::LeptosOptions;
use leptos::prelude::provide_context;
use leptos_axum::{LeptosRoutes, generate_route_list};
use tokio::sync::watch;
use tower_http::services::{ServeDir, ServeFile};
use tower_http::set_header::SetResponseHeader;

use crate::widget::WidgetFolder;
use crate::{events, layers, org_calls};

/// Files whose names change with their content may be kept for a year.
const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// While developing, names stay and content changes.
const ASK_EACH_TIME: HeaderValue = HeaderValue::from_static("no-cache");
/// The few files with fixed names may be kept for an hour.
const FOR_AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");

/// What handlers share.
#[derive(Debug)]
pub struct AppState {
    /// The relying party.
    pub bff: Bff,
    /// What pages say of its org.
    pub org: Arc<OrgInfo>,
    /// Where the built files are.
    pub leptos: LeptosOptions,
    /// Their names.
    pub assets: Assets,
    /// The socket by which `cargo leptos watch` tells pages to reload; none when nobody watches.
    pub reload_socket: Option<String>,
    /// The org's widget for pages of the app, where this server has it.
    pub widget: Option<WidgetFolder>,
    /// Turns true when the program is about to end.
    pub stop: watch::Receiver<bool>,
}

/// Handlers are cloned for every request, so they hold no more than this.
#[derive(Debug, Clone)]
struct Shared(Arc<AppState>);

impl FromRef<Shared> for Bff {
    fn from_ref(Shared(state): &Shared) -> Self {
        state.bff.clone()
    }
}

impl FromRef<Shared> for LeptosOptions {
    fn from_ref(Shared(state): &Shared) -> Self {
        state.leptos.clone()
    }
}

/// Every address of the app, inside its layers.
pub fn router(state: AppState) -> Router {
    let state = Shared(Arc::new(state));
    let pages = pages(&state);
    let Shared(state) = &state;
    let widget = state.widget.as_ref().map(WidgetFolder::router);
    let files = files(&state.leptos).merge(widget.unwrap_or_default());
    let policy = state.bff.web_policy();
    // Outside of what resolves the session, which would count listening as use of it.
    let events = events::router(state.bff.clone(), state.stop.clone());
    let browsers = layers::around(
        pages.merge(files).merge(events),
        policy.clone(),
        &state.assets,
    );
    let uploads = layers::around_uploads(uploads(&state.bff), policy.clone(), &state.assets);
    let org_calls = org_calls::router(state.bff.clone());
    // Probes come from supervisors, which name no host that the layers would know.
    browsers
        .merge(uploads)
        .merge(layers::around_org_calls(org_calls, policy, &state.assets))
        .merge(probes(state.bff.clone()))
}

/// What takes files.
fn uploads(bff: &Bff) -> Router {
    Router::new()
        .route(
            "/campaigns/{id}/people",
            post(app::campaigns::server::post_people),
        )
        .with_state(bff.clone())
}

/// What belongs to a person: pages, server functions and the sign-out. The session is resolved before any of it.
fn pages(state: &Shared) -> Router {
    let provide = {
        let Shared(state) = state.clone();
        move || {
            let socket = state.reload_socket.as_deref();
            context::server::provide(state.bff.clone(), Arc::clone(&state.org), socket);
            if let Some(widget) = &state.widget {
                provide_context(widget.files().clone());
            }
        }
    };
    let shell = {
        let Shared(state) = state.clone();
        move || {
            let watched = state.reload_socket.is_some().then(|| state.leptos.clone());
            app::shell(state.assets.clone(), watched)
        }
    };
    Router::new()
        .route("/sign-out", post(app::sign_out::server::post_sign_out))
        .route(
            "/campaigns/{id}/export",
            get(app::campaigns::server::get_export),
        )
        .route("/api/session/stay", post(app::session::server::post_stay))
        .leptos_routes_with_context(
            state,
            generate_route_list(app::App),
            provide.clone(),
            shell.clone(),
        )
        .fallback(leptos_axum::render_app_async_with_context(provide, shell))
        .layer(middleware::from_fn(tell_failures_by_status))
        .layer(middleware::from_fn_with_state(
            state.clone(),
            resolve_viewer,
        ))
        .with_state(state.clone())
}

/// Leptos answers a form that failed with a redirect to the page it came from, and the error in its address. Our server
/// functions redirect by themselves, and a failure is better told by its status.
async fn tell_failures_by_status(mut request: Request, next: Next) -> Response {
    if request.uri().path().starts_with("/api/") {
        request.headers_mut().remove(header::ACCEPT);
    }
    next.run(request).await
}

/// Finds out who is looking, before the first byte of the page, so that the page is right from the start.
async fn resolve_viewer(State(bff): State<Bff>, mut request: Request, next: Next) -> Response {
    let check = bff.session(request.headers()).await;
    request.extensions_mut().insert(check.state);
    let mut response = next.run(request).await;
    for cookie in check.cookies {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// Built assets, compressed beforehand, and the icon.
fn files(options: &LeptosOptions) -> Router {
    let root = std::path::Path::new(&*options.site_root);
    let package = ServeDir::new(root.join(&*options.site_pkg_dir))
        .precompressed_br()
        .precompressed_gzip();
    let icon = ServeFile::new(root.join("favicon.svg"));
    let package_cache = if options.hash_files {
        IMMUTABLE
    } else {
        ASK_EACH_TIME
    };
    Router::new()
        .nest_service(
            &format!("/{}", options.site_pkg_dir),
            SetResponseHeader::if_not_present(package, header::CACHE_CONTROL, kept(package_cache)),
        )
        .route_service(
            "/favicon.svg",
            SetResponseHeader::if_not_present(icon, header::CACHE_CONTROL, kept(FOR_AN_HOUR)),
        )
}

/// Says how long a file may be kept. A file that is not there yet may be there in a minute.
fn kept<B>(cache: HeaderValue) -> impl Fn(&Response<B>) -> Option<HeaderValue> + Clone {
    move |response| response.status().is_success().then(|| cache.clone())
}

/// What a supervisor asks: is the process alive, is it ready for people?
fn probes(bff: Bff) -> Router {
    let ready = move || async move {
        if bff.is_ready().await {
            (StatusCode::OK, "ready")
        } else {
            (StatusCode::SERVICE_UNAVAILABLE, "not ready")
        }
    };
    Router::new()
        .route("/livez", get(|| async { "alive" }))
        .route("/readyz", get(ready))
}
