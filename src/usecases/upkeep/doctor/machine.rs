//! Checks of the machine: permissions, free space, clock, calendar, fonts.

use super::super::backup;
use super::finding::{Finding, YearBegun};
use super::scene::Scene;
use crate::domain::postal::PostalTables;
use crate::files::{folder_of, private};
use crate::store::{self, DbUrl};
use crate::usecases::{Allowed, AppContext, Error, batches, replies};
use chrono::{Datelike, Local, Offset, TimeDelta};
use std::path::{Path, PathBuf};

const MIB: u64 = 1 << 20;
/// Free space that a day's work may need, for the database and for PDFs.
const WANTED_MIB: u64 = 256;
/// Seconds by which two clocks may differ.
const CLOCK_SECONDS: i64 = 300;
/// Days after which postcodes have changed in too many places.
const POSTCODE_DAYS: i64 = 365;
/// Next year's list is published in February.
const PUBLISHED_BY_MONTH: u32 = 3;

/// S4: the database with its companions, copies from upgrades, and files with secrets. The export folder is checked
/// together with its batches.
pub(super) fn permissions(scene: &Scene) -> Vec<Finding> {
    let mut paths = scene.private.clone();
    if let DbUrl::Sqlite(database) = &scene.place {
        let name = database.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let ours = |path: &Path| {
            let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            file.starts_with(&name) || file.starts_with(backup::WORK)
        };
        paths.extend(entries(folder_of(database)).into_iter().filter(|path| ours(path)));
    }
    let left = paths.iter().filter(|path| is_work(path)).cloned().map(Finding::ClearCopy);
    let mut found: Vec<Finding> = left.collect();
    found.extend(private::exposed(&paths).into_iter().map(Finding::Exposed));
    found
}

fn is_work(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(backup::WORK))
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// Free space for a day's work, and for a copy of a database file.
pub(super) fn space(ctx: &AppContext) -> Vec<Finding> {
    let mut wanted = vec![(ctx.export_folder(), WANTED_MIB)];
    if let DbUrl::Sqlite(database) = &ctx.place {
        let size = std::fs::metadata(database).map_or(0, |facts| facts.len()) / MIB;
        wanted.push((folder_of(database).to_owned(), WANTED_MIB + 2 * size));
    }
    wanted.into_iter().filter_map(|(path, wanted)| too_little(path, wanted)).collect()
}

fn too_little(path: PathBuf, wanted: u64) -> Option<Finding> {
    let facts = rustix::fs::statvfs(&path).ok()?;
    let free = facts.f_bavail.saturating_mul(facts.f_frsize) / MIB;
    (free < wanted).then_some(Finding::NoSpace { path, free, wanted })
}

/// Whether a card can be laid out: fonts, template, sender; and the society's own words of replies.
pub(super) fn print(ctx: &AppContext) -> Result<Vec<Finding>, Error> {
    let empty = ctx.settings.society.missing_as_sender();
    if !empty.is_empty() {
        return Ok(vec![Finding::NoSender(empty)]);
    }
    batches::paper_renderer(&ctx.settings)?;
    replies::texts(ctx)?;
    let as_of = PostalTables::embedded().as_of();
    let old = as_of.filter(|as_of| ctx.clock.today() - *as_of > TimeDelta::days(POSTCODE_DAYS));
    Ok(old.map(Finding::OldPostcodes).into_iter().collect())
}

/// A clock that was set back would make entries look older than those before them. A rehearsal sets its own date.
pub(super) async fn clock(ctx: &AppContext) -> Result<Vec<Finding>, Error> {
    let mut found = Vec::new();
    let newest = store::audit::newest(&mut ctx.read(&Allowed::system()).await?).await?;
    let slack = TimeDelta::seconds(CLOCK_SECONDS);
    if let Some(newest) = newest.filter(|at| !ctx.settings.rehearsal && *at > ctx.clock.now() + slack) {
        found.push(Finding::ClockBack { newest });
    }
    let zone = Local::now().offset().fix();
    if zone.local_minus_utc() != 9 * 3600 {
        found.push(Finding::OtherZone(zone));
    }
    Ok(found)
}

/// This year's official list and, once it is out, next year's.
pub(super) fn holidays(ctx: &AppContext) -> Vec<Finding> {
    let (today, known) = (ctx.clock.today(), ctx.workdays.compared_to());
    let year = today.year();
    if known < year {
        return vec![Finding::NoHolidays { year, begun: YearBegun::Yes }];
    }
    let late = known == year && today.month() >= PUBLISHED_BY_MONTH;
    late.then_some(Finding::NoHolidays { year: year + 1, begun: YearBegun::NotYet }).into_iter().collect()
}
