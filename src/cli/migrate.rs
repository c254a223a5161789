//! `migrate`: the schema of a server, brought up to date by one word of one person.

use super::context::CliContext;
use super::output::Failure;
use crate::store::migrate;

#[derive(Debug, clap::Args)]
pub(super) struct Migrate {}

impl Migrate {
    /// No sign-in: the right to change the tables is the right to do this, and staff are in the tables.
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        let done = cli.upgrade().await?;
        let to = migrate::known();
        let (from, copy) = done.map_or((to, None), |done| (done.from, done.copy));
        let result = serde_json::json!({ "from": from, "to": to, "copy": copy });
        cli.format.print(&result, || {
            cli.say(
                format!("データベースは第{to}版です。ほかの端末で開いている画面は開き直してください。"),
                format!("The database has schema {to}. Restart the consoles that are open at other terminals."),
            )
        })
    }
}
