//! `database`: whether this database is the society's own or a copy, and which folder of exports belongs to it.

use super::context::CliContext;
use super::output::Failure;
use super::restore;
use crate::labels::installation as words;
use crate::usecases::{AppContext, database, exports, upkeep};
use std::path::PathBuf;

#[derive(Debug, clap::Subcommand)]
pub(super) enum DatabaseCommand {
    /// 所在と種類を表示する / where it is, and what it is there
    Show,
    /// 移動した(元の場所にはもうない) / it was moved here, and is nowhere else
    Moved,
    /// 復元したものを使い続ける / it was restored here, and the society goes on with it
    Restored {
        /// ポータルが取り込んだ最後の連番 / the last sequence number that the portal has of the feed
        #[arg(long, value_name = "SEQ", value_parser = clap::value_parser!(i64).range(0..))]
        portal_at: i64,
    },
    /// 訓練用の写しにする / it is a copy for practice
    Drill,
    /// 出力先をこのデータベースのものにする / give the export folder to this database
    TakeExports {
        /// 出力先(省略時は export.dir) / folder; that of export.dir where none is given
        folder: Option<PathBuf>,
    },
}

impl DatabaseCommand {
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        if let Self::Show = self {
            return show(cli, &cli.open().await?);
        }
        let (ctx, actor) = cli.signed_in().await?;
        match self {
            Self::Show => show(cli, &ctx),
            Self::Moved => {
                let done = database::moved(&ctx, &actor).await?;
                cli.print(&done, || words::settled(cli.lang, done.how, &done.database))
            }
            Self::Drill => {
                let done = database::drill(&ctx, &actor).await?;
                cli.print(&done, || words::settled(cli.lang, done.how, &done.database))
            }
            Self::Restored { portal_at } => {
                let done = upkeep::restored_elsewhere(&ctx, &actor, portal_at).await?;
                cli.print(&done, || restore::words(cli, &done))
            }
            Self::TakeExports { folder } => {
                let taken = exports::take(&ctx, &actor, folder.as_deref()).await?;
                cli.print(&taken, || {
                    words::taken(cli.lang, &taken.folder.display().to_string(), taken.was_of.as_deref())
                })
            }
        }
    }
}

fn show(cli: &CliContext, ctx: &AppContext) -> Result<(), Failure> {
    let shown = database::show(ctx);
    cli.print(&shown, || words::shown(cli.lang, &shown))
}
