//! 記録: the form of a call's note, beside the words to say. What is typed in it is the draft of the call.

use super::notes;
use super::person::{key_of, who};
use super::requests::{CallId, EndCall, MembersMsg, WriteNote};
use crate::domain::PhoneNumber;
use crate::domain::diagnosis::{CallerKind, Section, Topic};
use crate::domain::request::Channel;
use crate::labels::{Labels, codes};
use crate::tui::call_strip::CallSlot;
use crate::tui::context::Context;
use crate::tui::days::Days;
use crate::tui::layers::{Form, FormRow};
use crate::tui::screen::{KeyAction, nothing};
use crate::tui::screens::common;
use crate::usecases::calls::CallDraft;
use crate::usecases::members::MemberView;
use crate::usecases::notes::{Note, NoteDraft, OTHER};

/// The call that a form is about.
pub(super) struct Noted {
    pub(super) slot: CallSlot,
    pub(super) id: CallId,
    pub(super) draft: CallDraft,
}

/// The row of the text: what stands before it is known already.
const BODY: usize = 5;

/// The form of a call about a member.
pub(super) fn of_member(call: Noted, member: &MemberView, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.notes;
    let Ok(key) = key_of(&member.member) else { return nothing() };
    let Noted { slot, id, draft } = call;
    let held = &draft.note;
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
    let (named, begun) = (who(&member.member), draft.clone());
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
        let (key, who) = (key.clone(), named.clone());
        let request = WriteNote { key: key.clone(), note, id: id.clone(), begun: begun.clone() };
        vec![KeyAction::request_ok(request, move |()| MembersMsg::NoteWritten { slot, key, who })]
    });
    let form = form.keeping(move |fields| {
        let note = typed(&fields);
        KeyAction::send(MembersMsg::Typed { slot, draft: CallDraft { note, ..draft.clone() } })
    });
    vec![KeyAction::dialog(form.saying([who(&member.member)]).from(BODY).beside())]
}

/// The fields of that form, in the order of its rows.
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

/// The form of a call about no member: who called, from where, what for.
pub(super) fn of_call(call: Noted, cx: &Context) -> Vec<KeyAction> {
    let (words, calls) = (&cx.labels.notes, &cx.labels.calls);
    let Noted { slot, id, draft } = call;
    let held = &draft.note;
    let rows = vec![
        FormRow::choice(words.caller, callers(cx.labels), held.caller.map_or("", CallerKind::code)),
        FormRow::text(calls.name).holding(&draft.name),
        FormRow::text(words.phone).holding(&held.phone).checked(phone),
        FormRow::choice(words.topic, topics(cx.labels), held.topic.map_or(OTHER, Topic::code)),
        FormRow::area(words.body).holding(&held.body).required(),
        FormRow::choice(words.referred, sections(cx.labels), held.referred.map_or("", Section::code)),
    ];
    let begun = draft.clone();
    let form = Form::new(calls.note_title, rows, move |mut filled| {
        let fields: Vec<String> = (0..6).map(|_| filled.text()).collect();
        let draft = said(&fields, &begun);
        let about = draft.name.clone();
        let request = EndCall { id: id.clone(), draft };
        vec![KeyAction::request_ok(request, move |()| MembersMsg::CallEnded { slot, about })]
    });
    let form = form.keeping(move |fields| KeyAction::send(MembersMsg::Typed { slot, draft: said(&fields, &draft) }));
    vec![KeyAction::dialog(form.from(1).beside())]
}

/// The fields of the form of a call about no member.
fn said(fields: &[String], begun: &CallDraft) -> CallDraft {
    let row = |at: usize| fields.get(at).map(String::as_str).unwrap_or_default();
    let note = NoteDraft {
        caller: row(0).parse().ok(),
        phone: row(2).to_owned(),
        topic: row(3).parse().ok(),
        body: row(4).to_owned(),
        referred: row(5).parse().ok(),
        ..begun.note.clone()
    };
    CallDraft { member: begun.member.clone(), name: row(1).to_owned(), note }
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
