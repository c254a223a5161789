//! 漏えい等を記録する, wherever a clerk hears of it: on the phone, at a member's record, with a parcel or a returned card.

use crate::domain::query::member_key;
use crate::domain::{BatchNumber, IncidentCause, IncidentKind};
use crate::labels::incidents as words;
use crate::tui::context::Context;
use crate::tui::days::Days;
use crate::tui::layers::{Form, FormRow, Notice};
use crate::tui::request::request;
use crate::tui::screen::{KeyAction, StatusTone};
use crate::usecases::incidents::{self, Affected, IncidentChange, IncidentDraft, Passwords};
use std::any::Any;

/// Records an incident.
#[derive(Debug)]
pub(crate) struct OpenIncident(pub(crate) IncidentDraft);
request!(OpenIncident => Box<IncidentChange>, Always, |ctx, actor, it| {
    incidents::open(ctx, actor, &it.0).await.map(Box::new)
});

/// What is known of an incident where it is recorded.
pub(super) struct IncidentSource {
    /// What it most likely is.
    pub(super) kind: IncidentKind,
    /// Whose data it can be: each with its name; the first is chosen. None: it is typed.
    pub(super) whose: Vec<(String, Affected)>,
    /// The call that tells of it.
    pub(super) call: Option<i64>,
}

impl IncidentSource {
    /// Nothing is known.
    pub(super) fn unknown(call: Option<i64>) -> Self {
        Self { kind: IncidentKind::CardOpened, whose: Vec::new(), call }
    }
}

/// Members and cards as typed: `260-1-00 B20261122-001-0042`. None where a part is neither.
pub(super) fn affected(typed: &str) -> Option<Affected> {
    let mut affected = Affected::default();
    for part in typed.split([' ', '\u{3000}', ',', '、']).filter(|part| !part.is_empty()) {
        match (serial(part), member_key(part)) {
            (Some(serial), _) => affected.serials.push(serial),
            (None, Some(key)) => affected.members.push(key),
            (None, None) => return None,
        }
    }
    Some(affected)
}

/// `B20261122-001-0042`, in whatever width it was typed.
fn serial(part: &str) -> Option<String> {
    let folded = crate::text::nfkc(part).to_uppercase();
    let (batch, place) = folded.rsplit_once('-')?;
    BatchNumber::parse(batch).filter(|_| place.parse::<usize>().is_ok()).map(|_| folded.clone())
}

/// The row of members and cards that are typed.
pub(super) fn whose_row(cx: &Context) -> FormRow {
    let texts = &cx.labels.incidents;
    FormRow::text(texts.who_name).checked(|text, cx| match affected(text) {
        Some(found) if found.is_empty() => Ok(cx.labels.incidents.who_hint.to_owned()),
        Some(_) => Ok(String::new()),
        None => Err(cx.labels.incidents.who_bad.to_owned()),
    })
}

/// Cause as a choice.
pub(super) fn cause_row(cause: IncidentCause, cx: &Context) -> FormRow {
    let texts = &cx.labels.incidents;
    let causes = IncidentCause::ALL.iter().map(|it| (it.code().to_owned(), texts.cause(*it).to_owned()));
    FormRow::choice(texts.cause_name, causes.collect(), cause.code())
}

/// The form. `to` tells the screen what was recorded, and what it did.
pub(super) fn form<M: Any>(
    source: IncidentSource,
    to: fn(String, Box<IncidentChange>) -> M,
    cx: &Context,
) -> Vec<KeyAction> {
    let texts = &cx.labels.incidents;
    let IncidentSource { kind, whose, call } = source;
    let kinds = IncidentKind::ALL.iter().map(|it| (it.code().to_owned(), texts.kind(*it).to_owned()));
    let names = whose.iter().enumerate().map(|(at, (name, _))| (at.to_string(), name.clone())).collect();
    let passwords = vec![(STOP.to_owned(), texts.stop.to_owned()), (KEEP.to_owned(), texts.keep.to_owned())];
    let rows = vec![
        FormRow::choice(texts.kind_name, kinds.collect(), kind.code()),
        cause_row(IncidentCause::Mishap, cx),
        if whose.is_empty() { whose_row(cx) } else { FormRow::choice(texts.card_name, names, "0") },
        FormRow::choice(texts.passwords_name, passwords, STOP),
        FormRow::date_or(texts.known_on, Days::Past, texts.today),
        FormRow::area(texts.what_name).required(),
    ];
    let form = Form::new(texts.open_title, rows, move |mut filled| {
        // In the order of the rows.
        let kind = filled.text().parse().unwrap_or(IncidentKind::Other);
        let cause = filled.text().parse().unwrap_or(IncidentCause::Mishap);
        let chosen = filled.text();
        let affected = match chosen.parse::<usize>().ok().and_then(|at| whose.get(at)) {
            Some((_, affected)) => affected.clone(),
            None => affected(&chosen).unwrap_or_default(),
        };
        let passwords = if filled.text() == STOP { Passwords::Stop } else { Passwords::Keep };
        let (known_on, what) = (filled.day(), filled.text());
        let draft = IncidentDraft { kind, cause, what, known_on, call, affected, passwords };
        vec![KeyAction::request_ok(OpenIncident(draft), move |change| {
            to(texts.opened(change.incident, change.added), change)
        })]
    });
    vec![KeyAction::dialog(form.saying([texts.open_text.to_owned()]))]
}

const STOP: &str = "stop";
const KEEP: &str = "keep";

/// Says what was recorded. What became of passwords, and by when it is reported, stays in sight until it was read.
pub(super) fn done(text: String, change: &IncidentChange, cx: &Context) -> Vec<KeyAction> {
    let lines = std::iter::once(text).chain(words::change(cx.labels.lang, change)).collect::<Vec<_>>().join("\n");
    vec![KeyAction::dialog(Notice::new(cx.labels.incidents.title, StatusTone::Good, lines))]
}
