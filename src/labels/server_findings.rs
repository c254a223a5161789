//! What doctor finds of a PostgreSQL server, as words.

use super::texts::plural;
use crate::text::japan::local;
use crate::usecases::upkeep::doctor::ServerFinding;

/// What was found in both languages, and what helps; the second is empty where nothing needs to be done.
pub(super) fn words(finding: &ServerFinding) -> ((String, String), (&'static str, &'static str)) {
    match finding {
        ServerFinding::NotAServer => (
            ("対象外です(SQLite のファイル)".into(), "not applicable: the database is an SQLite file".into()),
            ("", ""),
        ),
        ServerFinding::OwnersRole(role) => (
            (
                format!("ロール {role} は表の所有者か管理者です。監査記録も変更できます"),
                format!("the role {role} owns the tables or is a superuser: it may change the audit log"),
            ),
            (
                "端末からは専用のロールで接続してください(docs/operations.md の GRANT)。所有者のロールは版の更新と消去だけに使います。",
                "Let terminals connect with a role of their own (the grants in docs/operations.md). The owner's is for upgrades and purges.",
            ),
        ),
        ServerFinding::ExcessGrant { table, privileges } => (
            (
                format!("このロールは {table} を変更できます({})", privileges.join("、")),
                format!("this role may change {table} ({})", privileges.join(", ")),
            ),
            (
                "所有者のロールで docs/operations.md の REVOKE を実行してください。",
                "Run the REVOKE statements of docs/operations.md as the owner.",
            ),
        ),
        ServerFinding::MissingGrant { table, privileges } => (
            (
                format!("このロールには {table} の権限が足りません({})", privileges.join("、")),
                format!("this role lacks privileges on {table} ({})", privileges.join(", ")),
            ),
            (
                "所有者のロールで docs/operations.md の GRANT を実行してください。版の更新のあとにも必要です。",
                "Run the GRANT statements of docs/operations.md as the owner; they are needed after each upgrade, too.",
            ),
        ),
        ServerFinding::OtherDefault { name, value } => (
            (format!("既定値が {name} = {value} です"), format!("the default of {name} is {value}")),
            (
                "mykempo は自分で設定するため影響を受けませんが、psql などには効きます。ALTER ROLE か ALTER DATABASE の設定を見直してください。",
                "mykempo sets its own, but psql and other programs get this one. Review it (ALTER ROLE, ALTER DATABASE).",
            ),
        ),
        ServerFinding::SwitchedOff(name) => (
            (format!("{name} が無効になっています"), format!("{name} is off")),
            match name.as_str() {
                "fsync" | "full_page_writes" => (
                    "停電などでデータベース全体が壊れることがあります。postgresql.conf で on にしてください。",
                    "A loss of power can destroy the whole database. Set it to on in postgresql.conf.",
                ),
                _ => (
                    "不要になった行が片づかず、遅くなります。postgresql.conf で on にしてください。",
                    "Dead rows are not removed, and everything slows down. Set it to on in postgresql.conf.",
                ),
            },
        ),
        ServerFinding::FewConnections { used, most } => (
            (
                format!("接続が{used}本使われています(上限 {most}本)"),
                format!("{used} of {most} connections are in use"),
            ),
            (
                "使っていない端末を閉じるか、max_connections を増やしてください。",
                "Close consoles that are not used, or raise max_connections.",
            ),
        ),
        ServerFinding::NoArchive => (
            (
                "WAL を保管していません(archive_mode = off)".into(),
                "the write-ahead log is not archived (archive_mode = off)".into(),
            ),
            (
                "最後のバックアップより後の入力は、故障のとき失われます。archive_command を設定するか、バックアップの間隔を短くしてください。",
                "What was entered after the last backup is lost with the disk. Set archive_command, or back up more often.",
            ),
        ),
        ServerFinding::ArchiveFails(since) => (
            (
                format!("WAL の保管に失敗しています({})", local(*since).format("%F %H:%M")),
                format!("archiving the write-ahead log fails ({})", local(*since).format("%F %H:%M")),
            ),
            (
                "サーバーのログで archive_command のエラーを確かめてください。続くとサーバーのディスクがいっぱいになります。",
                "See the server's log for the error of archive_command. The server's disk fills up meanwhile.",
            ),
        ),
        ServerFinding::OldArchive(days) => (
            (
                format!("WAL が{days}日間保管されていません"),
                format!("nothing was archived for {days} {}", plural(*days, "day", "days")),
            ),
            (
                "更新の少ないときは archive_timeout を設定してください(例 1h)。",
                "Where little is written, set archive_timeout (for example 1h).",
            ),
        ),
        ServerFinding::StandbyLag(standby) => {
            let (name, seconds, mib) = (&standby.name, standby.seconds, standby.bytes >> 20);
            (
                (
                    format!("待機サーバー {name} が遅れています({seconds}秒、{mib} MiB)"),
                    format!("the standby {name} is behind ({seconds} s, {mib} MiB)"),
                ),
                (
                    "待機サーバーの状態とネットワークを確かめてください。今切り替えると、遅れた分が失われます。",
                    "Check the standby and the network. A failover now would lose what it is behind.",
                ),
            )
        }
        ServerFinding::DeadRows(rows) => {
            let (table, dead, live) = (&rows.table_name, rows.dead, rows.live);
            let last = rows.vacuumed_at.map(|at| local(at).format("%F %H:%M").to_string());
            let (ja, en) = match last {
                Some(at) => (format!("最後の VACUUM は {at}"), format!("last vacuumed {at}")),
                None => ("VACUUM の記録なし".to_owned(), "never vacuumed".to_owned()),
            };
            (
                (
                    format!("{table} に不要な行が{dead}件あります(有効な行 {live}件、{ja})"),
                    format!("{table} has {dead} dead rows beside {live} live ones ({en})"),
                ),
                (
                    "長く開いたままのトランザクションがないか確かめ、所有者のロールで VACUUM を実行してください。",
                    "Look for transactions that stay open, and run VACUUM as the owner.",
                ),
            )
        }
        ServerFinding::Hidden(view) => (
            (format!("このロールは {view} を読めません"), format!("this role may not read {view}")),
            (
                "監視に使うロールに GRANT pg_monitor を与え、そのロールで mykempo doctor を実行してください。",
                "Grant pg_monitor to a role for monitoring, and run mykempo doctor with it.",
            ),
        ),
    }
}
