//! QR codes as light and dark modules, small enough for a terminal.

use super::Passphrase;
use qrcode::{Color, EcLevel, QrCode};

/// Light modules around the code. The standard wants four; two are enough for cameras, and it must fit.
const QUIET: usize = 2;

/// A square of modules, with light ones around. `Debug` shows its size alone: it holds a secret.
#[derive(Clone)]
pub struct Qr {
    dark: Vec<bool>,
    width: usize,
}

impl std::fmt::Debug for Qr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Qr({})", self.width)
    }
}

impl Qr {
    /// Nothing where the text is too long for any code.
    pub fn of(text: &Passphrase) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text.expose(), EcLevel::L).ok()?;
        let dark = code.to_colors().into_iter().map(|color| color == Color::Dark).collect();
        Some(Self { dark, width: code.width() })
    }

    /// Modules of a side, with the light ones around.
    pub fn side(&self) -> usize {
        self.width + 2 * QUIET
    }

    /// Whether a module is dark.
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        let inside = |at: usize| at.checked_sub(QUIET).filter(|at| *at < self.width);
        inside(x).zip(inside(y)).is_some_and(|(x, y)| self.dark[y * self.width + x])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secrets::TotpSecret;

    #[test]
    fn the_code_of_the_longest_staff_id_fits_into_80_by_24() {
        let secret = TotpSecret::generate().unwrap();
        let short = Qr::of(&secret.uri("sato")).unwrap();
        let long = Qr::of(&secret.uri(&"x".repeat(32))).unwrap();
        assert!(short.side() <= long.side() && long.side() <= 42, "{short:?} {long:?}");
        // A light frame, then the dark edge of the finder pattern.
        assert!((0..short.side()).all(|at| !short.is_dark(at, 1) && !short.is_dark(1, at)));
        assert!((2..9).all(|at| short.is_dark(at, 2) && short.is_dark(2, at)));
    }
}
