//! 漏えい等: recorded, reported in time, closed; and what becomes of the passwords. On both engines.

use crate::common::fixtures::{self, Cast, PEOPLE, cast, key, on_day, recorded, sql, strings};
use crate::common::{Place, on_each_engine};
use chrono::{NaiveDate, NaiveTime};
use mykempo_console::domain::portal::EventKind;
use mykempo_console::domain::{
    BatchNumber, DeadReason, IncidentCause, IncidentEntryKind, IncidentKind, IncidentState, ReportStage, ReportStatus,
    ViewingState, WebDisplay,
};
use mykempo_console::usecases::batches::{self, ExportOptions, ReturnFacts};
use mykempo_console::usecases::incidents::{
    self, Affected, IncidentChange, IncidentDraft, IncidentNote, IncidentScope, Parcel, Passwords, StopOutcome,
};
use mykempo_console::usecases::queue::QueueFilter;
use mykempo_console::usecases::refusal::{BatchRefusal, IncidentRefusal, NoteRefusal};
use mykempo_console::usecases::upkeep::doctor::{DoctorCheck, FindingCode, Scene, doctor};
use mykempo_console::usecases::upkeep::preview;
use mykempo_console::usecases::{Actor, AuditEvent, AuditFilter, Clock, Error, Refusal, audit_export, home, members};
use std::ops::ControlFlow;

async fn people(place: &Place) -> Cast {
    let cast = cast(place).await;
    sql(&cast.ctx, PEOPLE).await;
    cast
}

/// A batch of everything that waits, dispatched.
async fn dispatched(cast: &Cast) -> BatchNumber {
    let (ctx, clerk) = (&cast.ctx, &cast.clerk);
    let number = batches::draft(ctx, clerk, &QueueFilter::default(), None).await.unwrap().batch;
    batches::approve(ctx, &cast.supervisor, &number).await.unwrap();
    let options = ExportOptions { dispatch_date: Some(ctx.clock.today()), passphrase: None };
    batches::export(ctx, clerk, &number, options, |_| ControlFlow::Continue(())).await.unwrap();
    batches::printed(ctx, clerk, &number, "").await.unwrap();
    batches::dispatch(ctx, clerk, &number, None, "").await.unwrap();
    number
}

fn draft(affected: Affected, passwords: Passwords) -> IncidentDraft {
    let (kind, cause) = (IncidentKind::CardOpened, IncidentCause::Mishap);
    let what = "同じ部署の方が\u{1b}開封したとの電話".to_owned();
    IncidentDraft { kind, cause, what, known_on: None, call: None, affected, passwords }
}

fn cards(serials: &[String]) -> Affected {
    Affected { serials: serials.to_vec(), ..Affected::default() }
}

fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("no refusal: {other:?}"),
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn outcomes(change: &IncidentChange) -> Vec<(&str, StopOutcome)> {
    change.passwords.iter().map(|it| (it.member.as_str(), it.outcome)).collect()
}

async fn opened_card(cast: &Cast) -> (BatchNumber, i64) {
    fixtures::register(cast, &["260 1", "260 2"]).await;
    let number = dispatched(cast).await;
    let change =
        incidents::open(&cast.ctx, &cast.clerk, &draft(cards(&[number.serial(1)]), Passwords::Keep)).await.unwrap();
    (number, change.incident)
}

#[test]
fn an_incident_stands_on_the_record_of_its_member() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let (_, id) = opened_card(&cast).await;
        let first = incidents::show(&cast.ctx, &cast.clerk, id).await.unwrap().persons[0].member.clone();
        let mut numbers = 0;
        for member in ["260 1", "260 2"] {
            let view = members::show(&cast.ctx, &cast.clerk, &key(member)).await.unwrap();
            let seen: Vec<_> = view.incidents.iter().map(|it| (it.id, it.state)).collect();
            assert_eq!(seen.is_empty(), view.member.key() != first, "{member}: {seen:?}");
            numbers += seen.len();
            assert!(seen.iter().all(|it| *it == (id, IncidentState::Open)));
        }
        assert_eq!(numbers, 1);
    });
}

