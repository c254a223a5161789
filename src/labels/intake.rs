//! 自動取込 as words.

use super::{Lang, files};
use crate::usecases::refusal::IntakeRefusal;

/// Why an intake, or a file of it, was not done, and what helps, in both languages.
pub(super) fn refusal(refusal: &IntakeRefusal) -> (String, String) {
    match refusal {
        IntakeRefusal::Running(folder) => (
            format!("{}: 別の自動取込が動いています。終わってからもう一度実行してください。", folder.display()),
            format!("{}: another intake is at work there. Try again once it has ended.", folder.display()),
        ),
        IntakeRefusal::NotAFile => (
            "ファイルではありません(リンクなど)。ファイルそのものを置いてください。".into(),
            "It is no file but a link or the like. Put the file itself there.".into(),
        ),
        IntakeRefusal::Several(kinds) => {
            let named = |lang: Lang| {
                let kinds: Vec<&str> = kinds.iter().map(|kind| files::kind(lang, *kind)).collect();
                kinds.join(lang.pick("・", ", "))
            };
            (
                format!(
                    "見出しが複数の種類に当てはまります({})。列を分けて、別々のファイルにしてください。",
                    named(Lang::Ja)
                ),
                format!("The header is that of several kinds ({}). Send each as a file of its own.", named(Lang::En)),
            )
        }
        IntakeRefusal::ImportedBefore { run } => (
            format!(
                "同じ内容を取込 {run} で取込済みで、その後に同じ種類の別のファイルを取り込んでいます。古い内容に戻さないため、取り込んでいません。必要なときは mykempo import で取り込んでください。"
            ),
            format!(
                "The same content came with import {run}, and other files of its kind after it. It was not imported, lest it bring back what has changed since; mykempo import does so where that is wanted."
            ),
        ),
    }
}
