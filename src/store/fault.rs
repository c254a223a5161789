//! Faults for tests: the n-th statement or commit of a task fails as a broken connection does.

#[cfg(test)]
pub(crate) use injected::{fault, with_fuse};

/// Nothing breaks the connection here but itself.
#[cfg(not(test))]
#[expect(clippy::unnecessary_wraps, reason = "the test's twin fails")]
pub(crate) const fn fault() -> Result<(), sqlx::Error> {
    Ok(())
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

    /// One step shorter; an error where it burns down.
    pub(crate) fn fault() -> Result<(), sqlx::Error> {
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
