//! Copies of a database, and folders of exports of another one: refusals and marks in both languages.

use super::Lang;
use super::texts::texts;
use crate::domain::Settling;
use crate::usecases::Life;
use crate::usecases::database::Shown;
use crate::usecases::refusal::InstallationRefusal;

texts! {
    /// The words of copies.
    pub struct InstallationTexts {
        drill_mark = "訓練用の写し" | "DRILL COPY";
        copy_mark = "写し(未確認)" | "COPY";
        drill =
            "これは復元訓練用の写しです。出力・発送確定・ポータル連携はできません。組合のPDFにも触れません。"
            | "This is a copy for practice: it exports, dispatches and feeds nothing, and touches no PDF of the society.";
        elsewhere(of: &str) =
            "このデータベースは {of} にあったものの写しです。出力・発送確定・ポータル連携はできません。mykempo database show で確かめてください。"
            | "This database is a copy of the one at {of}: it exports, dispatches and feeds nothing. See mykempo database show.";
        say(of: &str) =
            "{of} にあったデータベースです。管理者が次のどれかを実行してください。\n  mykempo database moved                      移動した(元の場所にはもうない)\n  mykempo database restored --portal-at SEQ   復元し、組合が使い続ける\n  mykempo database drill                      訓練用の写し"
            | "It lived at {of}. An admin says what it is here:\n  mykempo database moved                      it was moved, and is nowhere else\n  mykempo database restored --portal-at SEQ   it was restored, and the society goes on with it\n  mykempo database drill                      it is a copy for practice";
        own(database: &str, exports: &str) =
            "{database} は組合のデータベースです。出力先は {exports} です。"
            | "{database} is the society's own database. Its export folder is {exports}.";
        is_drill(database: &str) =
            "{database} を訓練用の写しにしました。元には戻せません。"
            | "{database} is a copy for practice now, for ever.";
        is_at_home(database: &str) =
            "{database} を組合のデータベースの所在として記録しました。"
            | "{database} is where the society's database lives now.";
        taken(folder: &str) =
            "出力先 {folder} は、このデータベースのものになりました。"
            | "The export folder {folder} is this database's now.";
        taken_from(folder: &str, of: &str) =
            "出力先 {folder} を {of} のデータベースから引き継ぎました。"
            | "The export folder {folder} was taken over from the database at {of}.";
    }
}

/// What every command says of a copy.
pub fn said(lang: Lang, life: &Life) -> Option<String> {
    let texts = &lang.labels().installation;
    match life {
        Life::Live(_) | Life::Unnamed => None,
        Life::Drill => Some(texts.drill.to_owned()),
        Life::Elsewhere { of } => Some(texts.elsewhere(of)),
    }
}

/// How a database came to be where it lies.
pub const fn settling(lang: Lang, how: Settling) -> &'static str {
    match how {
        Settling::Begun => lang.pick("使用開始", "begun"),
        Settling::Moved => lang.pick("移動", "moved"),
        Settling::Restored => lang.pick("復元して継続", "restored"),
        Settling::Drill => lang.pick("訓練用の写し", "copy for practice"),
    }
}

/// What was said of a database.
pub fn settled(lang: Lang, how: Settling, database: &str) -> String {
    let texts = &lang.labels().installation;
    match how {
        Settling::Drill => texts.is_drill(database),
        Settling::Begun | Settling::Moved | Settling::Restored => texts.is_at_home(database),
    }
}

/// A folder of exports that was given to a database.
pub fn taken(lang: Lang, folder: &str, was_of: Option<&str>) -> String {
    let texts = &lang.labels().installation;
    match was_of {
        Some(of) => texts.taken_from(folder, of),
        None => texts.taken(folder),
    }
}

