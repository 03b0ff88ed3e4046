//! QR codes (ISO/IEC 18004): what a telephone reads off the screen or the paper.

use std::fmt::Write as _;

use qrcode::types::QrError;
use qrcode::{Color, EcLevel};
use serde::Serialize;
use ts_rs::TS;

/// White around the code that a reader needs, in modules.
const QUIET_ZONE: usize = 4;

/// A QR code as a drawing of one path: black on white, one unit a module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct QrCode {
    /// Width and height in modules, the white margin included.
    pub size: u32,
    /// The black modules, in the words of an SVG path.
    pub path: String,
}

impl QrCode {
    /// The smallest code that holds `data` and still reads when 15 % of it is stained.
    ///
    /// # Errors
    /// More data than a code holds: 2 331 bytes.
    pub fn of(data: &[u8]) -> Result<Self, QrError> {
        let code = qrcode::QrCode::with_error_correction_level(data, EcLevel::M)?;
        let width = code.width();
        let mut path = String::new();
        for (y, row) in code.to_colors().chunks_exact(width).enumerate() {
            let mut x = 0;
            for run in row.chunk_by(|a, b| a == b) {
                if run[0] == Color::Dark {
                    let (left, top) = (x + QUIET_ZONE, y + QUIET_ZONE);
                    // Writing to a text does not fail.
                    let _ = write!(path, "M{left} {top}h{0}v1h-{0}z", run.len());
                }
                x += run.len();
            }
        }
        Ok(Self {
            size: u32::try_from(width + 2 * QUIET_ZONE).unwrap_or(u32::MAX),
            path,
        })
    }
}
