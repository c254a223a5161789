//! 出力: passwords are made, hashed and set on paper, all or nothing (B4, B5, S2).
//!
//! The files are written under hidden names first, then the database says "exported", then the files get their
//! names. Whatever stops the program in between, `files::recover` finishes or clears it.

use super::approval;
use super::files::{self, BatchFileKind, Encryption, ExportClaim};
use super::paper;
use super::print_job::{PrintJob, PrintableCard, Stopped, default_dispatch_date, print_job};
use super::stopped::{ApartCard, HeldCard};
use super::{get, same, save, step};
use crate::domain::{BatchNumber, BatchStep, CardState, CardStep, Permission};
use crate::print::{self, PrintError, PrintRun, Secret, Staging};
use crate::secrets::{self, HashCost, Passphrase, Password};
use crate::store::approved_card::{self, Printing};
use crate::store::card::Card;
use crate::store::{self, Tx};
use crate::store::{batch::Batch, remake::FIRST_RUN};
use crate::usecases::audit::AuditEvent;
use crate::usecases::card_steps;
use crate::usecases::gate;
use crate::usecases::refusal::BatchRefusal;
use crate::usecases::staff::strong_passphrase;
use crate::usecases::{Actor, AppContext, Delivery, Error, Refusal, UnitOfWork};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

/// How to export.
#[derive(Debug, Default)]
pub struct ExportOptions {
    /// V5: the date printed on the cards; the next business day where not given.
    pub dispatch_date: Option<NaiveDate>,
    /// S4: encrypts the PDF.
    pub passphrase: Option<Passphrase>,
}

/// How far an export is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExportProgress {
    /// Number of passwords that are hashed.
    pub hashed: usize,
    /// Number of cards whose pages are set.
    pub set: usize,
    /// Cards in all.
    pub cards: usize,
}

/// A finished export.
#[derive(Debug, serde::Serialize)]
pub struct Exported {
    /// Number of the exported batch.
    pub batch: BatchNumber,
    /// Cards on paper.
    pub cards: usize,
    /// Cards that were held instead (B4).
    pub held: Vec<HeldCard>,
    /// Cards that wait in the queue instead (S6).
    pub apart: Vec<ApartCard>,
    /// Serials of cards without a customer barcode: their postcodes cannot be used.
    pub without_barcode: Vec<String>,
    /// Paths of the files.
    pub files: Vec<PathBuf>,
    /// Of the first file with cards; every file's is in `batch show`.
    pub sha256: String,
    /// V5: printed on every card.
    pub dispatch_date: NaiveDate,
}

/// V5: a planned dispatch date further off is a slip of the finger, and dispatch could not be confirmed until then.
const MOST_AHEAD: chrono::Days = chrono::Days::new(60);

/// How often the caller hears of progress.
const REPORTED_EVERY: Duration = Duration::from_millis(50);

