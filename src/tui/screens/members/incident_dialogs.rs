//! The forms about an incident, and where one is recorded from.

use super::person::key_of;
use super::requests::{AddToIncident, CloseIncident, MembersMsg, ReopenIncident, WritePaper};
use crate::domain::{CardState, IncidentEntryKind, IncidentKind, IncidentState};
use crate::labels::incident_papers::IncidentPaper;
use crate::tui::context::Context;
use crate::tui::days::Days;
use crate::tui::layers::{Choice, Confirm, Form, FormRow, Notice, Pick};
use crate::tui::screen::{KeyAction, StatusTone, nothing};
use crate::tui::screens::{common, take_incident};
use crate::usecases::incidents::{Affected, IncidentNote, IncidentView, Passwords};
use crate::usecases::members::MemberView;
use take_incident::IncidentSource;

/// The cards of the member that have left the house, the newest first, and the member without a card.
pub(super) fn of_member(member: &MemberView, call: Option<i64>, cx: &Context) -> IncidentSource {
    let left = |state| matches!(state, CardState::Dispatched | CardState::Returned);
    let cards = member.cards.iter().filter(|view| left(view.card.state()));
    let mut whose: Vec<(String, Affected)> = cards
        .filter_map(|view| {
            let serial = view.card.serial.clone()?;
            let name = format!("{serial} {}", cx.labels.words.card_kind(view.card.kind));
            Some((name, Affected { serials: vec![serial], ..Affected::default() }))
        })
        .collect();
    let kind = if whose.is_empty() { IncidentKind::WrongPerson } else { IncidentKind::CardOpened };
    let members = key_of(&member.member).into_iter().collect();
    whose.push((cx.labels.incidents.no_card.to_owned(), Affected { members, ..Affected::default() }));
    IncidentSource { kind, whose, call }
}

/// An entry, a report, more persons, another cause.
pub(super) fn note(incident: &IncidentView, cx: &Context) -> Vec<KeyAction> {
    if let Some(closed) = closed(incident, cx) {
        return closed;
    }
    let (texts, id) = (&cx.labels.incidents, incident.id);
    let entries = IncidentEntryKind::WRITTEN.map(|it| (it.code().to_owned(), texts.entry(it).to_owned()));
    let rows = vec![
        FormRow::choice(texts.entry_name, entries.into(), IncidentEntryKind::Note.code()),
        FormRow::date_or(texts.done_on, Days::Since(incident.known_on), texts.today),
        take_incident::whose_row(cx),
        take_incident::cause_row(incident.cause, cx),
        FormRow::area(texts.reason_name),
    ];
    let form = Form::new(texts.note_title, rows, move |mut filled| {
        // In the order of the rows.
        let kind = filled.text().parse().unwrap_or(IncidentEntryKind::Note);
        let on = filled.day();
        let affected = take_incident::affected(&filled.text()).unwrap_or_default();
        let cause = filled.text().parse().ok();
        let note = IncidentNote { kind, text: filled.text(), on, cause, affected, passwords: Passwords::Keep };
        vec![KeyAction::request_ok(AddToIncident { id, note }, move |change| {
            MembersMsg::IncidentChanged(texts.noted(id), change)
        })]
    });
    vec![KeyAction::dialog(form.saying([head(incident, cx)]))]
}

/// Asks before the passwords of its cards are stopped.
pub(super) fn stop(incident: &IncidentView, cx: &Context) -> Vec<KeyAction> {
    let (texts, id) = (&cx.labels.incidents, incident.id);
    if let Some(closed) = closed(incident, cx) {
        return closed;
    }
    if incident.persons.iter().all(|person| person.serial.is_none()) {
        return vec![KeyAction::Say(StatusTone::Attention, texts.nothing_live.to_owned())];
    }
    let note = IncidentNote { passwords: Passwords::Stop, ..IncidentNote::of(IncidentEntryKind::Note, "") };
    let stop = KeyAction::request_ok(AddToIncident { id, note }, move |change| {
        MembersMsg::IncidentChanged(texts.noted(id), change)
    });
    let question = Confirm::new(texts.stop_title, texts.stop_yes, vec![stop])
        .saying([head(incident, cx)])
        .warning([texts.stop_text(incident.live())]);
    vec![KeyAction::dialog(question)]
}

