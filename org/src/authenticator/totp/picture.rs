use data_encoding::BASE64;
use png::{BitDepth, ColorType, Encoder};
use qrcode::render::svg;
use qrcode::{Color, EcLevel, QrCode as Matrix};
use secrecy::{ExposeSecret as _, SecretString};
use std::fmt;

/// The white border that ISO/IEC 18004 asks for, in modules.
const QUIET_ZONE: usize = 4;
/// Pixels per module: a camera reads it from a screen, and a page need not scale it.
const SCALE: usize = 4;

/// The picture could not be drawn: the text is too long for any QR code, or the encoder failed.
#[derive(Debug, thiserror::Error)]
#[error("the QR code cannot be drawn: {0}")]
pub(crate) struct QrError(String);

/// A QR code. What it says is as secret as the text that it is made of.
#[derive(Clone)]
pub(crate) struct QrCode(Matrix);

impl QrCode {
    /// The QR code of a text.
    pub(crate) fn new(text: &SecretString) -> Result<Self, QrError> {
        Matrix::with_error_correction_level(text.expose_secret(), EcLevel::M)
            .map(Self)
            .map_err(|error| QrError(error.to_string()))
    }

    /// As `data:image/png;base64,…`, Okta's `qrcode.href`.
    pub(crate) fn png_data_uri(&self) -> Result<SecretString, QrError> {
        let png = self.png().map_err(|error| QrError(error.to_string()))?;
        Ok(format!("data:image/png;base64,{}", BASE64.encode(&png)).into())
    }

    /// As an SVG document, sharp at any size. Black on white in every theme: cameras expect that.
    pub(crate) fn svg(&self) -> SecretString {
        let mut picture = self.0.render::<svg::Color<'_>>();
        picture
            .dark_color(svg::Color("#000"))
            .light_color(svg::Color("#fff"))
            .build()
            .into()
    }

    /// Black and white, one bit per pixel.
    pub(crate) fn png(&self) -> Result<Vec<u8>, png::EncodingError> {
        let side = (self.0.width() + 2 * QUIET_ZONE) * SCALE;
        let pixels = u32::try_from(side).map_err(|_| png::EncodingError::LimitsExceeded)?;
        let mut file = Vec::new();
        let mut encoder = Encoder::new(&mut file, pixels, pixels);
        encoder.set_color(ColorType::Grayscale);
        encoder.set_depth(BitDepth::One);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&self.rows(side))?;
        writer.finish()?;
        Ok(file)
    }

    /// The pixels row by row, eight to a byte, white where a bit is set.
    fn rows(&self, side: usize) -> Vec<u8> {
        let mut rows = Vec::with_capacity(side * side.div_ceil(8));
        for y in 0..side {
            for left in (0..side).step_by(8) {
                let bits = (left..left + 8).map(|x| u8::from(self.is_light(x, y)));
                rows.push(bits.fold(0, |byte, bit| byte << 1 | bit));
            }
        }
        rows
    }

    fn is_light(&self, x: usize, y: usize) -> bool {
        let module = |pixel: usize| (pixel / SCALE).checked_sub(QUIET_ZONE);
        let inside = |module: &usize| *module < self.0.width();
        match (module(x).filter(inside), module(y).filter(inside)) {
            (Some(x), Some(y)) => self.0[(x, y)] == Color::Light,
            _ => true,
        }
    }
}

impl fmt::Debug for QrCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("QrCode([redacted])")
    }
}
