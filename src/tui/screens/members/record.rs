//! What a call leaves behind: a note; and the contact at the employer.

use super::notes;
use super::person::{key_of, who};
use super::requests::{Guidance, KeepDraft, MembersMsg, WriteNote};
use crate::domain::PhoneNumber;
use crate::domain::diagnosis::{CallerKind, OldRecord, Section, Topic};
use crate::domain::request::Channel;
use crate::labels::{Labels, codes};
use crate::tui::context::Context;
use crate::tui::days::Days;
use crate::tui::layers::{Form, FormRow, Notice};
use crate::tui::screen::{KeyAction, StatusTone, nothing};
use crate::tui::screens::common;
use crate::usecases::lineage::Record;
use crate::usecases::members::{Employer, MemberView};
use crate::usecases::notes::{Note, NoteDraft, OTHER};
use chrono::NaiveDate;

/// A note, prefilled from the call; a draft of it goes on where it was left.
pub(super) fn note(
    member: &MemberView,
    caller: CallerKind,
    guidance: Option<&Guidance>,
    cx: &Context,
) -> Vec<KeyAction> {
    let words = &cx.labels.notes;
    let Ok(key) = key_of(&member.member) else { return nothing() };
    let told = guidance.map(|guidance| words.told(&guidance.words.say)).unwrap_or_default();
    let begun = NoteDraft {
        topic: guidance.map(|it| it.found.diagnosis.topic),
        channel: Channel::Phone,
        caller: Some(caller),
        adds_to: None,
        phone: String::new(),
        body: told,
        referred: guidance.and_then(referred),
        follow_up_on: guidance.and_then(|it| it.found.call_by).map(|day| day.to_string()).unwrap_or_default(),
    };
    let held = member.draft.as_ref().unwrap_or(&begun);
    let adds_to = held.adds_to.map(|id| id.to_string()).unwrap_or_default();
    let rows = vec![
        FormRow::choice(words.topic, topics(cx.labels), held.topic.map_or(OTHER, Topic::code)),
        FormRow::choice(words.channel, channels(cx.labels), held.channel.code()),
        FormRow::choice(words.caller, callers(cx.labels), held.caller.map_or("", CallerKind::code)),
        FormRow::choice(words.adds_to, earlier(member, cx.labels), &adds_to),
        FormRow::text(words.phone).holding(&held.phone).checked(phone),
        FormRow::area(words.body).holding(&held.body).required(),
        FormRow::choice(words.referred, sections(cx.labels), held.referred.map_or("", Section::code)),
        FormRow::date_or(words.follow_up, Days::Coming, words.follow_up_none).holding(&held.follow_up_on),
    ];
    let named = who(&member.member);
    let of = key.clone();
    let form = Form::new(words.title, rows, move |mut filled| {
        // In the order of the rows.
        let note = Note {
            topic: filled.text().parse().ok(),
            channel: filled.text().parse().unwrap_or(Channel::Phone),
            caller: filled.text().parse().ok(),
            adds_to: filled.text().parse().ok(),
            phone: filled.text(),
            body: filled.text(),
            referred: filled.text().parse().ok(),
            follow_up_on: filled.day(),
            call: None,
        };
        let keep_none = KeyAction::request_ok(KeepDraft { key: key.clone(), draft: None }, |()| MembersMsg::NoDraft);
        let request = WriteNote { key: key.clone(), note };
        let (key, who) = (key.clone(), named.clone());
        vec![keep_none, KeyAction::request_ok(request, |()| MembersMsg::NoteWritten { key, who })]
    });
    let form = form.keeping(move |fields| {
        let (key, draft) = (of.clone(), typed(&fields));
        let keep = KeepDraft { key: of.clone(), draft: Some(draft.clone()) };
        KeyAction::request_ok(keep, |()| MembersMsg::DraftKept { key, draft })
    });
    let drafted = member.draft.as_ref().map(|_| words.drafted.to_owned());
    vec![KeyAction::dialog(form.saying(std::iter::once(who(&member.member)).chain(drafted)).from(BODY))]
}

/// The row of the text: what stands before it is known already.
const BODY: usize = 5;

/// The fields of the form, in the order of its rows.
fn typed(fields: &[String]) -> NoteDraft {
    let row = |at: usize| fields.get(at).map(String::as_str).unwrap_or_default();
    NoteDraft {
        topic: row(0).parse().ok(),
        channel: row(1).parse().unwrap_or(Channel::Phone),
        caller: row(2).parse().ok(),
        adds_to: row(3).parse().ok(),
        phone: row(4).to_owned(),
        body: row(BODY).to_owned(),
        referred: row(6).parse().ok(),
        follow_up_on: row(7).to_owned(),
    }
}

