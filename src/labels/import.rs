//! 取込.

use super::texts::{plural, texts};
use crate::usecases::import::ImportRefusal;

texts! {
    /// The import of files: choosing, checking, applying.
    pub struct Import {
        when = "日時" | "When";
        kind = "種類" | "Kind";
        file = "ファイル" | "File";
        who = "職員" | "By";
        added = "追加" | "Added";
        changed = "変更" | "Changed";
        unchanged = "変更なし" | "Same";
        rejected = "取込不可" | "Rejected";
        rows = "行数" | "Rows";
        warned = "要確認" | "To check";
        empty = "まだ取込をしていません" | "Nothing has been imported yet";
        empty_next = "n でファイルを選ぶと、まず結果だけを確かめます" | "n chooses a file; first it is only checked";
        kind_title = "取り込むファイルの種類" | "What kind of file";
        path_title(kind: &str) = "{kind}ファイルの取込" | "Import {kind}";
        path_text =
            "まず結果だけを確かめます。この時点では何も変更しません。文字コードは自動で見分けます。"
            | "The file is checked first; nothing changes yet. The encoding is detected.";
        path = "ファイル" | "File";
        no_path = "ファイルを入力するか、下の一覧から選んでください" | "Type a file, or take one from the list below";
        no_files = "ここにCSVファイルはありません" | "There is no CSV file here";
        no_files_next =
            "フォルダーを / で終わるように入力すると、その中が表示されます"
            | "A folder that ends in / shows what is in it";
        size = "サイズ" | "Size";
        written = "更新" | "Changed";
        rejects_at(count: u64, path: &str) =
            "取り込みました。取り込めなかった{count}行は {path} にあります。直して n で取り込んでください"
            | "Imported. The {count} rejected {} in {path}; correct {} and import that file with n",
            plural(count, "row is", "rows are"),
            plural(count, "it", "them");
        ignored(columns: &str) = "使わない列: {columns}" | "Columns that are not used: {columns}";
        line(line: u64) = "{line:>6}行目" | "line {line:>6}";
        only(reason: &str, count: usize) =
            "{count}件に絞り込み中 (f で次の理由): {reason}"
            | "{count} of them (f for the next reason): {reason}";
        more(count: u64) =
            "ほか {count}件 (ここには1000件まで表示します)"
            | "and {count} more (the first 1000 are shown)";
        none = "ありません" | "None";
        blank = "(空)" | "(blank)";
        reading = "読み込み" | "Reading";
        safe = "s で中断しても、何も変更されません" | "s stops; nothing is changed then";
        checked = "確認の結果 (まだ何も変更していません)" | "Checked (nothing has changed yet)";
        applied = "取り込みました" | "Imported";
        refused(why: &str) = "このままでは取り込めません。{why}" | "It cannot be imported as it is. {why}";
        why = "取り込めない行の理由" | "Rejected because";
        row(line: u64, column: &str, value: &str, reason: &str) =
            "{line}行目 {column}「{value}」 {reason}"
            | "line {line}, {column} \"{value}\": {reason}";
        effects = "取込により行われること" | "What the import does";
        opened(count: u64) =
            "アカウントの登録 {count}件"
            | "{count} {} opened", plural(count, "account is", "accounts are");
        asked(count: u64) =
            "はがきの発行依頼 {count}枚"
            | "{count} {} asked for", plural(count, "card is", "cards are");
        recovered(count: u64) =
            "ご本人がログインを回復され、終了する送付依頼 {count}件"
            | "{count} {} closed: their members use the login again", plural(count, "request is", "requests are");
        closed(count: u64) =
            "アカウントの閉鎖 {count}件"
            | "{count} {}", plural(count, "account closes", "accounts close");
        cancelled(count: u64) =
            "取り消すはがき {count}枚"
            | "{count} waiting {} cancelled", plural(count, "card is", "cards are");
        to_pull(count: u64) =
            "抜き取るはがき {count}枚 (出力済・印刷済。発送の確定で抜き取ります)"
            | "{count} exported or printed {} to be pulled at the dispatch gate",
            plural(count, "card is", "cards are");
        stopped(count: u64) =
            "送らなくなるはがき {count}枚"
            | "{count} {}", plural(count, "card stops, its account goes on", "cards stop, their accounts go on");
        moved(count: u64) =
            "代表住所が変わる事業所 {count}件(確認が要るものは、別の責任者が確認するまで、はがきを保留します)"
            | "{count} {} another address; where it needs a confirmation, cards wait for it", plural(count, "employer has", "employers have");
        gated(count: u64) =
            "バッチ内のはがきに生じる、送れない理由 {count}件"
            | "{count} {} why cards in batches must not leave any more", plural(count, "reason", "reasons");
        rerouted(count: u64) =
            "送付先が変わる、またはなくなるはがき {count}枚"
            | "{count} waiting {} route", plural(count, "card changes or loses its", "cards change or lose their");
        renumbered(count: u64) =
            "記号・番号の変更 {count}人"
            | "{count} {} number", plural(count, "member changes their", "members change their");
        replaced(count: u64) =
            "番号が別の方に移る加入者 {count}人 (氏名と生年月日がともに違うため、別人として登録します)"
            | "{count} {}",
            plural(count, "number passes to another person (name and birth date both differ)", "numbers pass to other persons (name and birth date both differ)");
        reinstated(count: u64) =
            "資格喪失の取消 {count}人 (登録は削除済みのため、再登録のご案内が必要です。「お待たせしている方」に載ります)"
            | "{count} {} (the account is deleted: told to register again, listed among what is owed)",
            plural(count, "loss is taken back", "losses are taken back");
        lost(count: u64) = "資格喪失 {count}人" | "{count} {}", plural(count, "member leaves", "members leave");
        missing(count: u64) =
            "ファイルにない加入者 {count}人 (そのまま残ります)"
            | "{count} {}",
            plural(count, "member is not in the file (and stays)", "members are not in the file (they stay)");
        apply_title = "取込の実行" | "Import";
        apply_text(kind: &str, added: u64, changed: u64) =
            "{kind}を取り込みます。追加 {added}件、変更 {changed}件です。"
            | "The {kind} will be imported: {added} new, {changed} changed.";
        apply_rejects(count: u64) =
            "取り込めない {count}行は、ファイルの隣に別のファイルとして書き出します。直して、もう一度取り込めます。"
            | "The {count} rejected {} to a file beside it, to be corrected and imported again.",
            plural(count, "row goes", "rows go");
        written_at(count: u64, path: &str) =
            "取り込めない {count}行を {path} に書き出しました"
            | "The {count} rejected {} in {path}", plural(count, "row is", "rows are");
        rejects_hint = "w で取り込めない行をファイルに書き出します" | "w writes the rejected rows to a file";
        apply_closes(accounts: u64) =
            "{accounts}件のアカウントを閉鎖します。"
            | "{accounts} {}.", plural(accounts, "account closes", "accounts close");
        apply_cards(cancelled: u64, to_pull: u64) = match (cancelled, to_pull) {
            (_, 0) =>
                "発送を待っているはがき {cancelled}枚を取り消します。"
                | "{cancelled} waiting {} cancelled.", plural(cancelled, "card is", "cards are");
            (0, _) =>
                "出力・印刷済のはがき {to_pull}枚を抜き取ることになります。"
                | "{to_pull} exported or printed {} to be pulled.", plural(to_pull, "card is", "cards are");
            _ =>
                "発送を待っているはがき {cancelled}枚を取り消し、出力・印刷済の {to_pull}枚を抜き取ることになります。"
                | "{cancelled} waiting {} cancelled, {to_pull} exported or printed {} to be pulled.",
                plural(cancelled, "card is", "cards are"),
                plural(to_pull, "one is", "ones are");
        };
        no_way_back = "元に戻せません。" | "This cannot be undone.";
        apply_yes = "取り込む" | "Import";
        apply_hint = "a で取り込みます。Esc でやめます" | "a imports it, Esc leaves it";
        nothing_new = "新しい内容はありません" | "There is nothing new in it";
        done(added: u64, changed: u64) =
            "取り込みました: 追加 {added}件、変更 {changed}件"
            | "Imported: {added} new, {changed} changed";
    }
}

