//! The checks of a copy before it is used.

use super::{BackupFault, bad};
use crate::domain::Anchor;
use crate::store::copy::{self, Census};
use crate::store::{Db, DbUrl};
use crate::usecases::{AppContext, Clock, Error, audit};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Reads a copy from end to end: SQLite's own check, references, and the audit chain.
pub(super) async fn examine(path: &Path) -> Result<Census, Error> {
    let db = Db::inspect(path).await?;
    let found = read(&db, path).await;
    db.close().await;
    found
}

async fn read(db: &Db, path: &Path) -> Result<Census, Error> {
    let mut tx = db.read().await?;
    sound(path, copy::faults(&mut tx).await?)?;
    let census = Census::of(&mut tx).await?;
    drop(tx);
    let ctx = AppContext::with_db(db.clone(), Clock::default(), String::new(), DbUrl::Sqlite(path.to_owned())).await?;
    chain(path, &ctx, None).await?;
    Ok(census)
}

/// Refuses a copy in which SQLite finds faults.
pub(super) fn sound(path: &Path, faults: Vec<String>) -> Result<(), Error> {
    match faults.into_iter().next() {
        Some(first) => Err(bad(path, BackupFault::Damaged(first)).into()),
        None => Ok(()),
    }
}

/// Refuses a copy whose audit chain is broken, or does not run through the anchor.
pub(super) async fn chain(path: &Path, ctx: &AppContext, anchor: Option<&Anchor>) -> Result<(), Error> {
    match audit::check(ctx, anchor).await?.broken_at {
        Some(seq) => Err(bad(path, BackupFault::Chain(seq)).into()),
        None => Ok(()),
    }
}

/// SHA-256 of a file, in hexadecimal, and its size.
pub(super) fn checksum(path: &Path) -> io::Result<(String, u64)> {
    let (mut file, mut sha, mut bytes) = (File::open(path)?, Sha256::new(), 0);
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok((crate::text::hex(&sha.finalize()), bytes)),
            count => {
                sha.update(&buffer[..count]);
                bytes += count as u64;
            }
        }
    }
}
