//! No command: the console.

use super::context::CliContext;
use super::output::Failure;
use crate::labels::cli::SystemFault;
use crate::labels::log_texts;
use crate::telemetry::LogTarget;
use crate::tui::{self, Start};
use std::io::IsTerminal;

/// Opens the console.
pub(super) async fn open(cli: &CliContext) -> Result<(), Failure> {
    let ctx = cli.open().await?;
    let texts = &cli.texts().start;
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(Failure::new("no_terminal", texts.no_terminal));
    }
    if std::env::var("TERM").as_deref() == Ok("dumb") {
        return Err(Failure::new("no_terminal", texts.dumb_terminal));
    }
    if cli.log == LogTarget::Stderr && std::io::stderr().is_terminal() {
        return Err(Failure::new("log_target", log_texts::terminal(cli.lang)));
    }
    let staff = cli.staff().ok().map(str::to_owned);
    let start = Start { lang: cli.lang, drawing: cli.drawing, tone: cli.tone, database: cli.url.name(), staff };
    tui::console(ctx, start).await.map_err(|e| Failure::system(SystemFault::Terminal, e))
}
