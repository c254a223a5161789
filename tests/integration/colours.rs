//! What the console writes for terminals of every kind: sixteen colours or none, never more than the terminal knows.
#![allow(clippy::unwrap_used)]

use crate::pty::{SIZE, Society};
use std::collections::BTreeSet;

/// Every code that changes colour or weight, of a session that shows home, the palette and the search.
fn codes(environment: &[(&str, Option<&str>)]) -> BTreeSet<u16> {
    let society = Society::new();
    let mut command = society.program();
    for (name, value) in environment {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        }
    }
    let mut screen = society.signed_in_with(command, SIZE);
    screen
        .types("\x10")
        .sees("操作を探す")
        .types("\x1b")
        .sees_no("操作を探す")
        .types("/")
        .sees("番号、カナ、漢字")
        .types("\x1b");
    screen.sees("対応待ち").leaves();
    let text = String::from_utf8(screen.bytes()).unwrap();
    text.split("\x1b[")
        .filter_map(|after| after.split_once('m'))
        .filter(|(codes, _)| codes.chars().all(|c| c.is_ascii_digit() || c == ';'))
        .flat_map(|(codes, _)| codes.split(';').filter_map(|code| code.parse().ok()).collect::<Vec<u16>>())
        .collect()
}

fn coloured(codes: &BTreeSet<u16>) -> impl Iterator<Item = u16> {
    codes.iter().copied().filter(|code| matches!(code, 30..=38 | 40..=48 | 90..=107))
}

#[test]
fn terminals_of_every_kind_get_their_own_sixteen_colours() {
    for term in ["xterm", "xterm-256color", "screen-256color", "tmux-256color", "linux"] {
        for truecolor in [None, Some("truecolor")] {
            let codes = codes(&[("TERM", Some(term)), ("COLORTERM", truecolor)]);
            assert!(coloured(&codes).next().is_some(), "{term}: no colour at all");
            // 38 and 48 begin a colour beyond the sixteen.
            assert!(!codes.contains(&38) && !codes.contains(&48), "{term} {truecolor:?}: {codes:?}");
        }
    }
}

#[test]
fn a_light_ground_gets_other_colours_than_a_dark_one() {
    let told = [[("COLORFGBG", Some("15;0"))], [("COLORFGBG", Some("0;15"))]];
    let named = [[("MYKEMPO_THEME", Some("dark"))], [("MYKEMPO_THEME", Some("light"))]];
    for [dark, light] in [told, named].map(|grounds| grounds.map(|ground| codes(&ground))) {
        assert!(dark.contains(&36) && !light.contains(&36), "cyan is for dark grounds: {light:?}");
        assert!(light.contains(&34) && !dark.contains(&34), "blue is for light ones: {dark:?}");
    }
}

#[test]
fn without_colour_the_selection_is_inverse() {
    for environment in [("NO_COLOR", Some("1")), ("TERM", None)] {
        let codes = codes(&[environment]);
        assert_eq!(coloured(&codes).collect::<Vec<u16>>(), [] as [u16; 0], "{environment:?}");
        assert!(codes.contains(&7) && codes.contains(&1), "{environment:?}: {codes:?}");
    }
}
