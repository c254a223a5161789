//! 送付状・受領書・バッチ記録 (B12): made of the cards in hand, after the printing and again after pulling. What an
//! earlier edition says holds no longer: its files are removed, and named so that its paper is thrown away.

use super::files::{self, BatchFileKind, ExportClaim};
use super::in_hand::{must_pull, pulled_serials, ranges, remake_is_open};
use super::paper::renderer;
use super::print_job::contents;
use super::{get, out_of_place, same, save};
use crate::domain::gate::fingerprint;
use crate::domain::{BatchNumber, BatchState, CardState, Permission};
use crate::print::{self, CardBundle, CardContent, PrintRun, Staging, WrittenFile};
use crate::store::paper::PaperEdition;
use crate::store::{self, Tx};
use crate::store::{batch::Batch, batch_file::BatchFile};
use crate::usecases::audit::{AuditEvent, IdRanges};
use crate::usecases::refusal::{BatchAct, BatchRefusal};
use crate::usecases::{Actor, AppContext, Error, UnitOfWork};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The papers of the cards in hand.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Letters {
    /// Number of the batch.
    pub batch: BatchNumber,
    /// 版, printed at the foot of every page.
    pub edition: i64,
    /// Cards that they list.
    pub cards: usize,
    /// Employers with a letter and a receipt.
    pub employers: usize,
    /// はがき番号 of printed cards that they leave out: these are pulled.
    pub left_out: Vec<String>,
    /// Paths of the files.
    pub files: Vec<PathBuf>,
    /// Names of files that were removed; what was printed of them is thrown away.
    pub outdated: Vec<String>,
    /// Employers whose letter and receipt are others than in the edition before.
    pub changed: Vec<ChangedParcel>,
}

/// A parcel that has become another.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ChangedParcel {
    /// 事業所記号
    pub employer: String,
    /// 事業所名
    pub name: String,
    /// Number of cards before.
    pub before: usize,
    /// Cards now; with none there is no parcel.
    pub cards: usize,
}

/// Makes letters, receipts and the summary of a printed batch again. `pulled` are the serials that were taken out; every
/// card of the gate must be among them (B7). What is in force already is not made again.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn letters(ctx: &AppContext, actor: &Actor, number: &BatchNumber, pulled: &str) -> Result<Letters, Error> {
    let allowed = actor.allowed(Permission::Batches)?;
    let mut tx = ctx.read(&allowed).await?;
    let seen = get(&mut tx, number).await?;
    let in_hand = in_hand(&mut tx, ctx, &seen, pulled).await?;
    if let Some(letters) = in_force(&mut tx, &seen, &in_hand).await? {
        return Ok(letters);
    }
    drop(tx);
    let claim = claim(ctx, &seen).await?;
    let mut tx = ctx.read(&allowed).await?;
    let left_out = left_out(&mut tx, &seen, &in_hand).await?;
    let staged = stage(&mut tx, ctx, &claim, &seen, &in_hand, left_out).await?;
    drop(tx);
    let mut uow = ctx.begin(&allowed).await?;
    let batch = same(&mut uow, &seen).await?;
    record(&mut uow, &batch, &staged).await?;
    save(&mut uow, &batch).await?;
    let (edition, cards) = (staged.letters.edition, staged.letters.cards as u64);
    let made = AuditEvent::LettersMade { edition, cards, employers: staged.letters.employers as u64 };
    let committed = uow.commit(made.batch(number)).await;
    finish(ctx, &claim, staged, committed).await
}

/// The printed cards but for those that are pulled.
async fn in_hand(tx: &mut Tx, ctx: &AppContext, batch: &Batch, pulled: &str) -> Result<BTreeSet<i64>, Error> {
    if batch.state() != BatchState::Printed {
        return Err(out_of_place(batch, BatchAct::Letters));
    }
    let cards = store::card::of_batch(tx, batch.id).await?;
    if remake_is_open(&cards) {
        return Err(BatchRefusal::RemakeOpen(batch.number.clone()).into());
    }
    let pulled = pulled_serials(&batch.number, &cards, pulled)?;
    let gate = must_pull(tx, ctx, batch).await?;
    let missing: Vec<String> = gate.into_iter().filter(|serial| !pulled.contains(serial)).collect();
    if !missing.is_empty() {
        return Err(BatchRefusal::MustPull(missing).into());
    }
    let printed = cards.into_iter().filter(|card| card.state() == CardState::Printed);
    let stays = printed.filter(|card| card.serial.as_ref().is_none_or(|serial| !pulled.contains(serial)));
    Ok(stays.map(|card| card.id).collect())
}

