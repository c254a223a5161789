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
    pub fn variables(&self) -> [(&'static str, &'static str); 15] {
        let pick = |ja, en| self.lang.pick(ja, en);
        [
            ("MYKEMPO_DB", pick("データベース", "the database: a file, or postgres://…")),
            ("MYKEMPO_LANG", pick("表示言語(ja または en)", "language: ja or en")),
            ("MYKEMPO_STAFF", pick("操作する職員のID", "the staff ID of who acts")),
            ("MYKEMPO_PASSWORD", pick("その職員のパスワード", "that person's password")),
            ("MYKEMPO_PASSWORD_FILE", pick("パスワードを書いたファイル", "a file with that password")),
            ("MYKEMPO_KEY_FILE", pick("自動処理の鍵のファイル", "a file with the key of a machine account")),
            ("MYKEMPO_TOTP", pick("認証アプリの確認コード", "a code of the authenticator app")),
            ("MYKEMPO_NEW_PASSWORD", pick("新しいパスワード", "a new password")),
            (
                "MYKEMPO_TOTP_SECRET",
                pick("登録する認証アプリの秘密(base32)", "the secret of a device to enrol, in base32"),
            ),
            ("MYKEMPO_NEW_TOTP", pick("登録する認証アプリの最初の確認コード", "the first code of that device")),
            ("MYKEMPO_ASCII", pick("罫線を半角で描く", "draw lines in ASCII")),
            ("MYKEMPO_THEME", pick("配色(dark、light、plain)", "colours: dark, light or plain")),
            (
                "MYKEMPO_TODAY",
                pick("業務日(練習用のデータベースだけ)", "the business date, in rehearsal databases only"),
            ),
            ("MYKEMPO_CONFIG", pick("設定ファイル", "the settings file")),
            ("MYKEMPO_LOG", pick("動作の記録先", "where the diagnostic log goes")),
        ]
    }

    /// The settings files, the weakest first, and the credentials.
    pub fn places(&self) -> [(&'static str, &'static str); 6] {
        let pick = |ja, en| self.lang.pick(ja, en);
        [
            ("/etc/mykempo/mykempo.toml", pick("この機械の設定", "settings of the machine")),
            ("$XDG_CONFIG_HOME/mykempo/mykempo.toml", pick("利用者の設定", "settings of the user")),
            ("mykempo.toml", pick("今のフォルダーの設定", "settings of the current folder")),
            (
                "$CREDENTIALS_DIRECTORY/mykempo.password",
                pick("操作する職員のパスワード(systemd)", "the password of who acts, from systemd"),
            ),
            (
                "$CREDENTIALS_DIRECTORY/mykempo.key",
                pick("自動処理の鍵(systemd)", "the key of a machine account, from systemd"),
            ),
            ("$CREDENTIALS_DIRECTORY/mykempo.db", pick("データベースの接続先(systemd)", "the database, from systemd")),
        ]
    }
}

#[cfg(test)]
mod tests {
    use crate::labels::Lang;
    use std::collections::BTreeSet;
    use std::path::Path;

    /// Names in quotes, as the program reads variables.
    fn read_in(path: &Path, found: &mut BTreeSet<String>) {
        if path.is_dir() {
            std::fs::read_dir(path).unwrap().for_each(|entry| read_in(&entry.unwrap().path(), found));
            return;
        }
        let text = std::fs::read_to_string(path).unwrap();
        let names = text.split("\"MYKEMPO_").skip(1).filter_map(|rest| rest.split_once('"'));
        let is_name = |name: &str| name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
        found.extend(names.map(|(name, _)| name).filter(|name| is_name(name)).map(|name| format!("MYKEMPO_{name}")));
    }

    #[test]
    fn the_manual_names_every_variable_that_is_read() {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut read = BTreeSet::new();
        for place in ["cli", "config.rs", "telemetry.rs"] {
            read_in(&source.join(place), &mut read);
        }
        // Set when the program is built.
        read.remove("MYKEMPO_VERSION");
        let named = Lang::Ja.labels().cli.man.variables().map(|(name, _)| name.to_owned());
        assert_eq!(BTreeSet::from(named), read);
    }
}