#[test]
fn a_closed_incident_is_taken_up_again_with_a_reason() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let (_, id) = opened_card(&cast).await;
        let (ctx, boss) = (&cast.ctx, &cast.supervisor);
        let early = incidents::reopen(ctx, boss, id, &fixtures::why("追加の申し出")).await;
        assert!(matches!(refusal(early), Refusal::Incident(IncidentRefusal::NotClosed(_))));
        let none = IncidentNote::of(IncidentEntryKind::NotReportable, "閲覧の形跡なし");
        incidents::note(ctx, boss, id, &none).await.unwrap();
        incidents::close(ctx, boss, id, "担当者に注意した").await.unwrap();
        let by_clerk = incidents::reopen(ctx, &cast.clerk, id, &fixtures::why("追加の申し出")).await;
        assert!(matches!(refusal(by_clerk), Refusal::Role { .. }));
        incidents::reopen(ctx, boss, id, &fixtures::why("追加の申し出")).await.unwrap();
        let more = IncidentNote::of(IncidentEntryKind::Note, "別の社員も開封");
        incidents::note(ctx, &cast.clerk, id, &more).await.unwrap();
        incidents::close(ctx, boss, id, "二度目の措置").await.unwrap();
        let view = incidents::show(ctx, boss, id).await.unwrap();
        let entries: Vec<_> = view.entries.iter().map(|it| (it.kind.code(), it.text.as_str())).collect();
        let expected = [
            ("not_reportable", "閲覧の形跡なし"),
            ("closed", "担当者に注意した"),
            ("reopened", "追加の申し出"),
            ("note", "別の社員も開封"),
        ];
        assert_eq!(entries, expected);
        assert_eq!((view.state, view.measures.as_deref()), (IncidentState::Closed, Some("二度目の措置")));
    });
}

#[test]
fn an_incident_says_whose_data_and_when_it_is_reported() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let (number, id) = opened_card(&cast).await;
        let view = incidents::show(&cast.ctx, &cast.clerk, id).await.unwrap();
        assert_eq!(
            (view.kind, view.state, view.known_on),
            (IncidentKind::CardOpened, IncidentState::Open, day("2026-11-24"))
        );
        assert_eq!(view.what, "同じ部署の方が\u{fffd}開封したとの電話");
        let person = &view.persons[0];
        assert_eq!((person.member.as_str(), person.serial.as_deref()), ("260-1-00", Some(number.serial(1).as_str())));
        assert!(person.live && view.live() == 1 && view.people() == 1);
        let until: Vec<_> = view.reports.iter().map(|it| (it.stage, it.term.until, it.status)).collect();
        assert_eq!(
            until,
            [
                (ReportStage::Preliminary, day("2026-11-28"), ReportStatus::Ahead),
                (ReportStage::Final, day("2026-12-23"), ReportStatus::Ahead),
            ]
        );
        let log = audit_export(&cast.ctx, &cast.admin, &AuditFilter::default()).await.unwrap();
        let of = |action: &str| log.iter().find(|entry| entry.action == action).unwrap();
        assert_eq!(of("incident_person").member.as_deref(), Some("260-1-00"));
        assert_eq!(of("incident_person").batch.as_deref(), Some(number.as_str()));
        let AuditEvent::IncidentSeen { incident, listed } = recorded(of("incident_seen")) else { panic!() };
        assert_eq!((incident, listed.count()), (id, 1));
        assert!(log.iter().all(|entry| !entry.detail.contains("同じ部署")), "the log has no words of it");
    });
}

