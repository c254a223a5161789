//! `status` and `metrics`: how the society is, in counts and ages, without sign-in.

use super::context::CliContext;
use super::output::{Failure, Format};
use crate::labels::status as words;
use crate::usecases::Refusal;
use crate::usecases::upkeep::{self, SystemStatus};
use serde_json::json;
use std::fs::{Permissions, set_permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// 対応待ちを一行で表示する / what waits, in one line
#[derive(Debug, clap::Args)]
pub(super) struct StatusCommand {}

impl StatusCommand {
    /// Without upgrade and repair, as quick as a prompt wants it.
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        let status = upkeep::status(&cli.url, cli.clock).await?;
        cli.print(&status, || words::line(cli.lang, &status))
    }
}

/// 監視用の件数と経過時間 / counts and ages for monitoring
#[derive(Debug, clap::Args)]
pub(super) struct MetricsCommand {
    /// node exporter が読むファイル。毎回置き換える / the file of the node exporter, replaced as a whole
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl MetricsCommand {
    /// A database that cannot be read is a metric, too, and then a failure.
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        let status = upkeep::status(&cli.url, cli.clock).await;
        match &self.out {
            Some(path) => save(cli, path, &upkeep::exposition(status.as_ref().ok()))?,
            None => show(cli, status.as_ref().ok())?,
        }
        Ok(status.map(drop)?)
    }
}

fn show(cli: &CliContext, status: Option<&SystemStatus>) -> Result<(), Failure> {
    match (cli.format, status) {
        (Format::Json, None) => Ok(()),
        (Format::Json, Some(status)) => cli.print(status, String::new),
        (Format::Words, status) => cli.print(&(), || upkeep::exposition(status)),
    }
}

/// Another account reads it: counts only, nothing of a member.
fn save(cli: &CliContext, path: &Path, text: &str) -> Result<(), Failure> {
    let mut out = cli.output(path, true)?;
    let fault = |e: io::Error| Refusal::Folder { path: path.to_owned(), why: e.into() };
    out.write_all(text.as_bytes()).map_err(fault)?;
    set_permissions(out.unfinished(), Permissions::from_mode(0o644)).map_err(fault)?;
    let path = out.finish()?;
    cli.print(&json!({ "file": path }), || cli.lang.labels().status.written(path.display()))
}
