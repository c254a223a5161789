//! Why a step came too late: who took another step first, when, and which.

use super::codes;
use crate::domain::{BatchState, BatchStep, CardState, CardStep};
use crate::labels::Lang;
use crate::text::japan;
use crate::usecases::LastTransition;

/// A step of a card that came too late or is not possible in its state.
pub(super) fn card(named: &str, state: CardState, step: CardStep, moved: Option<&LastTransition>) -> (String, String) {
    let ja = format!(
        "{named} のはがきは「{}」のため、「{}」はできません。",
        codes::card_state(Lang::Ja, state),
        codes::card_step(Lang::Ja, step)
    );
    let en = format!(
        "The card {named} is {}: it cannot be {}.",
        codes::card_state(Lang::En, state),
        codes::card_step(Lang::En, step)
    );
    let Some(moved) = moved else { return (ja, en) };
    let batch = moved.batch.as_ref().map(ToString::to_string).unwrap_or_default();
    let (did, was) = match state {
        CardState::Queued => ("発送待ちに戻しました".to_owned(), "put it back in the queue".to_owned()),
        CardState::Held => ("保留にしました".to_owned(), "put it on hold".to_owned()),
        CardState::Drafted => (format!("バッチ {batch} に入れました"), format!("took it into batch {batch}")),
        CardState::Exported => (format!("バッチ {batch} で出力しました"), format!("exported it in batch {batch}")),
        CardState::Printed => (format!("バッチ {batch} の印刷を終えました"), format!("printed it in batch {batch}")),
        CardState::Dispatched => (format!("バッチ {batch} で発送しました"), format!("dispatched it in batch {batch}")),
        CardState::Returned => ("返戻を記録しました".to_owned(), "recorded its return".to_owned()),
        CardState::Cancelled => ("取り消しました".to_owned(), "cancelled it".to_owned()),
        CardState::Spoiled => ("刷り損じとして記録しました".to_owned(), "recorded it as spoiled".to_owned()),
        CardState::Pulled => ("抜き取りました".to_owned(), "pulled it".to_owned()),
    };
    told(ja, en, moved, &did, &was)
}

/// A step of a batch that came too late or is not possible in its state.
pub(super) fn batch(
    named: &str,
    state: BatchState,
    step: BatchStep,
    moved: Option<&LastTransition>,
) -> (String, String) {
    let ja = format!(
        "バッチ {named} は「{}」のため、「{}」はできません。",
        codes::batch_state(Lang::Ja, state),
        codes::batch_step(Lang::Ja, step)
    );
    let en = format!(
        "Batch {named} is {}: {} is not possible.",
        codes::batch_state(Lang::En, state),
        codes::batch_step(Lang::En, step)
    );
    if state == BatchState::Expired {
        return (
            format!(
                "{ja}印刷を終える前にPDFがなくなったため、パスワードはどれも使えません。印刷した紙があれば裁断し、発送待ちに戻ったはがきでバッチを作成し直してください。"
            ),
            format!(
                "{en} Its PDF was gone before it was printed, and none of its passwords will work. Shred what was printed, and draft the cards, which are queued again, in another batch."
            ),
        );
    }
    let Some(moved) = moved else { return (ja, en) };
    let (did, was) = match state {
        BatchState::Draft => ("作成しました", "drafted it"),
        BatchState::Approved => ("承認しました", "approved it"),
        BatchState::Exported => ("出力しました", "exported it"),
        BatchState::Printed => ("印刷完了にしました", "recorded the printing"),
        BatchState::Dispatched => ("発送を確定しました", "confirmed the dispatch"),
        BatchState::Cancelled => ("取り消しました", "cancelled it"),
        BatchState::Expired => ("期限切れにしました", "let it expire"),
    };
    told(ja, en, moved, did, was)
}

/// The queue was emptied by another's draft.
pub(super) fn drafted(moved: &LastTransition) -> (String, String) {
    let batch = moved.batch.as_ref().map(ToString::to_string).unwrap_or_default();
    let ja = "条件に合う発送待ちのはがきがないため、バッチは作成していません。".to_owned();
    let en = "No queued card fits, so no batch was made.".to_owned();
    told(ja, en, moved, &format!("バッチ {batch} を作成しました"), &format!("drafted batch {batch}"))
}

fn told(ja: String, en: String, moved: &LastTransition, did: &str, was: &str) -> (String, String) {
    let at = if moved.was_today() {
        japan::local(moved.at).format("%H:%M").to_string()
    } else {
        japan::local(moved.at).format("%m/%d %H:%M").to_string()
    };
    let who = &moved.who;
    (format!("{ja}{who}さんが {at} に{did}。"), format!("{en} {who} {was} at {at}."))
}
