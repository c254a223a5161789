//! 加入者の取込.

use super::endings::Endings;
use super::in_batches::InBatches;
use super::known::{Fingerprint, Fingerprints, Known, RowComparison};
use super::member_record::{Differences, record};
use super::pending::Pending;
use super::preview::{EndedCard, PreviewChange, PreviewItem, Reinstated, Replaced, Warned};
use super::printable::Printable;
use super::reader::Keep;
use super::run::Run;
use crate::domain::person::are_different;
use crate::domain::route;
use crate::domain::{DeadReason, HoldReason, Relation};
use crate::interchange::{FileFacts, MemberRow, RowCode, RowError, RowWarning, Seen};
use crate::store::bulk::{self, MemberRecord};
use crate::store::card::GateRow;
use crate::store::employer::{self, Employer};
use crate::store::member::{self, Member};
use crate::store::{self, KeyColumns, Tx, person};
use crate::text::japan::day_of;
use crate::text::kana_key;
use crate::usecases::registrations::Registrations;
use crate::usecases::settings::SettingId;
use crate::usecases::{Error, accounts};
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap, HashSet};

pub(super) async fn import(run: &mut Run<'_>) -> Result<FileFacts, Error> {
    run.ctx.settings.must_be_readable(|id| id == SettingId::SocietyInsurer)?;
    let opened = run.open::<MemberRow>()?;
    let today = run.ctx.clock.today();
    let mut known = Known::load(run.tx(), today).await?;
    let employers = employer::all(run.tx()).await?;
    let differences = Differences::new(&employers);
    let mut check = Check {
        insurer: run.ctx.settings.society.insurer.clone(),
        employers: employers.into_iter().map(|e| destination(e, today)).collect(),
        today,
        seen: Seen::default(),
        fingerprints: known.fingerprints(),
        printable: Printable::new(run.ctx)?,
    };
    let mut reader = opened.start(Keep::Rejected, move |row, line, warnings| check.take(row, line, warnings));
    let mut pending = Pending::begin(run).await?;
    let mut endings = Endings::new(today);
    let mut refused = BTreeMap::new();
    let (mut insured_lost, mut renumbered) = (Vec::new(), Renumbered::default());
    let mut families = Families::default();
    let mut in_batches = InBatches::new(run.waiting().await?);
    while let Some(batch) = reader.next().await {
        run.step(run.report.rows, batch.bytes)?;
        let mut changed = Vec::new();
        for parsed in batch.rows {
            let Some((line, (record, print), _)) =
                run.take(parsed, |(record, _)| (record.key(), record.name.clone()))?
            else {
                continue;
            };
            let compared = known.compare(print);
            if compared != RowComparison::Unchanged && record.relation == Relation::Insured.code() {
                insured_lost.extend(LostInsured::of(line, &record));
            }
            if compared != RowComparison::Unchanged {
                renumbered.take(line, &record);
            }
            if compared != RowComparison::Unchanged && record.relation == Relation::Dependent.code() {
                families.take(&record);
            }
            match compared {
                RowComparison::Unchanged => run.unchanged(|| item(line, &record)),
                RowComparison::New => {
                    run.added(|| item(line, &record));
                    run.renumbered(former(&record), || record.key());
                    endings.added(&record);
                    in_batches.added(&record);
                    pending.add(record);
                }
                RowComparison::Changed { id, in_force } => changed.push((line, id, in_force, record)),
            }
        }
        let ids: Vec<i64> = changed.iter().map(|(_, id, ..)| *id).collect();
        let mut records = bulk::member_records(run.tx(), &ids).await?;
        for (line, id, in_force, record) in changed {
            let Some(before) = records.remove(&id) else { continue };
            match holder(run.tx(), (id, in_force), &before, &record).await? {
                Holder::Same => {}
                Holder::OtherThanInUse => {
                    refused.insert(line, (record.name, RowCode::OtherPerson));
                    continue;
                }
                Holder::Other => {
                    in_batches.replaces(&before, &record);
                    let (member, before, after) = (record.key(), before.name, record.name.clone());
                    run.preview.effects.replaces(Replaced { member, before: before.clone(), after });
                    run.added(|| item(line, &record));
                    endings.added(&record);
                    pending.replace(id, before, record);
                    continue;
                }
            }
            if lifts_the_end(&before, &record, today) && person::before_end(run.tx(), id).await?.is_some() {
                refused.insert(line, (record.name, RowCode::EndedByHand));
                continue;
            }
            for warning in corrections(&before, &record) {
                run.warn(Warned { line, key: record.key(), what: record.name.clone(), warning });
            }
            run.preview.effects.lost += u64::from(in_force && ends(&before, &record, today));
            let changes = differences.of(&before, &record);
            run.changed(|| PreviewChange { line, key: record.key(), fields: changes.clone() });
            endings.changed(id, &before, &record);
            in_batches.changed(id, &record);
            let lifted = lifts_the_end(&before, &record, today) && before.acquired_on == record.acquired_on;
            let reinstated = if lifted { reinstated(run.tx(), id, &record).await? } else { None };
            pending.change(id, &before.name_key, record, changes);
            if let Some(reinstated) = reinstated {
                run.preview.effects.reinstates(reinstated);
                pending.reinstate(id);
            }
        }
        pending.plan_full(run).await?;
    }
    let facts = reader.finish(run.job.path).await?;
    reject_kept(run, refused)?;
    run.step(run.report.rows, facts.bytes)?;
    pending.finish(run).await?;
    warn_of_families(run, insured_lost, &families).await?;
    renumbered.warn_of_families(run).await?;
    run.preview.warnings.sort_by_key(|warned| warned.line);
    run.in_force = known.in_force;
    run.preview.effects.missing = known.missing();
    let (ctx, by) = (run.ctx, run.staff().to_owned());
    let mut all = Registrations::new(run.tx(), ctx, &by).await?;
    let ended = endings.find(run.tx()).await?;
    let ended = accounts::would_end(run.tx(), &mut all, &ended, &endings.lost).await?;
    run.preview.effects.ends(ended);
    let rows = in_batches.after(run.tx()).await?;
    let rows: Vec<GateRow> = rows.into_iter().filter_map(|row| all.gated(row)).collect();
    run.name_rerouted(&rows);
    run.name_stopped_in(rows.into_iter().filter(|row| row.batch().is_some()).collect());
    Ok(facts)
}

