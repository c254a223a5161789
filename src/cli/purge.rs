//! `purge`: what retention no longer allows, removed by two people.

use super::args::day;
use super::context::CliContext;
use super::output::Failure;
use crate::labels::upkeep as words;
use crate::usecases::upkeep::{self, Plan, UpkeepRefusal};
use chrono::NaiveDate;
use serde_json::json;

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Purge {
    /// この日より前に終わったもの / what ended before this day
    #[arg(long, value_name = "DATE", value_parser = day, required = true)]
    before: Option<NaiveDate>,
    /// 件数を見るだけで、提案しない / only count, do not propose
    #[arg(long)]
    dry_run: bool,
    #[command(subcommand)]
    step: Option<Step>,
}

#[derive(Debug, clap::Subcommand)]
enum Step {
    /// 承認待ちの提案を表示する / show the open proposal
    Show,
    /// 提案された消去を承認して実行する(提案した人以外) / approve it: not the person who proposed it
    Approve,
}

impl Purge {
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        let (ctx, actor) = cli.signed_in().await?;
        let texts = &cli.texts().upkeep;
        match (self.step, self.before) {
            (Some(Step::Approve), _) => {
                let plan = upkeep::approve(&ctx, &actor).await?;
                print(cli, &plan, "done", texts.purged)
            }
            (Some(Step::Show), _) | (None, None) => {
                let open = upkeep::proposal(&ctx, &actor).await?.ok_or(UpkeepRefusal::NoProposal)?;
                let (before, counts, by) = (open.before_on, open.counts.to_string(), &open.proposed_by);
                let shown =
                    json!({ "before": before, "counts": counts, "proposed_by": by, "proposed_at": open.proposed_at });
                cli.print(&shown, || texts.purge_open(by, before, &counts))
            }
            (None, Some(before)) if self.dry_run => {
                let plan = upkeep::preview(&ctx, &actor, before).await?;
                print(cli, &plan, "dry_run", texts.purge_counted)
            }
            (None, Some(before)) => {
                let plan = upkeep::propose(&ctx, &actor, before).await?;
                print(cli, &plan, "proposed", texts.purge_proposed)
            }
        }
    }
}

fn print(cli: &CliContext, plan: &Plan, state: &str, note: &str) -> Result<(), Failure> {
    let shown = json!({ "before": plan.before, "lines": plan.lines, "state": state });
    cli.print(&shown, || {
        let lines: String = plan.lines.iter().map(|line| words::purge_line(cli.lang, line) + "\n").collect();
        format!("{lines}{note}")
    })
}