/// Exports an approved batch. `watch` is called with the progress and may break it off; nothing is left then.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn export(
    ctx: &AppContext,
    actor: &Actor,
    number: &BatchNumber,
    options: ExportOptions,
    watch: impl FnMut(ExportProgress) -> ControlFlow<()> + Send,
) -> Result<Exported, Error> {
    let allowed = actor.allowed(Permission::Export)?;
    may_start(ctx, options.passphrase.as_ref())?;
    let today = ctx.clock.today();
    let date = options.dispatch_date.unwrap_or_else(|| default_dispatch_date(ctx));
    let latest = today + MOST_AHEAD;
    if !(today..=latest).contains(&date) {
        return Err(Refusal::BadDay { given: date, earliest: today, latest }.into());
    }
    approved(&mut ctx.read(&allowed).await?, ctx, number).await?;
    let claim = ExportClaim::take(ctx, number, None).await?;
    // Asked again: only the claim keeps others from exporting it.
    let mut tx = ctx.read(&allowed).await?;
    let mut batch = approved(&mut tx, ctx, number).await?;
    files::must_be_unused(&claim, number)?;
    let print_job = print_job(&mut tx, ctx, &batch, date).await?;
    let changes = approval::changes(&mut tx, ctx, &batch, &print_job.template_sha256, &print_job.changed).await?;
    drop(tx);
    if !changes.is_empty() {
        return Err(BatchRefusal::ChangedSinceApproval(changes).into());
    }
    let encryption = Encryption::by(options.passphrase.as_ref());
    let Made { hashes, staging, secret_files } =
        make(ctx, &claim, number.as_str(), date, options.passphrase, &print_job, records(&print_job), watch).await?;
    files::mark(&claim, FIRST_RUN, staging.files())?;

    let mut uow = ctx.begin_settled(&allowed).await?;
    // Another person's step is told of the batch, not of its first card.
    approved(&mut uow, ctx, number).await?;
    same(&mut uow, &batch).await?;
    batch.planned_on = Some(date);
    batch.exported_by = Some(actor.id.clone());
    batch.exported_at = Some(ctx.clock.now());
    batch.folder = Some(claim.folder().path().display().to_string());
    if print_job.sheets.is_empty() {
        // Nothing is left to print: the held cards say why, and the batch is over.
        step(&mut uow, ctx, &mut batch, BatchStep::Cancel).await?;
        batch.cancelled_by = Some(actor.id.clone());
        batch.cancelled_at = batch.exported_at;
    }
    stop_all(&mut uow, number, &print_job.stopped).await?;
    set(&mut uow, batch.id, &print_job.sheets, &hashes, date, 1).await?;
    let printing =
        Printing { template: &ctx.settings.template, template_sha256: &print_job.template_sha256, at: ctx.clock.now() };
    approved_card::printed(&mut uow, number, printing).await?;
    let (passwords, records) = staging.files().split_at(secret_files);
    files::record(&mut uow, batch.id, passwords, BatchFileKind::Passwords { run: FIRST_RUN, encryption }).await?;
    files::record(&mut uow, batch.id, records, BatchFileKind::Record).await?;
    let mut bundles: BTreeMap<i64, i64> = BTreeMap::new();
    for sheet in &print_job.sheets {
        // R3, R4: a card that is posted by itself is in no parcel, and no receipt is waited for.
        if let (Some(employer), Delivery::Bundle) = (sheet.employer_id, ctx.settings.delivery) {
            *bundles.entry(employer).or_default() += 1;
        }
    }
    for (employer, count) in bundles {
        store::bundle::set(&mut uow, batch.id, employer, count).await?;
    }
    save(&mut uow, &batch).await?;
    let exported = AuditEvent::BatchExported {
        cards: print_job.sheets.iter().map(|sheet| sheet.card_id).collect(),
        held: print_job.stopped.iter().filter(|it| it.stop.held().is_some()).count() as u64,
    };
    let committed = uow.commit(exported.batch(number)).await;
    let files = files::publish(ctx, &claim, number, staging, committed).await?;
    files::remove_previews(claim.folder(), number);
    Ok(Exported {
        batch: number.clone(),
        cards: print_job.sheets.len(),
        without_barcode: print_job
            .sheets
            .iter()
            .filter(|sheet| sheet.notes.contains(&print::PreflightNote::NoBarcode))
            .map(|sheet| sheet.card.serial.clone())
            .collect(),
        apart: ApartCard::of(&print_job.stopped),
        held: HeldCard::of(print_job.stopped),
        sha256: files.first().map(|file| file.sha256.clone()).unwrap_or_default(),
        files: claim.paths(files),
        dispatch_date: date,
    })
}

/// What every run that makes passwords asks first: a passphrase protects its file (S4), and a card that cannot be delivered
/// comes back to its sender.
pub(super) fn may_start(ctx: &AppContext, passphrase: Option<&Passphrase>) -> Result<(), Refusal> {
    passphrase.map_or(Ok(()), strong_passphrase)?;
    ctx.settings.must_be_readable(paper::makes_files)?;
    let missing = ctx.settings.society.missing_as_sender();
    if missing.is_empty() { Ok(()) } else { Err(Refusal::NoSender(missing)) }
}

/// The batch, if it can be exported; with the step taken.
async fn approved(tx: &mut Tx, ctx: &AppContext, number: &BatchNumber) -> Result<Batch, Error> {
    let mut batch = get(tx, number).await?;
    step(tx, ctx, &mut batch, BatchStep::Export).await?;
    Ok(batch)
}

/// B4, B7: the stopped cards leave the batch.
pub(super) async fn stop_all(uow: &mut UnitOfWork, number: &BatchNumber, stopped: &[Stopped]) -> Result<(), Error> {
    for stop in stopped {
        if let Some(note) = gate::stop(uow, &stop.stop, Some(number)).await? {
            uow.record(note).await?;
        }
    }
    Ok(())
}

/// Each sheet's card gets its serial, hash and date. One that was moved since refuses the whole export.
pub(super) async fn set(
    uow: &mut UnitOfWork,
    batch: i64,
    sheets: &[PrintableCard],
    hashes: &[String],
    date: NaiveDate,
    first: usize,
) -> Result<(), Error> {
    let stored = store::card::of_batch(uow, batch).await?;
    let mut stored: BTreeMap<i64, Card> = stored.into_iter().map(|card| (card.id, card)).collect();
    let mut cards = Vec::with_capacity(sheets.len());
    for (place, (sheet, hash)) in (first..).zip(sheets.iter().zip(hashes)) {
        let changed = || Refusal::Changed { what: sheet.card.key.clone() };
        let mut card = stored.remove(&sheet.card_id).ok_or_else(changed)?;
        card_steps::step(&mut card, CardStep::Export).map_err(|_| changed())?;
        card.employer_id = sheet.employer_id;
        card.position = i64::try_from(place).ok();
        card.serial = Some(sheet.card.serial.clone());
        card.hash = Some(hash.clone());
        card.issue_on = Some(date);
        cards.push(card);
    }
    card_steps::save_all(uow, &cards, CardState::Drafted).await
}

