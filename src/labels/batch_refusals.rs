//! Why a batch did not make a step, and what helps.

use super::texts::plural;
use super::{Lang, codes, gate, last_transition};
use crate::domain::HoldReason;
use crate::domain::gate::ApprovalChange;
use crate::usecases::refusal::{BatchAct, BatchRefusal as R, SentBackDraft};
use std::collections::BTreeMap;

/// What happened, what was not done, and what to do, in Japanese and English.
pub(super) fn refusal(refusal: &R) -> (String, String) {
    match refusal {
        R::NothingToDraft => (
            "条件に合う発送待ちのはがきがないため、バッチは作成していません。".into(),
            "No queued card fits, so no batch was made.".into(),
        ),
        R::AllHeld(held) => all_held(held),
        R::Unknown(number) => (
            format!("バッチ {number} は見つかりません。何も変更していません。"),
            format!("There is no batch {number}. Nothing was changed."),
        ),
        R::Step { batch, state, step, moved } => last_transition::batch(batch.as_str(), *state, *step, moved.as_ref()),
        R::AllTooClose { cards, first } => {
            let day = |ja: &str, en: &str| first.map_or_else(String::new, |day| format!("{ja}{day}{en}"));
            (
                format!(
                    "{cards}枚は、同じ方のもう一種のはがきと日を分けて送るため、発送待ちに残しました。バッチは作成していません。{}",
                    day("最も早いものは ", " から作成できます。")
                ),
                format!(
                    "{cards} {} in the queue: the other kind for the same member must not travel on a near day. No batch was made. {}",
                    plural(*cards, "card stays", "cards stay"),
                    day("The first can go from ", ".")
                ),
            )
        }
        R::JustDrafted(by) => last_transition::drafted(by),
        R::OutOfPlace { batch, state, act } => (
            format!(
                "バッチ {batch} は「{}」です。{}何も変更していません。",
                codes::batch_state(Lang::Ja, *state),
                place(Lang::Ja, *act)
            ),
            format!(
                "Batch {batch} is {}. {} Nothing was changed.",
                codes::batch_state(Lang::En, *state),
                place(Lang::En, *act)
            ),
        ),
        R::FourEyes(number) => (
            format!("バッチ {number} を作成した方は承認できません。別の責任者が承認してください。"),
            format!("The person who drafted batch {number} cannot approve it; another supervisor can."),
        ),
        R::ChangedSinceApproval(changes) => {
            let list = |lang| changes.iter().map(|it| format!("\n  {}", gate::change(lang, it))).collect::<String>();
            let cards = changes.iter().all(ApprovalChange::is_of_card);
            let (ja, en) = match cards {
                true => (
                    "変わったはがきを外して残りを出力するには --without-changed を付けてください。外したはがきは発送待ちに戻り、確認の要るものは保留になります",
                    "To leave these cards out and export the rest, repeat with --without-changed; they go back to the queue, or are held where something must be confirmed",
                ),
                false => (
                    "このバッチを取り消して作り直し、承認を受けてください",
                    "Cancel this batch, draft its cards again and have them approved",
                ),
            };
            (
                format!("承認された内容と違うため、出力していません。{ja}。{}", list(Lang::Ja)),
                format!("Not exported: this is not what was approved. {en}.{}", list(Lang::En)),
            )
        }
        R::SentBack(SentBackDraft { batch, by, reason }) => (
            format!(
                "バッチ {batch} は {by}さんが差し戻しています(理由: {reason})。作成した方がコメントで答えるか、はがきを外すまで承認できません。"
            ),
            format!(
                "Batch {batch} was sent back by {by} ({reason}). It can be approved once its drafter has answered with a comment, or taken a card out."
            ),
        ),
        R::NotOutThere { serial, state } => (
            format!(
                "{serial} のはがきは「{}」のため、お渡しできなかったはがきとして登録できません。何も変更していません。",
                codes::card_state(Lang::Ja, *state)
            ),
            format!(
                "The card {serial} is {}: it cannot be noted as not handed over. Nothing was changed.",
                codes::card_state(Lang::En, *state)
            ),
        ),
        R::FolderTaken(path) => (
            format!(
                "{} がすでにあります。このデータベースの出力ではありません(別のデータベースか、復元前の出力です)。フォルダーを別の場所へ移すか、設定の出力先を分けてから、もう一度出力してください。何も出力していません。",
                path.display()
            ),
            format!(
                "{} exists, and is not of this database: it was written by another one, or before a restore. Move the folder away or choose another export folder, and export again. Nothing was written.",
                path.display()
            ),
        ),
        R::OtherThanShown(batch) => (
            format!(
                "表示したあとで、バッチ {batch} の内容が変わりました。承認していません。もう一度内容をお確かめください。"
            ),
            format!("Batch {batch} has changed since it was shown, and is not approved. Look at it again."),
        ),
        R::ReceiptKnown { batch, employer, on } => (
            format!(
                "バッチ {batch} の事業所 {employer} の受領書は、{on} の受領として登録済みです。何も変更していません。日付が誤りのときは、mykempo batch receipt {batch} {employer} --on 日付 --correct 理由 で訂正してください。"
            ),
            format!(
                "The receipt of employer {employer} for batch {batch} is recorded as received on {on}. Nothing was changed. If that day is wrong, correct it with mykempo batch receipt {batch} {employer} --on DATE --correct REASON."
            ),
        ),
        R::TooEarly { batch, planned } => (
            format!("バッチ {batch} の発送日は {planned} と印刷されています。その日より前には確定できません。"),
            format!(
                "{planned} is printed on the cards of batch {batch}. Dispatch cannot be confirmed before that day."
            ),
        ),
        R::NoParcel { batch, employer } => (
            format!("バッチ {batch} に、事業所 {employer} あてのはがきの束はありません。何も変更していません。"),
            format!("Batch {batch} has no parcel of employer {employer}. Nothing was changed."),
        ),
        R::OtherParcel(serial) => (
            format!(
                "はがき番号「{serial}」は、別の事業所あての束のはがきです。何も変更していません。事業所と番号をお確かめください。"
            ),
            format!(
                "The card \"{serial}\" is in another employer's parcel. Nothing was changed. Check employer and number."
            ),
        ),
        R::SerialUnknown(serial) => (
            format!("はがき番号「{serial}」のはがきは見つかりません。何も変更していません。番号をお確かめください。"),
            format!("There is no card with the serial \"{serial}\". Nothing was changed. Check the number."),
        ),
        R::BadTracking(number) => (
            format!("「{number}」は追跡番号にできません(半角の英数字とハイフンで30文字まで)。何も変更していません。"),
            format!(
                "\"{number}\" is no tracking number: letters, digits and hyphens, 30 at most. Nothing was changed."
            ),
        ),
        R::MustPull(serials) => {
            let list = serials.join(", ");
            (
                format!(
                    "次のはがきは発送できません。束から抜き取り、抜き取ったはがき番号として指定してください: {list}"
                ),
                format!("These cards may not leave. Pull them from the pile and name them as pulled: {list}"),
            )
        }
        R::RemakeOpen(batch) => (
            format!(
                "バッチ {batch} には、作り直して印刷を終えていないはがきがあります。印刷し、印刷完了を登録してください。"
            ),
            format!(
                "Batch {batch} has cards that were made again and are not printed yet. Print them, and note the print."
            ),
        ),
        R::NeedsPassphrase(batch) => (
            format!(
                "バッチ {batch} は合言葉で暗号化して出力されています。作り直しにも合言葉を指定してください(コマンドでは --passphrase-env)。何も作っていません。"
            ),
            format!(
                "Batch {batch} was exported with a passphrase. Give one for the remake, too (--passphrase-env on the command line). Nothing was made."
            ),
        ),
        R::NothingToRemake(batch) => (
            format!(
                "バッチ {batch} には、作り直せる刷り損じがありません。作り直しは、印刷完了を登録したあと、発送するまでにできます。送付先や氏名が変わった方のはがきは、発送待ちから別のバッチで作成してください。"
            ),
            format!(
                "Batch {batch} has no spoiled cards that can be made again in it: that is possible between the print and the dispatch. Cards whose name or destination has changed go on from the queue, in another batch."
            ),
        ),
        R::LettersOutdated { batch, pulled } => {
            let list = pulled.join(",");
            (
                format!(
                    "バッチ {batch} の送付状と受領書の枚数が、発送するはがきと合っていません。まだ何も確定していません。mykempo batch letters {batch} --pulled \"{list}\" で作り直し、入れ替えてから確定してください。"
                ),
                format!(
                    "The letters and receipts of batch {batch} list other cards than those that would be sent. Nothing was confirmed. Make them again with mykempo batch letters {batch} --pulled \"{list}\", replace the printed ones, and confirm then."
                ),
            )
        }
        R::ExportUnfinished { batch, why } => (
            format!(
                "バッチ {batch} の出力は記録しましたが、ファイルを仕上げられませんでした({why})。原因を除くと、次の起動時に仕上げます。"
            ),
            format!(
                "Batch {batch} is exported, but its files could not be finished ({why}). Once the cause is removed, the next start finishes them."
            ),
        ),
    }
}

