//! 版の更新: a schema brought up to date, with an entry about it.

use crate::store::migrate::{self, Upgrade};
use crate::store::{Db, DbUrl, StoreError};
use crate::usecases::audit::{self, Act, SYSTEM};
use crate::usecases::{Clock, Error};

/// Brings a database up to date; nothing where it is. See [`migrate::upgrade`].
pub async fn upgrade(url: &DbUrl, terminal: &str) -> Result<Option<Upgrade>, Error> {
    // The machine's own clock: a rehearsal's is allowed only once the database has been opened.
    let clock = Clock::default();
    let done = migrate::upgrade(url, clock.now()).await?;
    if let Some(done) = &done {
        let db = Db::open(url).await?;
        record(&db, clock, terminal, done).await?;
        db.close().await;
    }
    Ok(done)
}

/// The entry; none in a database that was empty.
pub(super) async fn record(db: &Db, clock: Clock, terminal: &str, done: &Upgrade) -> Result<(), StoreError> {
    if done.from == 0 {
        return Ok(());
    }
    let mut tx = db.write().await?;
    let note = Act::Upgraded.detail(format!("{} -> {}", done.from, done.to));
    audit::write_at(&mut tx, clock.now(), terminal, SYSTEM, note).await?;
    tx.commit().await
}
