//! What is owed to members (P1, P2), and protective measures (R7).

use super::fixtures::{day, view};
use super::testing::{Album, LOOKS, Rig};
use crate::domain::promise::{OpenPromise, PromiseWhy};
use crate::domain::{HoldReason, PromiseKind, Role};
use crate::labels::Lang;
use crate::tui::screens::members::requests::{
    ClosePromise, EndProtection, FollowPromise, ListPromises, SetProtection, ShowMember,
};
use crate::usecases::members::{MemberView, ProtectiveMeasure};
use crate::usecases::protection::{CardOut, ProtectionSet};
use chrono::NaiveDate;

const SIZE: (u16, u16) = (80, 24);

fn open() -> Vec<OpenPromise> {
    let promise = |member: &str, name: &str, why, next: Option<&str>| OpenPromise {
        member_id: 1,
        member: member.to_owned(),
        name: name.to_owned(),
        kind: PromiseKind::Viewing,
        since: day("2026-11-16"),
        next: next.map(day),
        why,
        owner: next.map(|_| "sato".to_owned()),
        note: next.map(|_| "転居先の事業所に確かめる".to_owned()),
        receipt: None,
    };
    vec![
        promise("260-1-00", "東海林 拓也", PromiseWhy::Pulled, None),
        promise("260-2-00", "髙橋 花子", PromiseWhy::Returned, Some("2026-11-24")),
        promise("119-16-00", "佐藤 一郎", PromiseWhy::Held(HoldReason::Voluntary), Some("2026-11-30")),
    ]
}

pub(super) fn listed(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = Rig::signed_in(lang, size, Role::Clerk);
    rig.keys("<A-p>").reply::<ListPromises>(open());
    rig
}

#[test]
fn p2_promises_look() {
    let mut album = Album::default();
    for (name, lang, size) in LOOKS {
        album.add("promises", name, &listed(lang, size).screen());
    }
    insta::assert_snapshot!("promises", album.pages);
}

#[test]
fn p2_enter_opens_the_member_who_waits() {
    let mut rig = listed(Lang::Ja, SIZE);
    rig.keys("<Down><Enter>");
    assert_eq!(rig.requested::<ShowMember>().map(|it| it.0.to_string()).as_deref(), Some("260-2-00"));
}

#[test]
fn p1_a_next_date_and_a_reason_are_recorded() {
    let mut rig = listed(Lang::Ja, SIZE);
    rig.keys("e11/27<Tab>sato<C-s>");
    let asked = rig.requested::<FollowPromise>().expect("no date was set");
    assert_eq!((asked.key.to_string().as_str(), asked.step.on), ("260-1-00", day("2026-11-27")));
    assert_eq!(asked.step.owner.as_deref(), Some("sato"));
    rig.reply::<FollowPromise>(());
    assert!(rig.screen().contains("次の連絡日を記録しました"));
    rig.reply::<ListPromises>(open()).keys("x本人から不要との連絡<C-s>");
    let closed = rig.requested::<ClosePromise>().expect("nothing was closed");
    assert_eq!(closed.reason, "本人から不要との連絡");
}

pub(super) fn protected() -> MemberView {
    let at = view().account.unwrap().registered_at;
    let standing = ProtectiveMeasure { set_by: "sato".into(), set_at: at, reason: "支援措置の申出".into() };
    MemberView { protection: Some(standing), promises: open().drain(..1).collect(), ..view() }
}

fn of(role: Role, view: MemberView) -> Rig {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, role);
    rig.keys("<A-p>").reply::<ListPromises>(open()).keys("<Enter>").reply::<ShowMember>(Box::new(view));
    rig
}

#[test]
fn r7_who_opens_a_protected_record_is_told_first() {
    let mut rig = of(Role::Clerk, protected());
    insta::assert_snapshot!("protected_member", rig.screen());
}

#[test]
fn r7_a_supervisor_sets_and_ends_a_measure_with_a_reason() {
    let mut rig = of(Role::Supervisor, view());
    rig.keys("P支援措置の申出<C-s>");
    assert_eq!(rig.requested::<SetProtection>().map(|it| it.reason.as_str()), Some("支援措置の申出"));
    let mut rig = of(Role::Supervisor, protected());
    rig.keys("P終了の届出<C-s>");
    assert_eq!(rig.requested::<EndProtection>().map(|it| it.reason.as_str()), Some("終了の届出"));
}

#[test]
fn r7_cards_that_are_out_are_named_until_they_are_read() {
    let mut rig = of(Role::Supervisor, view());
    let sent = CardOut { serial: "B20261105-001-0002".into(), dispatched_on: NaiveDate::from_ymd_opt(2026, 11, 5) };
    let set = ProtectionSet { held: 0, pull: vec!["B20261124-001-0001".into()], sent: vec![sent] };
    rig.keys("P支援措置の申出<C-s>").reply::<SetProtection>(set);
    let screen = rig.screen();
    assert!(screen.contains("抜き取ってください: B20261124-001-0001"), "{screen}");
    assert!(screen.contains("B20261105-001-0002") && screen.contains("2026-11-05"), "{screen}");
}

#[test]
fn r7_a_clerk_sets_no_measure() {
    let mut rig = of(Role::Clerk, view());
    rig.keys("P");
    assert!(rig.written().is_none());
    assert!(!rig.screen().contains("保護措置を設定する"));
}
