//! Templates: a society's paper, described in millimetres in a file that it can edit.

mod fault;
mod read;
mod rules;
mod table;
mod wording;

pub use fault::{TemplateFault, TemplateProblem};
pub use wording::Wording;

use super::fit::Style;
use super::geometry::{Area, Size, Turn};
use crate::domain::{CardKind, coded};

/// A sheet with its panels, folds and fields.
#[derive(Debug, Clone)]
pub struct Template {
    /// `v-fold`
    pub name: String,
    /// The flat sheet, mm.
    pub sheet: Size,
    /// The faces of the folded card.
    pub panels: Vec<Panel>,
    /// Where the paper folds.
    pub folds: Vec<Fold>,
    /// What is printed on the panels, in this order.
    pub fields: Vec<Field>,
    /// By the name of a printer.
    pub printers: Vec<(String, Calibration)>,
}

coded! {
    /// The two sides of the flat sheet, in the order of their pages.
    pub enum Side {
        /// The first page.
        Front = "front",
        /// The second page.
        Back = "back",
    }
}

coded! {
    /// Where a panel is when the card is folded and sealed.
    pub enum Seen {
        /// Everybody sees it.
        Outside = "outside",
        /// Only who opens the card sees it.
        Inside = "inside",
    }
}

/// One face of the folded card.
#[derive(Debug, Clone)]
pub struct Panel {
    /// Fields refer to it.
    pub name: String,
    /// The line of the file on which it begins.
    pub line: usize,
    /// Its side of the sheet.
    pub side: Side,
    /// Whether it is seen before the card is opened.
    pub seen: Seen,
    /// Its place on the flat sheet, mm.
    pub area: Area,
    /// Its direction on the flat sheet.
    pub turn: Turn,
}

/// A straight fold across the sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fold {
    /// Across, mm from the top.
    Across(f32),
    /// Down, mm from the left.
    Down(f32),
}

/// Something printed in a box of a panel.
#[derive(Debug, Clone)]
pub struct Field {
    /// Named in faults.
    pub name: String,
    /// The line of the file on which it begins.
    pub line: usize,
    /// Index into the template's panels.
    pub panel: usize,
    /// Its box in the panel, mm.
    pub area: Area,
    /// What is shown.
    pub content: Content,
    /// How type is set in it.
    pub style: Style,
}

/// What a field shows.
#[derive(Debug, Clone)]
pub enum Content {
    /// Words, perhaps different or absent for a kind of card.
    Text {
        /// On viewing-password cards.
        viewing: Option<Wording>,
        /// On login notices.
        login: Option<Wording>,
    },
    /// The password in groups of four, with its reading aid.
    Password,
    /// カスタマバーコード at this size, pt.
    Barcode(f32),
    /// A frame with strokes of this width in mm.
    Frame(f32),
    /// A horizontal stroke along the upper edge of the box, mm.
    Rule(f32),
    /// A grey ground; 1 is white.
    Shade(f32),
}

/// What a printer does to positions, undone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calibration {
    /// mm to the right
    pub x: f32,
    /// mm down
    pub y: f32,
    /// 1 is true to size.
    pub scale: f32,
}

impl Calibration {
    /// A printer that is exact.
    pub const NONE: Self = Self { x: 0.0, y: 0.0, scale: 1.0 };
}

impl Template {
    /// V-fold: A5 148×210 mm, duplex, folds to 148×105.
    pub fn v_fold() -> Result<Self, Vec<TemplateFault>> {
        Self::parse(Self::V_FOLD)
    }

    /// Z-fold: A4 210×297 mm, duplex, three panels of 148×99; the centre panel is the card itself.
    pub fn z_fold() -> Result<Self, Vec<TemplateFault>> {
        Self::parse(Self::Z_FOLD)
    }

    /// The text of the embedded Z-fold template.
    pub const Z_FOLD: &str = include_str!("../../../assets/templates/z-fold.toml");

    /// The text of the embedded V-fold template, to start an own one from.
    pub const V_FOLD: &str = include_str!("../../../assets/templates/v-fold.toml");

    /// Reads a template. Every fault is found, not only the first.
    pub fn parse(source: &str) -> Result<Self, Vec<TemplateFault>> {
        read::template(source)
    }

    /// What the named printer needs; nothing for a printer that the file does not name.
    pub fn calibration(&self, printer: &str) -> Option<Calibration> {
        self.printers.iter().find(|(name, _)| name == printer).map(|(_, calibration)| *calibration)
    }
}

impl Template {
    /// The size of the panel that a field stands on.
    pub(super) fn panel_size(&self, field: &Field) -> Size {
        let Area { width, height, .. } = self.panels[field.panel].area;
        Size { width, height }
    }
}

impl Content {
    /// Type and bars, as opposed to grounds, frames and rules.
    fn is_ink(&self) -> bool {
        matches!(self, Self::Text { .. } | Self::Password | Self::Barcode(_))
    }

    /// Whether anything of it is on this kind of card.
    fn shows_on(&self, kind: CardKind) -> bool {
        !matches!(self, Self::Text { .. }) || self.wording(kind).is_some()
    }

    /// The words for this kind of card.
    pub(super) fn wording(&self, kind: CardKind) -> Option<&Wording> {
        match (self, kind) {
            (Self::Text { viewing, .. }, CardKind::Viewing) => viewing.as_ref(),
            (Self::Text { login, .. }, CardKind::Login) => login.as_ref(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
