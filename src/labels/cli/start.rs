//! Opening the database, signing in, opening the console.

use crate::domain::coded;
use crate::labels::texts::{plural, texts};
use std::fmt::Display;

coded! {
    /// What the system around the program did not allow.
    pub enum SystemFault {
        /// Writing to standard output.
        Stdout = "stdout",
        /// Putting a result into JSON.
        Json = "json",
        /// Threads cannot be started.
        Runtime = "runtime",
        /// Reading the settings file.
        Config = "config",
        /// The settings file of the current folder may be another user's.
        ConfigForeign = "config_foreign",
        /// The settings file of the current folder, or the folder, is closed to this user.
        ConfigClosed = "config_closed",
        /// Drawing on the terminal.
        Terminal = "terminal",
    }
}

texts! {
    /// Opening the database, signing in, opening the console.
    pub struct StartTexts {
        bad_url(scheme: &str) =
            "データベースの種類「{scheme}」は使えません。ファイル名か postgres:// で始まる接続先を指定してください。"
            | "Unknown kind of database \"{scheme}\". Give a file, or an address that starts with postgres://.";
        recovered(finished: usize, cleared: usize) =
            "中断した処理を整理しました(出力の完了 {finished}件、不要なファイルの消去 {cleared}件)。"
            | "Put right what was interrupted: {finished} {} finished, {cleared} {} cleared.",
            plural(finished, "export", "exports"),
            plural(cleared, "file", "files");
        destroyed(count: usize) =
            "残っていてはいけないパスワードのPDF {count}件を消去しました。"
            | "Destroyed {count} {} with passwords that had to go.",
            plural(count, "PDF", "PDFs");
        carried_on(work: &str, staff: &str) =
            "中断していた{work}(職員 {staff})の続きを最後まで反映しました。"
            | "The interrupted {work} of {staff} was carried to its end.";
        expired(batch: impl Display) =
            "バッチ {batch} は、印刷前にPDFがなくなったため期限切れになりました。はがきは発送待ちに戻しました。印刷した紙があれば裁断してください。"
            | "Batch {batch} has expired: its PDF was gone before it was printed. Its cards are queued again; shred what was printed.";
        day_begun(accounts: u64, cards: u64) =
            "資格喪失日を迎えたアカウント {accounts}件を閉じ、はがき {cards}枚を取り消しました。"
            | "{accounts} {} closed by {} date of loss, {cards} {} cancelled.",
            plural(accounts, "account", "accounts"),
            plural(accounts, "its", "their"),
            plural(cards, "card", "cards");
        upgraded(from: i64, to: i64, copy: Option<&str>) = match copy {
            None =>
                "データベースを第{from}版から第{to}版に更新しました。"
                | "Brought the database from schema {from} to {to}.";
            Some(copy) =>
                "データベースを第{from}版から第{to}版に更新しました。更新前の写しは {copy} です。"
                | "Brought the database from schema {from} to {to}. The copy from before is {copy}.";
        };
        secret_in_flag =
            "接続先のパスワードは --db に書かないでください。プロセスの一覧でだれにでも見えます。MYKEMPO_DB、設定ファイル、systemdの資格情報のいずれかに書いてください。"
            | "Do not write the database password into --db: every user of this machine can see it in the list of processes. Use MYKEMPO_DB, a settings file or a credential of systemd.";
        secret_file_open(path: impl Display, mode: u32) =
            "ファイル {path} はほかの利用者も読めるため、使いません(現在 {mode:04o})。chmod 600 {path} を実行してください。"
            | "The file {path} is open to other users (mode {mode:04o}) and is not used. Run chmod 600 {path}.";
        no_staff =
            "操作する職員を --staff または MYKEMPO_STAFF で指定してください。"
            | "Say who acts with --staff or MYKEMPO_STAFF.";
        no_password(variable: &str) =
            "パスワードを入力できません。{variable} か --password-file を指定するか、端末から実行してください。"
            | "No password can be typed here. Set {variable} or --password-file, or run this in a terminal.";
        no_passphrase(variable: &str) =
            "環境変数 {variable} に合言葉がありません。"
            | "The variable {variable} holds no passphrase.";
        no_terminal =
            "コンソールは端末で開いてください。スクリプトからは個々のコマンドが使えます(mykempo --help)。"
            | "The console needs a terminal. Scripts use the commands (mykempo --help).";
        dumb_terminal =
            "この端末は画面を描けません(TERM=dumb)。別の端末で開くか、TERM を端末に合わせて設定してください(例: xterm-256color)。"
            | "This terminal cannot draw a screen (TERM=dumb). Use another one, or set TERM to what it is (as xterm-256color).";
        system(fault: SystemFault, cause: impl Display) = match fault {
            SystemFault::Stdout =>
                "結果を書き出せませんでした({cause})。"
                | "The result could not be written ({cause}).";
            SystemFault::Json =>
                "結果をJSONにできませんでした({cause})。"
                | "The result could not be put into JSON ({cause}).";
            SystemFault::Runtime =>
                "プログラムを始められませんでした({cause})。"
                | "The program could not start ({cause}).";
            SystemFault::Config =>
                "設定ファイルを使えません({cause})。"
                | "The settings file cannot be used ({cause}).";
            SystemFault::ConfigForeign =>
                "今のフォルダーの設定ファイル {cause} は、ほかの利用者が書き換えられるか、リンクのため、使いません。別のフォルダーから実行するか、chmod go-w {cause} を実行するか、--config FILE で指定してください。"
                | "The settings file {cause} of the current folder is not used: another user can have written it, or it is a link. Run this in another folder, run chmod go-w {cause}, or name a file with --config FILE.";
            SystemFault::ConfigClosed =>
                "今のフォルダーの設定ファイル {cause} を開けません(権限がありません)。ほかのフォルダーから実行してください(例: cd /)。"
                | "The settings file {cause} of the current folder cannot be opened (permission denied). Run this in another folder, as after cd /.";
            SystemFault::Terminal =>
                "コンソールを続けられなくなりました({cause})。"
                | "The console could not go on ({cause}).";
        };
    }
}
