//! Settings of the terminal with their origin, and the manual pages.

use crate::config::Origin;
use crate::labels::texts::{plural, texts};
use std::fmt::Display;

texts! {
    /// `doctor --settings`, `man` and `completions`.
    pub struct ManTexts {
        exit = "終了コード" | "EXIT STATUS";
        environment = "環境変数" | "ENVIRONMENT";
        files = "ファイル" | "FILES";
        done = "完了" | "done";
        not_set = "(なし)" | "(none)";
        written(pages: usize, folder: impl Display) =
            "マニュアル {pages}ページを {folder} に作成しました。"
            | "{pages} {} written to {folder}.", plural(pages, "manual page", "manual pages");
    }
}

impl ManTexts {
    /// Where a setting comes from.
    pub fn origin(&self, origin: &Origin) -> String {
        let place = origin.place();
        match origin {
            Origin::Default => self.lang.pick("既定値", "default").to_owned(),
            Origin::File(_) => place,
            Origin::Credential(_) => {
                self.lang.choose(format!("systemdの資格情報 {place}"), format!("credential {place}"))
            }
            Origin::Variable(_) => self.lang.choose(format!("環境変数 {place}"), format!("environment {place}")),
            Origin::Flag(_) => self.lang.choose(format!("指定 {place}"), format!("flag {place}")),
        }
    }

    /// The environment variables, each with what it holds.
    pub fn variables(&self) -> [(&'static str, &'static str); 9] {
        let pick = |ja, en| self.lang.pick(ja, en);
        [
            ("MYKEMPO_DB", pick("データベース", "the database: a file, or postgres://…")),
            ("MYKEMPO_LANG", pick("表示言語(ja または en)", "language: ja or en")),
            ("MYKEMPO_STAFF", pick("操作する職員のID", "the staff ID of who acts")),
            ("MYKEMPO_PASSWORD", pick("その職員のパスワード", "that person's password")),
            ("MYKEMPO_PASSWORD_FILE", pick("パスワードを書いたファイル", "a file with that password")),
            ("MYKEMPO_TOTP", pick("認証アプリの確認コード", "a code of the authenticator app")),
            ("MYKEMPO_NEW_PASSWORD", pick("新しいパスワード", "a new password")),
            ("MYKEMPO_CONFIG", pick("設定ファイル", "the settings file")),
            ("MYKEMPO_LOG", pick("動作の記録先", "where the diagnostic log goes")),
        ]
    }

    /// The settings files, the weakest first, and the credentials.
    pub fn places(&self) -> [(&'static str, &'static str); 5] {
        let pick = |ja, en| self.lang.pick(ja, en);
        [
            ("/etc/mykempo/mykempo.toml", pick("この機械の設定", "settings of the machine")),
            ("$XDG_CONFIG_HOME/mykempo/mykempo.toml", pick("利用者の設定", "settings of the user")),
            ("mykempo.toml", pick("今のフォルダーの設定", "settings of the current folder")),
            (
                "$CREDENTIALS_DIRECTORY/mykempo.password",
                pick("操作する職員のパスワード(systemd)", "the password of who acts, from systemd"),
            ),
            ("$CREDENTIALS_DIRECTORY/mykempo.db", pick("データベースの接続先(systemd)", "the database, from systemd")),
        ]
    }
}
