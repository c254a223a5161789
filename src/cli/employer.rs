//! `employer`: what the registry says of an employer, and said before.

use super::context::CliContext;
use super::output::Failure;
use crate::labels::persons as words;
use crate::usecases::as_of;
use chrono::NaiveDate;

#[derive(Debug, clap::Subcommand)]
pub(super) enum EmployerCommand {
    /// 表示する / show, with every earlier version
    Show {
        /// 事業所記号 / code
        code: String,
        /// その日の登録内容 / as of this day
        #[arg(long, value_name = "DATE", value_parser = super::args::day)]
        on: Option<NaiveDate>,
    },
}

impl EmployerCommand {
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        let (ctx, actor) = cli.signed_in().await?;
        match self {
            Self::Show { code, on } => {
                let on = on.unwrap_or_else(|| ctx.clock.today());
                let shown = as_of::employer(&ctx, &actor, &code, on).await?;
                cli.print(&shown, || words::employer(cli.lang, &shown))
            }
        }
    }
}
