//! Checks of a PostgreSQL server.

use super::finding::Finding;
use super::server_finding::ServerFinding;
use crate::store::DbUrl;
use crate::store::server_state::{self as state, Archive, DeadRows, Standby};
use crate::usecases::{Allowed, AppContext, Error};
use chrono::{DateTime, TimeDelta, Utc};

/// The share of connections in use from which few are left, in percent.
const CONNECTIONS_PERCENT: i64 = 80;
/// The age of the last archived segment in days from which it is old.
const ARCHIVE_DAYS: i64 = 1;
/// A standby that is further behind, in seconds or bytes, would lose that much.
const LAG_SECONDS: i64 = 60;
const LAG_BYTES: i64 = 64 << 20;

/// Tables that the application's role may not change.
const LOG: [&str; 3] = ["_sqlx_migrations", "audit", "audit_floor"];

pub(super) async fn server(ctx: &AppContext) -> Result<Vec<Finding>, Error> {
    if let DbUrl::Sqlite(_) = ctx.place {
        return Ok(vec![Finding::Server(ServerFinding::NotAServer)]);
    }
    let now = ctx.clock.now();
    let mut found = Vec::new();
    // Each in a transaction of its own: what is denied ends one.
    macro_rules! look {
        ($query:path, $view:literal, $judge:expr) => {
            match $query(&mut ctx.read(&Allowed::system()).await?).await {
                Ok(rows) => found.extend($judge(rows)),
                Err(error) if error.is_denied() => found.push(ServerFinding::Hidden($view)),
                Err(error) => return Err(error.into()),
            }
        };
    }
    look!(state::role, "pg_class", |rows: Vec<(String, bool)>| {
        rows.into_iter().filter(|(_, owner)| *owner).map(|(role, _)| ServerFinding::OwnersRole(role))
    });
    let owner = found.iter().any(|finding| matches!(finding, ServerFinding::OwnersRole(_)));
    if !owner {
        look!(state::grants, "pg_class", grants);
    }
    look!(state::other_defaults, "pg_settings", |rows: Vec<(String, String)>| {
        rows.into_iter().map(|(name, value)| ServerFinding::OtherDefault { name, value })
    });
    look!(state::switched_off, "pg_settings", |rows: Vec<(String,)>| {
        rows.into_iter().map(|(name,)| ServerFinding::SwitchedOff(name))
    });
    look!(state::connections, "pg_stat_database", |rows: Vec<(i64, i64)>| {
        let few = rows.into_iter().filter(|(used, most)| used * 100 >= most * CONNECTIONS_PERCENT);
        few.map(|(used, most)| ServerFinding::FewConnections { used, most })
    });
    look!(state::archive, "pg_stat_archiver", |rows: Vec<Archive>| {
        rows.into_iter().filter_map(move |archive| judge_archive(&archive, now))
    });
    look!(state::standbys, "pg_stat_replication", |rows: Vec<Standby>| rows.into_iter().filter_map(judge_standby));
    look!(state::dead_rows, "pg_stat_user_tables", |rows: Vec<DeadRows>| {
        rows.into_iter().map(ServerFinding::DeadRows)
    });
    found.dedup();
    Ok(found.into_iter().map(Finding::Server).collect())
}

/// What a role may do too much, and what too little; rows are in the order of the tables.
fn grants(rows: Vec<(String, String, bool)>) -> Vec<ServerFinding> {
    let mut found: Vec<ServerFinding> = Vec::new();
    for (table, privilege, has) in rows {
        let log = LOG.contains(&table.as_str());
        let (excess, needed) = match privilege.as_str() {
            "SELECT" => (false, true),
            "INSERT" => (false, !log || table == "audit"),
            _ => (log, false),
        };
        match found.last_mut() {
            Some(ServerFinding::ExcessGrant { table: last, privileges }) if has && excess && *last == table => {
                privileges.push(privilege);
            }
            Some(ServerFinding::MissingGrant { table: last, privileges }) if !has && needed && *last == table => {
                privileges.push(privilege);
            }
            _ if has && excess => found.push(ServerFinding::ExcessGrant { table, privileges: vec![privilege] }),
            _ if !has && needed => found.push(ServerFinding::MissingGrant { table, privileges: vec![privilege] }),
            _ => {}
        }
    }
    found
}

