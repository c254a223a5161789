//! `init`, `migrate`, `backup`, `restore`, `purge`, `doctor`.

use crate::domain::Anchor;
use crate::labels::texts::{plural, texts};
use chrono::NaiveDate;
use std::fmt::Display;

texts! {
    /// Setting up, upgrade, backup, restore, retention, doctor.
    pub struct UpkeepTexts {
        set_up(society: &str, admin: &str) =
            "{society}を登録しました。管理者は {admin} です。次は mykempo staff add で職員を登録してください。"
            | "{society} is set up, with the admin {admin}. Next: mykempo staff add.";
        migrated(schema: i64) =
            "データベースは第{schema}版です。ほかの端末で開いている画面は開き直してください。"
            | "The database has schema {schema}. Restart the consoles that are open at other terminals.";
        backed_up(file: impl Display, bytes: u64, sha256: &str, anchor: &Anchor, beside: impl Display) =
            "{file} にバックアップし、内容を確かめました({bytes}バイト)。\nSHA-256 {sha256}\n監査記録の控え {anchor}\n控えは {beside} にも書きました。別の場所にも保管してください。"
            | "Backed up to {file} and checked ({bytes} bytes).\nSHA-256 {sha256}\nAudit anchor {anchor}\nThe anchor is in {beside}, too. Keep it in another place as well.";
        backup_streamed(bytes: u64, sha256: &str, anchor: &Anchor) =
            "内容を確かめたバックアップを標準出力にすべて渡しました({bytes}バイト)。\nSHA-256 {sha256}\n監査記録の控え {anchor}\n控えは別の場所にも保管してください。"
            | "A checked backup went to standard output, all of it ({bytes} bytes).\nSHA-256 {sha256}\nAudit anchor {anchor}\nKeep the anchor in another place as well.";
        backup_to_terminal =
            "標準出力が画面につながっています。mykempo backup - | age -r … のように、受け取るプログラムにつないでください。何も出力していません。"
            | "Standard output is a terminal. Connect it to what takes the backup: mykempo backup - | age -r … Nothing was written.";
        // A server's own tools know its whole state; copying it table by table would be a poorer backup.
        server_backup(dump: &str, file: impl Display, base: &str) =
            "PostgreSQL のバックアップは、先に mykempo audit anchor の結果を控え、次のコマンドで取ってください(パスワードは ~/.pgpass か PGPASSWORD で渡します)。\n  {dump}\n取り終えたら mykempo backup '{file}' をもう一度実行してください。記録され、doctor が経過日数を確かめます。\n任意の時点に戻せるようにするには、{base} と WAL の保管(archive_command)を設定してください。"
            | "Back a PostgreSQL server up with its own tool, after noting what mykempo audit anchor says (the password comes from ~/.pgpass or PGPASSWORD):\n  {dump}\nThen run mykempo backup '{file}' again: it records the dump, and doctor knows its age.\nFor any point in time: {base}, and keep the WAL (archive_command).";
        dump_recorded(file: impl Display, bytes: u64, sha256: &str, anchor: &Anchor) =
            "{file} をバックアップとして記録しました({bytes}バイト)。\nSHA-256 {sha256}\n監査記録の控え {anchor}\n別の場所にも保管してください。"
            | "Recorded {file} as a backup ({bytes} bytes).\nSHA-256 {sha256}\nAudit anchor {anchor}\nKeep it in another place as well.";
        server_restore(restore: &str) =
            "PostgreSQL への復元は、空のデータベースを作り、次のコマンドで行ってください。\n  {restore}\nそのあと mykempo doctor --anchor で、控えておいた監査記録と照らし合わせてください。"
            | "Restore into a new, empty PostgreSQL database with its own tool:\n  {restore}\nThen compare the audit log with the anchor that was noted: mykempo doctor --anchor.";
        restored(file: impl Display, database: impl Display) =
            "{file} の内容を確かめ、{database} に復元しました。次に行うこと:"
            | "{file} was checked and restored to {database}. What to do next:";
        restored_drill(file: impl Display, database: impl Display) =
            "{file} の内容を確かめ、{database} に訓練用の写しとして復元しました。出力・発送確定・ポータル連携はできず、組合のPDFには触れません。\n- mykempo doctor で全体を確かめ、件数と新しい記録をバックアップの日と見比べる\n- 終わったらファイルを消す(加入者の情報が入っています)"
            | "{file} was checked and restored to {database}, as a copy for practice: it exports, dispatches and feeds nothing, and touches no PDF of the society.\n- Run mykempo doctor, and compare counts and the newest entries with the day of the backup\n- Remove the file afterwards: it holds members' data";
        restored_folder(folder: impl Display) =
            "\n- 出力先 {folder} は別の場所のデータベースのもので、書き込みません。相手をもう使っていなければ mykempo database take-exports、使っていれば settings set export.dir で別のフォルダーにする"
            | "\n- The export folder {folder} belongs to a database elsewhere, and is not written. If that one is no longer used, run mykempo database take-exports; otherwise set export.dir to another folder";
        restored_lost(batches: &str) = match batches {
            "" => "" | "";
            _ =>
                "\n- PDFがないバッチ: {batches}。mykempo batch cancel で取り消し、作成し直してください(同じパスワードは二度と印刷しません)。"
                | "\n- Batches without their PDF: {batches}. Cancel them (mykempo batch cancel) and draft again; a password is never printed twice.";
        };
        restored_next(feed: i64, portal: i64, epoch: i64) = match (portal > feed) {
            true =>
                "\n- mykempo doctor で全体を確かめる\n- ポータルは連番 {portal} まで取込済みですが、このデータベースには {feed} までしかありません。その後の発送や再発行はこのデータベースにありません。ポータルから該当の方の一覧を受け取り、再発行してください。\n- ポータル連携データは連番 {epoch} から新しい世代になります。ポータルに世代 {epoch} を伝えてください(docs/portal.md)。\n- バックアップより後の取込ファイルをもう一度取り込む"
                | "\n- Run mykempo doctor\n- The portal has the feed up to {portal}, this database up to {feed}: later dispatches and reissues are not in it. Get the list of those members from the portal, and reissue their cards.\n- The feed goes on with {epoch}, in a new epoch: tell the portal (docs/portal.md).\n- Import again the files that came after the backup";
            false =>
                "\n- mykempo doctor で全体を確かめる\n- ポータルは連番 {portal} まで取込済みです(このデータベースの最後の連番は {feed})。連携データは連番 {epoch} から新しい世代になります。ポータルに世代 {epoch} を伝えてください(docs/portal.md)。\n- バックアップより後の取込ファイルをもう一度取り込む"
                | "\n- Run mykempo doctor\n- The portal has the feed up to {portal} (the last in this database is {feed}). The feed goes on with {epoch}, in a new epoch: tell the portal (docs/portal.md).\n- Import again the files that came after the backup";
        };
        purged = "上のものを消去しました。" | "All of that was removed.";
        purge_counted = "何も変更していません。" | "Nothing was changed.";
        purge_proposed =
            "まだ何も消していません。消去を提案しました。責任者か別の管理者が mykempo purge approve で承認すると実行されます。先に mykempo backup を取ってください。"
            | "Nothing was removed yet. The purge is proposed: a supervisor or another admin approves it with mykempo purge approve. Make a backup first.";
        purge_open(by: &str, before: NaiveDate, counts: &str) =
            "{by} の提案: {before} より前のもの({counts})。別の方が mykempo purge approve で承認すると消去されます。"
            | "{by} proposes: everything before {before} ({counts}). Another person approves it with mykempo purge approve.";
        unwell(findings: usize) =
            "対処が必要な点が{findings}件あります。"
            | "{findings} {} attention.", plural(findings, "finding needs", "findings need");
    }
}
