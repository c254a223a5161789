//! Cards and batches: states, steps and reasons, in words.

use crate::domain::{
    Asker, BatchState, BatchStep, CardCause, CardState, CardStep, CommentKind, DeadReason, HoldReason,
    UndeliveredReason,
};
use crate::labels::Lang;

/// A card's state.
pub const fn card_state(lang: Lang, state: CardState) -> &'static str {
    match state {
        CardState::Queued => lang.pick("発送待ち", "queued"),
        CardState::Held => lang.pick("保留", "held"),
        CardState::Drafted => lang.pick("バッチ内", "in a batch"),
        CardState::Exported => lang.pick("出力済", "exported"),
        CardState::Printed => lang.pick("印刷済", "printed"),
        CardState::Dispatched => lang.pick("発送済", "dispatched"),
        CardState::Returned => lang.pick("返戻", "returned"),
        CardState::Cancelled => lang.pick("取消", "cancelled"),
        CardState::Spoiled => lang.pick("刷り損じ", "spoiled"),
        CardState::Pulled => lang.pick("抜取", "pulled"),
    }
}

/// A card's step.
pub const fn card_step(lang: Lang, step: CardStep) -> &'static str {
    match step {
        CardStep::Hold => lang.pick("保留", "held"),
        CardStep::Release => lang.pick("保留解除", "released"),
        CardStep::Cancel => lang.pick("取消", "cancelled"),
        CardStep::Draft => lang.pick("バッチへの追加", "drafted"),
        CardStep::Undraft => lang.pick("バッチからの取り外し", "taken out of its batch"),
        CardStep::Export => lang.pick("出力", "exported"),
        CardStep::Unexport => lang.pick("出力の取消", "taken back"),
        CardStep::Discard => lang.pick("廃棄", "discarded"),
        CardStep::Print => lang.pick("印刷", "printed"),
        CardStep::Spoil => lang.pick("刷り損じ", "spoiled"),
        CardStep::Pull => lang.pick("抜取", "pulled"),
        CardStep::Dispatch => lang.pick("発送", "dispatched"),
        CardStep::Return => lang.pick("返戻", "returned"),
    }
}

/// Who asked for a card.
pub fn asker(lang: Lang, asker: &Asker) -> String {
    match asker {
        Asker::Portal => lang.pick("ポータルの申請", "portal").to_owned(),
        Asker::Staff(id) => id.clone(),
    }
}

/// Why a card was asked for.
pub const fn card_cause(lang: Lang, cause: CardCause) -> &'static str {
    match cause {
        CardCause::Registered => lang.pick("新規登録", "registration"),
        CardCause::DisplayOn => lang.pick("Web表示希望", "display on"),
        CardCause::Reissue => lang.pick("再発行", "reissue"),
        CardCause::Request => lang.pick("送付依頼", "request"),
        CardCause::WithoutRequest => lang.pick("依頼なし", "no request"),
        CardCause::Spoiled => lang.pick("刷り損じ", "spoiled"),
        CardCause::Pulled => lang.pick("抜取後の再作成", "pulled before"),
        CardCause::Returned => lang.pick("返戻後の再送", "returned before"),
        CardCause::Expired => lang.pick("期限切れの再作成", "expired before"),
    }
}

/// Why a card is held.
pub const fn hold_reason(lang: Lang, reason: HoldReason) -> &'static str {
    match reason {
        HoldReason::Voluntary => lang.pick("任意継続", "voluntary"),
        HoldReason::Withdrawn => lang.pick("全喪", "withdrawn"),
        HoldReason::NoEmployer => lang.pick("事業所なし", "no employer"),
        HoldReason::NoAddress => lang.pick("住所なし", "no address"),
        HoldReason::Unprintable => lang.pick("印字不可", "unprintable"),
        HoldReason::ByHand => lang.pick("職員の判断", "by hand"),
        HoldReason::AddressChanged => lang.pick("住所変更の確認待ち", "address to confirm"),
        HoldReason::InsuredLost => lang.pick("被保険者の喪失・番号変更", "insured lost or renumbered"),
        HoldReason::Protected => lang.pick("保護措置", "protected"),
        HoldReason::TooClose => lang.pick("別のはがきと近接", "too close to another"),
    }
}

