//! The folders of exports. Each carries the id of the one database that writes in it, and no other touches a file there.
//!
//! [`Exports`] is the only way to a file of exports: it exists in the society's own database alone, and gives a folder once
//! that is found to be this database's, and closed to others. Paths from the database name folders of batches right below
//! such a folder, and nothing else.

use super::actor::Allowed;
use super::audit::AuditEvent;
use super::installation::own_id;
use super::life::{Life, Place};
use super::refusal::InstallationRefusal;
use super::{Actor, AppContext, Error, Refusal, UnitOfWork};
use crate::domain::{BatchNumber, Permission};
use crate::files::{Existing, Folder, OutputError, OutputFile, private};
use crate::store;
use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// The file in a folder of exports that says whose it is.
const MARK: &str = ".mykempo";

/// What the mark says.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
struct Mark {
    id: String,
    machine: String,
    place: String,
}

/// What happens where there is no folder.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Missing {
    Make,
    Leave,
}

/// The right to reach files of exports, of the society's own database.
#[derive(Debug)]
pub(super) struct Exports<'a> {
    ctx: &'a AppContext,
    id: String,
    /// Folders that were found to be this database's.
    checked: BTreeMap<PathBuf, Folder>,
}

impl<'a> Exports<'a> {
    /// # Errors
    /// [`InstallationRefusal::Drill`] and [`InstallationRefusal::Elsewhere`]: a copy has no exports.
    pub(super) async fn of(ctx: &'a AppContext) -> Result<Self, Error> {
        Ok(Self { ctx, id: own_id(ctx).await?, checked: BTreeMap::new() })
    }

    /// The same for work that the program begins by itself: none in a copy, whose files are the original's.
    pub(super) async fn unless_copy(ctx: &'a AppContext) -> Result<Option<Self>, Error> {
        match Self::of(ctx).await {
            Ok(exports) => Ok(Some(exports)),
            Err(Error::Refused(Refusal::Installation(
                InstallationRefusal::Drill | InstallationRefusal::Elsewhere { .. },
            ))) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The folder where files land, to write in; it is made where there is none.
    pub(super) async fn for_writing(&mut self) -> Result<Folder, Error> {
        let path = self.ctx.export_folder();
        let folder = self.checked(&path, Missing::Make).await?;
        folder.ok_or_else(|| unusable(&path, &ErrorKind::NotFound.into()).into())
    }

    /// The folder where files land; none where nothing was exported yet.
    pub(super) async fn existing(&mut self) -> Result<Option<Folder>, Error> {
        self.checked(&self.ctx.export_folder(), Missing::Leave).await
    }

    /// The folder of a batch, to write in: where its files are, or a new one.
    pub(super) async fn of_batch_to_write(
        &mut self,
        number: &BatchNumber,
        recorded: Option<&str>,
    ) -> Result<Folder, Error> {
        let new = self.ctx.export_folder().join(number.as_str());
        let path = recorded.map_or(new, PathBuf::from);
        let above = self.checked(above(&path, number)?, Missing::Make).await?;
        let made = above.map_or_else(|| Err(ErrorKind::NotFound.into()), |above| above.make(number.as_str()));
        made.map_err(|e| unusable(&path, &e).into())
    }

    /// The folder of a batch where its files were written; none where that is not on this machine.
    pub(super) async fn of_batch(&mut self, number: &BatchNumber, recorded: &str) -> Result<Option<Folder>, Error> {
        let path = Path::new(recorded);
        let Some(above) = self.checked(above(path, number)?, Missing::Leave).await? else { return Ok(None) };
        match above.enter(number.as_str()) {
            Ok(folder) => Ok(Some(folder)),
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
            Err(e) => Err(unusable(path, &e).into()),
        }
    }

    async fn checked(&mut self, path: &Path, missing: Missing) -> Result<Option<Folder>, Error> {
        let failed = |e: io::Error| unusable(path, &e);
        if let Some(known) = self.checked.get(path) {
            return Ok(Some(known.again().map_err(failed)?));
        }
        let opened = match Folder::open(path) {
            Err(e) if e.kind() == ErrorKind::NotFound && missing == Missing::Make => {
                private::create_folder(path).and_then(|()| Folder::open(path)).map_err(failed)?
            }
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(None),
            opened => opened.map_err(failed)?,
        };
        must_be_closed(&opened)?;
        let mark = match read(&opened)? {
            Some(mark) => mark,
            None => {
                if !self.may_claim(&opened).await? {
                    return Err(InstallationRefusal::UnknownFolder(path.to_owned()).into());
                }
                write(self.ctx, &opened, &self.id, Existing::Keep)?;
                // Another database may have been faster.
                read(&opened)?.ok_or_else(|| failed(ErrorKind::NotFound.into()))?
            }
        };
        if mark.id != self.id {
            return Err(InstallationRefusal::FolderOfAnother { folder: path.to_owned(), of: mark.place }.into());
        }
        let again = opened.again().map_err(failed)?;
        self.checked.insert(path.to_owned(), opened);
        Ok(Some(again))
    }

    /// Whether a folder without a mark may become this database's: it has no batches, or some that are known here. Another
    /// folder than the one of the settings must be empty.
    async fn may_claim(&self, folder: &Folder) -> Result<bool, Error> {
        let names = folder.names().map_err(|e| unusable(folder.path(), &e))?;
        if folder.path() != self.ctx.export_folder() {
            return Ok(names.is_empty());
        }
        let batches: Vec<BatchNumber> = names.iter().filter_map(|name| BatchNumber::parse(name)).collect();
        let mut tx = self.ctx.read(&Allowed::system()).await?;
        for number in &batches {
            if store::batch::by_number(&mut tx, number).await?.is_some() {
                return Ok(true);
            }
        }
        Ok(batches.is_empty())
    }
}

/// The folder above a batch's: the batch's own is named after it, right below.
fn above<'p>(path: &'p Path, number: &BatchNumber) -> Result<&'p Path, InstallationRefusal> {
    let is_named = path.is_absolute() && path.file_name().is_some_and(|name| name == number.as_str());
    let above = path.parent().filter(|_| is_named);
    above.ok_or_else(|| InstallationRefusal::StrayPath(path.to_owned()))
}

