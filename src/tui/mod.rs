//! The console: one state, messages in, effects out.
//!
//! `run` waits and draws, `app` decides, `effects` alone calls use cases. A screen is five methods (`screen::Screen`);
//! its table of keys (`keys::Binding`) drives handling, footer, help, palette and the README.

mod app;
mod canvas;
mod context;
mod desk;
mod effects;
mod frame;
mod gate;
mod keys;
mod layers;
mod message;
mod pulse;
mod run;
mod screen;
mod screens;
mod terminal;
mod theme;
mod widgets;

use crate::labels::Lang;
use crate::usecases::Office;
use app::App;
use effects::OfficeBackend;
use std::io;
use theme::{Glyphs, Theme, Tone};

/// How lines and bars are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Drawing {
    /// Box drawing and blocks.
    #[default]
    Lines,
    /// ASCII, for terminals that draw those two cells wide.
    Ascii,
}

/// Runs the console on this terminal until somebody leaves it. `staff` is the ID offered at sign-in.
///
/// # Errors
/// There is no terminal, or it went away.
pub async fn console(office: Office, lang: Lang, drawing: Drawing, staff: Option<&str>) -> io::Result<()> {
    let labels = lang.labels();
    let glyphs = match drawing {
        Drawing::Lines => Glyphs::LINES,
        Drawing::Ascii => Glyphs::ASCII,
    };
    let theme = Theme::new(Tone::of_environment(|name| std::env::var(name).ok()), glyphs);
    let clock = office.clock;
    let app = App::new(labels, theme, office.settings.society.name.clone(), clock.now()).offering(staff);
    run::run(app, OfficeBackend::new(office, labels), clock).await
}

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
