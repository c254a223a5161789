//! `migrate`: the schema of a server, brought up to date by one word of one person.

use super::context::CliContext;
use super::output::Failure;
use crate::usecases::upkeep;

#[derive(Debug, clap::Args)]
pub(super) struct Migrate {}

impl Migrate {
    /// No sign-in: the right to change the tables is the right to do this, and staff are in the tables.
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        let done = cli.upgrade().await?;
        let to = upkeep::known_schema();
        let (from, copy) = done.map_or((to, None), |done| (done.from, done.copy));
        let result = serde_json::json!({ "from": from, "to": to, "copy": copy });
        cli.print(&result, || cli.texts().upkeep.migrated(to))
    }
}