/// Digits and hyphens, or nothing.
fn phone(text: &str, cx: &Context) -> Result<String, String> {
    let words = &cx.labels.notes;
    PhoneNumber::parse(text).map(|_| words.phone_hint.to_owned()).map_err(|_| words.phone_bad.to_owned())
}

fn callers(labels: &Labels) -> Vec<(String, String)> {
    let named = |kind: &CallerKind| (kind.code().to_owned(), codes::caller_kind(labels.lang, *kind).to_owned());
    let none = (String::new(), labels.notes.caller_none.to_owned());
    CallerKind::ALL.iter().map(named).chain([none]).collect()
}

/// The notes that can be supplemented, newest first.
fn earlier(member: &MemberView, labels: &Labels) -> Vec<(String, String)> {
    let none = (String::new(), labels.notes.adds_to_none.to_owned());
    let named =
        member.notes.iter().filter(|note| note.adds_to.is_none()).map(|note| {
            (note.id.to_string(), format!("{}  {}", labels.notes.number(note.id), common::minute(note.at)))
        });
    std::iter::once(none).chain(named).collect()
}

/// Where the diagnosis sends the caller on to.
fn referred(guidance: &Guidance) -> Option<Section> {
    guidance.found.diagnosis.next.iter().find_map(|action| Section::of(*action))
}

fn topics(labels: &Labels) -> Vec<(String, String)> {
    let known = Topic::ALL.iter().map(|topic| (topic.code().to_owned(), notes::topic(topic.code(), labels)));
    known.chain([(OTHER.to_owned(), labels.members.topic_other.to_owned())]).collect()
}

fn channels(labels: &Labels) -> Vec<(String, String)> {
    let named = |channel: &Channel| (channel.code().to_owned(), codes::channel(labels.lang, *channel).to_owned());
    Channel::ALL.iter().map(named).collect()
}

fn sections(labels: &Labels) -> Vec<(String, String)> {
    let none = (String::new(), labels.notes.referred_no.to_owned());
    let named = Section::ALL.iter().map(|section| (section.code().to_owned(), notes::section(*section, labels)));
    std::iter::once(none).chain(named).collect()
}

/// 健康保険事務担当者 of the insured's employer.
pub(super) fn contact(member: &MemberView, labels: &Labels) -> Vec<KeyAction> {
    let words = &labels.call;
    if member.protection.is_some() {
        return vec![KeyAction::Say(StatusTone::Attention, words.contact_protected.to_owned())];
    }
    let Some(employer) = &member.employer else {
        return vec![KeyAction::Say(StatusTone::Attention, words.contact_none.to_owned())];
    };
    let lines = office(employer, labels);
    vec![KeyAction::dialog(Notice::new(words.contact_title, StatusTone::Quiet, lines.join("\n")))]
}

/// Employer, section, contact and phone, a line each.
pub(super) fn office(employer: &Employer, labels: &Labels) -> Vec<String> {
    let named = format!("{} {}", employer.record.code_shown, employer.record.name);
    let values = [&named, &employer.record.department, &employer.record.contact, &employer.record.phone];
    let line = |(label, value): (&&str, &String)| format!("{label}  {}", if value.is_empty() { "-" } else { value });
    labels.call.contact.iter().zip(values).map(line).collect()
}

/// A10: all records of the person, and which of them the member sees.
pub(super) fn lineage(records: &[Record], labels: &Labels) -> Vec<KeyAction> {
    let line = |record: &Record| {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let span = match record.record {
            OldRecord::OnFile => format!("{} - {}", day(record.acquired_on), day(record.lost_on)),
            OldRecord::NumberOnly => labels.call.number_only.to_owned(),
        };
        let sight = codes::sight(labels.lang, record.sight);
        let changed = record.changed.map(|reason| labels.call.changed(codes::change_reason(labels.lang, reason)));
        let changed = changed.map(|text| format!("\n\n      {text}\n")).unwrap_or_default();
        format!("{}  {span}\n    {sight}{changed}", record.key)
    };
    let lines: Vec<String> = records.iter().map(line).collect();
    vec![KeyAction::dialog(Notice::new(labels.call.lineage_title, StatusTone::Quiet, lines.join("\n")))]
}
