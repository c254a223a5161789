//! 事業所の取込.

use super::preview::{AddressConfirmation, MovedAddress, PreviewChange, PreviewItem};
use super::printable::Printable;
use super::reader::Keep;
use super::run::Run;
use crate::domain::postal::PostalTables;
use crate::domain::route::{self, EmployerFacts};
use crate::interchange::{EmployerRow, FileFacts, RowCode, RowError, RowWarning, Seen};
use crate::store;
use crate::store::address_change::{self, Importer};
use crate::store::bulk::put_employer;
use crate::store::employer::{Employer, EmployerRecord};
use crate::store::version::{self, Change};
use crate::usecases::{AuditEvent, Error, FieldChange, holds};
use std::collections::{BTreeMap, HashMap};

pub(super) async fn import(run: &mut Run<'_>) -> Result<FileFacts, Error> {
    let opened = run.open::<EmployerRow>()?;
    let known = store::employer::all(run.tx()).await?;
    let known: HashMap<&str, &Employer> = known.iter().map(|known| (known.record.code.as_str(), known)).collect();
    let mut seen = Seen::default();
    let printable = Printable::new(run.ctx)?;
    let (today, tables) = (run.ctx.clock.today(), PostalTables::embedded());
    let mut reader = opened.start(Keep::Rejected, move |row: EmployerRow, line, warnings| {
        for text in [&row.name, &row.address1, &row.address2, &row.department, &row.contact] {
            printable.check(text, warnings);
        }
        if let Some(postcode) = &row.postcode
            && tables.check(postcode, &format!("{} {}", row.address1, row.address2)).why.is_mismatch()
        {
            warnings.push(RowWarning::PostcodeMismatch);
        }
        let facts = EmployerFacts { withdrawn_on: row.withdrawn_on, address: &row.address1 };
        if route::obstacle(false, Some(facts), today).is_some() {
            warnings.push(RowWarning::NoRoute);
        }
        if seen.is_new(&row.code) {
            Ok(record(row))
        } else {
            Err(vec![RowError::new(line, EmployerRow::CODE.header, row.code.shown(), RowCode::DuplicateRow)])
        }
    });
    let mut pending = Pending::default();
    while let Some(batch) = reader.next().await {
        run.step(run.report.rows, batch.bytes)?;
        for parsed in batch.rows {
            let named = |record: &EmployerRecord| (record.code.clone(), record.name.clone());
            let Some((line, record, _)) = run.take(parsed, named)? else { continue };
            match known.get(record.code.as_str()) {
                Some(known) if known.record == record => run.unchanged(|| item(line, &record)),
                Some(before) => {
                    let changes = differences(&before.record, &record);
                    run.changed(|| PreviewChange { line, key: record.code.clone(), fields: changes.clone() });
                    pending.changed.push(Changed { before, record, changes });
                }
                None => {
                    run.added(|| item(line, &record));
                    pending.added.push(record);
                }
            }
        }
    }
    let facts = reader.finish(run.job.path).await?;
    run.step(run.report.rows, facts.bytes)?;
    pending.write(run).await?;
    Ok(facts)
}

/// Rows that are written when the whole file has been read: a society has hundreds of employers at most.
#[derive(Default)]
struct Pending<'a> {
    added: Vec<EmployerRecord>,
    changed: Vec<Changed<'a>>,
}

struct Changed<'a> {
    before: &'a Employer,
    record: EmployerRecord,
    changes: Vec<FieldChange>,
}

impl Pending<'_> {
    async fn write(self, run: &mut Run<'_>) -> Result<(), Error> {
        let (tx, number) = run.writing_as().await?;
        let by = tx.staff().to_owned();
        let change = Change { at: tx.now(), by: &by, run: Some(number) };
        let confirmed = run.ctx.settings.confirm_address;
        if !self.changed.is_empty() {
            run.waiting().await?;
        }
        let mut moved = BTreeMap::new();
        let (tx, number) = run.writing_as().await?;
        for Changed { before, record, .. } in &self.changed {
            version::keep_employer(tx, before.id, change).await?;
            put_employer(tx, number, record).await?;
            let (old, new) = (before.record.route(), record.route());
            if old == new {
                continue;
            }
            let confirmation = if address_change::came_back(tx, before.id, &new).await? {
                AddressConfirmation::CameBack
            } else if confirmed || address_change::is_unconfirmed(tx, before.id).await? {
                let importer = Importer { by: &by, at: change.at, run: number };
                address_change::open(tx, before.id, importer, &old, &new).await?;
                AddressConfirmation::Waits
            } else {
                AddressConfirmation::NotAsked
            };
            let code = record.code_shown.clone();
            moved.insert(before.id, MovedAddress { code, before: old, after: new, confirmation, held: 0, released: 0 });
        }
        let nothing = self.changed.is_empty();
        let event = |Changed { record, changes, .. }| AuditEvent::EmployerChanged { code: record.code, changes }.into();
        tx.record_all(self.changed.into_iter().map(event)).await?;
        for record in &self.added {
            put_employer(tx, number, record).await?;
        }
        if nothing {
            return Ok(());
        }
        let rows = run.waiting_now().await?;
        run.name_rerouted(&rows);
        let (tx, _) = run.writing_as().await?;
        let changes = holds::follow_registry(tx).await?;
        for (id, moved) in &mut moved {
            moved.held = changes.unconfirmed_of(*id);
            if moved.confirmation == AddressConfirmation::CameBack {
                moved.released = changes.released_of(*id).len() as u64;
                let (code, released) = (moved.code.clone(), moved.released);
                tx.record(AuditEvent::AddressCameBack { code, released }).await?;
            }
        }
        moved.into_values().for_each(|moved| run.preview.effects.moves(moved));
        Ok(())
    }
}

fn item(line: u64, record: &EmployerRecord) -> PreviewItem {
    PreviewItem { line, key: record.code.clone(), what: record.name.clone() }
}

fn record(row: EmployerRow) -> EmployerRecord {
    EmployerRecord {
        code: row.code.key().to_owned(),
        code_shown: row.code.shown().to_owned(),
        kana: row.kana,
        name: row.name,
        postcode: row.postcode,
        address1: row.address1,
        address2: row.address2,
        phone: row.phone,
        department: row.department,
        contact: row.contact,
        applied_on: row.applied_on,
        withdrawn_on: row.withdrawn_on,
    }
}

fn differences(a: &EmployerRecord, b: &EmployerRecord) -> Vec<FieldChange> {
    use EmployerRow as C;
    use FieldChange as F;
    [
        F::of(C::CODE, &a.code_shown, &b.code_shown),
        F::of(C::KANA, &a.kana, &b.kana),
        F::of(C::NAME, &a.name, &b.name),
        F::of_optional(C::POSTCODE, a.postcode.as_ref(), b.postcode.as_ref()),
        F::of(C::ADDRESS1, &a.address1, &b.address1),
        F::of(C::ADDRESS2, &a.address2, &b.address2),
        F::of(C::PHONE, &a.phone, &b.phone),
        F::of(C::DEPARTMENT, &a.department, &b.department),
        F::of(C::CONTACT, &a.contact, &b.contact),
        F::of_optional(C::APPLIED_ON, a.applied_on, b.applied_on),
        F::of_optional(C::WITHDRAWN_ON, a.withdrawn_on, b.withdrawn_on),
    ]
    .into_iter()
    .flatten()
    .collect()
}
