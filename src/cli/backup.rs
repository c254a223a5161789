//! `backup`: everything in one file.

use super::context::CliContext;
use super::output::Failure;
use crate::files::Existing;
use crate::store::DbUrl;
use crate::usecases::upkeep::{self, Order, UpkeepRefusal};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct BackupArgs {
    /// 出力先 / file
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
            return if upkeep::is_dump(&self.file) {
                recorded(cli, &self.file).await
            } else {
                Err(with_tools(cli, &self.file))
            };
        }
        let passphrase = self.passphrase_env.as_deref().map(|variable| cli.passphrase(variable)).transpose()?;
        let (ctx, actor) = cli.signed_in().await?;
        let existing = Existing::replaced(self.replace);
        let order = Order { to: &self.file, existing, passphrase: passphrase.as_ref() };
        let made = upkeep::backup(&ctx, &actor, &order).await?;
        cli.format.print(&made, || {
            let (file, bytes, sha, anchor) = (made.file.display(), made.bytes, &made.sha256, &made.anchor);
            let beside = made.anchor_file.display();
            cli.say(
                format!("{file} にバックアップし、内容を確かめました({bytes}バイト)。\nSHA-256 {sha}\n監査記録の控え {anchor}\n控えは {beside} にも書きました。別の場所にも保管してください。"),
                format!("Backed up to {file} and checked ({bytes} bytes).\nSHA-256 {sha}\nAudit anchor {anchor}\nThe anchor is in {beside}, too. Keep it in another place as well."),
            )
        })
    }
}

/// The dump is there: the log gets to know it.
async fn recorded(cli: &CliContext, file: &Path) -> Result<(), Failure> {
    let (ctx, actor) = cli.signed_in().await?;
    let dump = upkeep::record_dump(&ctx, &actor, file).await?;
    cli.format.print(&dump, || {
        let (file, bytes, sha, anchor) = (dump.file.display(), dump.bytes, &dump.sha256, &dump.anchor);
        cli.say(
            format!("{file} をバックアップとして記録しました({bytes}バイト)。\nSHA-256 {sha}\n監査記録の控え {anchor}\n別の場所にも保管してください。"),
            format!("Recorded {file} as a backup ({bytes} bytes).\nSHA-256 {sha}\nAudit anchor {anchor}\nKeep it in another place as well."),
        )
    })
}

/// A server's own tools know its whole state; copying it table by table would be a poorer backup.
fn with_tools(cli: &CliContext, file: &Path) -> Failure {
    let (url, file) = (cli.url.for_tools(), file.display());
    let dump = format!("umask 077; pg_dump --format=custom --file='{file}' '{url}'");
    let base = "pg_basebackup --pgdata=DIR --wal-method=stream --checkpoint=fast";
    let ja = format!(
        "PostgreSQL のバックアップは、先に mykempo audit anchor の結果を控え、次のコマンドで取ってください(パスワードは ~/.pgpass か PGPASSWORD で渡します)。\n  {dump}\n取り終えたら mykempo backup '{file}' をもう一度実行してください。記録され、doctor が経過日数を確かめます。\n任意の時点に戻せるようにするには、{base} と WAL の保管(archive_command)を設定してください。"
    );
    let en = format!(
        "Back a PostgreSQL server up with its own tool, after noting what mykempo audit anchor says (the password comes from ~/.pgpass or PGPASSWORD):\n  {dump}\nThen run mykempo backup '{file}' again: it records the dump, and doctor knows its age.\nFor any point in time: {base}, and keep the WAL (archive_command)."
    );
    Failure::new(UpkeepRefusal::ServerBackup.code(), cli.say(ja, en))
}
