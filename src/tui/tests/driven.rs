//! Every key of every screen, pressed: it does something or says why not, and nothing that cannot be taken back
//! happens without a question.

use super::{
    admin, batches, calls, employers, home, import, incidents, members, notes, outbox, phone, promises, queue,
    requests, stats,
};
use crate::domain::request::IdentityCheck;
use crate::domain::{BatchState, Role};
use crate::labels::Lang;
use crate::tui::commands::{Binding, Command};
use crate::tui::keys::Key;
use crate::tui::message::Msg;
use crate::tui::request::AnyRequest;
use crate::tui::screens::TABLES;
use crate::tui::screens::batches::requests::PreviewBatch;
use crate::tui::screens::import::requests::ImportFile;
use crate::tui::screens::requests::calls::{AssignRequest, SettleRequest, VerifyRequest};
use crate::tui::tests::testing::Rig;
use crate::tui::theme::{ColorScheme, Glyphs, Theme};
use crate::usecases::import::Mode;
use crossterm::event::{KeyEvent, KeyModifiers};
use std::any::Any;

const SIZE: (u16, u16) = (80, 24);
const LANGS: [Lang; 2] = [Lang::Ja, Lang::En];

/// A screen behind the sign-in with data in it, by the name of its table.
type Scene = (&'static str, fn(Lang) -> Rig);

const SCENES: &[Scene] = &[
    ("home", |lang| home::home(lang, SIZE, home::busy())),
    ("statistics", |lang| stats::stats(lang, SIZE)),
    ("members", |lang| members::results(lang, SIZE)),
    ("identity", |lang| {
        let mut rig = members::results(lang, SIZE);
        rig.keys("<F4>");
        rig
    }),
    ("member", |lang| phone::told(lang, SIZE)),
    ("follow-ups", |lang| notes::follow_ups(lang, SIZE)),
    ("promises", |lang| promises::listed(lang, SIZE)),
    ("notes", |lang| notes::searched(lang, SIZE)),
    ("calls", |lang| calls::listed(lang, SIZE)),
    ("call", |lang| calls::unnamed(lang, SIZE)),
    ("incidents", |lang| incidents::listed(lang, SIZE)),
    ("incident", |lang| incidents::opened(lang, SIZE)),
    ("requests", |lang| requests::list(lang, SIZE)),
    ("request", |lang| requests::opened(lang, SIZE, &[IdentityCheck::BirthDate])),
    ("outbox", |lang| outbox::outbox(lang, SIZE)),
    ("queue", |lang| queue::queue(lang, SIZE)),
    ("cards", |lang| queue::cards(lang, SIZE)),
    ("changed addresses", |lang| queue::changes(lang, SIZE)),
    ("batches", |lang| batches::list(lang, SIZE, Role::Supervisor)),
    ("batch", |lang| batches::opened(lang, SIZE, Role::Supervisor, BatchState::Draft)),
    ("sent batch", |lang| batches::opened(lang, SIZE, Role::Supervisor, BatchState::Dispatched)),
    ("missing receipts", |lang| batches::missing(lang, SIZE)),
    ("employers", |lang| employers::listed(lang, SIZE)),
    ("employer", |lang| employers::opened(lang, SIZE)),
    ("export", |lang| batches::exporting(lang, SIZE)),
    ("imports", |lang| import::list(lang, SIZE, Role::Admin)),
    ("choosing", |lang| import::choosing(lang, SIZE)),
    ("file", |lang| import::checked(lang, SIZE)),
    ("reading", |lang| import::reading(lang, SIZE)),
    ("staff", |lang| admin::staff(lang, SIZE, Role::Admin)),
    ("settings", |lang| admin::settings(lang, SIZE)),
    ("audit", |lang| admin::audit(lang, SIZE)),
    ("log", |lang| admin::log(lang, SIZE)),
    ("changes", |lang| admin::changes(lang, SIZE)),
    ("doctor", |lang| admin::doctor(lang, SIZE)),
];

#[test]
fn every_table_of_keys_is_tried_on_a_screen() {
    let tried: Vec<&str> = SCENES.iter().map(|(name, _)| *name).collect();
    assert_eq!(tried, TABLES.iter().map(|(name, _)| *name).collect::<Vec<_>>());
}

fn table(name: &str) -> &'static [Binding] {
    TABLES.iter().find(|(other, _)| *other == name).map_or(&[], |(_, table)| *table)
}

fn renderer(rig: &mut Rig, key: Key) {
    let (code, modifiers) = key.parts();
    rig.send(Msg::Key(KeyEvent::new(code, modifiers | KeyModifiers::NONE)));
}

