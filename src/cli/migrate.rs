//! `migrate`: the schema of a server, brought up to date by one word of one person.

use super::desk::Desk;
use super::output::Failure;
use crate::store::migrate;

#[derive(Debug, clap::Args)]
pub(super) struct Migrate {}

impl Migrate {
    /// Whoever may change the tables may do this: there is nobody to sign in before the tables are there.
    pub(super) async fn run(self, desk: &Desk) -> Result<(), Failure> {
        let done = desk.upgrade().await?;
        let to = migrate::known();
        let (from, copy) = done.map_or((to, None), |done| (done.from, done.copy));
        let result = serde_json::json!({ "from": from, "to": to, "copy": copy });
        desk.format.print(&result, || {
            desk.say(
                format!("データベースは第{to}版です。ほかの端末で開いている画面は開き直してください。"),
                format!("The database has schema {to}. Restart the consoles that are open at other terminals."),
            )
        })
    }
}
