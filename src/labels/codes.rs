//! States, steps and reasons as words.

use super::Lang;
use crate::domain::diagnosis::{CallerKind, ChangeReason, Scripts};
use crate::domain::lineage::Sight;
use crate::domain::request::{
    Agreement, CaseVerdict, Channel, ClaimField, Evidence, Ground, IdentityCheck, NumberSource, RequestKind,
    RequestState, RequestStep,
};
use crate::domain::{
    Asker, BatchState, BatchStep, CardCause, CardState, CardStep, CommentKind, DeadReason, HoldReason, Permission,
    Role, UndeliveredReason, ViewingOrigin, ViewingState, WebDisplay, WorkKind,
};
use crate::usecases::FailureKind;

/// What became of a command that did not do everything.
pub const fn failure_kind(lang: Lang, kind: FailureKind) -> &'static str {
    match kind {
        FailureKind::Refused => lang.pick("断られた、または失敗した", "refused, or failed"),
        FailureKind::Usage => lang.pick("コマンドの指定が誤っている", "wrong arguments"),
        FailureKind::NotFound => lang.pick("指定したものが見つからない", "what was named is not there"),
        FailureKind::Conflict => {
            lang.pick("すでにあるか、ほかの方が先に変更した", "there already, or changed by another first")
        }
        FailureKind::Unavailable => lang
            .pick("データベースを今は使えない。後で同じコマンドを試す", "the database is not available now; try again"),
        FailureKind::Partial => lang.pick("一部を除いて行った", "done, except for parts of it"),
    }
}

/// Why a request is settled. The scripts are part of the program, and a test reads them.
pub fn ground(lang: Lang, ground: Ground) -> &'static str {
    Scripts::embedded().map_or(ground.code(), |scripts| scripts.ground(ground, lang.into()))
}

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

/// A large change that is applied in pieces.
pub const fn work(lang: Lang, kind: WorkKind) -> &'static str {
    match kind {
        WorkKind::Import => lang.pick("取込", "import"),
        WorkKind::Purge => lang.pick("保存期間を過ぎた記録の削除", "purge"),
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
        HoldReason::InsuredLost => lang.pick("被保険者の資格喪失", "insured lost"),
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
        DeadReason::InsuredLost => lang.pick("被保険者の資格喪失", "insured lost"),
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

/// A viewing password's state.
pub const fn viewing_state(lang: Lang, state: ViewingState) -> &'static str {
    match state {
        ViewingState::NotWanted => lang.pick("希望しない", "not wanted"),
        ViewingState::Requested => lang.pick("発行依頼済", "requested"),
        ViewingState::Issuing => lang.pick("発行中", "issuing"),
        ViewingState::Active => lang.pick("有効", "active"),
        ViewingState::Superseded => lang.pick("再発行により無効", "superseded"),
        ViewingState::Revoked => lang.pick("無効", "revoked"),
    }
}

/// Where an active viewing password comes from.
pub const fn viewing_origin(lang: Lang, origin: ViewingOrigin) -> &'static str {
    match origin {
        ViewingOrigin::Card => lang.pick("はがきで発行", "from a card"),
        ViewingOrigin::Member => lang.pick("本人が変更", "member's own"),
    }
}

/// 健康・医療情報のWeb表示
pub const fn web_display(lang: Lang, display: WebDisplay) -> &'static str {
    match display {
        WebDisplay::Wanted => lang.pick("希望する", "wanted"),
        WebDisplay::NotWanted => lang.pick("希望しない", "not wanted"),
    }
}

