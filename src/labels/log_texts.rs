//! Why the diagnostic log cannot be written.

use super::Lang;
use crate::files::OutputError;
use crate::telemetry::{LogConfigError, LogError};

/// An unknown target.
pub fn target(lang: Lang, error: &LogConfigError) -> String {
    let text = error.text();
    lang.choose(
        format!(
            "動作の記録先「{text}」は使えません。off、stderr、journald、file:パス のどれかに、必要なら ,debug などの詳しさを付けて指定してください(--log、MYKEMPO_LOG、設定ファイルの log)。"
        ),
        format!(
            "\"{text}\" is no place for the diagnostic log. Give off, stderr, journald or file:PATH, with a level such as ,debug behind it if needed (--log, MYKEMPO_LOG, or log in the settings file)."
        ),
    )
}

/// The console draws on the terminal that standard error would write to.
pub const fn terminal(lang: Lang) -> &'static str {
    match lang {
        Lang::Ja => {
            "画面を開いているあいだは、動作の記録を端末に書けません。file:パス か journald を指定するか、標準エラー出力をファイルに向けてください。"
        }
        Lang::En => {
            "The diagnostic log cannot go to the terminal that the console draws on. Use file:PATH or journald, or redirect standard error."
        }
    }
}

/// A target that cannot be opened.
pub fn start(lang: Lang, error: &LogError) -> String {
    match error {
        LogError::File(OutputError::Protected(path)) => lang.choose(
            format!("{} はデータベースのファイルです。動作の記録には別のファイルを指定してください。", path.display()),
            format!("{} is a file of the database. Choose another file for the diagnostic log.", path.display()),
        ),
        LogError::Foreign(path) => lang.choose(
            format!(
                "{} はこのプログラムの動作の記録ではありません。新しいファイルか、空のファイルを指定してください。何も書いていません。",
                path.display()
            ),
            format!(
                "{} is no log of this program. Choose a new or an empty file. Nothing was written to it.",
                path.display()
            ),
        ),
        LogError::File(OutputError::Io { path, source }) => {
            let (path, why) = (path.display(), super::files::io_fault(lang, &source.into()));
            lang.choose(
                format!("動作の記録を {path} に書けません({why})。場所と権限を確かめてください。"),
                format!("The diagnostic log cannot be written to {path} ({why}). Check the place and its permissions."),
            )
        }
        LogError::File(error) => lang.choose(
            format!("動作の記録を書けません({error})。場所と権限を確かめてください。"),
            format!("The diagnostic log cannot be written ({error}). Check the place and its permissions."),
        ),
        LogError::Journald(error) => lang.choose(
            format!("システムのジャーナルに書けません({error})。file:パス か stderr を指定してください。"),
            format!("The system's journal does not answer ({error}). Use file:PATH or stderr."),
        ),
        LogError::Taken(error) => error.to_string(),
    }
}
