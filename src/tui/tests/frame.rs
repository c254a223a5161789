//! Tabs, footer, dialogs, leaving.

use super::fixtures::lines;
use crate::domain::Role;
use crate::labels::Lang;
use crate::tui::authentication::AuthStep;
use crate::tui::change_poller::{CheckSession, ConsoleSettings, PollChanges};
use crate::tui::screens::members::requests::FindMembers;
use crate::tui::screens::queue::requests::LoadQueue;
use crate::tui::tests::testing::{Album, LOOKS, Rig};
use crate::usecases::change_summary::ChangeSummary;
use chrono::Duration;
use ratatui::style::Modifier;

const SIZE: (u16, u16) = (80, 24);

#[test]
fn f2_over_a_dialog_lists_the_keys_of_the_dialog() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.keys("<C-p><F2>");
    assert!(rig.screen().contains("入力を決定する"), "{}", rig.screen());
    assert!(!rig.screen().contains("ホームへ"), "{}", rig.screen());
    rig.keys("<F2>");
    assert!(rig.screen().contains("操作を探す"), "one help is enough: {}", rig.screen());
}

#[test]
fn too_small_says_so_and_comes_back() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.resize(60, 20);
    insta::assert_snapshot!("too_small", rig.screen());
    rig.resize(80, 24);
    assert!(rig.screen().contains("1 ホーム"));
}

#[test]
fn keys_do_nothing_while_the_terminal_is_too_small() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.resize(60, 20);
    rig.screen();
    rig.keys("4").paste("260-1");
    rig.resize(80, 24);
    let (found, queue) = (rig.has_requested::<FindMembers>(), rig.has_requested::<LoadQueue>());
    assert!(!found && !queue, "still home: {}", rig.screen());
    rig.resize(60, 20);
    rig.screen();
    rig.keys("<C-q>");
    rig.resize(80, 24);
    assert!(rig.screen().contains("終了"), "leaving works at any size");
}

#[test]
fn help_and_palette_look() {
    let mut album = Album::default();
    for (name, lang, size) in LOOKS {
        let mut rig = Rig::signed_in(lang, size, Role::Clerk);
        rig.keys("？");
        album.add("help", name, &rig.screen());
        rig.keys("<Esc><C-p>");
        album.add("palette", name, &rig.screen());
    }
    insta::assert_snapshot!("frame", album.pages);
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
fn leaving_with_an_open_dialog_asks_first() {
    let mut rig = super::queue::cards(Lang::Ja, SIZE);
    rig.keys("o住所確認中<C-c>");
    assert!(!rig.has_quit());
    insta::assert_snapshot!("quit_over_a_dialog", rig.screen());
    rig.keys("<Enter>");
    assert!(!rig.has_quit() && rig.screen().contains("住所確認中"), "{}", rig.screen());
    rig.keys("<C-q><C-q>");
    assert!(rig.has_quit());
}

#[test]
fn signing_out_asks_first() {
    let mut rig = Rig::signed_in(Lang::En, SIZE, Role::Clerk);
    rig.keys("/260<C-x>");
    assert!(rig.screen().contains("Sign out, for another person?"), "{}", rig.screen());
    assert!(rig.keys("<Esc>").screen().contains("260"));
    rig.keys("<C-x><Enter>");
    assert!(rig.screen().contains("Staff ID"));
}

#[test]
fn lock_works_everywhere_and_keeps_the_work() {
    for keys in ["/ショウジ", "4", "?", "/ショウジ<C-p>"] {
        let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
        rig.keys(keys);
        let before = rig.screen();
        rig.keys("<C-o>");
        assert!(rig.screen().contains("画面をロックしています"), "{keys}: {}", rig.screen());
        rig.keys("pass<Enter>").authenticate(AuthStep::Unlock);
        assert_eq!(rig.screen(), before, "{keys}");
    }
}

#[test]
fn an_unknown_key_says_where_help_is() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.keys("Z");
    assert!(rig.screen().contains("Z はここでは使いません"));
}

#[test]
fn clock_wakes_once_a_minute_and_never_at_sign_in() {
    assert_eq!(Rig::new(Lang::Ja, SIZE).app.wake_in(), None);
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.now += Duration::seconds(15);
    rig.keys("2");
    assert_eq!(rig.app.wake_in(), Some(Duration::seconds(45)));
}

