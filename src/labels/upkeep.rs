//! Backup, restore and upgrade as words.

use super::{Lang, files};
use crate::usecases::upkeep::{BackupFault, Kind, PurgeLine, UpkeepRefusal};

/// Why upkeep was not done, and what helps, in both languages.
pub(super) fn refusal(refusal: &UpkeepRefusal) -> (String, String) {
    match refusal {
        UpkeepRefusal::ServerBackup => (
            "PostgreSQL のバックアップには pg_dump を使ってください(mykempo backup を --db に接続先を指定して実行すると、そのまま使えるコマンドを表示します)。".into(),
            "A PostgreSQL server is backed up with pg_dump; mykempo backup shows the command for this database.".into(),
        ),
        UpkeepRefusal::ServerRestore => (
            "PostgreSQL への復元には pg_restore を使ってください。".into(),
            "A PostgreSQL server is restored with pg_restore.".into(),
        ),
        UpkeepRefusal::PortalPosition { last } => (
            format!("ポータルがどの連番まで取り込んでいるかを --portal-at で指定してください(このバックアップの最後の連番は {last} です)。まだ復元していません。同じ連番を別の内容で渡さないために必要です。"),
            format!("Say with --portal-at SEQ how far the portal has read the feed (the last number in this backup is {last}). Nothing was restored yet. Without it, numbers that the portal has seen could be given out again with other contents."),
        ),
        UpkeepRefusal::PortalTooFar { given, last } => (
            format!("--portal-at {given} は、このバックアップの最後の連番 {last} からかけ離れています。ポータルの連番をお確かめください。まだ復元していません。"),
            format!("--portal-at {given} is far beyond the last number in this backup, {last}. Check what the portal has. Nothing was restored yet."),
        ),
        UpkeepRefusal::TooYoung { before, youngest } => (
            format!("{before} より前のものには、まだ保存期間中のものしかありません。{youngest} 以前の日付にしてください(期間は settings の retention.* です)。"),
            format!("Policy still keeps everything up to {before}. Choose {youngest} or an earlier day (the years are the settings retention.*)."),
        ),
        UpkeepRefusal::NothingToPurge(before) => (
            format!("{before} より前に消去の対象となるものはありません。"),
            format!("Nothing from before {before} is to be purged."),
        ),
        UpkeepRefusal::NoProposal => (
            "承認待ちの消去の提案はありません。管理者が mykempo purge --before で提案してください。".into(),
            "No purge is proposed. An admin proposes one with mykempo purge --before.".into(),
        ),
        UpkeepRefusal::OwnProposal => (
            "提案した方は承認できません。責任者か別の管理者が承認してください。".into(),
            "The person who proposed the purge cannot approve it; a supervisor or another admin can.".into(),
        ),
        UpkeepRefusal::ProposalChanged { proposed, found } => (
            format!("提案のときから対象が変わっています(提案 {proposed}、現在 {found})。何も消していません。もう一度提案してください。"),
            format!("This is not what was proposed ({proposed}; now {found}). Nothing was removed. Propose it again."),
        ),
        UpkeepRefusal::NeedsOwner => (
            "このデータベースの利用者には監査記録を消す権限がありません。表の所有者の接続先を --db に指定して実行してください。何も消していません。".into(),
            "This database role may not remove audit entries. Run it with the URL of the tables' owner in --db. Nothing was removed.".into(),
        ),
        UpkeepRefusal::StreamBroken(why) => (
            format!("バックアップを受け取る側が途中で終わりました({})。バックアップは取れていません。", files::io_fault(Lang::Ja, why)),
            format!("What takes the backup stopped before its end ({}). There is no backup.", files::io_fault(Lang::En, why)),
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
        BackupFault::Checksum => (
            "チェックサムが、控え(.anchor)のものと違います。作成のあとで書き換えられたか、壊れています。ファイルを保全し、別のバックアップをお使いください。".into(),
            "Its checksum is not the one in the .anchor beside it: it was changed or damaged since. Keep the file, and use another backup.".into(),
        ),
        BackupFault::Rows(table) => (
            format!("写しの {table} の件数が元と合いません。ディスクを確かめ、もう一度実行してください。"),
            format!("The copy's table {table} does not have the rows that it should. Check the disk and try again."),
        ),
        BackupFault::Encrypted => (
            "暗号化されています。--passphrase-env で合言葉を入れた環境変数を指定してください。".into(),
            "It is sealed. Name the variable with its passphrase by --passphrase-env.".into(),
        ),
        BackupFault::Passphrase => (
            "合言葉が違うか、ファイルが書き換えられています。".into(),
            "The passphrase is wrong, or the file was changed.".into(),
        ),
        BackupFault::NotSealed => (
            "暗号化されたバックアップではありません。--passphrase-env を外してください。".into(),
            "It is not a sealed backup. Leave --passphrase-env out.".into(),
        ),
    }
}

/// What a retention period applies to.
pub const fn purge_kind(lang: Lang, kind: Kind) -> &'static str {
    match kind {
        Kind::Notes => lang.pick("対応記録", "contact notes"),
        Kind::Requests => lang.pick("処理済みの送付依頼", "settled requests"),
        Kind::Members => lang.pick("喪失した加入者", "lost members"),
        Kind::Audit => lang.pick("監査記録", "audit entries"),
    }
}

/// One kind of a purge.
pub fn purge_line(lang: Lang, line: &PurgeLine) -> String {
    let kind = purge_kind(lang, line.kind);
    let span = match (line.oldest, line.newest) {
        (Some(oldest), Some(newest)) => {
            lang.choose(format!("({oldest} から {newest})"), format!(" ({oldest} to {newest})"))
        }
        _ => String::new(),
    };
    let (ja, en) = match (line.count, line.kept_from) {
        (Some(count), _) => (format!("{kind} {count}件{span}"), format!("{kind}: {count}{span}")),
        (None, from) => {
            (format!("{kind} 対象外({from} 以降のものは保存期間中です)"), format!("{kind}: none (kept from {from} on)"))
        }
    };
    lang.choose(ja, en)
}
