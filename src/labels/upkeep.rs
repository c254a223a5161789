//! Backup, restore and upgrade as words.

use crate::usecases::upkeep::{BackupFault, UpkeepRefusal};

/// Why upkeep was not done, and what helps, in both languages.
pub(super) fn refusal(refusal: &UpkeepRefusal) -> (String, String) {
    match refusal {
        UpkeepRefusal::ServerBackup => (
            "PostgreSQL のバックアップには pg_dump を使ってください(mykempo backup を --db に接続先を指定して実行すると、そのままの命令を表示します)。".into(),
            "A PostgreSQL server is backed up with pg_dump; mykempo backup shows the command for this database.".into(),
        ),
        UpkeepRefusal::ServerRestore => (
            "PostgreSQL への復元には pg_restore を使ってください。".into(),
            "A PostgreSQL server is restored with pg_restore.".into(),
        ),
        UpkeepRefusal::FileExists(path) => (
            format!("{0} はすでにあります。上書きはしていません。別の名前にするか、--replace を付けてください。", path.display()),
            format!("{} exists and was not overwritten. Choose another name, or give --replace.", path.display()),
        ),
        UpkeepRefusal::BadBackup { path, fault } => {
            let (ja, en) = backup_fault(fault);
            (
                format!("{}: {ja}何も変更していません。", path.display()),
                format!("{}: {en} Nothing was changed.", path.display()),
            )
        }
    }
}

fn backup_fault(fault: &BackupFault) -> (String, String) {
    match fault {
        BackupFault::Damaged(why) => (
            format!("データベースとして壊れています({why})。別の日のバックアップをお試しください。"),
            format!("It is damaged as a database ({why}). Try the backup of another day."),
        ),
        BackupFault::Chain(seq) => (
            format!(
                "監査記録が {seq} 番目で途切れているか、控えと合いません。ファイルを保全し、別のバックアップと比べてください。"
            ),
            format!(
                "Its audit log breaks at entry {seq}, or does not fit the anchor beside it. Keep the file and compare it with another backup."
            ),
        ),
        BackupFault::Rows(table) => (
            format!("写しの {table} の件数が元と合いません。ディスクを確かめ、もう一度実行してください。"),
            format!("The copy's table {table} has not the rows that it should have. Check the disk and try again."),
        ),
        BackupFault::Sealed => (
            "暗号化されています。--passphrase-env で合言葉を入れた環境変数を指定してください。".into(),
            "It is sealed. Name the variable with its passphrase by --passphrase-env.".into(),
        ),
        BackupFault::Passphrase => (
            "合言葉が違うか、ファイルが書き換えられています。".into(),
            "The passphrase is wrong, or the file was changed.".into(),
        ),
        BackupFault::NotSealed => (
            "暗号化されたバックアップではありません。--passphrase-env を外してください。".into(),
            "It is not a sealed backup. Leave --passphrase-env away.".into(),
        ),
    }
}
