//! 版の更新: a schema brought up to date, with an entry about it.

use crate::store::migrate;
use crate::store::{Db, DbUrl};
use crate::usecases::audit::AuditEvent;
use crate::usecases::{Allowed, Clock, Error, UnitOfWork};

pub use crate::store::migrate::{Upgrade, known as known_schema};

/// Brings a database up to date; none where it is. See [`migrate::upgrade`].
pub async fn upgrade(url: &DbUrl, terminal: &str) -> Result<Option<Upgrade>, Error> {
    // The machine's clock: a rehearsal's is allowed only once the database has been opened.
    let clock = Clock::default();
    let done = migrate::upgrade(url, clock.now()).await?;
    if let Some(done) = &done {
        let db = Db::open(url).await?;
        record(&db, clock, terminal, done).await?;
        db.close().await;
    }
    Ok(done)
}

/// Writes the entry; none in a database that was empty.
pub(super) async fn record(db: &Db, clock: Clock, terminal: &str, done: &Upgrade) -> Result<(), Error> {
    if done.from == 0 {
        return Ok(());
    }
    let uow = UnitOfWork::begin(db, clock, terminal, &Allowed::system()).await?;
    uow.commit(AuditEvent::Upgraded { from: done.from, to: done.to }).await
}
