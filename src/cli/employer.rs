//! `employer`: what the registry says of an employer, and said before.

use super::context::CliContext;
use super::output::Failure;
use crate::labels::addresses as address_words;
use crate::labels::employers as list_words;
use crate::labels::persons as words;
use crate::usecases::employers::EmployerOrder;
use crate::usecases::{addresses, as_of, employers};
use chrono::NaiveDate;

#[derive(Debug, clap::Subcommand)]
pub(super) enum EmployerCommand {
    /// 一覧 / every employer, with what waits and what is expected of it
    List {
        /// 並び: code | kana | attention | last_sent / the order
        #[arg(long, default_value = "code")]
        sort: EmployerOrder,
    },
    /// すべての記録(担当者にお答えできること、住所の変更、電話) / everything on record
    Record {
        /// 事業所記号 / code
        code: String,
    },
    /// 探す / find by code, name, kana or phone
    Find {
        /// 事業所記号、名称、カナ、電話 / code, name, kana or phone
        query: String,
    },
    /// 担当者にお答えできること / what the employer's contact may hear
    Contact {
        /// 事業所記号 / code
        code: String,
    },
    /// 表示する / show, with every earlier version
    Show {
        /// 事業所記号 / code
        code: String,
        /// その日の登録内容 / as of this day
        #[arg(long, value_name = "DATE", value_parser = super::args::day)]
        on: Option<NaiveDate>,
    },
    /// 変わった代表住所の一覧と確認 / changed addresses that wait
    Changes,
    /// 変わった代表住所を確認する / confirm a changed address
    ConfirmAddress {
        /// 事業所記号 / code
        code: String,
        /// 確かめた変更の番号(employer changes で表示) / number of the change that was checked, as `employer changes` shows it
        #[arg(long, value_name = "NUMBER")]
        change: i64,
    },
}

impl EmployerCommand {
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        let (ctx, actor) = cli.signed_in().await?;
        match self {
            Self::Find { query } => {
                let found = employers::find(&ctx, &actor, &query).await?;
                cli.list("employers", &found, cli.texts().member.no_employer, |employer| {
                    let record = &employer.record;
                    format!("{}  {}  {}  {}", record.code_shown, record.name, record.contact, record.phone)
                })
            }
            Self::List { sort } => {
                let mut rows = employers::list(&ctx, &actor).await?;
                sort.sort(&mut rows, ctx.clock.today());
                cli.list("employers", &rows, cli.texts().member.no_employer, |row| list_words::line(cli.lang, row))
            }
            Self::Record { code } => {
                let view = employers::record(&ctx, &actor, &code).await?;
                cli.print(&view, || {
                    let staff = list_words::for_staff(cli.lang, &view).join("\n");
                    format!("{}\n{staff}", words::contact(cli.lang, &view.contact))
                })
            }
            Self::Contact { code } => {
                let view = employers::contact(&ctx, &actor, &code).await?;
                cli.print(&view, || words::contact(cli.lang, &view))
            }
            Self::Show { code, on } => {
                let on = on.unwrap_or_else(|| ctx.clock.today());
                let shown = as_of::employer(&ctx, &actor, &code, on).await?;
                cli.print(&shown, || words::employer(cli.lang, &shown))
            }
            Self::Changes => {
                let waiting = addresses::unconfirmed(&ctx, &actor).await?;
                cli.list("changes", &waiting, address_words::none(cli.lang), |change| {
                    address_words::change(cli.lang, change)
                })
            }
            Self::ConfirmAddress { code, change } => {
                let confirmed = addresses::confirm(&ctx, &actor, &code, change).await?;
                cli.print(&confirmed, || address_words::confirmed(cli.lang, &confirmed, &ctx.settings.society))
            }
        }
    }
}
