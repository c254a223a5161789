//! `backup`: everything in one file.

use super::context::CliContext;
use super::output::Failure;
use crate::files::Existing;
use crate::usecases::DbUrl;
use crate::usecases::staff::Passphrase;
use crate::usecases::upkeep::{self, BackupRequest, UpkeepRefusal};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct BackupArgs {
    /// 出力先(- は標準出力) / file, or - for standard output
    file: PathBuf,
    /// すでにあるファイルと置き換える / replace a file that is there
    #[arg(long)]
    replace: bool,
    /// 合言葉を入れた環境変数(暗号化) / variable with the passphrase to seal it with
    #[arg(long, value_name = "VAR")]
    passphrase_env: Option<String>,
}

impl BackupArgs {
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        if let DbUrl::Postgres(_) = cli.url {
            return if !is_stream(&self.file) && upkeep::is_dump(&self.file) {
                recorded(cli, &self.file).await
            } else {
                Err(with_tools(cli, &self.file))
            };
        }
        let passphrase = self.passphrase_env.as_deref().map(|variable| cli.passphrase(variable)).transpose()?;
        if is_stream(&self.file) {
            return stream(cli, passphrase.as_ref()).await;
        }
        let (ctx, actor) = cli.signed_in().await?;
        let existing = Existing::replaced(self.replace);
        let order = BackupRequest { to: &self.file, existing, passphrase: passphrase.as_ref() };
        let made = upkeep::backup(&ctx, &actor, &order).await?;
        cli.print(&made, || {
            let (file, beside) = (made.file.display(), made.anchor_file.display());
            cli.texts().upkeep.backed_up(file, made.bytes, &made.sha256, &made.anchor, beside)
        })
    }
}

fn is_stream(file: &Path) -> bool {
    file.as_os_str() == "-"
}

/// Standard output has the backup and nothing else: what is said of it goes to standard error.
async fn stream(cli: &CliContext, passphrase: Option<&Passphrase>) -> Result<(), Failure> {
    let texts = &cli.texts().upkeep;
    if std::io::stdout().is_terminal() {
        return Err(Failure::new("stdout_is_terminal", texts.backup_to_terminal));
    }
    let (ctx, actor) = cli.signed_in().await?;
    let made = upkeep::stream_backup(&ctx, &actor, std::io::stdout(), passphrase).await?;
    cli.format.tell(&made, || texts.backup_streamed(made.bytes, &made.sha256, &made.anchor))
}

/// The dump is there: the log gets to know it.
async fn recorded(cli: &CliContext, file: &Path) -> Result<(), Failure> {
    let (ctx, actor) = cli.signed_in().await?;
    let dump = upkeep::record_dump(&ctx, &actor, file).await?;
    let texts = &cli.texts().upkeep;
    cli.print(&dump, || texts.dump_recorded(dump.file.display(), dump.bytes, &dump.sha256, &dump.anchor))
}

/// A server's own tools know its whole state; copying it table by table would be a poorer backup.
fn with_tools(cli: &CliContext, path: &Path) -> Failure {
    let (url, file) = (cli.url.for_tools(), path.display());
    let dump = match is_stream(path) {
        true => format!("pg_dump --format=custom '{url}'"),
        false => format!("umask 077; pg_dump --format=custom --file='{file}' '{url}'"),
    };
    let base = "pg_basebackup --pgdata=DIR --wal-method=stream --checkpoint=fast";
    let texts = &cli.texts().upkeep;
    Failure::new(UpkeepRefusal::ServerBackup.code(), texts.server_backup(&dump, &file, base))
}