/// A row that ends an insured.
struct LostInsured {
    item: PreviewItem,
    symbol: String,
    number: String,
    on: NaiveDate,
}

impl LostInsured {
    fn of(line: u64, record: &MemberRecord) -> Option<Self> {
        let (symbol, number) = (record.symbol.clone(), record.number.clone());
        record.lost_on.map(|on| Self { item: item(line, record), symbol, number, on })
    }
}

/// What the file says of dependants, by symbol and number: their branches, and until when they are covered.
#[derive(Default)]
struct Families(HashMap<(String, String), BTreeMap<String, Option<NaiveDate>>>);

impl Families {
    fn take(&mut self, record: &MemberRecord) {
        let number = (record.symbol.clone(), record.number.clone());
        self.0.entry(number).or_default().insert(record.branch.clone(), record.lost_on);
    }

    /// Whether a dependant is covered beyond a day once the file is applied.
    fn go_beyond(&self, number: (String, String), on_file: Vec<Member>, day: NaiveDate) -> bool {
        let on_file = on_file.into_iter().filter(|member| member.relation == Relation::Dependent);
        let mut until: BTreeMap<String, Option<NaiveDate>> =
            on_file.map(|member| (member.key.branch, member.lost_on)).collect();
        until.extend(self.0.get(&number).into_iter().flatten().map(|(branch, lost)| (branch.clone(), *lost)));
        until.values().any(|lost| lost.is_none_or(|lost| lost > day))
    }
}

/// A12: rows that end an insured whose family under the same number goes on.
async fn warn_of_families(run: &mut Run<'_>, lost: Vec<LostInsured>, families: &Families) -> Result<(), Error> {
    let warning = RowWarning::FamilyAfterInsured;
    for LostInsured { item: PreviewItem { line, key, what }, symbol, number, on } in lost {
        let on_file = member::family(run.tx(), &symbol, &number).await?;
        if families.go_beyond((symbol, number), on_file, on) {
            run.warn(Warned { line, key, what, warning });
        }
    }
    Ok(())
}

/// A3: what the file says of former numbers.
#[derive(Default)]
struct Renumbered {
    former: HashSet<KeyColumns>,
    /// Insured members under another number, with the former one.
    insured: Vec<(PreviewItem, KeyColumns, Identity)>,
}

