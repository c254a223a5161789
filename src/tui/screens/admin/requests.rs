//! What the screen of staff, settings and audit wants of the use cases, and the messages it gets.

use crate::domain::browsing::Unusual;
use crate::domain::diagnosis::ReplyTextChange;
use crate::domain::{Reason, Role};
use crate::tui::request::{RefusalText, RequestContext, RequestPolicy, TypedRequest, request};
use crate::usecases::confirmations::{self, Confirmed};
use crate::usecases::staff::Passphrase;
use crate::usecases::staff::{self, Staff, Unlocked};
use crate::usecases::two_people::{self, Asked, Deciders, Proposal, ProposalScope};
use crate::usecases::upkeep::doctor::{self, DoctorRow};
use crate::usecases::{
    AuditLine, AuditQuestion, Chain, Error, Settings, audit_list, audit_unusual, audit_verify, settings,
};

/// A message of the screen to itself.
pub(super) enum AdminMsg {
    Staff(Result<StaffList, RefusalText>),
    Changes(Result<Vec<Proposal>, RefusalText>),
    /// The words that the proposal with this number changes.
    Texts {
        id: i64,
        texts: Vec<ReplyTextChange>,
    },
    /// A proposal was carried out.
    Confirmed(Box<Confirmed>),
    Settings(Result<Box<Settings>, RefusalText>),
    Unusual(Result<Vec<Unusual>, RefusalText>),
    Verified(Result<Chain, RefusalText>),
    /// The log is to be asked for this.
    Ask(Box<AuditQuestion>),
    Log(Result<Vec<AuditLine>, RefusalText>),
    Checked(Result<Vec<DoctorRow>, RefusalText>),
    /// Something was changed; this is to be said.
    Done(String),
    /// The same, unless it waits for another person (F2).
    Asked(Asked, String),
}

/// All staff, and how many of them decide about changes.
pub(crate) struct StaffList {
    pub(crate) staff: Vec<Staff>,
    pub(crate) deciders: Deciders,
}

/// Reads all staff with their standing.
#[derive(Debug)]
pub(crate) struct ListStaff;
request!(ListStaff => StaffList, Latest, |ctx, actor| {
    let deciders = two_people::deciders(ctx, actor).await?;
    Ok(StaffList { staff: staff::list(ctx, actor).await?, deciders })
});

/// Proposals that wait, and those that were decided lately.
#[derive(Debug)]
pub(crate) struct ListChanges;
request!(ListChanges => Vec<Proposal>, Latest, |ctx, actor| {
    two_people::list(ctx, actor, ProposalScope::Lately).await
});

/// The words that a proposal changes, before it is decided.
#[derive(Debug)]
pub(crate) struct ReadChangedTexts(pub(crate) i64);
request!(ReadChangedTexts => Vec<ReplyTextChange>, Latest, |ctx, actor, it| {
    confirmations::changed_texts(ctx, actor, it.0).await
});

/// 変更の確認
#[derive(Debug)]
pub(crate) struct ConfirmChange(pub(crate) i64);
request!(ConfirmChange => Confirmed, Always, |ctx, actor, it| confirmations::confirm(ctx, actor, it.0).await);

/// 変更の却下
#[derive(Debug)]
pub(crate) struct RefuseChange {
    pub(crate) id: i64,
    pub(crate) why: String,
}
request!(RefuseChange => (), Always, |ctx, actor, it| {
    two_people::refuse(ctx, actor, it.id, &Reason::parse(&it.why)?).await.map(drop)
});

/// 変更の取下げ
#[derive(Debug)]
pub(crate) struct WithdrawChange(pub(crate) i64);
request!(WithdrawChange => (), Always, |ctx, actor, it| two_people::withdraw(ctx, actor, it.0).await.map(drop));

/// Reads all settings of the society.
#[derive(Debug)]
pub(crate) struct LoadSettings;

impl TypedRequest for LoadSettings {
    type Reply = Box<Settings>;
    const KIND: RequestPolicy = RequestPolicy::Latest;

    async fn run(self, session: RequestContext<'_>) -> Result<Box<Settings>, Error> {
        Ok(Box::new(session.ctx.settings.clone()))
    }
}

/// 閲覧状況, the newest first.
#[derive(Debug)]
pub(crate) struct ListUnusual;
request!(ListUnusual => Vec<Unusual>, Latest, |ctx, actor| audit_unusual(ctx, actor, None).await);

/// The log as the page asks for it.
#[derive(Debug)]
pub(crate) struct ReadLog(pub(crate) AuditQuestion);
request!(ReadLog => Vec<AuditLine>, Latest, |ctx, actor, it| audit_list(ctx, actor, &it.0).await);

/// 点検
#[derive(Debug)]
pub(crate) struct CheckAll;
request!(CheckAll => Vec<DoctorRow>, Latest, |ctx, actor| doctor::check_all(ctx, actor).await);

/// 監査記録の検証
#[derive(Debug)]
pub(crate) struct VerifyAudit;
request!(VerifyAudit => Chain, Latest, |ctx, actor| audit_verify(ctx, actor).await);

/// 職員の登録
#[derive(Debug)]
pub(crate) struct AddStaff {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) role: Role,
    /// None where two people decide: the confirmation makes it.
    pub(crate) password: Option<Passphrase>,
}
request!(AddStaff => Asked, Always, |ctx, actor, it| {
    staff::add(ctx, actor, &it.id, &it.name, it.role, it.password.as_ref()).await
});

/// ロック解除
#[derive(Debug)]
pub(crate) struct UnlockStaff(pub(crate) String);
request!(UnlockStaff => Unlocked, Always, |ctx, actor, it| staff::unlock(ctx, actor, &it.0).await);

/// パスワードの初期化
#[derive(Debug)]
pub(crate) struct ResetPassword {
    pub(crate) id: String,
    /// None where two people decide: the confirmation makes it.
    pub(crate) password: Option<Passphrase>,
}
request!(ResetPassword => Asked, Always, |ctx, actor, it| {
    staff::reset(ctx, actor, &it.id, it.password.as_ref()).await
});

/// 利用停止
#[derive(Debug)]
pub(crate) struct DisableStaff(pub(crate) String);
request!(DisableStaff => (), Always, |ctx, actor, it| staff::disable(ctx, actor, &it.0).await);

/// 役割の変更
#[derive(Debug)]
pub(crate) struct ChangeRole {
    pub(crate) id: String,
    pub(crate) role: Role,
}
request!(ChangeRole => Asked, Always, |ctx, actor, it| staff::set_role(ctx, actor, &it.id, it.role).await);

/// 二要素認証の登録の取消
#[derive(Debug)]
pub(crate) struct ResetFactor(pub(crate) String);
request!(ResetFactor => Asked, Always, |ctx, actor, it| staff::reset_factor(ctx, actor, &it.0).await);

/// 設定の変更
#[derive(Debug)]
pub(crate) struct SetSetting {
    pub(crate) key: &'static str,
    pub(crate) value: String,
}
request!(SetSetting => Asked, Always, |ctx, actor, it| settings::set(ctx, actor, it.key, &it.value).await);
