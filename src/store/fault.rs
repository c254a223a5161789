//! Faults for tests: the n-th statement or commit of a task fails as a broken connection does.

#[cfg(test)]
pub(crate) use injected::{fault, with_fuse, wrote};

/// Nothing breaks the connection here but itself.
#[cfg(not(test))]
#[expect(clippy::unnecessary_wraps, reason = "the test's twin fails")]
pub(crate) const fn fault() -> Result<(), sqlx::Error> {
    Ok(())
}

/// Rows that a statement wrote; tests count them.
#[cfg(not(test))]
pub(crate) const fn wrote(rows: u64) -> u64 {
    rows
}

#[cfg(test)]
mod injected {
    use std::cell::Cell;
    use std::io::{Error, ErrorKind};

    tokio::task_local! {
        static FUSE: Cell<u32>;
    }

    /// Runs with a fuse of `steps` statements; 0 never burns down.
    pub(crate) async fn with_fuse<F: Future>(steps: u32, work: F) -> F::Output {
        FUSE.scope(Cell::new(steps), work).await
    }

    pub(crate) fn wrote(rows: u64) -> u64 {
        crate::store::counted::rows(rows);
        rows
    }

    /// One step shorter; an error where it burns down.
    pub(crate) fn fault() -> Result<(), sqlx::Error> {
        crate::store::counted::statement();
        let burnt = FUSE.try_with(|fuse| match fuse.get() {
            0 => false,
            left => {
                fuse.set(left - 1);
                left == 1
            }
        });
        let broken = || sqlx::Error::Io(Error::new(ErrorKind::ConnectionReset, "injected"));
        if burnt.unwrap_or(false) { Err(broken()) } else { Ok(()) }
    }
}