struct Identity {
    kana_key: String,
    born_on: NaiveDate,
    acquired_on: NaiveDate,
}

impl Renumbered {
    fn take(&mut self, line: u64, record: &MemberRecord) {
        let MemberRecord { former_symbol, former_number, former_branch, .. } = record;
        let (Some(symbol), Some(number), Some(branch)) = (former_symbol, former_number, former_branch) else { return };
        let [symbol, number, branch] = [symbol, number, branch].map(Clone::clone);
        let former = KeyColumns { symbol, number, branch };
        if record.relation == Relation::Insured.code() {
            let MemberRecord { born_on, acquired_on, .. } = *record;
            let identity = Identity { kana_key: record.kana_key.clone(), born_on, acquired_on };
            self.insured.push((item(line, record), former.clone(), identity));
        }
        self.former.insert(former);
    }

    /// A12: insured members who leave a number under which the family goes on.
    async fn warn_of_families(self, run: &mut Run<'_>) -> Result<(), Error> {
        let warning = RowWarning::FamilyAfterInsured;
        for (PreviewItem { line, key, what }, former, now) in self.insured {
            let mut family = member::family(run.tx(), &former.symbol, &former.number).await?;
            let is_insured = |it: &Member| {
                let one = kana_key(&it.kana) == now.kana_key || it.born_on == now.born_on;
                it.relation == Relation::Insured && it.key == former && one && it.acquired_on < now.acquired_on
            };
            if !family.iter().any(is_insured) {
                continue;
            }
            family.retain(|it| {
                let stays = it.lost_on.is_none_or(|lost| lost > now.acquired_on) && !self.former.contains(&it.key);
                it.relation == Relation::Dependent && it.earlier_insured_id.is_none() && stays
            });
            let ids: Vec<i64> = family.iter().map(|it| it.id).collect();
            let followed = person::renumbered_among(run.tx(), &ids).await?;
            if ids.iter().any(|id| !followed.contains_key(id)) {
                run.warn(Warned { line, key, what, warning });
            }
        }
        Ok(())
    }
}

/// A11: these rows, by line with the name in the file, are of other persons than those whose numbers they use, or of members
/// whose record a supervisor has ended: a person decides first.
fn reject_kept(run: &mut Run<'_>, refused: BTreeMap<u64, (String, RowCode)>) -> Result<(), Error> {
    let mut raw = super::reader::raw_rows::<MemberRow>(run.job.path, refused.keys().copied().collect())?;
    for (line, (name, code)) in refused {
        let error = RowError::new(line, MemberRow::NAME.header, &name, code);
        run.reject(raw.remove(&line).as_ref(), &[error])?;
    }
    Ok(())
}

/// A11: the person that a changed row of a number describes.
#[derive(Debug, Clone, Copy)]
enum Holder {
    /// The person who holds the number, by name or by birth date.
    Same,
    /// Another person, and nothing hangs on the number any more.
    Other,
    /// Another person than the one that the account was opened or the card was asked for.
    OtherThanInUse,
}

/// Tells which person a changed row describes. While the number is in use, name and birth date are compared as they were when that began
/// (H2): two corrections one after the other make no other person of its holder.
async fn holder(
    tx: &mut Tx,
    (id, in_force): (i64, bool),
    before: &MemberRecord,
    after: &MemberRecord,
) -> Result<Holder, Error> {
    if before.kana_key == after.kana_key && before.born_on == after.born_on {
        return Ok(Holder::Same);
    }
    let since = if in_force { person::in_use_since(tx, id).await? } else { None };
    let then = match since {
        Some(since) => person::identity_at(tx, id, since).await?,
        None => None,
    };
    let then = then.map_or((before.kana_key.clone(), before.born_on), |(kana, born_on)| (kana_key(&kana), born_on));
    let different = are_different((&then.0, then.1), (&after.kana_key, after.born_on));
    Ok(match (different, since) {
        (false, _) => Holder::Same,
        (true, None) => Holder::Other,
        (true, Some(_)) => Holder::OtherThanInUse,
    })
}