/// Why a password is dead.
pub const fn dead_reason(lang: Lang, reason: DeadReason) -> &'static str {
    match reason {
        DeadReason::Superseded => lang.pick("再発行により無効", "superseded"),
        DeadReason::SelfChanged => lang.pick("本人が変更", "changed by the member"),
        DeadReason::DisplayOff => lang.pick("Web表示を希望しない", "display off"),
        DeadReason::MemberLost => lang.pick("資格喪失", "member lost"),
        DeadReason::NumberChanged => lang.pick("記号・番号の変更", "number changed"),
        DeadReason::Returned => lang.pick("返戻", "returned"),
        DeadReason::ByHand => lang.pick("職員による取消", "cancelled by hand"),
        DeadReason::Recovered => lang.pick("ご本人が回復済み", "recovered by the member"),
        DeadReason::OtherPerson => lang.pick("別の方の番号", "number of another person"),
        DeadReason::InsuredLost => lang.pick("被保険者の喪失・番号変更", "insured lost or renumbered"),
        DeadReason::Moved => lang.pick("送付先の変更", "destination changed"),
        DeadReason::Withdrawn => lang.pick("事業所の全喪", "employer withdrawn"),
        DeadReason::OtherEmployer => lang.pick("勤務先の変更", "other employer"),
        DeadReason::Protected => lang.pick("保護措置", "protected"),
        DeadReason::TooClose => lang.pick("別のはがきと近接", "too close to another"),
        DeadReason::Expired => lang.pick("期限切れ", "expired"),
        DeadReason::Exposed => lang.pick("漏えい等のため停止", "stopped: may have been seen"),
    }
}

/// A batch's state.
pub const fn batch_state(lang: Lang, state: BatchState) -> &'static str {
    match state {
        BatchState::Draft => lang.pick("承認待ち", "to approve"),
        BatchState::Approved => lang.pick("承認済", "approved"),
        BatchState::Exported => lang.pick("出力済", "exported"),
        BatchState::Printed => lang.pick("印刷済", "printed"),
        BatchState::Dispatched => lang.pick("発送済", "dispatched"),
        BatchState::Cancelled => lang.pick("取消", "cancelled"),
        BatchState::Expired => lang.pick("期限切れ", "expired"),
    }
}

/// A batch's step.
pub const fn batch_step(lang: Lang, step: BatchStep) -> &'static str {
    match step {
        BatchStep::Approve => lang.pick("承認", "approval"),
        BatchStep::Export => lang.pick("出力", "export"),
        BatchStep::Print => lang.pick("印刷完了の登録", "noting the print"),
        BatchStep::Dispatch => lang.pick("発送確定", "dispatch"),
        BatchStep::Cancel => lang.pick("取消", "cancelling"),
        BatchStep::Expire => lang.pick("期限切れ", "expiry"),
    }
}

/// Why a card could not be handed over (B15).
pub const fn undelivered(lang: Lang, reason: UndeliveredReason) -> &'static str {
    match reason {
        UndeliveredReason::Left => lang.pick("退職", "left the employer"),
        UndeliveredReason::Transferred => lang.pick("転籍", "transferred"),
        UndeliveredReason::OnLeave => lang.pick("休職", "on leave"),
        UndeliveredReason::Refused => lang.pick("受取拒否", "refused"),
        UndeliveredReason::Unknown => lang.pick("不明", "unknown"),
    }
}

/// What was written about a batch (B17).
pub const fn comment(lang: Lang, kind: CommentKind) -> &'static str {
    match kind {
        CommentKind::Comment => lang.pick("コメント", "comment"),
        CommentKind::SentBack => lang.pick("差戻し", "sent back"),
    }
}
