//! 発送待ち.

use super::fixtures::{lines, queued};
use crate::domain::{CardState, Role};
use crate::labels::Lang;
use crate::tui::message::{Answer, Order};
use crate::tui::testing::{Album, LOOKS, Rig};

const SIZE: (u16, u16) = (80, 24);

fn queue(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = Rig::signed_in(lang, size, Role::Clerk);
    rig.keys("4").answer(Ok(Answer::Queue(lines())));
    rig
}

fn cards(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = queue(lang, size);
    let cards = vec![
        queued(1, ["260", "1", "00"], "東海林 拓也", CardState::Queued),
        queued(2, ["260", "7", "01"], "渡邉 はるか", CardState::Held),
    ];
    rig.keys("<Enter>").answer(Ok(Answer::QueueCards(cards)));
    rig
}

#[test]
fn the_queue_looks() {
    let mut album = Album::default();
    for (name, lang, size) in LOOKS {
        album.add("queue", name, &queue(lang, size).screen());
        album.add("queue_cards", name, &cards(lang, size).screen());
    }
    insta::assert_snapshot!("queue", album.pages);
}

#[test]
fn loading_empty_and_failed_are_told_apart() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.keys("4");
    assert!(rig.screen().contains("読み込んでいます"));
    rig.refuse("データベースに接続できません。");
    insta::assert_snapshot!("queue_failed", rig.screen());
    rig.keys("<F5>").answer(Ok(Answer::Queue(Vec::new())));
    insta::assert_snapshot!("queue_empty", rig.screen());
}

#[test]
fn the_selected_row_is_marked_and_moves() {
    let mut rig = queue(Lang::Ja, SIZE);
    let selected = rig.style_of("260 旭精機");
    assert_ne!(selected.bg, rig.style_of("104 (株)").bg);
    rig.keys("ｊ");
    assert_eq!(rig.style_of("104 (株)").bg, selected.bg);
    assert_eq!(rig.cursor(), None);
}

#[test]
fn the_tab_counts_the_cards_that_wait() {
    assert!(queue(Lang::Ja, SIZE).screen().contains("4 発送待ち 12"));
}

#[test]
fn a_hold_wants_a_reason_and_a_cancellation_a_yes() {
    let mut rig = cards(Lang::Ja, SIZE);
    rig.keys("o<Enter>");
    assert!(rig.screen().contains("入力してください"));
    insta::assert_snapshot!("queue_hold", rig.screen());
    rig.keys("住所確認中<Enter>");
    assert!(matches!(rig.ordered(), Some(Order::Hold { card: 1, why, .. }) if why == "住所確認中"));
    let mut rig = cards(Lang::Ja, SIZE);
    rig.keys("c");
    insta::assert_snapshot!("queue_cancel", rig.screen());
    rig.keys("<Enter>");
    assert!(rig.ordered().is_none(), "Enter alone cancels nothing");
    rig.keys("cy");
    assert!(matches!(rig.ordered(), Some(Order::CancelCard { card: 1, .. })));
}

#[test]
fn a_batch_is_drafted_of_one_kind_after_a_question() {
    let mut rig = queue(Lang::Ja, SIZE);
    rig.keys("n");
    insta::assert_snapshot!("queue_draft", rig.screen());
    rig.keys("v");
    assert!(rig.screen().contains("11枚"));
    rig.keys("<Enter>");
    assert!(matches!(rig.ordered(), Some(Order::Draft(filter)) if filter.kind.is_some()));
}

#[test]
fn a_refused_order_is_told_in_full() {
    let mut rig = cards(Lang::Ja, SIZE);
    rig.keys("cy")
        .refuse("このはがきは、ほかの人が先に変更しました。取消はしていません。最新の状態を確かめてください。");
    insta::assert_snapshot!("queue_refused", rig.screen());
}