/// A11: the name alone, or the birth date alone, is another one: a correction, which deserves a look.
fn corrections(before: &MemberRecord, after: &MemberRecord) -> impl Iterator<Item = RowWarning> {
    let name = before.name != after.name || before.kana_key != after.kana_key;
    let birth = before.born_on != after.born_on;
    [(name, RowWarning::NameChanged), (birth, RowWarning::BirthChanged)]
        .into_iter()
        .filter_map(|(differs, warning)| differs.then_some(warning))
}

/// Whether a row says that a membership goes on which is over in the database.
fn lifts_the_end(before: &MemberRecord, after: &MemberRecord, today: NaiveDate) -> bool {
    let over = |lost_on: Option<NaiveDate>| lost_on.is_some_and(|lost| lost <= today);
    over(before.lost_on) && !over(after.lost_on)
}

/// A9, P1: a member whose latest account was closed by the loss that a row takes back, with the cards that ended with it.
async fn reinstated(tx: &mut Tx, id: i64, record: &MemberRecord) -> Result<Option<Reinstated>, Error> {
    let by_loss = Some(DeadReason::MemberLost.code());
    let latest = store::account::latest_of(tx, id).await?;
    let Some(account) = latest.filter(|it| it.closed_reason.as_deref() == by_loss) else { return Ok(None) };
    let cards = store::card::of_account(tx, account.id).await?;
    let ended = cards.iter().filter(|card| card.dead() == Some(DeadReason::MemberLost));
    let cards = ended.map(|card| EndedCard { kind: card.kind, serial: card.serial.clone() }).collect();
    let (member, name) = (record.key(), record.name.clone());
    Ok(Some(Reinstated { member, name, closed_on: account.closed_at.map(day_of), cards }))
}

/// Whether a row ends a membership, today or on a later day: a wrong date in every row may lie in the future.
fn ends(before: &MemberRecord, after: &MemberRecord, today: NaiveDate) -> bool {
    after.lost_on.is_some_and(|lost| before.lost_on.is_none() || lost <= today)
}

fn item(line: u64, record: &MemberRecord) -> PreviewItem {
    PreviewItem { line, key: record.key(), what: record.name.clone() }
}

/// The former key that the file gives (A3).
fn former(record: &MemberRecord) -> Option<String> {
    let (symbol, number) = (record.former_symbol.as_deref()?, record.former_number.as_deref()?);
    Some(format!("{symbol}-{number}-{}", record.former_branch.as_deref().unwrap_or("00")))
}

/// An employer by code: its row id, and why its cards have nowhere to go (R2).
type Destination = (i64, Option<HoldReason>);

fn destination(Employer { id, record: e }: Employer, today: NaiveDate) -> (String, Destination) {
    let obstacle = route::obstacle(false, Some(e.facts()), today);
    (e.code, (id, obstacle))
}

/// The checks of a row that the reader's thread makes.
struct Check {
    insurer: String,
    employers: HashMap<String, Destination>,
    today: NaiveDate,
    seen: Seen,
    fingerprints: Fingerprints,
    printable: Printable,
}

impl Check {
    fn take(
        &mut self,
        row: MemberRow,
        line: u64,
        warnings: &mut Vec<RowWarning>,
    ) -> Result<(MemberRecord, Fingerprint), Vec<RowError>> {
        let mut errors = Vec::new();
        if row.insurer.as_str() != self.insurer {
            errors.push(RowError::new(line, MemberRow::INSURER.header, row.insurer.as_str(), RowCode::BadInsurer));
        }
        let employer = row.employer.as_ref().and_then(|code| self.employers.get(code.key()).copied());
        if let (Some(code), None) = (&row.employer, employer) {
            errors.push(RowError::new(line, MemberRow::EMPLOYER.header, code.shown(), RowCode::UnknownEmployer));
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        // Only a good row makes a later one a duplicate: a rejected one may be corrected by the next.
        if !self.seen.is_new(&row.key) {
            return Err(vec![RowError::new(
                line,
                MemberRow::NUMBER.header,
                &row.key.to_string(),
                RowCode::DuplicateRow,
            )]);
        }
        self.printable.check(&row.name, warnings);
        // Former members receive no cards.
        let in_force = row.lost_on.is_none_or(|lost| lost > self.today);
        if in_force && employer.is_none_or(|(_, obstacle)| obstacle.is_some()) {
            warnings.push(RowWarning::NoRoute);
        }
        let record = record(row, employer.map(|(id, _)| id));
        let print = self.fingerprints.of(&record);
        Ok((record, print))
    }
}
