use rusqlite::{Connection, OptionalExtension as _};
use serde_json::Value;

use crate::store::Json;

/// Which page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    SignIn,
    SignOut,
    Error,
}

impl Kind {
    /// The name in paths and in the database.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::SignOut => "sign-out",
            Self::Error => "error",
        }
    }
}

/// Which state of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Variant {
    /// The published one.
    Customized,
    /// One that is not published yet.
    Preview,
}

impl Variant {
    /// The name in paths and in the database.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Customized => "customized",
            Self::Preview => "preview",
        }
    }
}

/// The page as it was sent.
pub(super) fn find_page(
    db: &Connection,
    brand: &str,
    kind: Kind,
    variant: Variant,
) -> rusqlite::Result<Option<Value>> {
    let found = db
        .prepare_cached(
            "SELECT page FROM brand_pages WHERE brand_id = ?1 AND kind = ?2 AND variant = ?3",
        )?
        .query_row((brand, kind.as_str(), variant.as_str()), |row| {
            row.get::<_, Json<Value>>(0)
        })
        .optional()?;
    Ok(found.map(|page| page.0))
}

/// Keeps a page in place of the one before.
pub(super) fn put_page(
    db: &Connection,
    brand: &str,
    kind: Kind,
    variant: Variant,
    page: &Value,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO brand_pages (brand_id, kind, variant, page) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT (brand_id, kind, variant) DO UPDATE SET page = excluded.page",
    )?
    .execute((brand, kind.as_str(), variant.as_str(), Json(page)))?;
    Ok(())
}

/// Forgets a page. Whether there was one.
pub(super) fn delete_page(
    db: &Connection,
    brand: &str,
    kind: Kind,
    variant: Variant,
) -> rusqlite::Result<bool> {
    let gone = db
        .prepare_cached(
            "DELETE FROM brand_pages WHERE brand_id = ?1 AND kind = ?2 AND variant = ?3",
        )?
        .execute((brand, kind.as_str(), variant.as_str()))?;
    Ok(gone > 0)
}
