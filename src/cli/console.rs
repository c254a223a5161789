//! No command: the console.

use super::desk::Desk;
use super::output::Failure;
use crate::tui;
use std::io::IsTerminal;

/// Opens the console.
pub(super) async fn open(desk: &Desk) -> Result<(), Failure> {
    let office = desk.open().await?;
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        let ja = "コンソールは端末で開いてください。スクリプトからは個々の命令が使えます(mykempo --help)。";
        let en = "The console needs a terminal. Scripts use the commands (mykempo --help).";
        return Err(Failure::new("no_terminal", desk.say(ja, en)));
    }
    let ended = tui::console(office, desk.lang, desk.drawing, desk.staff().ok()).await;
    ended.map_err(|e| {
        let ja = format!("コンソールを続けられなくなりました({e})。");
        Failure::new("terminal", desk.say(ja, format!("The console could not go on ({e}).")))
    })
}
