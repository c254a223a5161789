//! What the screen of staff, settings and audit wants of the use cases, and the messages it gets.

use crate::domain::Role;
use crate::domain::browsing::Unusual;
use crate::secrets::Passphrase;
use crate::tui::request::{RefusalText, Request, RequestContext, RequestPolicy};
use crate::usecases::staff::{self, Staff};
use crate::usecases::{Chain, Error, Settings, audit_unusual, audit_verify, settings};

/// A message of the screen to itself.
pub(super) enum AdminMsg {
    Staff(Result<Vec<Staff>, RefusalText>),
    Settings(Result<Box<Settings>, RefusalText>),
    Unusual(Result<Vec<Unusual>, RefusalText>),
    Verified(Result<Chain, RefusalText>),
    /// Something was changed; this is to be said.
    Done(String),
}

/// Reads all staff with their standing.
#[derive(Debug)]
pub(crate) struct ListStaff;

impl Request for ListStaff {
    type Reply = Vec<Staff>;
    const KIND: RequestPolicy = RequestPolicy::Latest;

    async fn run(self, session: RequestContext<'_>) -> Result<Vec<Staff>, Error> {
        staff::list(session.ctx, session.actor).await
    }
}

/// Reads all settings of the society.
#[derive(Debug)]
pub(crate) struct LoadSettings;

impl Request for LoadSettings {
    type Reply = Box<Settings>;
    const KIND: RequestPolicy = RequestPolicy::Latest;

    async fn run(self, session: RequestContext<'_>) -> Result<Box<Settings>, Error> {
        Ok(Box::new(session.ctx.settings.clone()))
    }
}

/// 閲覧状況, the newest first.
#[derive(Debug)]
pub(crate) struct ListUnusual;

impl Request for ListUnusual {
    type Reply = Vec<Unusual>;
    const KIND: RequestPolicy = RequestPolicy::Latest;

    async fn run(self, session: RequestContext<'_>) -> Result<Vec<Unusual>, Error> {
        audit_unusual(session.ctx, session.actor, None).await
    }
}

/// 監査記録の検証
#[derive(Debug)]
pub(crate) struct VerifyAudit;

impl Request for VerifyAudit {
    type Reply = Chain;
    const KIND: RequestPolicy = RequestPolicy::Latest;

    async fn run(self, session: RequestContext<'_>) -> Result<Chain, Error> {
        audit_verify(session.ctx, session.actor).await
    }
}

/// 職員の登録
#[derive(Debug)]
pub(crate) struct AddStaff {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) password: Passphrase,
}

impl Request for AddStaff {
    type Reply = ();
    const KIND: RequestPolicy = RequestPolicy::Always;

    async fn run(self, session: RequestContext<'_>) -> Result<(), Error> {
        staff::add(session.ctx, session.actor, &self.id, &self.name, self.role, &self.password).await
    }
}

/// ロック解除
#[derive(Debug)]
pub(crate) struct UnlockStaff(pub(crate) String);

impl Request for UnlockStaff {
    type Reply = ();
    const KIND: RequestPolicy = RequestPolicy::Always;

    async fn run(self, session: RequestContext<'_>) -> Result<(), Error> {
        staff::unlock(session.ctx, session.actor, &self.0).await
    }
}

/// パスワードの初期化
#[derive(Debug)]
pub(crate) struct ResetPassword {
    pub(crate) id: String,
    pub(crate) password: Passphrase,
}

impl Request for ResetPassword {
    type Reply = ();
    const KIND: RequestPolicy = RequestPolicy::Always;

    async fn run(self, session: RequestContext<'_>) -> Result<(), Error> {
        staff::reset(session.ctx, session.actor, &self.id, &self.password).await
    }
}

/// 利用停止
#[derive(Debug)]
pub(crate) struct DisableStaff(pub(crate) String);

impl Request for DisableStaff {
    type Reply = ();
    const KIND: RequestPolicy = RequestPolicy::Always;

    async fn run(self, session: RequestContext<'_>) -> Result<(), Error> {
        staff::disable(session.ctx, session.actor, &self.0).await
    }
}

/// 役割の変更
#[derive(Debug)]
pub(crate) struct ChangeRole {
    pub(crate) id: String,
    pub(crate) role: Role,
}

impl Request for ChangeRole {
    type Reply = ();
    const KIND: RequestPolicy = RequestPolicy::Always;

    async fn run(self, session: RequestContext<'_>) -> Result<(), Error> {
        staff::set_role(session.ctx, session.actor, &self.id, self.role).await
    }
}

/// 二要素認証の登録の取消
#[derive(Debug)]
pub(crate) struct ResetFactor(pub(crate) String);

impl Request for ResetFactor {
    type Reply = ();
    const KIND: RequestPolicy = RequestPolicy::Always;

    async fn run(self, session: RequestContext<'_>) -> Result<(), Error> {
        staff::reset_factor(session.ctx, session.actor, &self.0).await
    }
}

/// 設定の変更
#[derive(Debug)]
pub(crate) struct SetSetting {
    pub(crate) key: &'static str,
    pub(crate) value: String,
}

impl Request for SetSetting {
    type Reply = ();
    const KIND: RequestPolicy = RequestPolicy::Always;

    async fn run(self, session: RequestContext<'_>) -> Result<(), Error> {
        settings::set(session.ctx, session.actor, self.key, &self.value).await
    }
}
