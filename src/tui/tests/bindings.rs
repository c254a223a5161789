//! The tables of keys.

use crate::labels::{Command, Lang};
use crate::tui::frame::{Typing, footer, footer_width};
use crate::tui::gate::{GATE, lock::LOCK};
use crate::tui::keys::{Binding, EVERYWHERE, OUTSIDE};
use crate::tui::layers::confirm::CONFIRM;
use crate::tui::layers::form::FORM;
use crate::tui::layers::help::HELP;
use crate::tui::layers::notice::NOTICE;
use crate::tui::layers::palette::PALETTE;
use crate::tui::layers::pick::PICK;
use crate::tui::screens;

/// Every table with the rows that work besides it.
fn tables() -> Vec<(&'static str, &'static [Binding], &'static [Binding])> {
    let mut tables: Vec<_> = screens::TABLES.iter().map(|(name, table)| (*name, *table, EVERYWHERE)).collect();
    tables.extend([("sign-in", GATE, OUTSIDE), ("lock", LOCK, OUTSIDE)]);
    let none: &[Binding] = &[];
    let layers = [
        ("confirm", CONFIRM),
        ("form", FORM),
        ("help", HELP),
        ("notice", NOTICE),
        ("palette", PALETTE),
        ("pick", PICK),
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
fn no_screen_takes_a_key_away_that_works_everywhere_unless_for_the_same() {
    for (name, own, common) in tables() {
        for binding in own {
            for other in common.iter().filter(|other| other.keys.iter().any(|key| binding.keys.contains(key))) {
                assert_eq!(binding.command, other.command, "{name}");
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

#[test]
fn every_footer_fits_80_columns_in_both_languages() {
    for lang in [Lang::Ja, Lang::En] {
        for (name, own, common) in tables() {
            for typing in [Typing::Yes, Typing::No] {
                let width = footer_width(&footer(own, common, typing, lang)) - 1;
                assert!(width <= 80, "{name} in {lang:?} takes {width}");
            }
        }
    }
}

#[test]
fn a_command_is_told_once_in_a_footer() {
    for (name, own, common) in tables() {
        let footer = footer(own, common, Typing::No, Lang::En);
        for (index, (key, _)) in footer.iter().enumerate() {
            assert!(!footer[..index].iter().any(|(other, _)| other == key), "{name}: {key} twice");
        }
    }
}