#[test]
fn a_stopped_viewing_password_is_reissued_at_once() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let (number, id) = opened_card(&cast).await;
        let stop = IncidentNote { passwords: Passwords::Stop, ..IncidentNote::of(IncidentEntryKind::Note, "") };
        let change = incidents::note(&cast.ctx, &cast.clerk, id, &stop).await.unwrap();
        assert_eq!(outcomes(&change), [("260-1-00", StopOutcome::Reissued)]);
        let shown = members::show(&cast.ctx, &cast.clerk, &key("260 1")).await.unwrap();
        assert_eq!(shown.viewing_password.unwrap().state, ViewingState::Requested);
        let dead = shown.cards.iter().find(|it| it.card.serial == Some(number.serial(1))).unwrap();
        assert_eq!(dead.card.dead(), Some(DeadReason::Exposed));
        let other = members::show(&cast.ctx, &cast.clerk, &key("260 2")).await.unwrap();
        assert_eq!(other.viewing_password.unwrap().state, ViewingState::Active, "another card is untouched");
        let feed = "SELECT operation || kind || symbol || number FROM feed WHERE operation = 'revoke'";
        assert_eq!(strings(&cast.ctx, feed).await, ["revokeviewing2601"]);
        let again = incidents::note(&cast.ctx, &cast.clerk, id, &stop).await.unwrap();
        assert_eq!(outcomes(&again), [("260-1-00", StopOutcome::EndedBefore)]);
        assert_eq!(strings(&cast.ctx, feed).await.len(), 1, "the portal is told once");
        assert_eq!(incidents::show(&cast.ctx, &cast.clerk, id).await.unwrap().live(), 0);
    });
}

#[test]
fn l1_a_stopped_login_notice_opens_its_request_again() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        assert!(fixtures::event(&cast, "260 1", EventKind::Registered, WebDisplay::NotWanted).await);
        fixtures::ask_login(&cast, "260 1").await.unwrap();
        let number = dispatched(&cast).await;
        let affected = cards(&[number.serial(1)]);
        let change = incidents::open(&cast.ctx, &cast.clerk, &draft(affected, Passwords::Stop)).await.unwrap();
        assert_eq!(outcomes(&change), [("260-1-00", StopOutcome::RequestOpen)]);
        let open = "SELECT receipt || state FROM request";
        let receipt = change.passwords[0].receipt.clone().unwrap();
        assert_eq!(strings(&cast.ctx, open).await, [format!("{receipt}on_hold")]);
        let feed = "SELECT kind || login_id FROM feed WHERE operation = 'revoke'";
        assert_eq!(strings(&cast.ctx, feed).await, ["loginlogin1"]);
    });
}

#[test]
fn a_password_chosen_since_is_not_stopped_but_told() {
    on_each_engine(|place| async move {
        let mut cast = people(&place).await;
        let (number, id) = opened_card(&cast).await;
        on_day(&place, &mut cast, (2026, 11, 25)).await;
        assert!(fixtures::event(&cast, "260 1", EventKind::ViewingChanged, WebDisplay::Wanted).await);
        let stop = IncidentNote { passwords: Passwords::Stop, ..IncidentNote::of(IncidentEntryKind::Note, "") };
        let change = incidents::note(&cast.ctx, &cast.clerk, id, &stop).await.unwrap();
        assert_eq!(outcomes(&change), [("260-1-00", StopOutcome::ChangedSince)], "{}", number.serial(1));
        let feed = "SELECT operation FROM feed WHERE operation = 'revoke'";
        assert_eq!(strings(&cast.ctx, feed).await, Vec::<String>::new());
    });
}

#[test]
fn b10_a_card_that_came_back_opened_is_asked_for_again() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        fixtures::register(&cast, &["260 1"]).await;
        let number = dispatched(&cast).await;
        batches::returned(&cast.ctx, &cast.clerk, &number.serial(1), ReturnFacts::default()).await.unwrap();
        let affected = cards(&[number.serial(1)]);
        let change = incidents::open(&cast.ctx, &cast.clerk, &draft(affected, Passwords::Stop)).await.unwrap();
        assert_eq!(outcomes(&change), [("260-1-00", StopOutcome::AskedAgain)]);
    });
}

