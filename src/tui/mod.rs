//! The console: one state, messages in, effects out.
//!
//! `run` waits and draws, `app` decides, `effects` runs requests; a request stands beside its screen and calls one use
//! case. A screen's table of commands (`commands::Binding`) drives handling, footer, help, palette and the README.

mod app;
mod auth;
mod authentication;
mod call_strip;
mod canvas;
mod change_poller;
mod clipboard;
mod commands;
mod context;
mod days;
mod effects;
mod event_source;
mod footer;
mod frame;
mod keys;
mod layers;
mod message;
mod output;
mod progress;
mod refusal;
mod request;
mod route;
mod run;
mod screen;
mod screens;
mod sgr;
mod status;
mod terminal;
mod theme;
mod widgets;
mod workspace;

use crate::labels::Lang;
use crate::usecases::{AppContext, Life};
use app::App;
use context::{Database, PersonKind};
use effects::{Runner, SessionStore};
use std::io;
pub use theme::ColorScheme;
use theme::{Glyphs, Theme};

/// How lines and bars are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Drawing {
    /// Box drawing and blocks.
    #[default]
    Lines,
    /// ASCII, for terminals that draw those two cells wide.
    Ascii,
}

/// How a console begins.
#[derive(Debug, Clone)]
pub struct Start {
    /// The language of its words.
    pub lang: Lang,
    /// How it draws.
    pub drawing: Drawing,
    /// Its colours; what the environment says where none are named.
    pub tone: Option<ColorScheme>,
    /// The name of its database, without user, host or folder.
    pub database: String,
    /// The ID offered at sign-in.
    pub staff: Option<String>,
}

/// Runs the console on this terminal until it is left.
///
/// # Errors
/// There is no terminal, or it went away.
pub async fn console(ctx: AppContext, start: Start) -> io::Result<()> {
    let labels = start.lang.labels();
    let glyphs = match start.drawing {
        Drawing::Lines => Glyphs::LINES,
        Drawing::Ascii => Glyphs::ASCII,
    };
    let tone = start.tone.unwrap_or_else(|| ColorScheme::of_environment(|name| std::env::var(name).ok()));
    let theme = Theme::new(tone, glyphs);
    let clock = ctx.clock;
    let kind = match ctx.life {
        Life::Drill => PersonKind::Drill,
        Life::Elsewhere { .. } => PersonKind::Copy,
        Life::Live(_) | Life::Unnamed if ctx.settings.rehearsal => PersonKind::Rehearsal,
        Life::Live(_) | Life::Unnamed => PersonKind::Real,
    };
    let database = Database { name: start.database, kind };
    let society = ctx.settings.society.name.clone();
    let app = App::new(labels, theme, society, clock.now()).at(database).offering(start.staff.as_deref());
    run::run(app, |to| Runner::new(SessionStore::new(ctx), labels, to), clock).await
}

#[cfg(test)]
mod tests;