/// Makes the passwords, hashes them on all cores and sets the pages at the same time; then the `papers` beside them.
/// File names begin with `name`.
#[expect(clippy::too_many_arguments, reason = "the facts of one run")]
pub(super) async fn make(
    ctx: &AppContext,
    claim: &ExportClaim,
    name: &str,
    date: NaiveDate,
    passphrase: Option<Passphrase>,
    print_job: &PrintJob,
    papers: impl FnOnce(&PrintRun<'_>, &mut Staging) -> Result<(), PrintError>,
    watch: impl FnMut(ExportProgress) -> ControlFlow<()> + Send,
) -> Result<Made, Error> {
    let policy = &ctx.settings.passwords;
    let passwords: Vec<Password> = print_job.sheets.iter().map(|_| policy.generate()).collect::<Result<_, _>>()?;
    let run = PrintRun {
        batch: name,
        date,
        cards_per_file: ctx.settings.cards_per_file as usize,
        passphrase: passphrase.as_ref(),
        edition: None,
        fingerprint: print_job.fingerprint.as_deref(),
    };
    let staging = claim.staging()?;
    let cost = ctx.settings.hash_cost;
    // Blocking on purpose: the caller's runtime has other threads, and nothing here waits for the database.
    tokio::task::block_in_place(|| {
        let (hashes, mut staging) = work(print_job, &passwords, &run, staging, cost, watch)?;
        let secret_files = staging.files().len();
        papers(&run, &mut staging).map_err(print_error)?;
        Ok(Made { hashes, staging, secret_files })
    })
}

/// What an export has made before the database knows of it.
pub(super) struct Made {
    /// In the order of the pile.
    pub(super) hashes: Vec<String>,
    /// Files under hidden names.
    pub(super) staging: Staging,
    /// So many of them, the first ones, hold passwords.
    pub(super) secret_files: usize,
}

/// For the society, what was exported. Letters and receipts come after the printing (B12).
fn records(print_job: &PrintJob) -> impl FnOnce(&PrintRun<'_>, &mut Staging) -> Result<(), PrintError> {
    move |run, staging| {
        let cards: Vec<print::CardContent> = print_job.sheets.iter().map(|sheet| sheet.card.clone()).collect();
        if cards.is_empty() {
            return Ok(());
        }
        print_job.renderer.summary(run, &print::bundles(&cards), &[], staging)?;
        print_job.renderer.manifest(run, &cards, staging)?;
        print_job.renderer.ticket(run, cards.len(), staging)
    }
}

/// Hashes on all cores, sets pages on one thread, and reports from the caller's.
fn work(
    print_job: &PrintJob,
    passwords: &[Password],
    run: &PrintRun<'_>,
    mut staging: Staging,
    cost: HashCost,
    mut watch: impl FnMut(ExportProgress) -> ControlFlow<()> + Send,
) -> Result<(Vec<String>, Staging), Error> {
    let cards = passwords.len();
    let (hashed, set, stop) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicBool::new(false));
    let next = AtomicUsize::new(0);
    let hash_some = || -> Result<Vec<(usize, String)>, Error> {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(password) = passwords.get(at) else { return Ok(done) };
            if stop.load(Ordering::Relaxed) {
                return Err(Refusal::Cancelled.into());
            }
            let hash = secrets::hash(password.expose(), cost)?;
            done.push((at, hash));
            hashed.fetch_add(1, Ordering::Relaxed);
        }
    };
    let set_pages = || -> Result<Staging, Error> {
        let sheets = print_job.sheets.iter().zip(passwords);
        let sheets = sheets.map(|(sheet, password)| (sheet.card.clone(), Secret::Clear(password.clone())));
        let mut seen = |progress: print::PrintProgress| {
            set.store(progress.cards, Ordering::Relaxed);
            if stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        print_job.renderer.cards(run, sheets, &mut staging, &mut seen).map_err(print_error)?;
        Ok(staging)
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    // Nothing is ever sent: the channel closes when the last thread has ended.
    let (running, ended) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        let hash_some = &hash_some;
        let hash = |running: mpsc::Sender<()>| {
            scope.spawn(move || {
                let _running = running;
                hash_some()
            })
        };
        let hashing: Vec<_> = (0..cores).map(|_| hash(running.clone())).collect();
        let setting = scope.spawn(move || {
            let _running = running;
            set_pages()
        });
        loop {
            let progress =
                ExportProgress { hashed: hashed.load(Ordering::Relaxed), set: set.load(Ordering::Relaxed), cards };
            if watch(progress).is_break() {
                stop.store(true, Ordering::Relaxed);
            }
            if ended.recv_timeout(REPORTED_EVERY) != Err(RecvTimeoutError::Timeout) {
                break;
            }
        }
        let panicked = |_| Error::Stopped("export");
        let mut hashes = vec![String::new(); cards];
        for thread in hashing {
            for (at, hash) in thread.join().map_err(panicked)?? {
                hashes[at] = hash;
            }
        }
        let staging = setting.join().map_err(panicked)??;
        Ok((hashes, staging))
    })
}

/// What the print room says, in the terms of a use case.
pub(super) fn print_error(error: PrintError) -> Error {
    match error {
        PrintError::Cancelled => Refusal::Cancelled.into(),
        PrintError::File(error) => files::folder_refusal(error).into(),
        PrintError::Card { .. } | PrintError::Document { .. } | PrintError::Pages { .. } => Error::Print(error),
    }
}
