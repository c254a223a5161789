//! Cards to paper.
//!
//! `layout` is pure: cards become pages of marks in millimetres (`page`). Only the `pdf*` files know PDF.
//! The way of an export:
//!
//! 1. [`Press::open`] with a [`Template`], [`Fonts`] and a [`Sender`];
//! 2. [`Press::preflight`] for every card (B4);
//! 3. [`Staging::open`] on the folder, [`Press::cards`] with each card and its [`Secret`], then [`Press::letters`],
//!    [`Press::summary`] and [`Press::manifest`] for its [`bundles`];
//! 4. [`Staging::publish`], and the files are there; without it there are none (B5).
//!
//! printpdf sets the pages; every character is resolved to a glyph before. What it cannot do yet is done with lopdf in
//! `pdf_finish`. 10,000 pages a second, 57 MB for 20,000 cards; see `benches/print.rs`.

mod alignment;
mod barcode;
mod card;
mod date;
mod document;
mod fault;
mod fit;
mod font;
mod geometry;
mod kinsoku;
mod layout;
mod order;
mod page;
mod paper;
mod password;
mod pdf;
mod pdf_content;
mod pdf_encrypt;
mod pdf_finish;
mod pdf_font;
mod pdf_stream;
mod renderer;
mod slot;
mod staging;
mod template;

pub use alignment::alignment;
pub use card::{Card, Route, Secret, Sender};
pub use date::DateStyle;
pub use document::PrintError;
pub use fault::{Fault, Note};
pub use fit::{Across, Down, Flow, Style};
pub use font::{FontError, Fonts, Unprintable};
pub use geometry::{Area, Size, Turn};
pub use order::{Bundle, Order, bundles};
pub use renderer::{CardRenderer, Progress, Run};
pub use slot::Slot;
pub use staging::{FileError, Staging, WrittenFile, is_unfinished, resume, sweep};
pub use template::{
    Calibration, Content, Field, Fold, Panel, Seen, Side, Template, TemplateFault, TemplateProblem, Wording,
};

#[cfg(test)]
mod tests;
