//! 点検: the checks of an operator in one table. They change nothing, show nothing of a member, and need no sign-in:
//! who can open the database can read it anyway.

mod database;
mod exports;
mod finding;
mod finding_state;
mod machine;
mod scene;
mod server;
mod server_finding;

pub use database::RESERVE_SUPERVISORS;
pub use finding::{DoctorCheck, Finding, FindingCode, State, YearBegun};
pub use scene::Scene;
pub use server_finding::ServerFinding;

use crate::domain::Permission;
use crate::usecases::{Actor, AppContext, Error};

/// One row of the table.
#[derive(Debug)]
pub struct DoctorRow {
    /// Check that was made.
    pub check: DoctorCheck,
    /// One of its findings.
    pub finding: Finding,
}

/// Makes every check for who has signed in.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn check_all(ctx: &AppContext, actor: &Actor) -> Result<Vec<DoctorRow>, Error> {
    actor.allowed(Permission::Upkeep)?;
    let scene = Scene { place: ctx.url().clone(), clock: ctx.clock, anchor: None, private: Vec::new() };
    Ok(doctor(&scene).await)
}

/// Makes every check. One that finds nothing wrong is a row, too.
pub async fn doctor(scene: &Scene) -> Vec<DoctorRow> {
    let mut table = Table::default();
    let mut open = machine::permissions(scene);
    match AppContext::open(&scene.place, scene.clock, String::new()).await {
        Err(error) => table.add(DoctorCheck::Database, database::unopened(error)),
        Ok(ctx) => {
            match exports::exposed(&ctx).await {
                Ok(more) => open.extend(more),
                Err(error) => open.push(Finding::Failed(error)),
            }
            table.add(DoctorCheck::Database, Ok(database::copy(&ctx)));
            table.add(DoctorCheck::Integrity, database::integrity(&ctx).await);
            table.add(DoctorCheck::Settings, database::settings(&ctx).await);
            table.add(DoctorCheck::Audit, database::audit(&ctx, scene.anchor.as_ref()).await);
            table.add(DoctorCheck::Backup, database::backup(&ctx).await);
            table.add(DoctorCheck::Server, server::server(&ctx).await);
            table.add(DoctorCheck::Space, Ok(machine::space(&ctx)));
            table.add(DoctorCheck::Exports, exports::strays(&ctx).await);
            table.add(DoctorCheck::Expired, exports::past_time(&ctx).await);
            table.add(DoctorCheck::Lost, exports::lost(&ctx).await);
            table.add(DoctorCheck::Print, machine::print(&ctx));
            table.add(DoctorCheck::Clock, machine::clock(&ctx).await);
            table.add(DoctorCheck::Holidays, Ok(machine::holidays(&ctx)));
            table.add(DoctorCheck::Staff, database::staff(&ctx).await);
            table.add(DoctorCheck::Promises, database::promises(&ctx).await);
            table.add(DoctorCheck::Incidents, database::incidents(&ctx).await);
            table.add(DoctorCheck::Feed, database::feed(&ctx).await);
            ctx.close().await;
        }
    }
    table.add(DoctorCheck::Permissions, Ok(open));
    table.0.sort_by_key(|row| row.check);
    table.0
}

#[derive(Default)]
struct Table(Vec<DoctorRow>);

impl Table {
    fn add(&mut self, check: DoctorCheck, found: Result<Vec<Finding>, Error>) {
        let mut found = found.unwrap_or_else(|error| vec![Finding::Failed(error)]);
        if found.is_empty() {
            found.push(Finding::Good);
        }
        self.0.extend(found.into_iter().map(|finding| DoctorRow { check, finding }));
    }
}
