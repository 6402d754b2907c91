//! The brands of the org and their themes: what the hosted pages look like.

use rusqlite::{Connection, OptionalExtension as _, Row};
use serde::{Deserialize, Serialize};

use crate::store::{Json, Moment};

/// The name in the titles of the hosted pages.
pub(crate) const NAME: &str = "Portico";

/// A colour as CSS writes it: `#rrggbb`, in lower case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Colour(String);

/// A text that is no colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a colour is # and six hexadecimal digits")]
pub(crate) struct InvalidColour;

impl TryFrom<String> for Colour {
    type Error = InvalidColour;

    fn try_from(text: String) -> Result<Self, InvalidColour> {
        let digits = text.strip_prefix('#').ok_or(InvalidColour)?;
        let is_colour = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_colour
            .then(|| Self(text.to_ascii_lowercase()))
            .ok_or(InvalidColour)
    }
}

impl From<Colour> for String {
    fn from(colour: Colour) -> Self {
        colour.0
    }
}

/// What WCAG 2.2 asks of text (success criterion 1.4.3).
const READABLE: f64 = 4.5;

impl Colour {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The relative luminance of WCAG 2.2, from 0 to 1.
    fn luminance(&self) -> f64 {
        let channel = |place: usize| {
            let digits = self.0.get(place..place + 2).unwrap_or("00");
            let value = f64::from(u8::from_str_radix(digits, 16).unwrap_or_default()) / 255.0;
            if value <= 0.040_45 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126_f64.mul_add(
            channel(1),
            0.7152_f64.mul_add(channel(3), 0.0722 * channel(5)),
        )
    }

    fn contrast(&self, other: &Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// The colour of texts on this one: the wanted one if it can be read there, else black or white.
    pub(crate) fn text_on_it(&self, wanted: Option<Self>) -> Self {
        if let Some(wanted) = wanted.filter(|wanted| self.contrast(wanted) >= READABLE) {
            return wanted;
        }
        let (white, black) = (Self("#ffffff".to_owned()), Self("#000000".to_owned()));
        if self.contrast(&white) >= self.contrast(&black) {
            white
        } else {
            black
        }
    }
}

/// A theme, in the shape of Okta's. What it does not say is as at Okta.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Theme {
    pub(crate) primary_color_hex: Colour,
    /// Readable on the primary colour.
    pub(crate) primary_color_contrast_hex: Colour,
    pub(crate) secondary_color_hex: Colour,
    pub(crate) secondary_color_contrast_hex: Colour,
    pub(crate) sign_in_page_touch_point_variant: String,
    pub(crate) end_user_dashboard_touch_point_variant: String,
    pub(crate) error_page_touch_point_variant: String,
    pub(crate) email_template_touch_point_variant: String,
    pub(crate) loading_page_touch_point_variant: String,
}

impl Default for Theme {
    fn default() -> Self {
        let colour = |text: &str| Colour(text.to_owned());
        let usual = || "OKTA_DEFAULT".to_owned();
        Self {
            primary_color_hex: colour("#1662dd"),
            primary_color_contrast_hex: colour("#ffffff"),
            secondary_color_hex: colour("#ebebed"),
            secondary_color_contrast_hex: colour("#000000"),
            sign_in_page_touch_point_variant: usual(),
            end_user_dashboard_touch_point_variant: usual(),
            error_page_touch_point_variant: usual(),
            email_template_touch_point_variant: usual(),
            loading_page_touch_point_variant: usual(),
        }
    }
}

/// What a brand says besides its name, in the shape of Okta's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct BrandSettings {
    pub(crate) remove_powered_by_okta: bool,
    pub(crate) custom_privacy_policy_url: Option<String>,
    pub(crate) agree_to_custom_privacy_policy: bool,
    pub(crate) locale: Option<String>,
}

/// A brand with its one theme.
#[derive(Debug, Clone)]
pub(crate) struct Brand {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) is_default: bool,
    pub(crate) settings: BrandSettings,
    pub(crate) theme_id: String,
    pub(crate) theme: Theme,
    pub(crate) created_at: jiff::Timestamp,
}

const COLUMNS: &str = "id, name, is_default, settings, theme_id, theme, created_at";

fn from_row(row: &Row<'_>) -> rusqlite::Result<Brand> {
    Ok(Brand {
        id: row.get(0)?,
        name: row.get(1)?,
        is_default: row.get(2)?,
        settings: row.get::<_, Json<BrandSettings>>(3)?.0,
        theme_id: row.get(4)?,
        theme: row.get::<_, Json<Theme>>(5)?.0,
        created_at: row.get::<_, Moment>(6)?.0,
    })
}

/// All brands, the default one first.
pub(crate) fn list_brands(db: &Connection) -> rusqlite::Result<Vec<Brand>> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM brands ORDER BY is_default DESC, created_at, id"
    ))?
    .query_map([], from_row)?
    .collect()
}

/// The brand with this id.
pub(crate) fn find_brand(db: &Connection, id: &str) -> rusqlite::Result<Option<Brand>> {
    db.prepare_cached(&format!("SELECT {COLUMNS} FROM brands WHERE id = ?1"))?
        .query_row([id], from_row)
        .optional()
}

/// The theme of the hosted pages: that of the default brand.
pub(crate) fn find_theme(db: &Connection) -> rusqlite::Result<Theme> {
    let found = db
        .prepare_cached("SELECT theme FROM brands WHERE is_default")?
        .query_row([], |row| row.get::<_, Json<Theme>>(0))
        .optional()?;
    Ok(found.map_or_else(Theme::default, |theme| theme.0))
}

/// Keeps a brand, new or changed.
pub(crate) fn put_brand(db: &Connection, brand: &Brand) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO brands (id, name, is_default, settings, theme_id, theme, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, settings = excluded.settings, theme = excluded.theme",
    )?
    .execute((
        &brand.id,
        &brand.name,
        brand.is_default,
        Json(&brand.settings),
        &brand.theme_id,
        Json(&brand.theme),
        Moment(brand.created_at),
    ))?;
    Ok(())
}

/// Forgets a brand with its pages.
pub(crate) fn delete_brand(db: &Connection, id: &str) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM brands WHERE id = ?1")?
        .execute([id])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::try_from(text.to_owned()).expect("a colour")
    }

    #[test]
    fn nothing_but_a_colour_is_one() {
        for text in [
            "",
            "red",
            "#fff",
            "#12345g",
            "#1234567",
            "#1662dd;}",
            "1662dd",
            "#16é2d",
        ] {
            assert_eq!(
                Colour::try_from(text.to_owned()),
                Err(InvalidColour),
                "{text}"
            );
        }
        assert_eq!(colour("#1662DD").as_str(), "#1662dd");
    }

    #[test]
    fn text_on_a_colour_can_be_read() {
        let white = Some(colour("#ffffff"));
        assert_eq!(
            colour("#1662dd").text_on_it(white.clone()).as_str(),
            "#ffffff"
        );
        assert_eq!(colour("#ffff00").text_on_it(white).as_str(), "#000000");
        assert_eq!(colour("#000000").text_on_it(None).as_str(), "#ffffff");
    }
}
