//! Faults of the database as words.

use super::{Lang, files};
use crate::files::IoFault;
use crate::store::{FileFault, StoreError};

fn system(lang: Lang, fault: &IoFault) -> String {
    files::io_fault(lang, fault)
}

/// What is wrong with the file of the database, with its path.
fn file(lang: Lang, fault: &FileFault) -> String {
    match fault {
        FileFault::Io { path, source } => format!("{}: {}", path.display(), system(lang, &source.into())),
        FileFault::Damaged { path, fault } => {
            lang.choose(format!("{}: 壊れています。{fault}", path.display()), format!("{}: {fault}", path.display()))
        }
        FileFault::Foreign(path) => lang.choose(
            format!("{}: ほかのプログラムのデータベースです。--db の指定をお確かめください。", path.display()),
            format!("{} is another program's database. Check --db.", path.display()),
        ),
        FileFault::Driver(error) => system(lang, &error.fault()),
    }
}

/// What is wrong with the database, and what helps, in both languages.
pub(super) fn fault(error: &StoreError) -> (String, String) {
    match error {
        StoreError::Missing(path) => {
            let path = path.display();
            (
                format!(
                    "データベース {path} がありません。--db の指定をお確かめになるか、mykempo init で作成してください。"
                ),
                format!("There is no database at {path}. Check --db, or make one with mykempo init."),
            )
        }
        StoreError::Exists(path) => {
            let path = path.display();
            (
                format!("データベース {path} はすでにあります。上書きはしていません。"),
                format!("There is already a database at {path}. It was not overwritten."),
            )
        }
        StoreError::Unreachable(why) => (
            format!(
                "データベースに接続できません({})。サーバーが動いているか、接続先をお確かめください。この操作は行われていません。",
                system(Lang::Ja, &why.fault())
            ),
            format!(
                "The database does not answer ({}). Check the server and the address. This was not done.",
                system(Lang::En, &why.fault())
            ),
        ),
        StoreError::Unanswered(why) => (
            format!(
                "変更を確定している間にデータベースとの接続が切れました({})。行われたかどうかを画面で確かめ、行われていないときだけやり直してください。",
                system(Lang::Ja, &why.fault())
            ),
            format!(
                "The connection broke while the change was being confirmed ({}). Check whether it was done, and repeat it only if it was not.",
                system(Lang::En, &why.fault())
            ),
        ),
        StoreError::FileMoved(path) => {
            let path = path.display();
            (
                format!(
                    "使用中のデータベース {path} が移動されたか、置き換えられました。元の場所に戻してください。この操作は行われていません。"
                ),
                format!("The database {path} was moved or replaced while in use. Put it back. This was not done."),
            )
        }
        StoreError::Unusable(why) => (
            format!("データベースのファイルを使えません({})。場所と権限をお確かめください。", file(Lang::Ja, why)),
            format!("The database file cannot be used ({}). Check the place and the permissions.", file(Lang::En, why)),
        ),
        StoreError::NetworkDrive { folder, file_system } => {
            let folder = folder.display();
            (
                format!(
                    "データベースのフォルダー {folder} はネットワークドライブ({file_system})にあります。SQLite のファイルが壊れるおそれがあるため、使用していません。このコンピューターのディスクに移してください。複数のコンピューターで使うときは PostgreSQL をお使いください。"
                ),
                format!(
                    "The database folder {folder} is on a network drive ({file_system}), where an SQLite file can be damaged. It was not used. Move it to a disk of this computer; for several computers use PostgreSQL."
                ),
            )
        }
        StoreError::Busy => (
            "データベースをほかの方が使用中です。少し待ってからやり直してください。この操作は行われていません。".into(),
            "The database is in use by another person. Try again shortly. This was not done.".into(),
        ),
        StoreError::Crowded(why) => (
            format!(
                "サーバーの接続数が上限に達しています({})。使っていない画面を閉じてからやり直してください。続くときは、管理者が max_connections を増やしてください。この操作は行われていません。",
                system(Lang::Ja, &why.fault())
            ),
            format!(
                "The server takes no more connections ({}). Close consoles that are not used, and try again. If it happens again, an administrator raises max_connections. This was not done.",
                system(Lang::En, &why.fault())
            ),
        ),
        StoreError::Denied(why) => (
            format!(
                "データベースのサーバーに拒否されました({})。接続先の利用者名とパスワード、docs/operations.md の権限を、管理者が確かめてください。この操作は行われていません。",
                system(Lang::Ja, &why.fault())
            ),
            format!(
                "The database server denied it ({}). An administrator checks the name and the password in the address, and the grants of docs/operations.md. This was not done.",
                system(Lang::En, &why.fault())
            ),
        ),
        StoreError::LogNumber(last) => (
            format!(
                "監査記録の最後の番号({last})に続く番号がありません。このプログラムの書いたものではありません。使用を止めてデータベースを保全し、mykempo audit verify の結果とともに管理者に知らせてください。この操作は行われていません。"
            ),
            format!(
                "No number follows that of the last entry of the log ({last}), which this program did not write. Stop, keep the database as it is, and tell an administrator, with what mykempo audit verify says. This was not done."
            ),
        ),
        StoreError::TimedOut(why) => (
            format!(
                "データベースの処理に時間がかかりすぎたため、中断しました({})。この操作は行われていません。繰り返すときは管理者に知らせ、mykempo doctor で点検してください。",
                system(Lang::Ja, &why.fault())
            ),
            format!(
                "The database took too long, and the operation was stopped ({}). This was not done. If it happens again, tell an administrator, and run mykempo doctor.",
                system(Lang::En, &why.fault())
            ),
        ),
        StoreError::Full => (
            "データベースのディスクに空きがありません。この操作は行われていません。".into(),
            "The disk of the database is full. This was not done.".into(),
        ),
        StoreError::Newer { found, known } => (
            format!(
                "データベースは新しい版(第{found}版)のものです。このプログラムは第{known}版までしか扱えません。プログラムを更新し、開いている画面は開き直してください。この操作は行われていません。"
            ),
            format!(
                "The database has schema {found}; this program knows up to {known}. Update the program, and restart open consoles. This was not done."
            ),
        ),
        StoreError::Older { found, known } => (
            format!(
                "データベースは古い版(第{found}版)のままです。このプログラムは第{known}版で動きます。バックアップを取ってから、管理者が一度だけ mykempo migrate を実行してください。何も変更していません。"
            ),
            format!(
                "The database still has schema {found}; this program works with {known}. Make a backup, then have one person run mykempo migrate once. Nothing was changed."
            ),
        ),
        StoreError::Taken(what) => (
            format!(
                "ほかの方が同時に同じものを登録しました({})。表示を更新してください。",
                system(Lang::Ja, &what.fault())
            ),
            format!("Another person registered the same thing at the same time ({what}). Refresh the screen."),
        ),
        StoreError::Other(why) => (
            format!("データベースでエラーが起きました(システムの表示: {why})。この操作は行われていません。"),
            format!("The database reported an error ({why}). This was not done."),
        ),
    }
}
