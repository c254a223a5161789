//! 漏えい等: the list, the record beside it, and the forms.

use super::fixtures::{at, day};
use super::phone::told;
use super::testing::{Album, LOOKS, Rig};
use crate::domain::{
    CardKind, CardState, IncidentCause, IncidentEntryKind, IncidentKind, IncidentState, ReportStage, ReportStatus,
    ReportTerm, Role,
};
use crate::labels::Lang;
use crate::labels::incident_papers::IncidentPaper;
use crate::tui::message::Effect;
use crate::tui::screens::members::requests::{AddToIncident, CloseIncident, ListIncidents, WritePaper};
use crate::tui::screens::take_incident::OpenIncident;
use crate::usecases::incidents::{
    Affected, AffectedPerson, IncidentChange, IncidentEntry, IncidentReport, IncidentScope, IncidentView, Passwords,
    StopOutcome, StoppedPassword,
};

const SIZE: (u16, u16) = (80, 24);

fn report(stage: ReportStage, from: &str, until: &str, status: ReportStatus) -> IncidentReport {
    IncidentReport { stage, term: ReportTerm { from: day(from), until: day(until) }, status }
}

fn reports() -> Vec<IncidentReport> {
    vec![
        report(ReportStage::Preliminary, "2026-11-22", "2026-11-24", ReportStatus::Due),
        report(ReportStage::Final, "2026-12-09", "2026-12-21", ReportStatus::Ahead),
    ]
}

fn person(member: &str, name: &str, serial: Option<&str>) -> AffectedPerson {
    AffectedPerson {
        member: member.to_owned(),
        name: name.to_owned(),
        serial: serial.map(str::to_owned),
        kind: serial.map(|_| CardKind::Viewing),
        state: serial.map(|_| CardState::Dispatched),
        dead: None,
        live: serial.is_some(),
        employer: serial.map(|_| "旭精機株式会社".to_owned()),
    }
}

fn incident(id: i64, kind: IncidentKind, persons: Vec<AffectedPerson>) -> IncidentView {
    let told = IncidentEntry {
        kind: IncidentEntryKind::MemberTold,
        done_on: day("2026-11-21"),
        text: "電話でお詫びし、再発行をご案内".to_owned(),
        by: "sato".to_owned(),
        at: at(21, 11, 0),
    };
    IncidentView {
        id,
        kind,
        cause: IncidentCause::Mishap,
        state: IncidentState::Open,
        what: "総務の方が、宛名を確かめずに開封したとの電話。すぐに封筒に入れて保管している".to_owned(),
        known_on: day("2026-11-20"),
        call: Some(7),
        opened_by: "sato".to_owned(),
        opened_at: at(20, 10, 42),
        reports: reports(),
        persons,
        entries: vec![told],
        closed_by: None,
        closed_at: None,
        measures: None,
    }
}

/// Two incidents: a card that was opened, and a parcel.
pub(super) fn listed(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = Rig::signed_in(lang, size, Role::Supervisor);
    let parcel = [("107-1-00", "中川 久美", 3), ("107-3-00", "小林 誠", 4)];
    let parcel = parcel.map(|(key, name, at)| person(key, name, Some(&format!("B20261105-001-000{at}"))));
    rig.keys("<A-i>").reply::<ListIncidents>(vec![
        incident(3, IncidentKind::CardOpened, vec![person("260-1-00", "東海林 拓也", Some("B20261105-001-0001"))]),
        incident(4, IncidentKind::WrongParcel, parcel.to_vec()),
    ]);
    rig
}

/// The first of them, in front.
pub(super) fn opened(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = listed(lang, size);
    rig.keys("<Enter>");
    rig
}

fn change() -> Box<IncidentChange> {
    let stopped = StoppedPassword {
        member: "260-1-00".to_owned(),
        name: "東海林 拓也".to_owned(),
        serial: Some("B20261105-001-0001".to_owned()),
        kind: CardKind::Viewing,
        outcome: StopOutcome::Reissued,
        held: None,
        receipt: None,
    };
    Box::new(IncidentChange { incident: 3, added: 1, passwords: vec![stopped], reports: reports() })
}

