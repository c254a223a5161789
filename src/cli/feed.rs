//! `feed`: the credential feed for the portal.

use super::context::CliContext;
use super::output::{Failure, Format};
use crate::labels::cli::SystemFault;
use crate::text::japan::local;
use crate::usecases::Refusal;
use crate::usecases::delivery;
use crate::usecases::feed::{self, FeedRow, PortalStatus};
use std::io;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Feed {
    #[command(subcommand)]
    command: Option<FeedCommand>,
    #[command(flatten)]
    read: Read,
}

#[derive(Debug, clap::Subcommand)]
enum FeedCommand {
    /// ポータルが取り込んだ連番を記録する / record what the portal says it has
    Ack {
        /// 最後に取り込んだ連番 / the last sequence number that it has
        seq: i64,
    },
    /// ポータルの取込状況 / how far the portal is
    Status,
    /// まだ渡していない指示を、設定 feed.deliver の配信先に渡す / deliver what waits to the place of the setting feed.deliver
    Deliver,
}

#[derive(Debug, clap::Args)]
struct Read {
    /// この連番より後 / after this sequence number
    #[arg(long, default_value_t = 0, value_name = "SEQ")]
    after: i64,
    /// 出力先(フォルダーなら、世代と連番から名前を付ける。省略時は標準出力) / file, or a folder, in which the file is named by epoch and numbers; stdout where not given
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// すでにあるファイルと置き換える / replace a file that is there
    #[arg(long, requires = "out")]
    replace: bool,
}

impl Feed {
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        match self.command {
            None => self.read.run(cli).await,
            Some(FeedCommand::Ack { seq }) => {
                let (ctx, actor) = cli.signed_in().await?;
                let done = feed::acknowledge(&ctx, &actor, seq).await?;
                cli.print(&done, || cli.texts().audit.feed_acknowledged(done.acknowledged, done.last, done.redacted))
            }
            Some(FeedCommand::Deliver) => {
                let (ctx, actor) = cli.signed_in().await?;
                let done = delivery::deliver(&ctx, &actor).await?;
                let texts = &cli.texts().audit;
                cli.list("delivered", &done, texts.nothing_to_deliver, |it| texts.feed_delivered(&it.name, it.rows))
            }
            Some(FeedCommand::Status) => {
                let (ctx, actor) = cli.signed_in().await?;
                let status = feed::status(&ctx, &actor).await?;
                cli.print(&status, || words(cli, &status))
            }
        }
    }
}

fn words(cli: &CliContext, status: &PortalStatus) -> String {
    let texts = &cli.texts().audit;
    let at = |at| local(at).format("%Y-%m-%d %H:%M").to_string();
    let position = &status.position;
    let told = position.acknowledged_at.map(at).unwrap_or_default();
    let since = status.since.map(at).unwrap_or_default();
    [
        texts.feed_position(position.acknowledged, status.last, position.epoch),
        texts.feed_told(&told),
        texts.feed_waits(status.waiting, &since),
    ]
    .concat()
}

impl Read {
    async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        let (ctx, actor) = cli.signed_in().await?;
        let named = self.out.as_ref().filter(|path| !path.is_dir());
        let out = named.map(|path| cli.output(path, self.replace)).transpose()?;
        let part = feed::after(&ctx, &actor, self.after).await?;
        let folder = self.out.as_ref().filter(|_| out.is_none());
        let in_folder = folder.map(|folder| cli.output(&folder.join(part.file_name()), self.replace)).transpose()?;
        let Some(out) = out.or(in_folder) else {
            if matches!(cli.format, Format::Json) {
                let rows: Vec<FeedRow<'_>> = part.rows.iter().map(feed::row).collect();
                let whole = serde_json::json!({ "rows": rows, "last": part.last, "epoch": part.epoch });
                return cli.print(&whole, String::new);
            }
            // A reader that has seen enough is no fault.
            return match feed::write(io::stdout().lock(), &part.rows) {
                Err(e) if e.kind() != io::ErrorKind::BrokenPipe => Err(Failure::system(SystemFault::Stdout, e)),
                Ok(_) | Err(_) => Ok(()),
            };
        };
        // Whole or not at all, and readable by its owner only: it holds hashes.
        let path = out.path().to_owned();
        let unusable = |e: io::Error| Refusal::Folder { path: path.clone(), why: e.into() };
        feed::write(out, &part.rows).map_err(unusable)?.finish()?;
        let count = part.rows.len();
        let result = serde_json::json!({ "rows": count, "last": part.last, "epoch": part.epoch, "file": path });
        cli.print(&result, || cli.texts().audit.feed_written(count, path.display(), part.last))
    }
}