fn must_be_closed(folder: &Folder) -> Result<(), Refusal> {
    match folder.writable_by_others().map_err(|e| unusable(folder.path(), &e))? {
        Some(mode) => Err(InstallationRefusal::OpenFolder { folder: folder.path().to_owned(), mode }.into()),
        None => Ok(()),
    }
}

fn read(folder: &Folder) -> Result<Option<Mark>, Refusal> {
    let path = folder.path_of(MARK);
    let bytes = match folder.read(MARK) {
        Ok(bytes) => bytes,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(unusable(&path, &e)),
    };
    serde_json::from_slice(&bytes).map(Some).map_err(|e| unusable(&path, &e.into()))
}

fn write(ctx: &AppContext, folder: &Folder, id: &str, existing: Existing) -> Result<(), Refusal> {
    let Place { machine, place } = ctx.here.clone();
    let mark = Mark { id: id.to_owned(), machine, place };
    let written = OutputFile::create(&folder.path_of(MARK), existing, ctx.protected()).and_then(|mut file| {
        let path = file.path().to_owned();
        let text = serde_json::to_vec(&mark).map_err(io::Error::from);
        let whole = text.and_then(|text| file.write_all(&text));
        whole.map_err(|source| OutputError::Io { path, source })?;
        file.finish()
    });
    match written {
        Ok(_) => Ok(()),
        // Another one has marked it in the same moment.
        Err(OutputError::Exists(_)) if existing == Existing::Keep => Ok(()),
        Err(error) => Err(error.into()),
    }
}

fn unusable(path: &Path, why: &io::Error) -> Refusal {
    Refusal::Folder { path: path.to_owned(), why: why.into() }
}

