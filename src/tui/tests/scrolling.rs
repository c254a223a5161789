//! Text longer than its place is read to its end.

use super::fixtures::{found, view};
use crate::domain::Role;
use crate::labels::Lang;
use crate::tui::screens::members::requests::{FindMembers, ShowMember};
use crate::tui::tests::testing::Rig;
use crate::usecases::members::MemberView;

const SIZE: (u16, u16) = (80, 24);

fn opened(member: MemberView) -> Rig {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.keys("/260").reply::<FindMembers>(found());
    rig.keys("<Enter>").reply::<ShowMember>(Box::new(member));
    rig
}

#[test]
fn one_long_note_is_read_to_its_end() {
    let mut member = view();
    member.requests.clear();
    member.notes.truncate(1);
    member.notes[0].body = (1..=30).map(|n| format!("{n}行目")).collect::<Vec<_>>().join("\n");
    let mut rig = opened(member);
    rig.keys("<Tab>");
    assert!(rig.screen().contains(" 1行目") && !rig.screen().contains("30行目"));
    rig.keys("<PgDn><PgDn><PgDn>");
    assert!(rig.screen().contains("30行目") && rig.screen().contains("100%"), "{}", rig.screen());
    rig.keys("<Home>");
    assert!(rig.screen().contains(" 1行目"));
}

#[test]
fn history_moves_by_lines_and_by_pages() {
    let mut member = view();
    let entry = member.history[0].clone();
    member.history =
        (0..40).map(|n| crate::store::audit::AuditEntry { staff: format!("s{n:02}"), ..entry.clone() }).collect();
    let mut rig = opened(member);
    rig.keys("h");
    assert!(rig.screen().contains("s00"));
    rig.keys("<Down>");
    assert!(!rig.screen().contains("s00") && rig.screen().contains("s01"), "{}", rig.screen());
    rig.keys("<PgDn>");
    assert!(!rig.screen().contains("s05"));
    rig.keys("<End>");
    assert!(rig.screen().contains("s39"));
}

#[test]
fn wrapped_notice_scrolls_to_its_end_only() {
    let mut rig = super::queue::cards(Lang::Ja, SIZE);
    let long: Vec<String> = (1..=30).map(|n| format!("{n:02}枚目 {}", "理由".repeat(20))).collect();
    rig.keys("cy").refuse(&long.join("\n"));
    assert!(!rig.screen().contains("30枚目"));
    rig.keys("<PgDn><PgDn><PgDn><PgDn><PgDn><PgDn>");
    assert!(rig.screen().contains("30枚目"), "{}", rig.screen());
    rig.keys("<Up>");
    let one_up = rig.screen();
    rig.keys("<Down><Down><Down><Up>");
    assert_eq!(rig.screen(), one_up);
}