#[test]
fn a_wrong_parcel_is_about_everybody_in_it() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        fixtures::register(&cast, &["260 1", "260 2", "107 1"]).await;
        let number = dispatched(&cast).await;
        let parcel = |employer: &str| Affected {
            parcel: Some(Parcel { batch: number.clone(), employer: employer.to_owned() }),
            ..Affected::default()
        };
        let wrong = IncidentDraft { kind: IncidentKind::WrongParcel, ..draft(parcel("260"), Passwords::Keep) };
        let change = incidents::open(&cast.ctx, &cast.clerk, &wrong).await.unwrap();
        assert_eq!(change.added, 2);
        let twice = IncidentNote { affected: parcel("260"), ..IncidentNote::of(IncidentEntryKind::Note, "") };
        let again = incidents::note(&cast.ctx, &cast.clerk, change.incident, &twice).await.unwrap();
        assert_eq!(again.added, 0, "they are on record");
        let empty = incidents::open(&cast.ctx, &cast.clerk, &draft(parcel("999"), Passwords::Keep)).await;
        assert!(matches!(refusal(empty), Refusal::Incident(IncidentRefusal::EmptyParcel { .. })));
        assert_eq!(incidents::list(&cast.ctx, &cast.clerk, IncidentScope::All).await.unwrap().len(), 1);
    });
}

#[test]
fn reports_are_due_then_late_then_made() {
    on_each_engine(|place| async move {
        let mut cast = people(&place).await;
        let (_, id) = opened_card(&cast).await;
        let code = async |cast: &Cast| {
            let clock = Clock::frozen(cast.ctx.clock.today(), NaiveTime::MIN);
            let scene = Scene { place: place.url.clone(), clock, anchor: None, private: Vec::new() };
            let rows = doctor(&scene).await;
            rows.iter()
                .filter(|row| row.check == DoctorCheck::Incidents)
                .map(|row| row.finding.code())
                .collect::<Vec<_>>()
        };
        assert_eq!(code(&cast).await, [FindingCode::Good]);
        on_day(&place, &mut cast, (2026, 11, 26)).await;
        assert_eq!(code(&cast).await, [FindingCode::ReportDue]);
        let counts = home::home(&cast.ctx, &cast.clerk).await.unwrap().incidents;
        assert_eq!((counts.open, counts.due, counts.overdue), (1, 1, 0));
        assert_eq!(counts.next.unwrap().until, day("2026-11-28"));
        on_day(&place, &mut cast, (2026, 11, 29)).await;
        assert_eq!(code(&cast).await, [FindingCode::ReportLate]);
        let made = IncidentNote { on: Some(day("2026-11-27")), ..IncidentNote::of(IncidentEntryKind::Preliminary, "") };
        incidents::note(&cast.ctx, &cast.clerk, id, &made).await.unwrap();
        assert_eq!(code(&cast).await, [FindingCode::Good]);
        let twice = refusal(incidents::note(&cast.ctx, &cast.clerk, id, &made).await);
        let entry = IncidentEntryKind::Preliminary;
        assert_eq!(twice, Refusal::Incident(IncidentRefusal::Twice { incident: id, entry, on: day("2026-11-27") }));
        let wrongful =
            IncidentNote { cause: Some(IncidentCause::Wrongful), ..IncidentNote::of(IncidentEntryKind::Note, "") };
        let change = incidents::note(&cast.ctx, &cast.clerk, id, &wrongful).await.unwrap();
        assert_eq!(change.reports[1].term.until, day("2027-01-22"), "60 days");
    });
}