/// The right to write where the files of a batch are.
pub(super) async fn claim(ctx: &AppContext, batch: &Batch) -> Result<ExportClaim, Error> {
    ExportClaim::take(ctx, &batch.number, batch.folder.as_deref()).await
}

/// Papers that are written under hidden names.
pub(super) struct StagedLetters {
    pub(super) letters: Letters,
    staging: Staging,
    /// The cards that they list, by row ID.
    listed: IdRanges,
    /// Cards of each employer with a parcel, by row ID.
    parcels: BTreeMap<i64, i64>,
    outdated: Vec<BatchFile>,
}

/// The edition in force, where it lists exactly these cards and its files are there.
async fn in_force(tx: &mut Tx, batch: &Batch, in_hand: &BTreeSet<i64>) -> Result<Option<Letters>, Error> {
    let Some(latest) = store::paper::latest(tx, batch.id).await? else { return Ok(None) };
    if latest.cards != ranges(in_hand).json()? {
        return Ok(None);
    }
    let folder = batch.folder.as_deref().map(Path::new).unwrap_or(Path::new(""));
    let files = store::batch_file::of_batch(tx, batch.id).await?;
    let files: Vec<PathBuf> = files
        .into_iter()
        .filter(|file| file.edition == Some(latest.edition))
        .map(|file| folder.join(file.name))
        .collect();
    if files.iter().any(|file| !file.exists()) {
        return Ok(None);
    }
    let cards = contents(tx, batch).await?;
    let listed: Vec<CardContent> =
        cards.iter().filter(|(id, _)| in_hand.contains(id)).map(|(_, card)| card.clone()).collect();
    Ok(Some(Letters {
        batch: batch.number.clone(),
        edition: latest.edition,
        cards: listed.len(),
        employers: parcels(&listed),
        left_out: left_out(tx, batch, in_hand).await?,
        files,
        outdated: Vec::new(),
        changed: Vec::new(),
    }))
}

async fn left_out(tx: &mut Tx, batch: &Batch, in_hand: &BTreeSet<i64>) -> Result<Vec<String>, Error> {
    let cards = store::card::of_batch(tx, batch.id).await?;
    let pulled = cards.into_iter().filter(|card| card.state() == CardState::Printed && !in_hand.contains(&card.id));
    Ok(pulled.filter_map(|card| card.serial).collect())
}

fn parcels(listed: &[CardContent]) -> usize {
    print::bundles(listed).iter().filter(|bundle| bundle.route.employer_code.is_some()).count()
}