/// Why an import was not done, and what helps, in both languages.
pub(super) fn refusal(refusal: &ImportRefusal) -> (String, String) {
    match refusal {
        ImportRefusal::Threshold { rejected, rows, percent } => (
            format!(
                "{rows}行のうち{rejected}行に誤りがあり、上限の{percent}%を超えるため、何も取り込んでいません。ファイルをお確かめください。"
            ),
            format!(
                "{rejected} of {rows} rows are wrong, more than the allowed {percent} %. Nothing was imported. Check the file."
            ),
        ),
        ImportRefusal::Losses { lost, members, percent } => (
            format!(
                "資格喪失となる加入者が{members}人中{lost}人で、上限の{percent}%を超えるため、何も取り込んでいません。ファイルをお確かめください。"
            ),
            format!(
                "The coverage of {lost} of {members} members would end, more than the allowed {percent} %. Nothing was imported. Check the file."
            ),
        ),
        ImportRefusal::Closings { closed, members, percent } => (
            format!(
                "閉鎖となるアカウントが加入者{members}人に対して{closed}件で、上限の{percent}%を超えるため、何も取り込んでいません。記号・番号の変更が正しいか、ファイルをお確かめください。"
            ),
            format!(
                "{closed} {} would close among {members} members, more than the allowed {percent} %. Nothing was imported. Check the changes of number in the file.",
                plural(*closed, "account", "accounts")
            ),
        ),
        ImportRefusal::Shrunken { missing, members, percent } => (
            format!(
                "加入者{members}人のうち{missing}人がファイルになく、上限の{percent}%を超えるため、何も取り込んでいません。途中で切れたファイルでないか、お確かめください。"
            ),
            format!(
                "{missing} of {members} members are not in the file, more than the allowed {percent} %. Nothing was imported. The file may be cut off."
            ),
        ),
        ImportRefusal::NoRows => (
            "見出しだけで、一行もありません。何も取り込んでいません。出力元のファイルをお確かめください。".into(),
            "The file has a header and no row. Nothing was imported. Check where it was made.".into(),
        ),
        ImportRefusal::Overtaken => (
            "読み込んでいる間に、ほかの取込がありました。何も変更していません。もう一度取り込んでください。".into(),
            "Another import came between while this file was read. Nothing was changed; please import it again.".into(),
        ),
        ImportRefusal::Unknown(id) => (
            format!("{id}番の取込は見つかりません。mykempo import history で番号をご確認ください。"),
            format!("There is no import {id}. mykempo import history lists them."),
        ),
        ImportRefusal::FileChanged(path) => {
            let path = path.display();
            (
                format!(
                    "ファイル {path} は、確認した後に書き換えられています。何も変更していません。もう一度確認してください。"
                ),
                format!("The file {path} has changed since it was checked. Nothing was changed. Check it again."),
            )
        }
    }
}
