//! `/` in a list.

use super::fixtures::{lines, queued};
use super::queue::{cards, queue};
use crate::domain::{CardState, Role};
use crate::labels::Lang;
use crate::tui::screens::admin::requests::{ListStaff, StaffList};
use crate::tui::screens::members::requests::ShowMember;
use crate::tui::screens::queue::requests::{ListQueuedCards, LoadQueue};
use crate::tui::tests::testing::{Album, LOOKS, Rig};
use crate::usecases::two_people::Deciders;

const SIZE: (u16, u16) = (80, 24);

#[test]
fn the_filter_looks() {
    let mut album = Album::default();
    for (name, lang, size) in LOOKS {
        let mut rig = queue(lang, size);
        album.add("typing", name, &rig.keys("/旭").screen());
        album.add("filtered", name, &rig.keys("<Enter>").screen());
        album.add("nothing left", name, &rig.keys("/x<Enter>").screen());
    }
    insta::assert_snapshot!("filter", album.pages);
}

#[test]
fn what_is_typed_filters_at_once_and_esc_clears_it() {
    let mut rig = queue(Lang::Ja, SIZE);
    let all = rig.screen();
    rig.keys("／１０４");
    let screen = rig.screen();
    assert!(screen.contains("104 (株)") && !screen.contains("260 旭精機"), "{screen}");
    assert_eq!(rig.cursor().map(|(_, y)| y), Some(22), "the cursor stands in the prompt");
    assert_eq!(rig.keys("<Esc><Up>").screen(), all);
    rig.keys("/260<Enter>").keys("<Esc>");
    assert_eq!(rig.screen(), all, "Esc clears the filter before it leaves");
    assert!(!rig.keys("<Esc>").screen().contains("104 (株)"), "and then it leaves");
}

#[test]
fn kana_of_any_kind_and_shown_words_are_found() {
    let mut rig = cards(Lang::Ja, SIZE);
    for text in ["ハルカ", "ﾊﾙｶ", "はるか", "渡邉　はるか", "260-7"] {
        let screen = rig.keys(&format!("/{text}")).screen();
        assert!(screen.contains("渡邉 はるか") && !screen.contains("東海林 拓也"), "{text}: {screen}");
        rig.keys("<Esc>");
    }
    assert!(!rig.keys("/260-1<Enter>").screen().contains("渡邉"));
}

#[test]
fn enter_opens_the_selected_of_the_rows_that_are_left() {
    let mut rig = cards(Lang::Ja, SIZE);
    rig.keys("/はるか<Enter><Enter>");
    assert!(rig.requested::<ShowMember>().is_some_and(|it| it.0.to_string() == "260-7-01"));
}

#[test]
fn the_arrows_move_in_the_list_while_one_types() {
    let mut rig = cards(Lang::Ja, SIZE);
    rig.keys("/260<Down><Enter><Enter>");
    assert!(rig.requested::<ShowMember>().is_some_and(|it| it.0.to_string() == "260-7-01"));
}

#[test]
fn the_prompt_begins_with_the_filter_so_far() {
    let mut rig = queue(Lang::Ja, SIZE);
    rig.keys("/10<Enter>/4");
    assert!(rig.screen().contains("絞り込み中「104」"), "{}", rig.screen());
}

#[test]
fn a_filter_stays_when_the_list_is_read_again() {
    let mut rig = queue(Lang::Ja, SIZE);
    rig.keys("/104<Enter><F5>").reply::<LoadQueue>(lines());
    assert!(!rig.screen().contains("260 旭精機"), "{}", rig.screen());
}

#[test]
fn the_cards_of_another_employer_are_not_filtered() {
    let mut rig = cards(Lang::Ja, SIZE);
    rig.keys("/はるか<Enter><Esc><Esc><Down><Enter>");
    rig.reply::<ListQueuedCards>(vec![queued(5, ["104", "2", "00"], "髙橋 花子", CardState::Queued)]);
    assert!(rig.screen().contains("髙橋 花子"), "{}", rig.screen());
}

#[test]
fn a_search_for_a_member_begins_from_a_list_too() {
    let mut rig = queue(Lang::Ja, SIZE);
    assert!(rig.keys("<C-f>").screen().contains("番号、カナ、漢字"), "{}", rig.screen());
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Admin);
    rig.keys("7").reply::<ListStaff>(StaffList { staff: Vec::new(), deciders: Deciders::One }).keys("/");
    assert!(rig.screen().contains("絞り込み"), "{}", rig.screen());
}
