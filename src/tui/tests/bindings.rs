//! The tables of keys.

use crate::labels::Lang;
use crate::tui::auth::{ONE_FIELD, RECOVERY, TWO_FIELDS};
use crate::tui::commands::{Binding, Command, EVERYWHERE, Foot, OUTSIDE};
use crate::tui::footer::{FooterItem, Typing, fitting};
use crate::tui::layers::confirm::{CONFIRM, LEAVE};
use crate::tui::layers::filter::FILTER;
use crate::tui::layers::form::{AREA_KEYS, CHOICE, FORM, WAITING};
use crate::tui::layers::help::HELP;
use crate::tui::layers::manual::{CONTENTS, FINDING, MANUAL};
use crate::tui::layers::notice::NOTICE;
use crate::tui::layers::palette::PALETTE;
use crate::tui::layers::pick::PICK;
use crate::tui::layers::ticks::TICKS;
use crate::tui::screens;
use crate::tui::screens::batches::packing::PACKING;

/// Every table with the rows that work besides it.
pub(super) fn tables() -> Vec<(&'static str, &'static [Binding], &'static [Binding])> {
    let mut tables: Vec<_> = screens::TABLES.iter().map(|(name, table)| (*name, *table, EVERYWHERE)).collect();
    tables.extend([("sign-in", TWO_FIELDS, OUTSIDE), ("lock", ONE_FIELD, OUTSIDE), ("recovery", RECOVERY, OUTSIDE)]);
    let none: &[Binding] = &[];
    let layers = [
        ("confirm", CONFIRM),
        ("leave", LEAVE),
        ("form", FORM),
        ("contents", CONTENTS),
        ("finding", FINDING),
        ("filter", FILTER),
        ("area", AREA_KEYS),
        ("choice", CHOICE),
        ("waiting", WAITING),
        ("help", HELP),
        ("manual", MANUAL),
        ("notice", NOTICE),
        ("palette", PALETTE),
        ("pick", PICK),
        ("ticks", TICKS),
        ("packing", PACKING),
    ];
    tables.extend(layers.map(|(name, table)| (name, table, none)));
    tables
}

#[test]
fn no_key_stands_twice_in_a_table() {
    for (name, own, common) in tables() {
        for table in [own, common] {
            let keys: Vec<_> = table.iter().flat_map(|binding| binding.keys).collect();
            for (index, key) in keys.iter().enumerate() {
                assert!(!keys[..index].contains(key), "{name}: {} twice", key.shown());
            }
        }
    }
}

#[test]
fn no_screen_rebinds_a_global_key() {
    for (name, own, common) in tables() {
        for binding in own {
            for other in common.iter().filter(|other| other.keys.iter().any(|key| binding.keys.contains(key))) {
                // Lists are filtered by the key that elsewhere begins a search, which has another key for these.
                let pair = (binding.command, other.command);
                let is_filter = pair == (Command::Filter, Command::Search)
                    && other.keys.iter().any(|key| own.iter().all(|binding| !binding.keys.contains(key)));
                assert!(binding.command == other.command || is_filter, "{name}: {pair:?}");
            }
        }
    }
}

#[test]
fn every_command_is_reachable() {
    let tables = tables();
    for command in Command::ALL {
        let found = tables.iter().any(|(_, own, common)| own.iter().chain(*common).any(|b| b.command == *command));
        assert!(found, "{command:?} has no key");
    }
}

/// Screens that tell only what makes sense now; their footers are looked at in their own tests.
const OFFERING: [&str; 2] = ["batch", "file"];

#[test]
fn every_footer_fits_80_columns_in_both_languages() {
    for lang in [Lang::Ja, Lang::En] {
        for (name, own, common) in tables().into_iter().filter(|(name, ..)| !OFFERING.contains(name)) {
            let told = fitting(own, common, Typing::No, 79, lang.labels());
            for binding in own.iter().filter(|binding| binding.foot == Foot::Shown) {
                let short = binding.command.row().short(lang);
                assert!(told.iter().any(|item| item.name == short), "{name} in {lang:?} has no room for {short}");
            }
        }
    }
}

#[test]
fn help_is_the_last_thing_that_a_footer_tells() {
    for lang in [Lang::Ja, Lang::En] {
        for (name, own, common) in
            tables().into_iter().filter(|(_, _, common)| common.iter().any(|row| row.command == Command::Help))
        {
            let told = fitting(own, common, Typing::No, 79, lang.labels());
            assert_eq!(told.last().map(|item| item.key.as_str()), Some("?"), "{name}");
        }
    }
}

#[test]
fn a_command_is_told_once_in_a_footer() {
    for (name, own, common) in tables() {
        let told = fitting(own, common, Typing::No, 250, Lang::En.labels());
        for (index, FooterItem { key, .. }) in told.iter().enumerate() {
            assert!(!told[..index].iter().any(|other| other.key == *key), "{name}: {key} twice");
        }
    }
}