pub(super) fn settings(society: &str, idle_minutes: u32) -> ConsoleSettings {
    ConsoleSettings { society: society.to_owned(), idle_minutes }
}

#[test]
fn what_an_admin_sets_counts_in_open_consoles() {
    let mut rig = Rig::signed_in(Lang::Ja, (80, 24), Role::Clerk);
    rig.keys("2").wait(Duration::minutes(1)).reply::<CheckSession>(settings("新しい健康保険組合", 2));
    assert!(rig.screen().contains("新しい健康保険組合"), "{}", rig.screen());
    rig.wait(Duration::minutes(1));
    assert!(rig.screen().contains("画面をロックしています"), "{}", rig.screen());
}

fn changes(head: i64, changed: bool) -> (ChangeSummary, ConsoleSettings) {
    (ChangeSummary { head, changed }, settings("東京電子機械工業健康保険組合", 10))
}

#[test]
fn list_reloads_only_after_a_change_by_another_user() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.keys("4").reply::<LoadQueue>(lines());
    assert_eq!(rig.app.wake_in(), Some(Duration::seconds(5)));
    rig.wait(Duration::seconds(5)).reply::<PollChanges>(changes(7, false));
    assert_eq!(rig.requests::<LoadQueue>().count(), 0);
    assert_eq!(rig.app.wake_in(), Some(Duration::seconds(5)), "no second question before its time");
    rig.wait(Duration::seconds(5));
    assert_eq!(rig.requested::<PollChanges>().map(|poll| poll.0), Some(Some(7)));
    rig.reply::<PollChanges>(changes(9, true));
    assert_eq!(rig.requests::<LoadQueue>().count(), 1);
    assert!(rig.screen().contains("旭精機"), "what was there stays until the new list is");
}

#[test]
fn nothing_is_drawn_where_nothing_has_changed() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.keys("4").reply::<LoadQueue>(lines());
    assert!(rig.app.take_changed());
    rig.wait(Duration::seconds(5)).reply::<PollChanges>(changes(7, false));
    assert!(!rig.app.take_changed());
    rig.wait(Duration::seconds(55));
    assert!(rig.app.take_changed(), "the clock moved");
}

#[test]
fn the_selection_stays_on_its_line_when_a_list_is_read_again() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.keys("4").reply::<LoadQueue>(lines()).keys("<Down>");
    let selected = rig.style_of("104 (株)").bg;
    let mut longer = lines();
    longer.insert(0, longer[2].clone());
    rig.wait(Duration::seconds(5)).reply::<PollChanges>(changes(9, true)).reply::<LoadQueue>(longer);
    assert_eq!(rig.style_of("104 (株)").bg, selected);
    assert_ne!(rig.style_of("260 旭精機").bg, selected);
}

#[test]
fn change_is_loaded_after_the_dialog_closes() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.keys("4").reply::<LoadQueue>(lines());
    rig.wait(Duration::seconds(5));
    let (request_id, dialog) = (rig.request_id(), "n");
    rig.keys(dialog).effects.clear();
    rig.reply_to::<PollChanges>(request_id, changes(9, true));
    assert_eq!(rig.requests::<LoadQueue>().count(), 0);
    assert_eq!(rig.app.wake_in(), Some(Duration::seconds(55)), "only the clock's");
    rig.keys("<Esc>").wait(Duration::seconds(5));
    assert_eq!(rig.requested::<PollChanges>().map(|poll| poll.0), Some(None));
}

#[test]
fn a_database_for_rehearsals_is_marked_in_words_and_inverted() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    assert!(!rig.screen().contains("練習用") && rig.screen().contains("kempo"));
    let mut rig = rig.rehearsing();
    assert!(rig.screen().lines().next().unwrap().contains("練習用"));
    assert!(rig.style_of("練習用").add_modifier.contains(Modifier::REVERSED));
}

#[test]
fn a_long_message_is_not_cut() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Admin);
    let long = "あ".repeat(60);
    rig.keys("7").refuse(&long);
    assert_eq!(rig.screen().matches('あ').count(), 60);
    assert!(!rig.screen().contains('~'));
}

#[test]
fn help_scrolls_to_its_last_key_at_80_columns() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.keys("?");
    assert!(!rig.screen().contains("画面を描き直す"));
    rig.keys("<PgDn><PgDn>");
    assert!(rig.screen().contains("画面を描き直す") && rig.screen().contains("100%"));
}
