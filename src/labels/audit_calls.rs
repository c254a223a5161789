//! The facts of entries of the audit log about calls and notes.

use super::{Lang, codes};
use crate::domain::diagnosis::{CallerKind, ContactCheck, PaperCheck, Topic};
use crate::domain::request::{ClaimField, Verdict};

/// Who called, and whether the employer's contact was checked.
pub(super) fn caller_stated(lang: Lang, caller: CallerKind, contact: Option<ContactCheck>) -> String {
    let contact = contact.map(|contact| match contact {
        ContactCheck::Matches => lang.pick("事業所の確認 済", "contact checked"),
        ContactCheck::Unknown => lang.pick("事業所の確認 未", "contact not checked"),
    });
    let facts = [Some(codes::caller_kind(lang, caller)), contact];
    facts.into_iter().flatten().collect::<Vec<_>>().join(lang.pick("、", ", "))
}

/// The answers of an identity check, field by field.
pub(super) fn identity_checked(
    lang: Lang,
    caller: Option<CallerKind>,
    paper: Option<PaperCheck>,
    verdicts: &[(ClaimField, Verdict)],
) -> String {
    let caller = caller.map(|caller| codes::caller_kind(lang, caller).to_owned());
    let paper = paper.map(|paper| match paper {
        PaperCheck::Seen => lang.pick("書類を確認", "paper seen").to_owned(),
        PaperCheck::NotSeen => lang.pick("書類は未確認", "paper not seen").to_owned(),
    });
    let each = verdicts.iter().map(|(field, verdict)| {
        let verdict = match verdict {
            Verdict::Match => lang.pick("一致", "match"),
            Verdict::Part => lang.pick("部分一致", "in part"),
            Verdict::TooShort => lang.pick("一部のみ", "too short"),
            Verdict::NoMatch => lang.pick("不一致", "no match"),
        };
        format!("{} {verdict}", codes::field(lang, *field))
    });
    caller.into_iter().chain(paper).chain(each).collect::<Vec<_>>().join(lang.pick("、", ", "))
}

/// A note: its number, the one that it adds to, who called, and the topic's code.
pub(super) fn note_written(
    lang: Lang,
    note: i64,
    topic: Option<Topic>,
    caller: Option<CallerKind>,
    adds_to: Option<i64>,
) -> String {
    let says = &lang.labels().audit_facts;
    let caller = caller.map(|caller| codes::caller_kind(lang, caller).to_owned());
    let topic = topic.map(|topic| topic.code().to_owned());
    let facts = [Some(says.note(note)), adds_to.map(|to| says.added_to(to)), caller, topic];
    facts.into_iter().flatten().collect::<Vec<_>>().join(lang.pick(" ", ", "))
}

/// A call, and who called where that is known.
pub(super) fn call(lang: Lang, call: i64, caller: Option<CallerKind>) -> String {
    let caller = caller.map(|caller| codes::caller_kind(lang, caller).to_owned());
    let facts = [Some(lang.labels().audit_facts.call(call)), caller];
    facts.into_iter().flatten().collect::<Vec<_>>().join(lang.pick(" ", ", "))
}