fn judge_archive(archive: &Archive, now: DateTime<Utc>) -> Option<ServerFinding> {
    match (archive.last_archived_time, archive.last_failed_time) {
        _ if !archive.enabled => Some(ServerFinding::NoArchive),
        (done, Some(failed)) if done.is_none_or(|done| done < failed) => Some(ServerFinding::ArchiveFails(failed)),
        (Some(done), _) if now - done > TimeDelta::days(ARCHIVE_DAYS) => {
            Some(ServerFinding::OldArchive((now - done).num_days()))
        }
        (Some(_) | None, _) => None,
    }
}

fn judge_standby(standby: Standby) -> Option<ServerFinding> {
    if standby.hidden {
        return Some(ServerFinding::Hidden("pg_stat_replication"));
    }
    let behind = standby.seconds > LAG_SECONDS || standby.bytes > LAG_BYTES;
    behind.then_some(ServerFinding::StandbyLag(standby))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours_ago(hours: i64) -> Option<DateTime<Utc>> {
        Some(DateTime::UNIX_EPOCH + TimeDelta::days(9) - TimeDelta::hours(hours))
    }

    #[test]
    fn an_archive_is_judged_by_its_last_success_and_failure() {
        let judged = |enabled, done, failed| {
            let archive = Archive { enabled, last_archived_time: done, last_failed_time: failed };
            judge_archive(&archive, DateTime::UNIX_EPOCH + TimeDelta::days(9))
        };
        assert_eq!(judged(false, None, None), Some(ServerFinding::NoArchive));
        assert_eq!(judged(true, None, None), None, "it was switched on just now");
        assert_eq!(judged(true, hours_ago(1), hours_ago(2)), None);
        assert_eq!(judged(true, hours_ago(2), hours_ago(1)), hours_ago(1).map(ServerFinding::ArchiveFails));
        assert_eq!(judged(true, None, hours_ago(1)), hours_ago(1).map(ServerFinding::ArchiveFails));
        assert_eq!(judged(true, hours_ago(50), None), Some(ServerFinding::OldArchive(2)));
    }

    #[test]
    fn a_standby_is_behind_by_time_or_by_log() {
        let judged = |hidden, seconds, bytes| judge_standby(Standby { name: "b".into(), hidden, seconds, bytes });
        assert_eq!(judged(false, 5, 1 << 20), None);
        assert!(matches!(judged(false, 61, 0), Some(ServerFinding::StandbyLag(_))));
        assert!(matches!(judged(false, 0, 65 << 20), Some(ServerFinding::StandbyLag(_))));
        assert_eq!(judged(true, 0, 0), Some(ServerFinding::Hidden("pg_stat_replication")));
    }

    #[test]
    fn grants_are_too_many_on_the_log_and_too_few_elsewhere() {
        let row = |table: &str, privilege: &str, has| (table.to_owned(), privilege.to_owned(), has);
        let sound = [row("audit", "INSERT", true), row("audit", "UPDATE", false), row("audit_floor", "INSERT", false)];
        assert_eq!(grants(sound.into()), []);
        let found = grants(vec![
            row("audit", "DELETE", true),
            row("audit", "UPDATE", true),
            row("card", "INSERT", false),
            row("card", "SELECT", false),
            row("card", "TRUNCATE", false),
        ]);
        let words = |words: [&str; 2]| words.map(ToOwned::to_owned).to_vec();
        let (excess, missing) = (words(["DELETE", "UPDATE"]), words(["INSERT", "SELECT"]));
        assert_eq!(
            found,
            [
                ServerFinding::ExcessGrant { table: "audit".into(), privileges: excess },
                ServerFinding::MissingGrant { table: "card".into(), privileges: missing },
            ]
        );
    }
}
