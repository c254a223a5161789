//! Requests: states, checks and what was compared, in words.

use crate::domain::diagnosis::Scripts;
use crate::domain::request::{
    Agreement, CaseVerdict, Channel, ClaimField, Evidence, Ground, IdentityCheck, NumberSource, RequestKind,
    RequestState, RequestStep,
};
use crate::labels::Lang;

/// Why a request is settled. The scripts are part of the program, and a test reads them.
pub fn ground(lang: Lang, ground: Ground) -> &'static str {
    Scripts::embedded().map_or(ground.code(), |scripts| scripts.ground(ground, lang.into()))
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
        Evidence::TooShort => lang.pick("一部のみ", "too short"),
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
        Agreement::TooShort => lang.pick("一部のみ", "too short"),
        Agreement::Differs => lang.pick("不一致", "differs"),
        Agreement::NotGiven => lang.pick("記入なし", "not given"),
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
