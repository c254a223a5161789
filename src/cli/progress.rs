//! How far an export is, on stderr.

use super::context::CliContext;
use crate::usecases::batches::ExportProgress;
use std::io::{IsTerminal, Write};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::signal::unix::{SignalKind, signal};

/// A line on stderr that counts up, where a person watches; Ctrl-C, a closed terminal and the system's shutdown break
/// the export off cleanly: no half-written page stays on the disk.
pub(super) fn progress(cli: &CliContext) -> impl FnMut(ExportProgress) -> ControlFlow<()> + Send + use<> {
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    tokio::spawn(async move {
        if told_to_stop().await.is_ok() {
            asked.store(true, Ordering::Relaxed);
        }
    });
    let watched = std::io::stderr().is_terminal();
    let label = cli.texts().batch.passwords;
    move |progress| {
        if watched {
            // Losing a line of progress loses nothing.
            let _ = write!(std::io::stderr(), "\r{label} {}/{}  ", progress.hashed, progress.cards);
            if progress.hashed == progress.cards && progress.set == progress.cards {
                let _ = writeln!(std::io::stderr());
            }
        }
        if stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

async fn told_to_stop() -> std::io::Result<()> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hangup = signal(SignalKind::hangup())?;
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
        _ = hangup.recv() => {}
    }
    Ok(())
}
