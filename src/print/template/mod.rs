//! Templates: the layout of a society's cards, described in millimetres in a TOML file.

mod concealment;
mod fault;
mod paper_words;
mod read;
mod rules;
mod toml_table;
mod wording;

pub use fault::{TemplateFault, TemplateProblem};
pub use paper_words::{PaperPart, PaperText};
pub use wording::Wording;

use super::fit::TextStyle;
use super::geometry::{Area, Rotation, Size};
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
    /// What it is printed on.
    pub paper: Paper,
    /// What is printed on the panels, in this order.
    pub fields: Vec<TemplateField>,
    /// By the name of a printer.
    pub printers: Vec<PrinterCalibration>,
    /// The words of letters and receipts.
    pub papers: Vec<PaperText>,
}

/// The paper of a card.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paper {
    /// g/m²; the post office wants 2 g at least of the leaf with the address, and 6 g at most of the whole.
    pub weight: Option<f32>,
    /// Whether the inside can be read from outside.
    pub stock: Stock,
}

coded! {
    /// 隠蔽地紋: whether the paper itself hides what is printed inside.
    pub enum Stock {
        /// White: the template prints a pattern over the password.
        Plain = "plain",
        /// With a pattern from the paper's maker.
        Patterned = "patterned",
    }
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
    /// Whether a panel is visible on the sealed card.
    pub enum Visibility {
        /// Visible without opening the card.
        Outside = "outside",
        /// Visible only after opening the card.
        Inside = "inside",
    }
}

/// One face of the folded card.
#[derive(Debug, Clone)]
pub struct Panel {
    /// The name that fields refer to.
    pub name: String,
    /// The line of the file on which it begins.
    pub line: usize,
    /// Its side of the sheet.
    pub side: Side,
    /// Whether it is visible on the sealed card.
    pub visibility: Visibility,
    /// Its place on the flat sheet, mm.
    pub area: Area,
    /// Its rotation on the flat sheet.
    pub turn: Rotation,
}

/// A straight fold across the sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fold {
    /// Horizontal fold, mm from the top.
    Across(f32),
    /// Vertical fold, mm from the left.
    Down(f32),
}

/// Something printed in a box of a panel.
#[derive(Debug, Clone)]
pub struct TemplateField {
    /// The name that faults refer to.
    pub name: String,
    /// The line of the file on which it begins.
    pub line: usize,
    /// Index into the template's panels.
    pub panel: usize,
    /// Its box in the panel, mm.
    pub area: Area,
    /// The one kind of card that it is on; both where none is named.
    pub only: Option<CardKind>,
    /// What is shown.
    pub content: Content,
    /// How type is set in it.
    pub style: TextStyle,
}

/// What a field shows.
#[derive(Debug, Clone)]
pub enum Content {
    /// A text, which may differ or be absent for a kind of card.
    Text {
        /// On viewing-password cards.
        viewing: Option<Wording>,
        /// On login notices.
        login: Option<Wording>,
    },
    /// The password in groups of four, with its reading aid.
    Password,
    /// The login ID with its reading aid.
    LoginId,
    /// B14: the serial as a two-dimensional code.
    SerialCode,
    /// The portal's address as a two-dimensional code.
    PortalCode,
    /// 隠蔽地紋: letters like those of a password, grey and mirrored.
    Pattern,
    /// 料金表示: how the postage is paid, as the settings have it.
    Postage,
    /// カスタマバーコード at this size, pt.
    Barcode(f32),
    /// A frame with strokes of this width in mm.
    Frame(f32),
    /// A horizontal stroke along the upper edge of the box, mm.
    Rule(f32),
    /// A grey background; 1 is white.
    Shade(f32),
}

/// The corrections for a printer that a template names.
#[derive(Debug, Clone, PartialEq)]
pub struct PrinterCalibration {
    /// Its name, as `print.printer` has it.
    pub name: String,
    /// The line of the file on which it begins.
    pub line: usize,
    /// What is corrected.
    pub calibration: Calibration,
}

/// The corrections of the two sides of a sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calibration {
    /// Of the first page.
    pub front: Shift,
    /// Of the second page.
    pub back: Shift,
}

/// Corrections for a printer that shifts or scales a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shift {
    /// Shift to the right, mm.
    pub x: f32,
    /// Shift down, mm.
    pub y: f32,
    /// Scale; 1 prints true to size.
    pub scale: f32,
}

impl Calibration {
    /// The printer is taken as exact: no shift, scale 1.
    pub const NONE: Self = Self { front: Shift::NONE, back: Shift::NONE };

    /// Of one side.
    pub const fn of(&self, side: Side) -> Shift {
        match side {
            Side::Front => self.front,
            Side::Back => self.back,
        }
    }
}

impl Shift {
    /// No shift, scale 1.
    pub const NONE: Self = Self { x: 0.0, y: 0.0, scale: 1.0 };
}

impl Template {
    /// The corrections for a printer, if the template names it.
    pub fn calibration(&self, printer: &str) -> Option<Calibration> {
        self.printers.iter().find(|known| known.name == printer).map(|known| known.calibration)
    }

    /// The size of the panel that a field stands on.
    pub(super) fn panel_size(&self, field: &TemplateField) -> Size {
        let Area { width, height, .. } = self.panels[field.panel].area;
        Size { width, height }
    }

    /// A box of a panel on its side of the flat sheet.
    pub(super) fn on_sheet(&self, panel: usize, area: &Area) -> Area {
        let Panel { area: place, turn, .. } = &self.panels[panel];
        let (x, y) = match turn {
            Rotation::Upright => (place.x + area.x, place.y + area.y),
            Rotation::HalfTurn => (place.right() - area.right(), place.bottom() - area.bottom()),
        };
        Area { x, y, ..*area }
    }
}

impl TemplateField {
    /// Whether it appears on this kind of card.
    pub(super) fn shows_on(&self, kind: CardKind) -> bool {
        self.only.is_none_or(|only| only == kind) && self.content.shows_on(kind)
    }
}

impl Content {
    /// Whether it must be read, by people or machines: not a background, frame or rule.
    fn is_ink(&self) -> bool {
        !matches!(self, Self::Frame(_) | Self::Rule(_) | Self::Shade(_))
    }

    /// Whether it appears on this kind of card.
    fn shows_on(&self, kind: CardKind) -> bool {
        match self {
            Self::Text { .. } => self.wording(kind).is_some(),
            Self::LoginId => kind == CardKind::Login,
            _ => true,
        }
    }

    /// The text for this kind of card.
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
