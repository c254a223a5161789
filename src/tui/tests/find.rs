//! 加入者を探す: Enter opens the member that the field asks for, and no other.

use super::fixtures::{found, view};
use crate::domain::Role;
use crate::labels::Lang;
use crate::tui::authentication::AuthStep;
use crate::tui::screens::members::requests::{FindMembers, ShowMember};
use crate::tui::screens::queue::requests::LoadQueue;
use crate::tui::tests::testing::Rig;

const SIZE: (u16, u16) = (80, 24);

fn typed(text: &str) -> Rig {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.keys("/").keys(text);
    rig
}

fn opened(rig: &Rig) -> Option<String> {
    rig.requested::<ShowMember>().map(|it| it.0.to_string())
}

#[test]
fn enter_before_the_answer_opens_the_best_match_when_it_comes() {
    let mut rig = typed("260-1");
    rig.keys("<Enter>");
    assert_eq!(opened(&rig), None);
    // The question is still the newest: Enter asked nothing.
    rig.reply::<FindMembers>(found());
    assert_eq!(opened(&rig), Some(found()[0].member.key()));
}

#[test]
fn enter_never_opens_somebody_whom_an_older_question_found() {
    let mut rig = typed("260-1");
    rig.reply::<FindMembers>(found());
    rig.effects.clear();
    rig.keys("2<Enter>");
    assert_eq!(opened(&rig), None, "260-1 was opened for 260-12");
    rig.reply::<FindMembers>(found()[1..].to_vec());
    assert_eq!(opened(&rig), Some(found()[1].member.key()));
}

#[test]
fn enter_opens_nothing_without_a_hit_and_typing_cancels_it() {
    let mut rig = typed("999");
    rig.keys("<Enter>");
    rig.reply::<FindMembers>(Vec::new());
    assert_eq!(opened(&rig), None);
    let mut rig = typed("26");
    rig.keys("<Enter>0");
    rig.reply::<FindMembers>(found());
    assert_eq!(opened(&rig), None);
}

#[test]
fn empty_search_lists_members_seen_in_this_session() {
    let mut rig = typed("260-1");
    rig.reply::<FindMembers>(found());
    rig.keys("<Enter>").reply::<ShowMember>(Box::new(view()));
    assert!(rig.keys("/").screen().contains("東海林 拓也"));
    rig.effects.clear();
    rig.keys("<Enter>");
    assert_eq!(opened(&rig), Some(view().member.key()));
    rig.keys("<C-x>ysuzuki<Enter>pass<Enter>")
        .authenticate(AuthStep::Enter(crate::tui::tests::testing::person(Role::Clerk)));
    assert!(!rig.keys("/").screen().contains("東海林 拓也"));
}

#[test]
fn digits_are_text_in_the_search_field() {
    let mut rig = typed("2");
    assert!(rig.screen().contains("Alt-数字 画面"));
    rig.keys("<A-4>");
    assert!(rig.has_requested::<LoadQueue>());
}
