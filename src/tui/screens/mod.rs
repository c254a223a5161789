//! The seven screens, in the order of their number keys, and what they share.

pub(crate) mod admin;
pub(crate) mod batches;
pub(crate) mod card_dialogs;
mod common;
pub(crate) mod confirm_address;
mod home;
pub(crate) mod import;
pub(crate) mod members;
pub(crate) mod queue;
pub(crate) mod requests;
pub(crate) mod take_call;
pub(crate) mod take_incident;

pub(crate) use home::requests::LoadHome;
#[cfg(test)]
pub(crate) use home::requests::LoadStats;

use super::screen::Screen;
use crate::tui::commands::Tab;

/// All of them, empty, in the order of their number keys.
pub(crate) fn all() -> [Box<dyn Screen>; Tab::ALL.len()] {
    Tab::ALL.map(open)
}

fn open(tab: Tab) -> Box<dyn Screen> {
    match tab {
        Tab::Home => Box::new(home::HomeScreen::default()),
        Tab::Members => Box::new(members::MembersScreen::default()),
        Tab::Requests => Box::new(requests::RequestsScreen::default()),
        Tab::Queue => Box::new(queue::QueueScreen::default()),
        Tab::Batches => Box::new(batches::BatchesScreen::default()),
        Tab::Import => Box::new(import::ImportScreen::default()),
        Tab::Admin => Box::new(admin::AdminScreen::default()),
    }
}

/// Every table of keys, for the tests and the README.
#[cfg(test)]
pub(crate) const TABLES: &[(&str, &[super::commands::Binding])] = &[
    ("home", home::HOME),
    ("statistics", home::STATS),
    ("members", members::FIND),
    ("identity", members::IDENTITY),
    ("member", members::VIEW),
    ("follow-ups", members::FOLLOW_UPS),
    ("promises", members::PROMISES),
    ("notes", members::NOTE_SEARCH),
    ("calls", members::DAY_CALLS),
    ("call", members::UNNAMED),
    ("incidents", members::INCIDENTS),
    ("incident", members::INCIDENT),
    ("requests", requests::INBOX),
    ("request", requests::VIEW),
    ("outbox", requests::OUTBOX),
    ("queue", queue::EMPLOYERS),
    ("cards", queue::CARDS),
    ("changed addresses", queue::CHANGED_ADDRESSES),
    ("batches", batches::LIST),
    ("batch", batches::VIEW),
    ("sent batch", batches::SENT),
    ("missing receipts", batches::RECEIPTS),
    ("employers", batches::EMPLOYERS),
    ("employer", batches::EMPLOYER),
    ("export", batches::EXPORTING),
    ("imports", import::RUNS),
    ("choosing", import::CHOOSING),
    ("file", import::CHECKED),
    ("reading", import::READING),
    ("staff", admin::STAFF),
    ("settings", admin::SETTINGS),
    ("audit", admin::AUDIT),
    ("log", admin::LOG),
    ("changes", admin::CHANGES),
    ("doctor", admin::DOCTOR),
];
