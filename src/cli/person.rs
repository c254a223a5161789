//! `member join`, `part`, `end`, `versions`, `show --on` (H1, H2, A11).

use super::args::MemberKeyArgs;
use super::context::CliContext;
use super::output::Failure;
use crate::domain::query::member_key;
use crate::domain::{MemberKey, Reason};
use crate::labels::persons as words;
use crate::usecases::as_of::{self, Version};
use crate::usecases::cards::Confirmation;
use crate::usecases::members::Member;
use crate::usecases::protection::ProtectionSet;
use crate::usecases::{Actor, AppContext, Refusal, persons, protection};
use chrono::NaiveDate;

/// 統合 / two numbers of one person
#[derive(Debug, clap::Args)]
pub(super) struct JoinArgs {
    /// 記号・番号(260-1、260-1-01) / key
    key: String,
    /// 同じ方のもう一つの記号・番号 / the other key
    other: String,
    /// 理由 / why
    #[arg(long)]
    reason: String,
    /// 氏名も生年月日も違うが、同じ方と確認済み / one person although name and birth date differ
    #[arg(long)]
    confirm: bool,
}

/// 分離・終了 / one number, with a reason
#[derive(Debug, clap::Args)]
pub(super) struct ReasonArgs {
    #[command(flatten)]
    key: MemberKeyArgs,
    /// 理由 / why
    #[arg(long)]
    reason: String,
}

impl JoinArgs {
    pub(super) async fn run(self, cli: &CliContext, ctx: &AppContext, actor: &Actor) -> Result<(), Failure> {
        let (key, other) = (parse(&self.key)?, parse(&self.other)?);
        let confirmed = if self.confirm { Confirmation::Confirmed } else { Confirmation::NotYet };
        persons::join(ctx, actor, &key, &other, &Reason::parse(&self.reason)?, confirmed).await?;
        let joined = serde_json::json!({ "member": key.to_string(), "with": other.to_string() });
        cli.print(&joined, || words::joined(cli.lang, &key, &other))
    }
}

impl ReasonArgs {
    pub(super) async fn part(self, cli: &CliContext, ctx: &AppContext, actor: &Actor) -> Result<(), Failure> {
        let key = self.key.parse()?;
        persons::part(ctx, actor, &key, &Reason::parse(&self.reason)?).await?;
        cli.print(&serde_json::json!({ "member": key.to_string() }), || words::parted(cli.lang, &key))
    }

    pub(super) async fn protect(self, cli: &CliContext, ctx: &AppContext, actor: &Actor) -> Result<(), Failure> {
        let key = self.key.parse()?;
        let set = protection::protect(ctx, actor, &key, &Reason::parse(&self.reason)?).await?;
        let ProtectionSet { held, pull, sent } = &set;
        let shown = serde_json::json!({ "member": key.to_string(), "held": held, "pull": pull, "sent": sent });
        cli.print(&shown, || words::protected(cli.lang, &key, &set))
    }

    pub(super) async fn unprotect(self, cli: &CliContext, ctx: &AppContext, actor: &Actor) -> Result<(), Failure> {
        let key = self.key.parse()?;
        let released = protection::unprotect(ctx, actor, &key, &Reason::parse(&self.reason)?).await?;
        let ended = serde_json::json!({ "member": key.to_string(), "released": released });
        cli.print(&ended, || words::unprotected(cli.lang, &key, released))
    }

    pub(super) async fn assign(self, cli: &CliContext, ctx: &AppContext, actor: &Actor) -> Result<(), Failure> {
        let key = self.key.parse()?;
        let done = persons::assign(ctx, actor, &key, &Reason::parse(&self.reason)?).await?;
        let persons::Assigned { insured, released } = &done;
        let shown = serde_json::json!({ "member": key.to_string(), "insured": insured, "released": released });
        cli.print(&shown, || words::assigned(cli.lang, &key, insured, *released))
    }

    pub(super) async fn resume(self, cli: &CliContext, ctx: &AppContext, actor: &Actor) -> Result<(), Failure> {
        let key = self.key.parse()?;
        let released = persons::resume(ctx, actor, &key, &Reason::parse(&self.reason)?).await?;
        let resumed = serde_json::json!({ "member": key.to_string(), "released": released });
        cli.print(&resumed, || words::resumed(cli.lang, &key, released))
    }

    pub(super) async fn end(self, cli: &CliContext, ctx: &AppContext, actor: &Actor) -> Result<(), Failure> {
        let key = self.key.parse()?;
        let stopped = persons::end(ctx, actor, &key, &Reason::parse(&self.reason)?).await?;
        let ended = serde_json::json!({ "member": key.to_string(), "stopped": stopped });
        cli.print(&ended, || words::ended(cli.lang, &key, stopped.as_deref()))
    }
}

/// `member show … --on DATE`
pub(super) async fn show_on(
    cli: &CliContext,
    ctx: &AppContext,
    actor: &Actor,
    key: &MemberKey,
    on: NaiveDate,
) -> Result<(), Failure> {
    let shown = as_of::member(ctx, actor, key, on).await?;
    cli.print(&shown, || words::member_on_day(cli.lang, &shown))
}

/// `member versions`
pub(super) async fn versions(
    cli: &CliContext,
    ctx: &AppContext,
    actor: &Actor,
    key: &MemberKey,
) -> Result<(), Failure> {
    let versions = as_of::member_versions(ctx, actor, key).await?;
    let line = |version: &Version<Member>| words::member_version(cli.lang, version);
    cli.print(&serde_json::json!({ "versions": versions }), || versions.iter().map(line).collect())
}

/// `260-1-01`, or `260-1` for the insured.
fn parse(typed: &str) -> Result<MemberKey, Refusal> {
    member_key(typed).ok_or_else(|| Refusal::BadKey(typed.to_owned()))
}
