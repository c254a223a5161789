//! ポータルの出来事の取込.
//!
//! A file's events are applied in the order in which they happened, whatever their order in the file. The same 連番 with
//! the same content is known already; with another content it is a `bad_event`. One that has not happened yet is a
//! `bad_date`: until then everything else would be stale. An event that something newer has
//! overtaken, from the portal or by the staff, or that does not fit what is known (A4, A9, V6), is a `stale_event`; one
//! of a member who is not in the registry is an `unknown_member`, and can be imported again when the member has arrived.

use super::event_book::{EventBook, EventRow, EventVerdict};
use super::pieces::Piece;
use super::preview::PreviewItem;
use super::reader::Keep;
use super::run::Run;
use crate::interchange::{FileFacts, OwnedRecord, PortalEventRow, RowCode, RowError};
use crate::text::japan::local;
use crate::usecases::Error;
use crate::usecases::registrations::Registrations;
use chrono::{DateTime, Utc};

/// An event that is not applied yet, as it stands in the file: a million of them take some 300 MB, and three times as
/// much once parsed.
struct Unapplied {
    at: DateTime<Utc>,
    seq: i64,
    raw: OwnedRecord,
}

/// Events of one piece.
const PIECE: usize = 250;

pub(super) async fn import(run: &mut Run<'_>) -> Result<FileFacts, Error> {
    let opened = run.open::<PortalEventRow>()?;
    let rows = opened.table.rows();
    let latest = run.ctx.clock.latest();
    let mut reader = opened.start(Keep::All, move |row: PortalEventRow, line, _| {
        if row.occurred_at <= latest {
            return Ok((row.occurred_at, row.seq));
        }
        let (column, value) = (PortalEventRow::OCCURRED_AT.header, local(row.occurred_at).format("%F %T").to_string());
        Err(vec![RowError::new(line, column, &value, RowCode::BadDate)])
    });
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
    unapplied.sort_unstable_by_key(|event| (event.at, event.seq, event.raw.raw().line()));
    let count = unapplied.len() as u64;
    let (ctx, by) = (run.ctx, run.staff().to_owned());
    let all = Registrations::new(run.tx(), ctx, &by).await?;
    let mut book = EventBook::new(run.tx(), all).await?;
    let mut done = 0;
    for events in unapplied.chunks(PIECE) {
        run.step(done, facts.bytes * done / count.max(1))?;
        let mut piece = Vec::new();
        for event in events {
            let unreadable = |fault| Error::BadFile { path: run.job.path.to_owned(), fault };
            let understood = rows.understand(event.raw.raw()).map_err(unreadable)?;
            piece.extend(understood.row.ok().map(|row| (understood.line, event, EventRow::of(row))));
        }
        let rows: Vec<&EventRow> = piece.iter().map(|(.., row)| row).collect();
        book.load(run.tx(), &rows).await?;
        let mut applied = Vec::new();
        for (line, event, row) in piece {
            let item = || PreviewItem { line, key: row.key.to_string(), what: row.kind.code().to_owned() };
            let verdict = book.take(&row)?;
            let rejected = match verdict {
                EventVerdict::Known => {
                    run.unchanged(item);
                    continue;
                }
                EventVerdict::Applied(effects) => {
                    run.preview.effects.of_event(effects);
                    run.added(item);
                    applied.push(row);
                    continue;
                }
                EventVerdict::Bad => {
                    RowError::new(line, PortalEventRow::SEQ.header, &row.seq.to_string(), RowCode::BadEvent)
                }
                EventVerdict::OtherLogin => {
                    RowError::new(line, PortalEventRow::LOGIN_ID.header, &row.login_id, RowCode::BadEvent)
                }
                EventVerdict::UnknownMember => {
                    RowError::new(line, "番号", &row.key.to_string(), RowCode::UnknownMember)
                }
                EventVerdict::Stale => RowError::new(line, "種別", row.kind.code(), RowCode::StaleEvent),
            };
            run.reject(Some(&event.raw), &[rejected])?;
        }
        if !applied.is_empty() {
            run.plan(&Piece::Events(applied)).await?;
        }
        done += events.len() as u64;
    }
    run.step(count, facts.bytes)?;
    let ended = book.end(run.tx()).await?;
    run.preview.effects.ends(ended);
    let rows = run.in_batches().await?;
    run.name_stopped_in(book.gated(rows));
    Ok(facts)
}
