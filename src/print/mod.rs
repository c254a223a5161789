//! Cards to PDF.
//!
//! `layout` is pure: cards become pages of shapes in millimetres (`page`). Only the `pdf*` files know PDF.
//! An export takes these steps:
//!
//! 1. [`CardRenderer::open`] with a [`Template`], [`Fonts`] and a [`Sender`];
//! 2. [`CardRenderer::preflight`] for every card (B4);
//! 3. [`Staging::open`] on the folder, [`CardRenderer::cards`] with each card and its [`Secret`], then [`CardRenderer::letters`],
//!    [`CardRenderer::summary`] and [`CardRenderer::manifest`] for its [`bundles`];
//! 4. [`Staging::publish`], gives the files their names; without it there are none (B5).
//!
//! printpdf writes the pages; every character is resolved to a glyph before. What printpdf cannot do is done with lopdf in
//! `pdf_finish`. 10,000 pages a second, 57 MB for 20,000 cards; see `benches/print.rs`.

mod alignment;
mod barcode;
mod bundle;
mod card;
mod code2d;
mod date;
mod document;
mod fit;
mod font;
mod geometry;
mod kinsoku;
mod layout;
mod outline;
mod page;
mod paper;
mod pattern;
mod pdf;
mod pdf_content;
mod pdf_encrypt;
mod pdf_error;
mod pdf_finish;
mod pdf_font;
mod pdf_metadata;
mod pdf_stream;
mod postage;
mod preflight;
mod renderer;
mod sample_mark;
mod slot;
mod spelled;
mod staging;
mod template;

pub use alignment::alignment;
pub use bundle::{CardBundle, SortKey, bundles};
pub use card::{CardContent, PrintedRoute, Secret, Sender};
pub use date::DateStyle;
pub use document::PrintError;
pub use fit::{Flow, HorizontalAlign, TextStyle, VerticalAlign};
pub use font::{FontError, Fonts, Unprintable, Weight};
pub use geometry::{Area, Rotation, Size};
pub use paper::{LetterFiles, StatsChart, StatsPaper, StatsRow, statistics};
pub use postage::{Postage, PostageMark};
pub use preflight::{PreflightFault, PreflightNote};
pub use renderer::{CardRenderer, PrintProgress, PrintRun, is_ticket};
pub use slot::TemplateSlot;
pub use staging::{Staging, StagingError, WrittenFile, is_unfinished, resume, sweep};
pub use template::{
    Calibration, Content, Fold, Panel, Paper, PaperPart, PaperText, PrinterCalibration, Shift, Side, Stock, Template,
    TemplateFault, TemplateField, TemplateProblem, Visibility, Wording,
};

#[cfg(test)]
mod tests;