fn all_held(held: &BTreeMap<HoldReason, usize>) -> (String, String) {
    let cards: usize = held.values().sum();
    if cards == 0 {
        return (
            "条件に合うはがきは、どれも不要になっていたため取り消しました。バッチはありません。".into(),
            "Every card that fits was not wanted any more and is cancelled. There is no batch.".into(),
        );
    }
    let ja = held.iter().map(|(why, n)| format!("{} {n}枚", codes::hold_reason(Lang::Ja, *why)));
    let en = held.iter().map(|(why, n)| format!("{n} {}", codes::hold_reason(Lang::En, *why)));
    let (ja, en) = (ja.collect::<Vec<_>>().join("、"), en.collect::<Vec<_>>().join(", "));
    (
        format!(
            "条件に合うはがき {cards}枚 は、どれもいま送れないため保留にしました({ja})。バッチはありません。送れるようになったら、責任者が保留を解除してください。"
        ),
        format!(
            "Every card that fits, {cards} in all, cannot be sent now and is held ({en}). There is no batch. Once they can be sent, a supervisor releases them."
        ),
    )
}

/// Where something can be done with a batch.
const fn place(lang: Lang, act: BatchAct) -> &'static str {
    match act {
        BatchAct::Letters => lang.pick(
            "送付状と受領書を作り直せるのは、印刷を完了し、まだ発送していないバッチです。",
            "Letters and receipts are made again for a batch that is printed and not sent yet.",
        ),
        BatchAct::Pack => lang.pick(
            "封入を確かめられるのは、印刷を完了し、まだ発送していないバッチです。",
            "Parcels are packed of a batch that is printed and not sent yet.",
        ),
        BatchAct::Tracking => lang.pick(
            "追跡番号を記録できるのは、印刷が完了したバッチです。",
            "A tracking number is noted for a batch that is printed or was sent.",
        ),
        BatchAct::Receipt => lang
            .pick("受領書を記録できるのは、発送したバッチです。", "A receipt is recorded for a batch that was sent."),
        BatchAct::Preview => lang.pick(
            "見本を作れるのは、出力する前のバッチです。",
            "A masked preview is made of a batch that is not exported yet.",
        ),
        BatchAct::SendBack => lang
            .pick("差し戻せるのは、承認を待っているバッチです。", "A batch is sent back while it waits for approval."),
    }
}
