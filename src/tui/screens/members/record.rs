//! The contact at the employer, and the numbers of a person.

use crate::domain::diagnosis::OldRecord;
use crate::labels::{Labels, codes};
use crate::tui::layers::Notice;
use crate::tui::screen::{KeyAction, StatusTone};
use crate::usecases::lineage::Record;
use crate::usecases::members::{Employer, MemberView};
use chrono::NaiveDate;

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