/// What a role may do.
pub const fn permission(lang: Lang, what: Permission) -> &'static str {
    match what {
        Permission::Look => lang.pick("照会", "look-up"),
        Permission::Note => lang.pick("対応記録", "notes"),
        Permission::Requests => lang.pick("送付依頼の処理", "requests"),
        Permission::Queue => lang.pick("発送待ちの操作", "queue"),
        Permission::Batches => lang.pick("バッチの操作", "batches"),
        Permission::Approve => lang.pick("バッチの承認", "approval"),
        Permission::Release => lang.pick("保留解除・統合", "release and merge"),
        Permission::ConfirmAddress => lang.pick("代表住所の変更の確認", "confirming changed addresses"),
        Permission::Protect => lang.pick("保護措置の設定・終了", "setting and ending protective measures"),
        Permission::Incidents => {
            lang.pick("漏えい等の対応の終了と報告不要の判断", "closing incidents and deciding that none is reported")
        }
        Permission::Persons => lang.pick("番号の統合・分離・終了", "joining, parting and ending numbers"),
        Permission::Unlock => lang.pick("職員の一覧とロック解除", "seeing and unlocking staff"),
        Permission::Staff => lang.pick("職員の管理", "staff"),
        Permission::Settings => lang.pick("設定の変更", "settings"),
        Permission::Second => lang.pick("提案された変更の確認", "confirming proposed changes"),
        Permission::Import => lang.pick("取込", "imports"),
        Permission::Audit => lang.pick("監査記録の閲覧", "audit"),
        Permission::Browsing => lang.pick("閲覧状況の確認", "unusual browsing"),
        Permission::Feed => lang.pick("ポータル連携データの出力", "portal feed"),
        Permission::Upkeep => lang.pick("バックアップと保守", "backup and upkeep"),
        Permission::ApprovePurge => lang.pick("消去の承認", "approving a purge"),
    }
}

/// The roles that may do something: `責任者・管理者`.
pub fn who_may(lang: Lang, what: Permission) -> String {
    let roles = Role::ALL.iter().filter(|role| role.may(what));
    let names: Vec<&str> = roles.map(|role| lang.labels().words.role(*role)).collect();
    names.join(lang.pick("・", ", "))
}

/// A request's state.
pub const fn request_state(lang: Lang, state: RequestState) -> &'static str {
    match state {
        RequestState::New => lang.pick("新規", "new"),
        RequestState::Verifying => lang.pick("確認中", "verifying"),
        RequestState::OnHold => lang.pick("保留", "on hold"),
        RequestState::Queued => lang.pick("発送待ち", "queued"),
        RequestState::Done => lang.pick("完了", "done"),
        RequestState::Rejected => lang.pick("却下", "rejected"),
    }
}

/// A request's step.
pub const fn request_step(lang: Lang, step: RequestStep) -> &'static str {
    match step {
        RequestStep::Verify => lang.pick("本人確認", "verify"),
        RequestStep::Queue => lang.pick("発送待ちへ", "queue"),
        RequestStep::Hold => lang.pick("保留", "hold"),
        RequestStep::Reject => lang.pick("却下", "reject"),
        RequestStep::Answer => lang.pick("回答", "answer"),
        RequestStep::Recover => lang.pick("回復", "recovery"),
        RequestStep::Merge => lang.pick("統合", "merge"),
        RequestStep::Dispatch => lang.pick("発送", "dispatch"),
        RequestStep::Reopen => lang.pick("差戻し", "reopen"),
        RequestStep::Resume => lang.pick("再開", "resume"),
    }
}

/// A check of identity.
pub const fn check(lang: Lang, check: IdentityCheck) -> &'static str {
    match check {
        IdentityCheck::BirthDate => lang.pick("生年月日", "birth date"),
        IdentityCheck::Employer => lang.pick("事業所名", "employer"),
        IdentityCheck::CallBack => lang.pick("電話折返し", "call back"),
    }
}

/// What there is for a check.
pub const fn evidence(lang: Lang, evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Confirmed => lang.pick("一致", "agrees"),
        Evidence::Differs => lang.pick("不一致", "differs"),
        Evidence::NotGiven => lang.pick("記入なし", "not given"),
        Evidence::NoNumber => lang.pick("確かな番号なし", "no known number"),
    }
}

/// Who has a number to call back.
pub const fn number_source(lang: Lang, source: NumberSource) -> &'static str {
    match source {
        NumberSource::Employer => lang.pick("事業所", "employer"),
        NumberSource::Note => lang.pick("対応記録", "earlier call"),
    }
}

/// What a request amounts to; one that differs names the first field.
pub fn case_verdict(lang: Lang, verdict: CaseVerdict, differs: &[ClaimField]) -> String {
    let word = match verdict {
        CaseVerdict::AllAgree => lang.pick("すべて一致", "all agree"),
        CaseVerdict::Incomplete => lang.pick("記入不足", "incomplete"),
        CaseVerdict::TwoPeople => lang.pick("二人に当たる", "two people"),
        CaseVerdict::KeyOnly => lang.pick("番号のみ一致", "key only"),
        CaseVerdict::Nobody => lang.pick("該当なし", "no match"),
        CaseVerdict::Differs => {
            let first = match differs.first() {
                Some(ClaimField::Key) => lang.pick("番号", "key"),
                Some(first) => field(lang, *first),
                None => lang.pick("内容", "text"),
            };
            return match lang {
                Lang::Ja => format!("{first}ちがい"),
                Lang::En => format!("{first} differs"),
            };
        }
    };
    word.to_owned()
}

