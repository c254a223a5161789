//! No command: the console.

use super::context::CliContext;
use super::output::Failure;
use crate::labels::log_texts;
use crate::telemetry::LogTarget;
use crate::tui::{self, Start};
use std::io::IsTerminal;

/// Opens the console.
pub(super) async fn open(cli: &CliContext) -> Result<(), Failure> {
    let ctx = cli.open().await?;
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        let ja = "コンソールは端末で開いてください。スクリプトからは個々のコマンドが使えます(mykempo --help)。";
        let en = "The console needs a terminal. Scripts use the commands (mykempo --help).";
        return Err(Failure::new("no_terminal", cli.say(ja, en)));
    }
    if std::env::var("TERM").as_deref() == Ok("dumb") {
        let ja = "この端末は画面を描けません(TERM=dumb)。別の端末で開くか、TERM を端末に合わせて設定してください(例: xterm-256color)。";
        let en = "This terminal cannot draw a screen (TERM=dumb). Use another one, or set TERM to what it is (as xterm-256color).";
        return Err(Failure::new("no_terminal", cli.say(ja, en)));
    }
    if cli.log == LogTarget::Stderr && std::io::stderr().is_terminal() {
        return Err(Failure::new("log_target", log_texts::terminal(cli.lang)));
    }
    let staff = cli.staff().ok().map(str::to_owned);
    let start = Start { lang: cli.lang, drawing: cli.drawing, tone: cli.tone, database: cli.url.name(), staff };
    let ended = tui::console(ctx, start).await;
    ended.map_err(|e| {
        let ja = format!("コンソールを続けられなくなりました({e})。");
        Failure::new("terminal", cli.say(ja, format!("The console could not go on ({e}).")))
    })
}
