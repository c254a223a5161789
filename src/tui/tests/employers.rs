//! 事業所: the list, the record, and the tracking number of a parcel.

use super::batches;
use super::fixtures::{at, day, employer, number};
use super::testing::{Album, LOOKS, Rig};
use crate::domain::diagnosis::CallerKind;
use crate::domain::{BatchState, CardRoute, Role, UndeliveredReason};
use crate::labels::Lang;
use crate::tui::screens::batches::requests::{ListEmployers, ShowEmployer, TrackParcel};
use crate::tui::screens::confirm_address::ConfirmAddress;
use crate::usecases::addresses::ChangedAddress;
use crate::usecases::calls::{CallLine, CallState, ContactBundle};
use crate::usecases::employers::{CardToReturn, ContactView, EmployerCounts, EmployerTotals, EmployerView};
use crate::usecases::notes::NoteDraft;

const SIZE: (u16, u16) = (80, 24);

fn rows() -> Vec<EmployerCounts> {
    let row = |code: &str, name: &str, changed_addresses, expected_back, open_receipts| {
        let mut employer = employer();
        employer.record.code = code.to_owned();
        employer.record.code_shown = code.to_owned();
        employer.record.name = name.to_owned();
        let last_sent_on = (open_receipts > 0).then(|| day("2026-11-05"));
        EmployerCounts { employer, waiting: 2, open_receipts, expected_back, changed_addresses, last_sent_on }
    };
    vec![row("107", "武蔵野電子工業株式会社", 1, 0, 0), row("260", "旭精機株式会社", 0, 1, 1)]
}

fn view() -> Box<EmployerView> {
    let bundle = ContactBundle {
        batch: number(),
        dispatched_on: Some(day("2026-11-05")),
        cards: 2,
        receipt_on: Some(day("2026-11-12")),
        tracking: "1234-5678-9012".to_owned(),
        serials: vec![number().serial(1), number().serial(2)],
    };
    let back = CardToReturn {
        batch: number(),
        serial: number().serial(2),
        reason: UndeliveredReason::Left,
        noted_on: day("2026-11-12"),
    };
    let call = CallLine {
        id: 7,
        state: CallState::Done,
        staff: "sato".to_owned(),
        started_at: at(20, 10, 38),
        ended_at: Some(at(20, 10, 45)),
        member: None,
        member_name: None,
        name: "旭精機 鈴木様".to_owned(),
        note: None,
        draft: NoteDraft {
            body: "受領書は今週中に返送".to_owned(), ..NoteDraft::of_call(CallerKind::Employer)
        },
    };
    let contact = ContactView { employer: employer(), bundles: vec![bundle], to_return: vec![back] };
    let totals = EmployerTotals { insured: 41, dependants: 37, waiting: 2, held: 1 };
    Box::new(EmployerView { contact, totals, addresses: Vec::new(), calls: vec![call] })
}

pub(super) fn listed(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = Rig::signed_in(lang, size, Role::Clerk);
    rig.keys("8").reply::<ListEmployers>(rows());
    rig
}

pub(super) fn opened(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = listed(lang, size);
    rig.keys("<Down><Enter>");
    assert_eq!(rig.requested::<ShowEmployer>().map(|it| it.0.as_str()), Some("260"));
    rig.reply::<ShowEmployer>(view());
    rig
}

/// 260 with a change of its address that tanaka imported.
fn moved() -> Box<EmployerView> {
    let place = |address1: &str| CardRoute { address1: address1.to_owned(), ..CardRoute::default() };
    let change = ChangedAddress {
        change: 5,
        code: "260".to_owned(),
        before: place("千葉県市川市1-1"),
        after: place("東京都港区芝2-2"),
        changed_by: "tanaka".to_owned(),
        changed_at: at(20, 9, 0),
        confirmed_by: None,
        confirmed_at: None,
    };
    Box::new(EmployerView { addresses: vec![change], ..*view() })
}

fn opened_as(role: Role) -> Rig {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, role);
    rig.keys("8").reply::<ListEmployers>(rows()).keys("<Down><Enter>").reply::<ShowEmployer>(moved());
    rig
}

#[test]
fn r6_a_changed_address_is_confirmed_at_the_employer() {
    let mut rig = opened_as(Role::Supervisor);
    rig.keys("a");
    let screen = rig.screen();
    assert!(screen.contains("市川市1-1") && screen.contains("港区芝2-2"), "{screen}");
    assert!(!rig.has_requested::<ConfirmAddress>());
    rig.keys("y");
    assert!(rig.requested::<ConfirmAddress>().is_some_and(|it| (it.code.as_str(), it.change) == ("260", 5)));
    let mut clerk = opened_as(Role::Clerk);
    clerk.keys("ay");
    assert!(!clerk.has_requested::<ConfirmAddress>());
}

#[test]
fn employers_look() {
    let mut album = Album::default();
    for (name, lang, size) in LOOKS {
        album.add("employers", name, &listed(lang, size).screen());
        album.add("employer", name, &opened(lang, size).screen());
    }
    insta::assert_snapshot!("employers", album.pages);
}

#[test]
fn employers_are_sorted_by_what_wants_attention() {
    let mut rig = listed(Lang::Ja, SIZE);
    rig.keys("s").keys("s");
    let screen = rig.screen();
    assert!(screen.contains("気をつけることのある順"), "{screen}");
    let place = |code: &str| screen.lines().position(|line| line.contains(code));
    assert!(place("107 ") < place("260 "), "an address to confirm comes first: {screen}");
}

#[test]
fn the_key_of_the_batches_leaves_the_employers() {
    let mut rig = listed(Lang::Ja, SIZE);
    rig.keys("5");
    assert!(!rig.screen().contains("記号の順"), "{}", rig.screen());
}

#[test]
fn b15_what_the_contact_may_hear_stands_apart() {
    let mut rig = opened(Lang::Ja, SIZE);
    let screen = rig.screen();
    let place = |words: &str| screen.lines().position(|line| line.contains(words)).expect(words);
    let apart = place("担当者にはお答えしないこと");
    for heard in ["1234-5678-9012", "返送をお待ちしているはがき"] {
        assert!(place(heard) < apart, "{heard}: {screen}");
    }
    assert!(place("受領書は今週中に返送") > apart, "{screen}");
    rig.keys("<Esc>");
    assert!(rig.screen().contains("107"), "{}", rig.screen());
}

#[test]
fn the_tracking_number_of_a_parcel_is_noted() {
    let mut rig = batches::opened(Lang::Ja, SIZE, Role::Clerk, BatchState::Dispatched);
    rig.keys("T").keys("T1234-5678<Enter>");
    let asked = rig.requested::<TrackParcel>().expect("nothing was noted");
    assert_eq!((asked.batch.clone(), asked.tracking.as_str()), (number(), "1234-5678"));
}