/// 種別
pub const fn request_kind(lang: Lang, kind: RequestKind) -> &'static str {
    match kind {
        RequestKind::LoginInfo => lang.pick("ログイン", "login"),
        RequestKind::Other => lang.pick("その他", "other"),
    }
}

/// A field that is compared.
pub const fn field(lang: Lang, field: ClaimField) -> &'static str {
    match field {
        ClaimField::Key => lang.pick("記号・番号", "key"),
        ClaimField::Name => lang.pick("氏名", "name"),
        ClaimField::Kana => lang.pick("カナ", "kana"),
        ClaimField::BirthDate => lang.pick("生年月日", "born"),
        ClaimField::Employer => lang.pick("事業所名", "employer"),
    }
}

/// How far a field agrees.
pub const fn agreement(lang: Lang, agreement: Agreement) -> &'static str {
    match agreement {
        Agreement::Exact => lang.pick("一致", "same"),
        Agreement::Variant => lang.pick("表記ちがい", "variant"),
        Agreement::Part => lang.pick("部分一致", "in part"),
        Agreement::Differs => lang.pick("不一致", "differs"),
        Agreement::NotGiven => lang.pick("記入なし", "not given"),
    }
}

/// 電話をかけてきた方, in words.
pub fn caller_kind(lang: Lang, it: CallerKind) -> &'static str {
    match it {
        CallerKind::Member => lang.pick("本人", "the member"),
        CallerKind::Proxy => lang.pick("代理人", "a representative"),
        CallerKind::Guardian => lang.pick("法定代理人", "a legal representative"),
        CallerKind::Bereaved => lang.pick("遺族", "the bereaved"),
        CallerKind::Family => lang.pick("家族", "a family member"),
        CallerKind::Employer => lang.pick("事業所の担当者", "the employer's contact"),
        CallerKind::Unknown => lang.pick("不明", "unknown"),
    }
}

/// How a person contacted the society.
pub const fn channel(lang: Lang, channel: Channel) -> &'static str {
    match channel {
        Channel::Phone => lang.pick("電話", "phone"),
        Channel::Form => lang.pick("フォーム", "form"),
        Channel::Counter => lang.pick("窓口", "counter"),
    }
}

/// Whether a member sees a record today, in a few cells.
pub const fn sight_short(lang: Lang, sight: Sight) -> &'static str {
    match sight {
        Sight::Own | Sight::CarriedOver => lang.pick("本人に見える", "visible"),
        Sight::RegisterFirst => lang.pick("登録すれば見える", "once registered"),
        Sight::NotCarriedOver => lang.pick("引継ぎなし", "not carried over"),
        Sight::NotRegistered => lang.pick("未登録", "not registered"),
        Sight::Lost => lang.pick("喪失", "coverage ended"),
    }
}

/// Why a number changed.
pub const fn change_reason(lang: Lang, reason: ChangeReason) -> &'static str {
    match reason {
        ChangeReason::Voluntary => lang.pick("任意継続", "voluntary continuation"),
        ChangeReason::Rehired => lang.pick("定年再雇用", "rehired after retirement"),
        ChangeReason::Affiliate => lang.pick("関連会社間の異動", "moved between affiliates"),
        ChangeReason::Other => lang.pick("その他の事由", "another reason"),
    }
}

/// Whether a member sees a record today, and why.
pub const fn sight(lang: Lang, sight: Sight) -> &'static str {
    match sight {
        Sight::Own => lang.pick("現在の記録、閲覧できる", "in force, visible"),
        Sight::CarriedOver => lang.pick("引継ぎ対象、閲覧できる", "carried over, visible"),
        Sight::RegisterFirst => lang.pick("引継ぎ対象、登録すれば閲覧できる", "carried over, once registered"),
        Sight::NotCarriedOver => lang.pick("引継ぎの事由に当たらず、閲覧できない", "not carried over"),
        Sight::NotRegistered => lang.pick("現在の記録、未登録", "in force, not registered"),
        Sight::Lost => lang.pick("資格喪失、閲覧できない", "coverage ended"),
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
