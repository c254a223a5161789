//! `feed`: the credential feed for the portal.

use super::context::CliContext;
use super::output::{Failure, Format};
use crate::labels::cli::SystemFault;
use crate::usecases::Refusal;
use crate::usecases::feed::{self, FeedRow};
use std::io;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Feed {
    /// この連番より後 / after this sequence number
    #[arg(long, default_value_t = 0, value_name = "SEQ")]
    after: i64,
    /// 出力先(省略時は標準出力) / file; stdout where not given
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// すでにあるファイルと置き換える / replace a file that is there
    #[arg(long, requires = "out")]
    replace: bool,
}

impl Feed {
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        let (ctx, actor) = cli.signed_in().await?;
        let out = self.out.map(|path| cli.output(&path, self.replace)).transpose()?;
        let rows = feed::after(&ctx, &actor, self.after).await?;
        let last = rows.last().map_or(self.after, |row| row.seq);
        let Some(out) = out else {
            if matches!(cli.format, Format::Json) {
                let all: Vec<FeedRow<'_>> = rows.iter().map(feed::row).collect();
                return cli.print(&serde_json::json!({ "rows": all, "last": last }), String::new);
            }
            // A reader that has seen enough is no fault.
            return match feed::write(io::stdout().lock(), &rows) {
                Err(e) if e.kind() != io::ErrorKind::BrokenPipe => Err(Failure::system(SystemFault::Stdout, e)),
                Ok(_) | Err(_) => Ok(()),
            };
        };
        // Whole or not at all, and readable by its owner only: it holds hashes.
        let path = out.path().to_owned();
        let unusable = |e: io::Error| Refusal::Folder { path: path.clone(), why: e.to_string() };
        feed::write(out, &rows).map_err(unusable)?.finish()?;
        let result = serde_json::json!({ "rows": rows.len(), "last": last, "file": path });
        cli.print(&result, || cli.texts().audit.feed_written(rows.len(), path.display(), last))
    }
}