/// What keeps this database from the folder where its files land; nothing is written. A copy has none.
pub(super) fn obstacle(ctx: &AppContext) -> Option<Refusal> {
    let path = ctx.export_folder();
    let look = || -> Result<(), Refusal> {
        let folder = match Folder::open(&path) {
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(()),
            opened => opened.map_err(|e| unusable(&path, &e))?,
        };
        must_be_closed(&folder)?;
        match (read(&folder)?, &ctx.life) {
            (Some(mark), Life::Live(id)) if mark.id == *id => Ok(()),
            (Some(mark), _) => {
                Err(InstallationRefusal::FolderOfAnother { folder: path.clone(), of: mark.place }.into())
            }
            (None, _) => Ok(()),
        }
    };
    match ctx.life.refusal() {
        Some(_) => None,
        None => look().err(),
    }
}

/// The folder for files that land there for want of another place; none in a copy, or where it is another's.
pub(super) fn spare(ctx: &AppContext) -> Result<PathBuf, Refusal> {
    match ctx.life.refusal().map(Refusal::from).or_else(|| obstacle(ctx)) {
        Some(refusal) => Err(refusal),
        None => Ok(ctx.export_folder()),
    }
}

/// The folders of batches that were moved together with the database are recorded where they are now.
pub(super) async fn follow(ctx: &AppContext, uow: &mut UnitOfWork) -> Result<(), Error> {
    let root = ctx.export_folder();
    for (id, number, recorded) in store::batch::folders(uow).await? {
        let here = root.join(&number);
        if here != Path::new(&recorded) && here.is_dir() {
            store::batch::set_folder(uow, id, &here.display().to_string()).await?;
        }
    }
    Ok(())
}

/// After a restore to where a database was before: its folder becomes the new one's. So does that of a moved database, whose
/// id was `before`. One of a database that lives elsewhere stays that one's.
pub(super) fn inherit(ctx: &AppContext, id: &str, before: Option<&str>) -> Result<(), Refusal> {
    let path = ctx.export_folder();
    let folder = match Folder::open(&path) {
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(()),
        opened => opened.map_err(|e| unusable(&path, &e))?,
    };
    must_be_closed(&folder)?;
    match read(&folder)? {
        Some(mark)
            if (&mark.machine, &mark.place) == (&ctx.here.machine, &ctx.here.place)
                || before == Some(mark.id.as_str()) =>
        {
            write(ctx, &folder, id, Existing::Replace)
        }
        Some(_) | None => Ok(()),
    }
}

/// A folder of exports that a person gave to this database.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct TakenFolder {
    /// The folder that was given.
    pub folder: PathBuf,
    /// Where the other database lives to which it belonged, where there was one.
    pub was_of: Option<String>,
}

/// Gives the folder of exports, or another one in which batches of earlier days are, to this database: it may write and
/// destroy files there from now on.
///
/// # Errors
/// [`InstallationRefusal::StillThere`] where the database whose it is, is still on this machine.
pub async fn take(ctx: &AppContext, actor: &Actor, folder: Option<&Path>) -> Result<TakenFolder, Error> {
    let allowed = actor.allowed(Permission::Upkeep)?;
    let id = own_id(ctx).await?;
    let path = folder.map_or_else(|| Ok(ctx.export_folder()), std::path::absolute);
    let path = path.map_err(|e| unusable(folder.unwrap_or(Path::new("")), &e))?;
    let folder = Folder::open(&path).map_err(|e| unusable(&path, &e))?;
    must_be_closed(&folder)?;
    let mark = read(&folder)?;
    if let Some(mark) = &mark {
        let other = Place { machine: mark.machine.clone(), place: mark.place.clone() };
        if other != ctx.here && other.is_there(&ctx.here) {
            return Err(InstallationRefusal::StillThere(other.place.into()).into());
        }
    }
    let was_of = mark.filter(|mark| mark.id != id).map(|mark| mark.place);
    let uow = ctx.begin(&allowed).await?;
    write(ctx, &folder, &id, Existing::Replace)?;
    let (shown, of) = (path.display().to_string(), was_of.clone().unwrap_or_default());
    uow.commit(AuditEvent::ExportsTaken { folder: shown, of }).await?;
    Ok(TakenFolder { folder: path, was_of })
}
