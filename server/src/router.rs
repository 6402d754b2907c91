//! The app's router: pages, server functions, files, and the layers around them.

use std::sync::Arc;
use std::time::Duration;

use app::context::{self, OrgInfo};
use axum::extract::{FromRef, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Router, ServiceExt};
use bff::Bff;
use leptos::config::LeptosOptions;
use leptos_axum::{LeptosRoutes, generate_route_list};
use tower::ServiceBuilder;
use tower_http::services::{ServeDir, ServeFile};
use tower_http::set_header::SetResponseHeaderLayer;

/// What handlers share.
#[derive(Debug, Clone)]
pub struct AppState {
    bff: Bff,
    org: Arc<OrgInfo>,
    leptos: LeptosOptions,
}
