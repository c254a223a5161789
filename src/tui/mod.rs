//! The console: one state, messages in, effects out.
//!
//! `run` waits and draws, `app` decides, `effects` alone calls use cases. A screen is five methods (`screen::Screen`);
//! its table of keys (`keys::Binding`) drives handling, footer, help, palette and the README.

#![allow(dead_code, unused_imports)] // while the screens are being built

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
mod run;
mod screen;
mod screens;
mod terminal;
mod theme;
mod widgets;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
