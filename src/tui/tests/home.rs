//! ホーム.

use super::fixtures::{at, day, number};
use crate::domain::{BatchState, CardState, ChangeState, CredentialKind, GuardedChange, HoldReason, ReportStage, Role};
use crate::labels::Lang;
use crate::tui::screens::LoadHome;
use crate::tui::screens::admin::requests::ListChanges;
use crate::tui::screens::batches::requests::{ListMissingReceipts, ShowBatch};
use crate::tui::screens::members::requests::{ListFollowUps, ListIncidents, ListPromises};
use crate::tui::screens::queue::requests::LoadQueue;
use crate::tui::tests::testing::{Album, LOOKS, Rig};
use crate::usecases::batches::Expiring;
use crate::usecases::feed::{PortalPosition, PortalStatus};
use crate::usecases::home::{Count, HomeSummary};
use crate::usecases::import::{ImportRun, RunState};
use crate::usecases::incidents::{IncidentCounts, NextReport};
use crate::usecases::promises::PromiseCounts;
use crate::usecases::two_people::Proposal;

const SIZE: (u16, u16) = (80, 24);

fn portal(acknowledged: i64, waiting: i64) -> PortalStatus {
    let position =
        PortalPosition { epoch: 1, restored_at: None, acknowledged, acknowledged_by: None, acknowledged_at: None };
    let since = (waiting > 0).then(|| at(20, 15, 0));
    PortalStatus { position, last: acknowledged + waiting, waiting, since }
}

fn incidents() -> IncidentCounts {
    let next = NextReport { incident: 3, stage: ReportStage::Preliminary, until: day("2026-11-26") };
    IncidentCounts { open: 1, due: 1, overdue: 0, next: Some(next) }
}

pub(super) fn busy() -> HomeSummary {
    let import = |kind: &str, added, rejected| ImportRun {
        id: 1,
        at: at(24, 7, 0),
        staff: "admin".to_owned(),
        kind: kind.to_owned(),
        file: format!("{kind}.csv"),
        sha256: String::new(),
        row_count: 15,
        added,
        changed: 12,
        unchanged: 0,
        rejected,
        state: RunState::Applied,
    };
    HomeSummary {
        requests: Count { count: 4, waited: 3 },
        requests_by_age: [1, 2, 1],
        cards_by_state: vec![(CardState::Queued, 31), (CardState::Held, 3), (CardState::Drafted, 12)],
        queued: Count { count: 31, waited: 2 },
        held: Count { count: 3, waited: 1 },
        addresses: 1,
        changed_addresses: 0,
        proposals: Vec::new(),
        confirmed: Vec::new(),
        held_by: vec![(HoldReason::Withdrawn, 2), (HoldReason::Voluntary, 1)],
        batches: vec![(number(), BatchState::Draft)],
        sent_back: Vec::new(),
        unanswered: Vec::new(),
        expected_back: 0,
        expiring: vec![Expiring { batch: number(), on: day("2026-11-26") }],
        receipts: 2,
        promises: PromiseCounts { open: 5, due: 2, undated: 1 },
        follow_ups: 1,
        incidents: incidents(),
        replies: Count { count: 2, waited: 1 },
        calls: 1,
        portal: portal(40, 3),
        imports: vec![import("members", 3, 0), import("portal-events", 41, 2)],
        requests_by_week: [5, 9, 7, 5],
        dispatched_by_week: [120, 90, 0, 202],
    }
}

pub(super) fn calm() -> HomeSummary {
    let none = Count { count: 0, waited: 0 };
    HomeSummary {
        requests: none,
        requests_by_age: [0; 3],
        cards_by_state: Vec::new(),
        queued: none,
        held: none,
        addresses: 0,
        changed_addresses: 0,
        proposals: Vec::new(),
        confirmed: Vec::new(),
        held_by: Vec::new(),
        batches: Vec::new(),
        sent_back: Vec::new(),
        unanswered: Vec::new(),
        expected_back: 0,
        expiring: Vec::new(),
        receipts: 0,
        promises: PromiseCounts::default(),
        follow_ups: 0,
        incidents: IncidentCounts::default(),
        replies: none,
        calls: 0,
        portal: portal(0, 0),
        imports: Vec::new(),
        requests_by_week: [0; 4],
        dispatched_by_week: [0; 4],
    }
}

