//! Tabs, footer, dialogs, leaving.

use crate::domain::Role;
use crate::labels::Lang;
use crate::tui::testing::{LOOKS, Rig};
use chrono::Duration;

const SIZE: (u16, u16) = (80, 24);

#[test]
fn too_small_says_so_and_comes_back() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.resize(60, 20);
    insta::assert_snapshot!("too_small", rig.screen());
    rig.resize(80, 24);
    assert!(rig.screen().contains("1 ホーム"));
}

#[test]
fn help_and_palette_look() {
    for (name, lang, size) in LOOKS {
        let mut rig = Rig::signed_in(lang, size, Role::Clerk);
        rig.keys("？");
        insta::assert_snapshot!(format!("help_{name}"), rig.screen());
        rig.keys("<Esc><C-p>");
        insta::assert_snapshot!(format!("palette_{name}"), rig.screen());
    }
}

#[test]
fn the_palette_runs_a_command_found_in_the_other_language() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.keys("<C-p>lock<Enter>");
    assert!(rig.screen().contains("画面をロックしています"));
}

#[test]
fn full_width_numbers_switch_screens_and_the_open_tab_is_marked() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.keys("５");
    let open = rig.style_of("5 バッチ");
    let other = rig.style_of("1 ホーム");
    assert!(open.bg != other.bg);
}

#[test]
fn quitting_asks_and_enter_means_yes() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.keys("<C-q>");
    assert!(!rig.has_quit());
    insta::assert_snapshot!("quit", rig.screen());
    rig.keys("<Esc><C-q><Enter>");
    assert!(rig.has_quit());
}

#[test]
fn an_unknown_key_says_where_help_is() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.keys("Z");
    assert!(rig.screen().contains("Z はここでは使いません"));
}

#[test]
fn the_clock_asks_to_be_woken_once_a_minute_and_never_at_sign_in() {
    assert_eq!(Rig::new(Lang::Ja, SIZE).app.wake_in(), None);
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.now += Duration::seconds(15);
    rig.keys("1");
    assert_eq!(rig.app.wake_in(), Some(Duration::seconds(45)));
}
