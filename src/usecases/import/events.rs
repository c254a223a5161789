//! ポータルの出来事の取込.
//!
//! A file's events are applied in the order in which they happened, whatever their order in the file. The same 連番 with
//! the same content is known already; with another content it is a `bad_event`. An event that something newer has
//! overtaken, from the portal or by the staff, or that does not fit what is known (A4, A9, V6), is a `stale_event`; one
//! of a member who is not in the registry is an `unknown_member`, and can be imported again when the member has arrived.

use super::preview::PreviewItem;
use super::reader::Keep;
use super::run::Run;
use crate::domain::WebDisplay;
use crate::domain::portal::{EventKind, Stale};
use crate::interchange::{FileFacts, OwnedRecord, PortalEventRow, RowCode, RowError};
use crate::store::bulk::{self, Subject};
use crate::store::member::Member;
use crate::store::{self, person};
use crate::text::hex;
use crate::usecases::Error;
use crate::usecases::portal::{self, PortalEntry};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// An event that is not applied yet, as it stands in the file: a million of them take some 300 MB, and three times as
/// much once parsed.
struct Unapplied {
    at: DateTime<Utc>,
    seq: i64,
    raw: OwnedRecord,
}

/// An event that is being applied.
struct Applied<'a> {
    line: u64,
    row: PortalEventRow,
    raw: &'a OwnedRecord,
}

/// Events between two reports of progress.
const STEP: u64 = 200;

pub(super) async fn import(run: &mut Run<'_>) -> Result<FileFacts, Error> {
    let opened = run.open::<PortalEventRow>()?;
    let rows = opened.table.rows();
    let mut reader = opened.start(Keep::All, |row: PortalEventRow, _, _| Ok((row.occurred_at, row.seq)));
    let mut unapplied = Vec::new();
    while let Some(batch) = reader.next().await {
        run.step(0, 0)?;
        for parsed in batch.rows {
            // Warnings name an event by its number.
            let taken = run.take(parsed, |(_, seq)| (seq.to_string(), String::new()))?;
            if let Some((_, (at, seq), Some(raw))) = taken {
                unapplied.push(Unapplied { at, seq, raw });
            }
        }
    }
    let facts = reader.finish(run.job.path).await?;
    let takeovers = person::takeovers(run.writing().await?).await?;
    unapplied.sort_unstable_by_key(|event| (event.at, event.seq, event.raw.raw().line()));
    let count = unapplied.len() as u64;
    for (done, event) in (0..).zip(&unapplied) {
        if done % STEP == 0 {
            run.step(done, facts.bytes * done / count.max(1))?;
        }
        let unreadable = |fault| Error::BadFile { path: run.job.path.to_owned(), fault };
        let understood = rows.understand(event.raw.raw()).map_err(unreadable)?;
        if let Ok(row) = understood.row {
            apply(run, &Applied { line: understood.line, row, raw: &event.raw }, &takeovers).await?;
        }
    }
    run.step(count, facts.bytes)?;
    run.close_ended().await?;
    Ok(facts)
}

async fn apply(run: &mut Run<'_>, event: &Applied<'_>, takeovers: &HashMap<i64, DateTime<Utc>>) -> Result<(), Error> {
    let row = &event.row;
    let digest = digest(row);
    match bulk::event_digest(run.tx(), row.seq).await? {
        Some(known) if known == digest => {
            run.unchanged(|| item(event));
            return Ok(());
        }
        Some(_) => return reject(run, event, PortalEventRow::SEQ.header, &row.seq.to_string(), RowCode::BadEvent),
        None => {}
    }
    let Some(member) = store::member::by_key(run.tx(), &row.key).await? else {
        return reject(run, event, "番号", &row.key.to_string(), RowCode::UnknownMember);
    };
    let portal_event = PortalEntry {
        kind: row.kind,
        at: row.occurred_at,
        login_id: row.login_id.as_deref().unwrap_or_default(),
        email: row.email.as_deref().unwrap_or_default(),
        wants: row.web_display.unwrap_or(WebDisplay::NotWanted),
    };
    let stale = |run: &mut Run<'_>| reject(run, event, "種別", row.kind.code(), RowCode::StaleEvent);
    // A11: what happened before the number was this member's happened to another person.
    let of_another = takeovers.get(&member.id).is_some_and(|since| row.occurred_at < *since);
    if of_another || overtaken(run, &member, row).await? {
        return stale(run);
    }
    let done = match portal::apply(run.writing().await?, &member, &portal_event).await? {
        Ok(done) => done,
        Err(Stale::OtherLogin) => {
            return reject(run, event, PortalEventRow::LOGIN_ID.header, portal_event.login_id, RowCode::BadEvent);
        }
        Err(_) => return stale(run),
    };
    let effects = &mut run.preview.effects;
    effects.accounts_opened += done.opened;
    effects.cards_asked += done.asked;
    effects.requests_recovered += done.recovered;
    effects.stops(done.stopped);
    bulk::add_event(run.tx(), row.seq, row.occurred_at, row.kind, member.id, &digest).await?;
    run.added(|| item(event));
    Ok(())
}

fn item(event: &Applied<'_>) -> PreviewItem {
    PreviewItem { line: event.line, key: event.row.key.to_string(), what: event.row.kind.code().to_owned() }
}

/// Whether something newer on the same subject was applied before.
async fn overtaken(run: &mut Run<'_>, member: &Member, row: &PortalEventRow) -> Result<bool, Error> {
    let subject = match row.kind {
        EventKind::WebDisplayOn | EventKind::WebDisplayOff | EventKind::ViewingReissue | EventKind::ViewingChanged => {
            Subject::Viewing
        }
        // Mails that came back before the address was changed say nothing of the new one.
        EventKind::EmailChanged | EventKind::MailBounced => Subject::Mail,
        // A4 decides for itself; time stamps only move forward.
        EventKind::Registered
        | EventKind::LoginPasswordChanged
        | EventKind::QuestionChanged
        | EventKind::LoggedIn
        | EventKind::PointsApplied => return Ok(false),
    };
    let newest = bulk::newest_of(run.tx(), member.id, subject).await?;
    Ok(newest.is_some_and(|newest| newest > row.occurred_at))
}

fn reject(
    run: &mut Run<'_>,
    event: &Applied<'_>,
    column: &'static str,
    value: &str,
    code: RowCode,
) -> Result<(), Error> {
    run.reject(Some(event.raw), &[RowError::new(event.line, column, value, code)])
}

fn digest(row: &PortalEventRow) -> String {
    let mut sha = Sha256::new();
    let display = row.web_display.map(WebDisplay::code).unwrap_or_default();
    let parts = [
        row.occurred_at.to_rfc3339(),
        row.kind.code().to_owned(),
        row.key.to_string(),
        row.login_id.clone().unwrap_or_default(),
        row.email.clone().unwrap_or_default(),
        display.to_owned(),
    ];
    for part in parts {
        sha.update(part.as_bytes());
        sha.update([0]);
    }
    hex(&sha.finalize())
}