pub(super) fn home(lang: Lang, size: (u16, u16), numbers: HomeSummary) -> Rig {
    let mut rig = Rig::signed_in(lang, size, Role::Clerk);
    rig.reply::<LoadHome>(Box::new(numbers));
    rig
}

#[test]
fn home_looks() {
    let mut album = Album::default();
    for (name, lang, size) in LOOKS {
        album.add("home", name, &home(lang, size, busy()).screen());
        album.add("home_calm", name, &home(lang, size, calm()).screen());
    }
    insta::assert_snapshot!("home", album.pages);
}

#[test]
fn enter_goes_to_what_waits() {
    let mut rig = home(Lang::Ja, SIZE, busy());
    rig.keys("<Down><Enter>");
    assert!(rig.has_requested::<LoadQueue>());
    let mut rig = home(Lang::Ja, SIZE, busy());
    rig.keys("<Down><Down><Down><Down><Enter>");
    assert!(rig.has_requested::<ListPromises>());
    let mut rig = home(Lang::Ja, SIZE, busy());
    rig.keys("<Down><Down><Down><Down><Down><Down><Enter>");
    assert!(rig.has_requested::<ShowBatch>());
    let mut rig = home(Lang::Ja, SIZE, busy());
    rig.keys("<Down><Down><Down><Down><Down><Down><Down><Enter>");
    assert!(rig.has_requested::<ListMissingReceipts>());
    let mut rig = home(Lang::Ja, SIZE, busy());
    rig.keys("<Down><Down><Down><Down><Down><Down><Down><Down><Enter>");
    assert!(rig.has_requested::<ListIncidents>());
    let mut rig = home(Lang::Ja, SIZE, busy());
    rig.keys("<Down><Down><Down><Down><Down><Down><Down><Down><Down><Enter>");
    assert!(rig.has_requested::<ListFollowUps>());
}

#[test]
fn f2_proposals_are_told_on_home_and_lead_to_their_page() {
    let proposal = |state| Proposal {
        id: 3,
        change: GuardedChange::StaffReset { id: "sato".to_owned(), credential: CredentialKind::Password },
        state,
        proposed_by: "admin".to_owned(),
        proposed_at: at(24, 9, 30),
        until: day("2026-12-08"),
        decided_by: None,
        decided_at: None,
        answer: None,
        could_confirm: vec!["suzuki".to_owned()],
    };
    let (proposals, confirmed) = (vec![proposal(ChangeState::Open)], vec![proposal(ChangeState::Confirmed)]);
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Supervisor);
    rig.reply::<LoadHome>(Box::new(HomeSummary { proposals, confirmed, ..calm() }));
    let screen = rig.screen();
    assert!(
        screen.contains("変更の確認") && screen.contains("最近の変更") && screen.contains("sato のパスワード"),
        "{screen}"
    );
    rig.keys("<Enter>");
    assert!(rig.has_requested::<ListChanges>());
}

#[test]
fn the_tabs_count_what_waits() {
    let screen = home(Lang::Ja, SIZE, busy()).screen();
    for tab in ["3 送付依頼 4", "4 発送待ち 31", "5 バッチ 1"] {
        assert!(screen.contains(tab), "{tab}");
    }
}

#[test]
fn b17_home_says_that_a_draft_was_sent_back() {
    let draft = HomeSummary { batches: vec![(number(), BatchState::Draft)], ..calm() };
    let back = HomeSummary { unanswered: vec![number()], ..draft.clone() };
    assert!(home(Lang::Ja, SIZE, draft).screen().contains("承認待ち"));
    let screen = home(Lang::Ja, SIZE, back).screen();
    assert!(screen.contains("差戻し中") && !screen.contains("承認待ち"), "{screen}");
}