#[test]
fn a_supervisor_closes_what_was_reported() {
    on_each_engine(|place| async move {
        let mut cast = people(&place).await;
        let (_, id) = opened_card(&cast).await;
        let close = async |who: &Actor| incidents::close(&cast.ctx, who, id, "封かんを点検した").await;
        assert!(matches!(refusal(close(&cast.clerk).await), Refusal::Role { .. }));
        assert_eq!(refusal(close(&cast.supervisor).await), Refusal::Incident(IncidentRefusal::Unreported(id)));
        let not_needed = IncidentNote::of(IncidentEntryKind::NotReportable, "封が閉じたまま戻った");
        let by_clerk = incidents::note(&cast.ctx, &cast.clerk, id, &not_needed).await;
        assert!(matches!(refusal(by_clerk), Refusal::Role { .. }), "a supervisor decides that");
        let bare = incidents::note(&cast.ctx, &cast.supervisor, id, &IncidentNote::of(not_needed.kind, " ")).await;
        assert_eq!(refusal(bare), Refusal::NoReason);
        incidents::note(&cast.ctx, &cast.supervisor, id, &not_needed).await.unwrap();
        close(&cast.supervisor).await.unwrap();
        assert_eq!(refusal(close(&cast.supervisor).await), Refusal::Incident(IncidentRefusal::Closed(id)));
        let late = incidents::note(&cast.ctx, &cast.clerk, id, &IncidentNote::of(IncidentEntryKind::Note, "x")).await;
        assert_eq!(refusal(late), Refusal::Incident(IncidentRefusal::Closed(id)));
        let view = incidents::show(&cast.ctx, &cast.clerk, id).await.unwrap();
        assert_eq!((view.state, view.measures.as_deref()), (IncidentState::Closed, Some("封かんを点検した")));
        assert_eq!(incidents::list(&cast.ctx, &cast.clerk, IncidentScope::Open).await.unwrap(), []);
        // Closed ones go with the notes (保存期間), open ones stay.
        on_day(&place, &mut cast, (2033, 1, 5)).await;
        let plan = preview(&cast.ctx, &cast.admin, day("2027-01-01")).await.unwrap();
        assert_eq!(plan.lines[0].count, Some(1));
    });
}

#[test]
fn what_cannot_be_is_refused_and_nothing_is_recorded() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        fixtures::register(&cast, &["260 1"]).await;
        let open = async |draft: &IncidentDraft| refusal(incidents::open(&cast.ctx, &cast.clerk, draft).await);
        let unknown = cards(&["B20261124-009-0001".to_owned()]);
        assert!(matches!(open(&draft(unknown, Passwords::Keep)).await, Refusal::Batch(BatchRefusal::SerialUnknown(_))));
        let nobody = Affected { members: vec![key("888 1")], ..Affected::default() };
        assert!(matches!(open(&draft(nobody, Passwords::Keep)).await, Refusal::MemberUnknown(_)));
        let none = || draft(Affected::default(), Passwords::Keep);
        assert_eq!(open(&IncidentDraft { what: " ".into(), ..none() }).await, Refusal::EmptyText);
        let tomorrow = IncidentDraft { known_on: Some(day("2026-11-25")), ..none() };
        assert!(matches!(open(&tomorrow).await, Refusal::BadDay { .. }));
        let call = IncidentDraft { call: Some(77), ..none() };
        assert_eq!(open(&call).await, Refusal::Note(NoteRefusal::CallUnknown(77)));
        let by_admin = incidents::open(&cast.ctx, &cast.admin, &none()).await;
        assert!(matches!(refusal(by_admin), Refusal::Role { .. }));
        let number = batches::draft(&cast.ctx, &cast.clerk, &QueueFilter::default(), None).await.unwrap().batch;
        batches::approve(&cast.ctx, &cast.supervisor, &number).await.unwrap();
        let options = ExportOptions { dispatch_date: Some(cast.ctx.clock.today()), passphrase: None };
        batches::export(&cast.ctx, &cast.clerk, &number, options, |_| ControlFlow::Continue(())).await.unwrap();
        let inside = draft(cards(&[number.serial(1)]), Passwords::Stop);
        assert!(matches!(open(&inside).await, Refusal::Incident(IncidentRefusal::NotSent { .. })));
        assert_eq!(incidents::list(&cast.ctx, &cast.clerk, IncidentScope::All).await.unwrap(), []);
        assert_eq!(
            refusal(incidents::show(&cast.ctx, &cast.clerk, 9).await),
            Refusal::Incident(IncidentRefusal::Unknown(9))
        );
    });
}