/// Asks for what was done.
pub(super) fn close(incident: &IncidentView, cx: &Context) -> Vec<KeyAction> {
    if let Some(closed) = closed(incident, cx) {
        return closed;
    }
    let (texts, id) = (&cx.labels.incidents, incident.id);
    let form = Form::new(texts.close_title, vec![FormRow::area(texts.measures_name).required()], move |mut filled| {
        let close = CloseIncident { id, measures: filled.text() };
        vec![KeyAction::request_ok(close, move |()| MembersMsg::IncidentClosed(id))]
    });
    vec![KeyAction::dialog(form.saying([head(incident, cx), texts.close_text.to_owned()]))]
}

/// Asks why a closed one is taken up again.
pub(super) fn reopen(incident: &IncidentView, cx: &Context) -> Vec<KeyAction> {
    let (texts, id) = (&cx.labels.incidents, incident.id);
    if incident.state == IncidentState::Open {
        return vec![KeyAction::Say(StatusTone::Attention, texts.open_already.to_owned())];
    }
    let form = Form::new(texts.reopen_title, vec![FormRow::text(texts.reopen_why).required()], move |mut filled| {
        let reopen = ReopenIncident { id, why: filled.text() };
        vec![KeyAction::request_ok(reopen, move |()| MembersMsg::IncidentReopened(id))]
    });
    vec![KeyAction::dialog(form.saying([head(incident, cx), texts.reopen_text.to_owned()]))]
}

/// Asks which text is copied.
pub(super) fn copy(incident: &IncidentView, cx: &Context) -> Vec<KeyAction> {
    let (texts, id) = (&cx.labels.incidents, incident.id);
    let choice = |letter, text: &str, paper| {
        let then = vec![KeyAction::request_ok(WritePaper { id, paper }, MembersMsg::PaperWritten)];
        Choice { letter, text: text.to_owned(), then }
    };
    let choices = vec![
        choice('r', texts.copy_report, IncidentPaper::Report),
        choice('m', texts.copy_member, IncidentPaper::Member),
    ];
    vec![KeyAction::dialog(Pick::new(texts.copy_title, choices))]
}

/// Puts a text into the clipboard, and shows it: not every terminal passes it on.
pub(super) fn copied(text: String, cx: &Context) -> Vec<KeyAction> {
    let texts = &cx.labels.incidents;
    let shown = Notice::new(texts.copy_title, StatusTone::Good, text.clone());
    let said = KeyAction::Say(StatusTone::Good, texts.copied.to_owned());
    vec![KeyAction::Copy(text), said, KeyAction::dialog(shown)]
}

/// To a person whose data it is.
pub(super) fn open_person(incident: &IncidentView, cx: &Context) -> Vec<KeyAction> {
    let letters = ('a'..='z').filter(|letter| !"jk".contains(*letter));
    let mut people: Vec<(&str, &str)> =
        incident.persons.iter().map(|person| (person.member.as_str(), person.name.as_str())).collect();
    people.dedup();
    match people.as_slice() {
        [] => nothing(),
        [(key, _)] => common::visit_key(key),
        people => {
            let choices = letters.zip(people).map(|(letter, (key, name))| Choice {
                letter,
                text: format!("{key} {name}"),
                then: common::visit_key(key),
            });
            vec![KeyAction::dialog(Pick::new(cx.labels.incidents.persons_name, choices.collect()))]
        }
    }
}

fn closed(incident: &IncidentView, cx: &Context) -> Option<Vec<KeyAction>> {
    let says = || vec![KeyAction::Say(StatusTone::Attention, cx.labels.incidents.closed_only.to_owned())];
    (incident.state == IncidentState::Closed).then(says)
}

fn head(incident: &IncidentView, cx: &Context) -> String {
    let texts = &cx.labels.incidents;
    let whose = crate::labels::incidents::whose(cx.labels.lang, incident);
    format!("{}  {}  {whose}", texts.heading(incident.id), texts.kind(incident.kind))
}
