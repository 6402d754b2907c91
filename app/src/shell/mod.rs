//! The document around every page: head, header with navigation and account, main, footer.

mod assets;
mod document;
mod header;
mod here;
mod page;
mod router;

pub use assets::Assets;
pub use document::shell;
pub(crate) use here::here;
pub(crate) use page::{Page, SignInFirst};
pub use router::App;
