//! 加入者.

use super::fixtures::{active, found, view};
use crate::domain::{DeadReason, Role};
use crate::labels::Lang;
use crate::store::card::Dead;
use crate::tui::screens::members::requests::{FindMembers, RecordSearch, Reissue, SearchStands, ShowMember};
use crate::tui::tests::testing::{Album, LOOKS, Rig};
use crate::usecases::cards::Confirmation;

const SIZE: (u16, u16) = (80, 24);

pub(super) fn search(lang: Lang, size: (u16, u16), text: &str) -> Rig {
    let mut rig = Rig::signed_in(lang, size, Role::Clerk);
    rig.keys("/").keys(text);
    rig
}

pub(super) fn results(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = search(lang, size, "ショウジ");
    rig.reply::<FindMembers>(found());
    rig
}

pub(super) fn opened(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = results(lang, size);
    rig.keys("<Enter>").reply::<ShowMember>(Box::new(view()));
    rig
}

#[test]
fn the_search_and_the_member_look() {
    let mut album = Album::default();
    for (name, lang, size) in LOOKS {
        album.add("search", name, &search(lang, size, "").screen());
        album.add("found", name, &results(lang, size).screen());
        album.add("member", name, &opened(lang, size).screen());
        album.add("member_notes", name, &opened(lang, size).keys("<Tab>").screen());
        album.add("member_history", name, &opened(lang, size).keys("h").screen());
    }
    insta::assert_snapshot!("members", album.pages);
}

#[test]
fn r1_long_address_and_revocation_fit_80_columns() {
    let mut long = view();
    if let Some(employer) = &mut long.employer {
        employer.record.address2 = "神田スクエアビルディング十五階".to_owned();
    }
    long.cards[1].card.dead_reason = Dead(Some(DeadReason::SelfChanged));
    let mut rig = results(Lang::En, SIZE);
    rig.keys("<Enter>").reply::<ShowMember>(Box::new(long));
    let screen = rig.screen();
    assert!(screen.contains("十五階"), "{screen}");
    let line = |text: &str| screen.lines().position(|line| line.contains(text)).unwrap();
    assert_ne!(line("registration  asked 11/20"), line("changed by the member"), "{screen}");
    assert!(screen.contains("Viewing password"), "{screen}");
}

#[test]
fn nobody_found_says_how_to_search() {
    let mut rig = search(Lang::Ja, SIZE, "ﾃｽﾄ");
    rig.reply::<FindMembers>(Vec::new());
    insta::assert_snapshot!("found_none", rig.screen());
}

#[test]
fn a_late_answer_is_dropped() {
    let mut rig = search(Lang::Ja, SIZE, "シ");
    let late = rig.id_of::<FindMembers>();
    rig.keys("ョ").reply_to::<FindMembers>(late, found());
    assert!(!rig.screen().contains("東海林 葉子"));
}

#[test]
fn a_pasted_key_searches_from_any_screen_and_submits_nothing() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.paste("1234-567\n");
    assert!(rig.screen().contains("1234-567"));
    assert!(rig.requests().any(|(_, FindMembers(text))| text == "1234-567"));
}

#[test]
fn the_cursor_stands_behind_what_was_typed() {
    let (x, y) = search(Lang::Ja, SIZE, "").cursor().unwrap();
    assert_eq!(search(Lang::Ja, SIZE, "東海").cursor(), Some((x + 4, y)));
}

#[test]
fn f3_a_search_counts_once_when_it_is_used_or_has_stood() {
    let recorded = |rig: &Rig| rig.requests::<RecordSearch>().count();
    // Stood, then used.
    let mut rig = results(Lang::Ja, SIZE);
    assert_eq!(recorded(&rig), 0, "it may be passed over while one types");
    rig.reply::<SearchStands>(());
    assert_eq!(recorded(&rig), 1);
    rig.keys("<Enter>");
    assert_eq!(recorded(&rig), 1);
    // Used, then the second is over.
    let mut rig = results(Lang::Ja, SIZE);
    let second = rig.id_of::<SearchStands>();
    rig.keys("<Enter>");
    assert_eq!(recorded(&rig), 1);
    rig.reply_to::<SearchStands>(second, ());
    assert_eq!(recorded(&rig), 1);
    // One that another has replaced stands for nothing.
    let mut rig = results(Lang::Ja, SIZE);
    let second = rig.id_of::<SearchStands>();
    rig.keys("ア").reply_to::<SearchStands>(second, ());
    assert_eq!(recorded(&rig), 0);
}

#[test]
fn v2_v3_a_reissue_says_what_dies_before_it_is_asked_for() {
    for (name, lang) in [("ja", Lang::Ja), ("en", Lang::En)] {
        let mut rig = opened(lang, SIZE);
        rig.keys("r");
        insta::assert_snapshot!(format!("reissue_under_way_{name}"), rig.screen());
        let mut rig = results(lang, SIZE);
        rig.keys("<Enter>").reply::<ShowMember>(Box::new(active())).keys("r");
        insta::assert_snapshot!(format!("reissue_active_{name}"), rig.screen());
        rig.keys("<Enter>");
        assert!(rig.written().is_none(), "Enter alone reissues nothing");
        rig.keys("ry");
        assert_eq!(rig.requested::<Reissue>().map(|it| it.confirmation), Some(Confirmation::Confirmed));
    }
}

#[test]
fn esc_goes_back_to_the_result_and_then_home() {
    let mut rig = opened(Lang::Ja, SIZE);
    rig.keys("<Esc>");
    assert!(rig.screen().contains("中島 達也"));
    rig.keys("<Esc>");
    let home = rig.style_of("1 ホーム");
    let members = rig.style_of("2 加入者");
    assert_ne!(home.bg, members.bg);
}

#[test]
fn slash_in_a_member_starts_an_empty_search() {
    let mut rig = opened(Lang::Ja, SIZE);
    rig.keys("・");
    assert!(rig.screen().contains("さきほど開いた加入者"));
    assert!(rig.cursor().is_some());
}

#[test]
fn b7_a_card_to_be_pulled_is_not_said_to_leave() {
    for (_, lang, size) in LOOKS {
        let mut stopped = view();
        stopped.cards[0].planned_on = Some(super::phone::day(11, 30));
        let planned = lang.pick("発送予定 2026-11-30", "planned 2026-11-30");
        let mut rig = results(lang, size);
        rig.keys("<Enter>").reply::<ShowMember>(Box::new(stopped.clone()));
        assert!(rig.screen().contains(planned), "{}", rig.screen());
        stopped.cards[0].must_pull = true;
        rig.keys("<F5>").reply::<ShowMember>(Box::new(stopped));
        let screen = rig.screen();
        assert!(!screen.contains(planned) && screen.contains(lang.pick("抜き取るはがき", "to be pulled")), "{screen}");
    }
}

#[test]
fn a_long_name_is_read_whole() {
    let mut long = view();
    long.member.name = "寿限無　".to_owned() + &"五劫の擦り切れ".repeat(4) + "ヱ";
    let mut rig = results(Lang::Ja, SIZE);
    rig.keys("<Enter>").reply::<ShowMember>(Box::new(long));
    assert!(rig.screen().contains("ヱ"), "{}", rig.screen());
}
