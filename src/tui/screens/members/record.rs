//! What a call leaves behind: a note, a request for login data; and whom to ask at the employer.

use super::{key_of, who};
use crate::domain::request::{Channel, Claim};
use crate::labels::{Labels, codes};
use crate::tui::context::Context;
use crate::tui::layers::{Form, Notice, Row};
use crate::tui::message::{Called, Order};
use crate::tui::screen::{Action, Tone, nothing};
use crate::tui::screens;
use crate::usecases::lineage::Record;
use crate::usecases::members::MemberView;
use crate::usecases::notes::Note;
use crate::usecases::requests::Call;

/// A note, prefilled from the diagnosis.
pub(super) fn note(member: &MemberView, called: Option<&Called>, cx: &Context) -> Vec<Action> {
    let words = &cx.labels.call;
    let Ok(key) = key_of(&member.member) else { return nothing() };
    let topic = called.map(|called| called.found.diagnosis.topic);
    let told = called.map(|called| (words.note_told)(&called.words.title, &called.words.say)).unwrap_or_default();
    let rows = vec![
        Row::text(words.note_body).holding(&told).required(),
        Row::text(words.note_follow_up)
            .checked(|text, cx| screens::understood_date(text, cx, cx.labels.call.note_no_follow_up)),
    ];
    let (named, today) = (who(&member.member), cx.today());
    let form = Form::new(words.note_title, rows, move |texts| {
        let mut texts = texts.into_iter();
        let body = texts.next().unwrap_or_default();
        let follow_up_on = screens::parse_day(&texts.next().unwrap_or_default(), today).ok().flatten();
        let note = Note { topic, channel: Channel::Phone, body, follow_up_on };
        vec![Action::Order(Order::Note { key: key.clone(), who: named.clone(), note })]
    });
    vec![Action::Form(form.saying([who(&member.member)]))]
}

/// A request by phone. The key is known; everything else is typed as the caller says it.
pub(super) fn request(member: &MemberView, cx: &Context) -> Vec<Action> {
    let words = &cx.labels.call;
    let [name, kana, born, employer, phone, body] = words.request_fields;
    let rows = vec![
        Row::text(name),
        Row::text(kana).required(),
        Row::text(born).checked(|text, cx| screens::understood_date(text, cx, cx.labels.dialogs.required)),
        Row::text(employer),
        Row::text(phone),
        Row::text(body),
    ];
    let (member_key, today) = (member.member.clone(), cx.today());
    let form = Form::new(words.request_title, rows, move |texts| {
        let mut texts = texts.into_iter();
        let mut next = || texts.next().unwrap_or_default();
        let (name, kana, born) = (next(), next(), next());
        let claim = Claim {
            symbol: member_key.symbol.clone(),
            number: member_key.number.clone(),
            branch: member_key.branch.clone(),
            name,
            kana,
            born_on: screens::parse_day(&born, today).ok().flatten(),
            employer: next(),
        };
        vec![Action::Order(Order::TakeCall(Call { claim, phone: next(), body: next() }))]
    });
    vec![Action::Form(form.saying([who(&member.member), words.request_text.to_owned()]))]
}

/// 健康保険事務担当者 of the insured's employer.
pub(super) fn contact(member: &MemberView, labels: &Labels) -> Vec<Action> {
    let words = &labels.call;
    let Some(employer) = &member.employer else {
        return vec![Action::Say(Tone::Attention, words.contact_none.to_owned())];
    };
    let named = format!("{} {}", employer.code_shown, employer.name);
    let values = [&named, &employer.department, &employer.contact, &employer.phone];
    let lines: Vec<String> = words
        .contact
        .iter()
        .zip(values)
        .map(|(label, value)| format!("{label}  {}", if value.is_empty() { "-" } else { value }))
        .collect();
    vec![Action::Notice(Notice::new(words.contact_title, Tone::Quiet, lines.join("\n")))]
}

/// A10: all records of the person, and which of them the member sees.
pub(super) fn lineage(records: &[Record], labels: &Labels) -> Vec<Action> {
    let line = |record: &Record| {
        let since = record.acquired_on.map(|day| day.to_string()).unwrap_or_default();
        let until = record.lost_on.map(|day| day.to_string()).unwrap_or_default();
        let sight = codes::sight(labels.lang, record.sight);
        format!("{}  {since} - {until}\n  {sight}", record.key)
    };
    let lines: Vec<String> = records.iter().map(line).collect();
    vec![Action::Notice(Notice::new(labels.call.lineage_title, Tone::Quiet, lines.join("\n")))]
}