/// Writes that a key starts at once: another key takes them back, or nothing is changed by them.
fn can_be_taken_back(request: &(dyn AnyRequest + 'static)) -> bool {
    let request: &dyn Any = request;
    let dry_run = |it: &ImportFile| it.0.mode == Mode::DryRun;
    // A settled request is taken up again by a key, and so is one's own work given back.
    let of_requests = request.is::<VerifyRequest>() || request.is::<SettleRequest>() || request.is::<AssignRequest>();
    of_requests || request.is::<PreviewBatch>() || request.downcast_ref().is_some_and(dry_run)
}

#[test]
fn every_key_does_something_or_says_why_not() {
    for (name, scene) in SCENES {
        for binding in table(name) {
            for key in binding.keys {
                let mut rig = scene(Lang::Ja);
                // Up means something only below the first row.
                if matches!(binding.command, Command::Up | Command::PageUp | Command::First) {
                    rig.keys("<Down>");
                }
                let before = (rig.cells(), rig.cursor());
                rig.effects.clear();
                renderer(&mut rig, *key);
                let after = (rig.cells(), rig.cursor());
                assert!(
                    before != after || !rig.effects.is_empty() || is_still(name, binding.command),
                    "{name}: {}",
                    key.shown()
                );
            }
        }
    }
}

/// Keys that have nowhere to go in a scene: it is one page, or all of it is seen.
fn is_still(name: &str, command: Command) -> bool {
    use Command as C;
    let moves = command.is_moving() && !matches!(command, C::NextField | C::PreviousField);
    match name {
        "file" | "member" | "request" | "call" | "incident" | "employer" => moves,
        // Its files begin in different ways, and all of them are seen.
        "choosing" => moves || command == C::Complete,
        _ => false,
    }
}

#[test]
fn nothing_that_cannot_be_taken_back_happens_at_one_key() {
    for (name, scene) in SCENES {
        for binding in table(name) {
            let mut rig = scene(Lang::Ja);
            rig.effects.clear();
            renderer(&mut rig, binding.keys[0]);
            let written = rig.written();
            assert!(written.is_none_or(can_be_taken_back), "{name}: {} orders {written:?}", binding.keys[0].shown());
        }
    }
}

#[test]
fn the_selection_is_seen_on_every_list_in_every_theme() {
    let lists = ["home", "members", "requests", "queue", "cards", "batches", "batch", "imports", "staff", "settings"];
    for (name, scene) in SCENES.iter().filter(|(name, _)| lists.contains(name)) {
        for tone in ColorScheme::ALL {
            let mut rig = scene(Lang::Ja).in_tone(tone);
            let selected = Theme::new(tone, Glyphs::LINES).selected;
            assert!(rig.rows_in(selected) >= 1, "{name} in {tone:?} shows no selection");
        }
    }
}

#[test]
fn cursor_is_in_the_field_wherever_text_is_taken() {
    let typed = [("members", ""), ("identity", ""), ("cards", "o")];
    for (name, keys) in typed {
        let (_, scene) = SCENES.iter().find(|(other, _)| *other == name).unwrap();
        let mut rig = scene(Lang::Ja);
        rig.keys(keys);
        let (x, y) = rig.cursor().unwrap_or_else(|| panic!("{name} {keys}: no cursor\n{}", rig.screen()));
        rig.keys("漢");
        assert_eq!(rig.cursor(), Some((x + 2, y)), "{name} {keys}: the cursor follows by cells");
    }
}

#[test]
fn no_label_is_cut_at_80_columns() {
    for lang in LANGS {
        for (name, scene) in SCENES {
            let screen = scene(lang).screen();
            // Long names, notes and settings are data; a cut one ends in ~. A finding stands whole below its list.
            let is_data = |line: &&str| {
                ["テクノ", "武蔵野", "東京電子", "はがきが", "かけ直し", "鈴木様"]
                    .iter()
                    .any(|text| line.contains(text))
            };
            let cut = screen.lines().filter(|line| line.contains('~') && !is_data(line));
            let whole_below = |line: &str| {
                *name == "home" && line.contains(" ~12") || *name == "doctor" && line.trim_end().ends_with('~')
            };
            let cut: Vec<_> = cut.filter(|line| !whole_below(line)).collect();
            assert!(cut.is_empty(), "{name} in {lang:?}: {cut:?}");
        }
    }
}

#[test]
fn states_are_words_where_there_are_no_colours() {
    for (name, words) in [("queue", "全喪"), ("batches", "承認待ち"), ("requests", "新規"), ("staff", "ロック")]
    {
        let (_, scene) = SCENES.iter().find(|(other, _)| *other == name).unwrap();
        assert!(scene(Lang::Ja).in_tone(ColorScheme::Plain).screen().contains(words), "{name}");
    }
}
