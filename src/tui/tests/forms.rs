//! Forms: what was typed stays until it is carried out.

use super::batches;
use super::fixtures::{number, view};
use super::queue;
use crate::domain::{BatchState, Role};
use crate::labels::Lang;
use crate::tui::message::Msg;
use crate::tui::progress::{LongTask, Part, WorkProgress};
use crate::tui::screens::batches::requests::ExportBatch;
use crate::tui::screens::members::requests::{FindMembers, KeepCalls, ShowMember, TypingPause, WriteNote};
use crate::tui::tests::testing::Rig;

const SIZE: (u16, u16) = (80, 24);

/// A clerk at a member's note, with something typed.
fn note() -> Rig {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.keys("/260").reply::<FindMembers>(super::fixtures::found());
    rig.keys("<Enter>").reply::<ShowMember>(Box::new(view())).keys("n折返しのご希望");
    rig
}

#[test]
fn refused_form_keeps_its_input_and_says_why() {
    let mut rig = note();
    rig.keys("<Tab><Tab>11/30<Enter>");
    assert!(rig.screen().contains("処理しています"), "{}", rig.screen());
    rig.refuse("データベースに接続できません。記録していません。");
    let screen = rig.screen();
    for kept in ["データベースに接続できません", "折返しのご希望", "11/30"] {
        assert!(screen.contains(kept), "{kept} is gone: {screen}");
    }
    insta::assert_snapshot!("form_refused", screen);
    rig.keys("<C-s>");
    assert_eq!(rig.requested::<WriteNote>().map(|it| it.note.body.as_str()), Some("折返しのご希望"));
    rig.reply::<WriteNote>(());
    assert!(rig.screen().contains("対応記録を残しました") && !rig.screen().contains("次の連絡日"), "{}", rig.screen());
}

#[test]
fn submitted_form_takes_no_text_and_can_be_left() {
    let mut rig = note();
    rig.keys("<C-s>");
    let id = rig.id_of::<WriteNote>();
    rig.keys("x<C-s><Enter>");
    assert_eq!(rig.id_of::<WriteNote>(), id, "ordered once");
    assert_eq!(rig.cursor(), None);
    rig.keys("<Esc>");
    assert!(!rig.screen().contains("次の連絡日"));
    rig.refuse_to(id, "記録していません。");
    assert!(rig.screen().contains("できませんでした"), "{}", rig.screen());
}

#[test]
fn a_follow_up_in_the_past_is_told_while_it_is_typed() {
    let mut rig = note();
    rig.keys("<Tab><Tab>11/20");
    assert!(rig.screen().contains("2026-11-24 より前の日付は入力"), "{}", rig.screen());
    rig.keys("<Enter>");
    assert!(rig.written().is_none());
    rig.keys("<C-u>１１・３０");
    assert!(rig.screen().contains("2026-11-30(月)  令和8年11月30日"), "{}", rig.screen());
}

#[test]
fn two_passphrases_that_differ_are_told_and_nothing_is_lost() {
    let mut rig = batches::opened(Lang::Ja, SIZE, Role::Clerk, BatchState::Approved);
    rig.keys("x<Tab>correct horse<Tab>correct");
    assert!(rig.screen().contains("2回の入力が一致しません"));
    rig.keys("<Enter>");
    assert!(rig.written().is_none());
    rig.keys(" horse<Enter>");
    let Some(ExportBatch { passphrase: Some(passphrase), date: None, .. }) = rig.requested() else {
        panic!("no export: {}", rig.screen())
    };
    assert_eq!(passphrase.expose(), "correct horse");
}

#[test]
fn a_form_goes_once_the_long_work_that_it_ordered_has_begun() {
    let mut rig = batches::opened(Lang::Ja, SIZE, Role::Clerk, BatchState::Approved);
    rig.keys("x<C-s>");
    let parts = vec![Part { name: "ページ組版", done: 1 }];
    let request_id = rig.request_id();
    rig.send(Msg::Progress(request_id, WorkProgress { job: LongTask::Export(number()), parts, total: 31 }));
    assert!(!rig.screen().contains("合言葉"), "{}", rig.screen());
}

#[test]
fn a_changed_form_is_not_left_at_one_key() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.keys("/260").reply::<FindMembers>(super::fixtures::found());
    rig.keys("<Enter>").reply::<ShowMember>(Box::new(view())).keys("t東海林花子");
    rig.keys("<Esc>");
    assert!(rig.screen().contains("入力した内容を破棄しますか"), "{}", rig.screen());
    rig.keys("<Esc>");
    assert!(rig.screen().contains("東海林花子"), "{}", rig.screen());
    rig.keys("<F3><Enter>");
    assert!(rig.screen().contains("東海林花子"), "Enter alone discards nothing");
    rig.keys("<F3>y");
    assert!(!rig.screen().contains("東海林花子"));
    rig.keys("t<Esc>");
    assert!(!rig.screen().contains("お名前のカナ"), "nothing was typed: {}", rig.screen());
}

#[test]
fn half_written_note_is_left_without_a_question_and_kept() {
    let mut rig = note();
    rig.keys("<Esc>");
    assert!(!rig.screen().contains("次の連絡日"), "{}", rig.screen());
    rig.reply::<TypingPause>(());
    let KeepCalls(calls) = rig.requested().expect("nothing was kept");
    assert_eq!(calls[0].draft.note.body, "折返しのご希望");
}

#[test]
fn the_cursor_stands_behind_a_full_width_blank() {
    let mut rig = queue::cards(Lang::Ja, SIZE);
    rig.keys("o");
    let (x, y) = rig.cursor().unwrap();
    for (key, cells) in [("東", 2), ("　", 4), ("海", 6), ("　", 8)] {
        rig.keys(key);
        assert_eq!(rig.cursor(), Some((x + cells, y)), "{key}");
    }
}

#[test]
fn enter_does_not_walk_past_a_field_that_is_wrong() {
    let mut rig = batches::opened(Lang::Ja, SIZE, Role::Clerk, BatchState::Approved);
    rig.keys("x11/20<Enter>");
    let here = rig.cursor();
    rig.keys("<C-u>11/26");
    assert_eq!(rig.cursor(), here, "the date is typed where the wrong one stood: {}", rig.screen());
}