/// Writes the next edition: for cards in parcels the letters and receipts, for all the summary and the manifest.
pub(super) async fn stage(
    tx: &mut Tx,
    ctx: &AppContext,
    claim: &ExportClaim,
    batch: &Batch,
    in_hand: &BTreeSet<i64>,
    left_out: Vec<String>,
) -> Result<StagedLetters, Error> {
    let latest = store::paper::latest(tx, batch.id).await?;
    let edition = latest.as_ref().map_or(0, |latest| latest.edition) + 1;
    let recorded = store::batch_file::of_batch(tx, batch.id).await?;
    let (secret, papers): (Vec<_>, Vec<_>) = recorded.into_iter().partition(|file| file.secret);
    let outdated: Vec<BatchFile> =
        papers.into_iter().filter(|file| file.destroyed_at.is_none() && !print::is_ticket(&file.name)).collect();
    let cards = contents(tx, batch).await?;
    let listed: Vec<CardContent> =
        cards.iter().filter(|(id, _)| in_hand.contains(id)).map(|(_, card)| card.clone()).collect();
    let bundled = !store::bundle::of_batch(tx, batch.id).await?.is_empty();
    let before = latest.map(|latest| IdRanges::parse(&latest.cards)).transpose()?;
    let mut parcels_of: BTreeMap<i64, i64> = BTreeMap::new();
    for card in store::card::of_batch(tx, batch.id).await? {
        let Some(employer) = card.employer_id else { continue };
        *parcels_of.entry(employer).or_default() += i64::from(in_hand.contains(&card.id));
    }
    let employers: Vec<i64> = parcels_of.keys().copied().collect();
    let employers = store::employer::by_ids(tx, &employers).await?.into_iter().map(|employer| employer.record);
    let phones: BTreeMap<String, String> = employers.map(|it| (it.code_shown, it.phone)).collect();
    let mut staging = claim.staging()?;
    let fingerprint = batch.approval_digest.as_deref().map(fingerprint);
    let run = PrintRun {
        batch: batch.number.as_str(),
        date: batch.planned_on.unwrap_or_else(|| ctx.clock.today()),
        cards_per_file: ctx.settings.cards_per_file as usize,
        passphrase: None,
        edition: Some(edition),
        fingerprint: fingerprint.as_deref(),
    };
    if !listed.is_empty() {
        let renderer = renderer(&ctx.settings)?;
        let with_passwords: Vec<WrittenFile> = secret.iter().map(written).collect();
        tokio::task::block_in_place(|| {
            let bundles = print::bundles(&listed);
            if bundled {
                renderer.letters(&run, &bundles, ctx.settings.letter_files, &mut staging)?;
                renderer.parcels(&run, &bundles, |code| phones.get(code).cloned().unwrap_or_default(), &mut staging)?;
            }
            let single = |it: &&CardBundle<'_>| !bundled || it.route.employer_code.is_none();
            renderer.posting(&run, &bundles.iter().filter(single).collect::<Vec<_>>(), &mut staging)?;
            renderer.summary(&run, &bundles, &with_passwords, &mut staging)?;
            renderer.manifest(&run, &listed, &mut staging)
        })
        .map_err(super::export::print_error)?;
    }
    let letters = Letters {
        batch: batch.number.clone(),
        edition,
        cards: listed.len(),
        employers: if bundled { parcels(&listed) } else { 0 },
        left_out,
        files: claim.paths(staging.files().to_vec()),
        outdated: outdated.iter().map(|file| file.name.clone()).collect(),
        changed: before.map(|before| changed(&cards, &before, in_hand)).unwrap_or_default(),
    };
    let parcels = if bundled { parcels_of } else { BTreeMap::new() };
    Ok(StagedLetters { letters, staging, listed: ranges(in_hand), parcels, outdated })
}

fn written(file: &BatchFile) -> WrittenFile {
    let pages = usize::try_from(file.pages).unwrap_or(0);
    WrittenFile { name: file.name.clone(), pages, sha256: file.sha256.clone(), bytes: 0 }
}

/// Employers whose cards are others than before.
fn changed(cards: &[(i64, CardContent)], before: &IdRanges, now: &BTreeSet<i64>) -> Vec<ChangedParcel> {
    let mut parcels: BTreeMap<&str, (ChangedParcel, bool)> = BTreeMap::new();
    for (id, card) in cards {
        let Some(code) = &card.route.employer_code else { continue };
        let (was, is) = (before.contains(*id), now.contains(id));
        let (parcel, differs) = parcels.entry(code).or_insert_with(|| {
            let (employer, name) = (code.clone(), card.route.company.clone());
            (ChangedParcel { employer, name, before: 0, cards: 0 }, false)
        });
        parcel.before += usize::from(was);
        parcel.cards += usize::from(is);
        *differs |= was != is;
    }
    parcels.into_values().filter_map(|(parcel, differs)| differs.then_some(parcel)).collect()
}

/// The new edition in place of the earlier ones, in the transaction of the step that it belongs to.
pub(super) async fn record(uow: &mut UnitOfWork, batch: &Batch, staged: &StagedLetters) -> Result<(), Error> {
    let (made_by, made_at, edition) = (uow.staff().to_owned(), uow.now(), staged.letters.edition);
    for file in &staged.outdated {
        store::batch_file::destroyed(uow, batch.id, &file.name, made_at).await?;
    }
    let cards = staged.listed.json()?;
    store::paper::insert(uow, batch.id, &PaperEdition { edition, cards, made_by, made_at }).await?;
    files::record(uow, batch.id, staged.staging.files(), BatchFileKind::Paper { edition }).await?;
    Ok(store::bundle::recount(uow, batch.id, &staged.parcels).await?)
}

/// Gives the new files their names and removes what is outdated, once the database says so.
pub(super) async fn finish(
    ctx: &AppContext,
    claim: &ExportClaim,
    staged: StagedLetters,
    committed: Result<(), Error>,
) -> Result<Letters, Error> {
    let StagedLetters { letters, staging, .. } = staged;
    files::publish(ctx, claim, &letters.batch, staging, committed).await?;
    Ok(letters)
}
