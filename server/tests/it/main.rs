//! The whole program in one process: the app's router, its relying party and the local org.
#![expect(
    clippy::expect_used,
    reason = "a test that cannot be set up has failed"
)]

mod bad_lines;
mod bad_names;
mod balancer;
mod callback;
mod campaigns;
mod deep_link;
mod doctor;
mod drafts;
mod events;
mod expired_certificate;
mod files;
mod forgery;
#[cfg(target_os = "linux")]
mod full_disk;
mod headers;
mod journey;
mod language;
mod limits;
mod listener;
mod onboarding;
mod org_calls;
mod org_down;
mod own_forms;
mod panics;
mod process;
mod remote_org;
mod security;
mod server_functions;
mod several_processes;
mod support;
mod tokens;
mod widget;