#[test]
fn incidents_look() {
    let mut album = Album::default();
    for (name, lang, size) in LOOKS {
        album.add("incidents", name, &listed(lang, size).screen());
        album.add("incident", name, &opened(lang, size).screen());
        album.add("incident_form", name, &listed(lang, size).keys("N").screen());
        album.add("incident_note", name, &listed(lang, size).keys("n").screen());
        album.add("incident_stop", name, &listed(lang, size).keys("s").screen());
    }
    insta::assert_snapshot!("incidents", album.pages);
}

#[test]
fn an_incident_is_recorded_from_a_call() {
    let mut rig = told(Lang::Ja, SIZE);
    rig.keys("N");
    assert!(rig.screen().contains("漏えい等を記録する"), "{}", rig.screen());
    rig.keys("<Tab><Tab><Tab><Tab><Tab>同僚が開封したとのこと<C-s>");
    let draft = rig.requested::<OpenIncident>().expect("nothing was recorded").0.clone();
    assert_eq!((draft.cause, draft.passwords), (IncidentCause::Mishap, Passwords::Stop));
    assert!(!draft.affected.is_empty() && draft.what == "同僚が開封したとのこと", "{draft:?}");
    rig.reply::<OpenIncident>(change());
    let screen = rig.screen();
    assert!(screen.contains("再発行を手配しました") && screen.contains("2026-11-24 まで"), "{screen}");
}

#[test]
fn members_and_cards_of_an_incident_can_be_typed() {
    let mut rig = listed(Lang::Ja, SIZE);
    rig.keys("N<Tab><Tab>260-1-00 B２０２６１１０５-００１-０００２<Tab><Tab><Tab>x<C-s>");
    let draft = rig.requested::<OpenIncident>().expect("nothing was recorded").0.clone();
    assert_eq!(draft.affected.serials, ["B20261105-001-0002"]);
    assert_eq!(draft.affected.members.len(), 1);
    let mut rig = listed(Lang::Ja, SIZE);
    rig.keys("N<Tab><Tab>だれか<Tab><Tab><Tab>x<C-s>");
    assert!(rig.written().is_none() && rig.screen().contains("はがき番号でもありません"), "{}", rig.screen());
}

#[test]
fn a_report_is_recorded_with_its_day() {
    let mut rig = listed(Lang::Ja, SIZE);
    rig.keys("n<Right><Tab>11/23<C-s>");
    let asked = rig.requested::<AddToIncident>().expect("nothing was recorded");
    assert_eq!(
        (asked.id, asked.note.kind, asked.note.on),
        (3, IncidentEntryKind::Preliminary, Some(day("2026-11-23")))
    );
    assert_eq!(asked.note.affected, Affected::default());
    rig.reply::<AddToIncident>(change());
    assert!(rig.has_requested::<ListIncidents>(), "it is read again");
}

#[test]
fn passwords_are_stopped_after_a_question() {
    let mut rig = opened(Lang::Ja, SIZE);
    rig.keys("s");
    assert!(rig.written().is_none() && rig.screen().contains("今すぐ使えなくなります"), "{}", rig.screen());
    rig.keys("y");
    let asked = rig.requested::<AddToIncident>().expect("nothing was stopped");
    assert_eq!((asked.id, asked.note.passwords), (3, Passwords::Stop));
}

#[test]
fn a_text_is_copied_and_shown() {
    let mut rig = listed(Lang::Ja, SIZE);
    rig.keys("ym");
    assert!(rig.requested::<WritePaper>().is_some_and(|it| it.id == 3 && it.paper == IncidentPaper::Member));
    rig.reply::<WritePaper>("お知らせとお詫び".to_owned());
    assert!(rig.screen().contains("お知らせとお詫び"), "{}", rig.screen());
    assert!(rig.effects.iter().any(|effect| matches!(effect, Effect::Copy(text) if text == "お知らせとお詫び")));
}

#[test]
fn closing_asks_what_was_done() {
    let mut rig = opened(Lang::Ja, SIZE);
    rig.keys("C封かんの点検を2人にした<C-s>");
    let asked = rig.requested::<CloseIncident>().expect("nothing was closed");
    assert_eq!((asked.id, asked.measures.as_str()), (3, "封かんの点検を2人にした"));
    rig.reply::<CloseIncident>(()).reply::<ListIncidents>(Vec::new());
    assert!(rig.screen().contains("漏えい等 3 の対応を終了しました"), "{}", rig.screen());
    rig.keys("A");
    assert_eq!(rig.requested::<ListIncidents>().map(|it| it.0), Some(IncidentScope::All));
}