/// Where a database is, and what it is there.
pub fn shown(lang: Lang, shown: &Shown) -> String {
    let texts = &lang.labels().installation;
    match (&shown.lived, &shown.exports) {
        (Some(of), _) => format!("{}\n{}", shown.database, texts.say(of)),
        (None, Some(exports)) => texts.own(&shown.database, &exports.display().to_string()),
        (None, None) => format!("{}\n{}", shown.database, texts.drill),
    }
}

/// Why nothing outside the database is touched, and what helps.
pub(super) fn refusal(refusal: &InstallationRefusal) -> (String, String) {
    match refusal {
        InstallationRefusal::Drill => (
            "訓練用の写しでは行えません。実際のデータベースで行ってください。何も変更していません。".into(),
            "This is a copy for practice, which does not do that. Use the society's own database. Nothing was changed."
                .into(),
        ),
        InstallationRefusal::Elsewhere { of } => (
            format!(
                "このデータベースは {of} にあったものの写しのため、行えません。移動したのなら mykempo database moved、復元して使い続けるのなら mykempo database restored、訓練用なら mykempo database drill を管理者が実行してください。何も変更していません。"
            ),
            format!(
                "This database is a copy of the one at {of}, and does not do that. An admin says what it is: mykempo database moved, restored (the society goes on with it) or drill. Nothing was changed."
            ),
        ),
        InstallationRefusal::StillThere(path) => {
            let path = path.display();
            (
                format!(
                    "{path} にまだデータベースがあります。使っていないのなら、先に別の場所へ移してください。訓練用の写しなら mykempo database drill です。何も変更していません。"
                ),
                format!(
                    "There is still a database at {path}. If it is no longer used, put it elsewhere first; a copy for practice is declared with mykempo database drill. Nothing was changed."
                ),
            )
        }
        InstallationRefusal::AtHome => (
            "このデータベースは元の場所にあります。移動や写しの届出は要りません。何も変更していません。".into(),
            "This database lies where it lived: it is neither moved nor a copy. Nothing was changed.".into(),
        ),
        InstallationRefusal::FolderOfAnother { folder, of } => {
            let folder = folder.display();
            (
                format!(
                    "出力先 {folder} は、別のデータベース({of})のものです。何も書き込まず、消していません。export.dir を別のフォルダーにするか、相手をもう使っていなければ mykempo database take-exports を実行してください。"
                ),
                format!(
                    "The export folder {folder} belongs to another database ({of}). Nothing in it was written or removed. Set export.dir to another folder, or, if that database is no longer used, run mykempo database take-exports."
                ),
            )
        }
        InstallationRefusal::UnknownFolder(folder) => {
            let folder = folder.display();
            (
                format!(
                    "出力先 {folder} には、このデータベースの知らないバッチだけがあります。何も書き込まず、消していません。この組合のものと確かめてから mykempo database take-exports を実行するか、export.dir を変えてください。"
                ),
                format!(
                    "The export folder {folder} has batches, and this database knows none of them. Nothing in it was written or removed. If it is this society's, run mykempo database take-exports; otherwise set export.dir to another folder."
                ),
            )
        }
        InstallationRefusal::OpenFolder { folder, mode } => {
            let folder = folder.display();
            (
                format!(
                    "出力先 {folder}(モード {mode:o})は、ほかの利用者も書き換えられるか、ほかの利用者のものです。何も書き込まず、消していません。このプログラムの利用者のものにし、chmod 700 {folder} を実行してください。"
                ),
                format!(
                    "The export folder {folder} (mode {mode:o}) belongs to another user, or others can write in it. Nothing in it was written or removed. Make it this program's user's own, and run chmod 700 {folder}."
                ),
            )
        }
        InstallationRefusal::StrayPath(path) => {
            let path = path.display();
            (
                format!(
                    "記録されている場所 {path} は、バッチのフォルダーではありません。触れていません。データベースが書き換えられていないか、doctor と audit verify で確かめてください。"
                ),
                format!(
                    "The recorded place {path} is no folder of a batch. It was not touched. See with doctor and audit verify whether the database was changed."
                ),
            )
        }
    }
}
