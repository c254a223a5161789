//! `promises`: what is owed to members and is not on its way (P1, P2).

use super::args::{MemberKeyArgs, day};
use super::context::CliContext;
use super::output::Failure;
use crate::domain::Reason;
use crate::labels::promises as words;
use crate::usecases::promises::{self, NextStep, PromiseKind, PromiseScope};
use chrono::NaiveDate;
use serde_json::json;

/// お待たせしている方 / what is owed to members
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct PromisesCommand {
    /// 期日を過ぎたもの、期日のないものだけ / past their date, or without one
    #[arg(long)]
    overdue: bool,
    #[command(subcommand)]
    command: Option<PromiseCommand>,
}

#[derive(Debug, clap::Subcommand)]
enum PromiseCommand {
    /// 次の連絡日を決める / set the next date
    Follow {
        #[command(flatten)]
        key: MemberKeyArgs,
        /// viewing | login
        #[arg(long, default_value = "viewing")]
        kind: PromiseKind,
        /// 次の連絡日 / next date
        #[arg(long, value_name = "DATE", value_parser = day)]
        next: NaiveDate,
        /// 担当の職員ID(省略時は自分) / who sees to it
        #[arg(long, value_name = "ID")]
        owner: Option<String>,
        /// すること / what to do
        #[arg(long, default_value = "")]
        note: String,
    },
    /// 対応不要として記録する / record why it needs no answer
    Close {
        #[command(flatten)]
        key: MemberKeyArgs,
        /// viewing | login
        #[arg(long, default_value = "viewing")]
        kind: PromiseKind,
        /// 理由 / why
        #[arg(long)]
        reason: String,
    },
}

impl PromisesCommand {
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        let (ctx, actor) = cli.signed_in().await?;
        let texts = &cli.lang.labels().promises;
        match self.command {
            None => {
                let scope = if self.overdue { PromiseScope::Overdue } else { PromiseScope::Open };
                let open = promises::list(&ctx, &actor, scope).await?;
                cli.list("promises", &open, texts.none, |promise| words::line(cli.lang, promise))
            }
            Some(PromiseCommand::Follow { key, kind, next, owner, note }) => {
                let key = key.parse()?;
                promises::follow(&ctx, &actor, &key, kind, NextStep { on: next, owner, note }).await?;
                let done = json!({ "member": key.to_string(), "kind": kind, "next": next });
                cli.print(&done, || texts.followed(&key.to_string()))
            }
            Some(PromiseCommand::Close { key, kind, reason }) => {
                let key = key.parse()?;
                promises::close(&ctx, &actor, &key, kind, &Reason::parse(&reason)?).await?;
                let done = json!({ "member": key.to_string(), "kind": kind });
                cli.print(&done, || texts.closed(&key.to_string()))
            }
        }
    }
}
