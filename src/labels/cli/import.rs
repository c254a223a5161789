//! `import`.

use crate::labels::texts::{plural, texts};
use std::fmt::Display;

texts! {
    /// The report of an import, and the imports so far.
    pub struct ImportTexts {
        applying = " (反映中)" | " (being applied)";
        none = "まだ取込をしていません。" | "Nothing has been imported yet.";
        counts(rows: u64, added: u64, changed: u64, unchanged: u64, rejected: u64) =
            "{rows}行  追加 {added}  変更 {changed}  変更なし {unchanged}  取込不可 {rejected}"
            | "{rows} {}, {added} added, {changed} changed, {unchanged} unchanged, {rejected} rejected",
            plural(rows, "row", "rows");
        note(warning: &str) = "注意: {warning}" | "note: {warning}";
        row(line: impl Display, what: &str, why: &str) =
            "  {line}行目 {what}: {why}"
            | "  line {line}, {what}: {why}";
        rejected_row(line: u64, column: &str, value: &str, reason: &str) =
            "  {line}行目 {column}「{value}」: {reason}"
            | "  line {line}, {column} \"{value}\": {reason}";
        more_rejected = "  …続きは --rejects で書き出せます。" | "  ... --rejects writes them all.";
        more_warned(more: u64) =
            "  ほか {more}件 (取り込むと、千件までを import show で見られます)"
            | "  and {more} more (once imported, import show tells up to a thousand)";
        more(more: u64) = "ほか {more}件" | "and {more} more";
        ignored(columns: &str) = "  使わない列: {columns}" | "  columns ignored: {columns}";
        not_imported = "取り込んでいません。" | "Not imported.";
        not_as_it_is(why: &str) =
            "このままでは取り込めません。{why}"
            | "It would not be imported. {why}";
        dry_run = "確認のみで、何も変更していません。" | "Dry run: nothing was changed.";
        imported = "取り込みました。" | "Imported.";
        // While a file is read: percent done, rows, rows per second, seconds left.
        progress(percent: u64, rows: u64, rate: f64, left: f64) =
            "{percent:>3}%  {rows}行  {rate:.0}行/秒  残り{left:.0}秒"
            | "{percent:>3}%  {rows} rows  {rate:.0} rows/s  {left:.0} s left";
        // `intake`: what became of each file.
        intake_empty = "届いたファイルはありません。" | "Nothing has arrived.";
        intake_imported(kind: &str, counts: &str) = "{kind} 取り込みました({counts})" | "{kind}, imported: {counts}";
        intake_before(kind: &str, run: i64) =
            "{kind} 取込 {run} で取込済みのファイルです。"
            | "{kind}, the same file as import {run}; nothing was done";
        intake_failed(kind: &str, why: &str, path: impl Display) = match kind {
            "" => "取り込めませんでした。{why}({path})" | "not imported. {why} ({path})";
            _ => "取り込めませんでした({kind}として)。{why}({path})" | "not imported (as {kind}). {why} ({path})";
        };
        intake_waits = "書き込み中の可能性があるため、次回に取り込みます。" | "perhaps not complete; left for the next time";
        rejects_are_in(path: impl Display) =
            "取り込めなかった行: {path}(直した後、届いたファイルと同じフォルダーに置くと取り込みます)"
            | "Rejected rows: {path} (once corrected, put it where files arrive)";
        // Behind a count: what an import does beyond its rows.
        replaced =
            "番号が別の方に移る加入者(氏名と生年月日がともに違うため、別人として登録)"
            | "numbers passed to another person (name and birth date both differ)";
        renumbered = "番号変更による新しい記録" | "new records after a change of number";
        reinstated =
            "資格喪失の取消(登録は削除済み。再登録のご案内が必要で、お待たせしている方の一覧に載る)"
            | "losses taken back (the account is deleted; the member is to register again, and is listed among what is owed)";
        lost = "資格喪失" | "memberships ended";
        accounts_opened = "登録されるアカウント" | "accounts opened";
        cards_asked = "発行を依頼するはがき" | "cards asked for";
        requests_recovered = "回復済みで終わる送付依頼" | "requests closed, login recovered";
        cards_cancelled = "取り消すはがき" | "cards cancelled";
        cards_to_pull =
            "無効になり、発送の確定で抜き取るはがき"
            | "cards under way that are dead, to be pulled at the gate";
        accounts_closed = "閉鎖するアカウント" | "accounts closed";
        cards_stopped = "送らなくなるはがき" | "cards that stop, their accounts go on";
        routes_changed =
            "送付先が変わる、またはなくなるはがき"
            | "waiting cards that change or lose their route";
        addresses_changed =
            "代表住所が変わる事業所(確認が要るものは、別の責任者が確認するまで、はがきを保留します)"
            | "employers whose address changes; where it needs a confirmation, cards wait for it";
        gate_reasons =
            "バッチ内のはがきに生じる、送れない理由"
            | "reasons why cards in batches must not leave any more";
        missing =
            "ファイルにない加入者(変更しません)"
            | "members not in the file (left as they are)";
    }
}
