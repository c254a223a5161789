//! `restore`: a backup into an empty place.

use super::context::CliContext;
use super::output::Failure;
use crate::store::DbUrl;
use crate::usecases::Refusal;
use crate::usecases::staff::SignIn;
use crate::usecases::upkeep::{self, Restored, UpkeepRefusal};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Restore {
    /// バックアップ / the backup
    file: PathBuf,
    /// 合言葉を入れた環境変数 / variable with the passphrase of a sealed backup
    #[arg(long, value_name = "VAR")]
    passphrase_env: Option<String>,
}

impl Restore {
    /// An admin of the backup signs in to it before it gets its place: the entry names a person.
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        if let DbUrl::Postgres(_) = cli.url {
            return Err(with_tools(cli, &self.file));
        }
        let passphrase = self.passphrase_env.as_deref().map(|variable| cli.passphrase(variable)).transpose()?;
        let opened = upkeep::open_backup(&cli.url, &self.file, passphrase.as_ref(), cli.clock, cli.terminal.clone());
        let opened = opened.await?;
        let actor = match cli.sign_in(opened.ctx(), &cli.password()?).await? {
            SignIn::Ready(actor) => actor,
            SignIn::MustChange(_) => return Err(Refusal::MustChange.into()),
        };
        let done = opened.finish(&actor).await?;
        cli.format.print(&done, || words(cli, &done))
    }
}

fn words(cli: &CliContext, done: &Restored) -> String {
    let (file, database, feed) = (done.file.display(), done.database.display(), done.feed);
    let lost = done.lost.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let (ja, en) = if done.lost.is_empty() {
        (String::new(), String::new())
    } else {
        (
            format!(
                "\n- PDFがないバッチ: {lost}。mykempo batch cancel で取り消し、作成し直してください(同じパスワードは二度と印刷しません)。"
            ),
            format!(
                "\n- Batches without their PDF: {lost}. Cancel them (mykempo batch cancel) and draft again; a password is never printed twice."
            ),
        )
    };
    cli.say(
        format!("{file} の内容を確かめ、{database} に復元しました。次に行うこと:{ja}\n- mykempo doctor で全体を確かめる\n- ポータル連携データの最後の連番は {feed} です。ポータルがこれより先を取り込んでいれば、その後の発送や再発行がこのデータベースにありません。該当の方に再発行してください。\n- バックアップより後の取込ファイルをもう一度取り込む"),
        format!("{file} was checked and restored to {database}. What to do next:{en}\n- Run mykempo doctor\n- The last sequence number of the portal feed is {feed}. If the portal is further, later dispatches and reissues are not in this database: reissue those cards.\n- Import again the files that came after the backup"),
    )
}

fn with_tools(cli: &CliContext, file: &std::path::Path) -> Failure {
    let (url, file) = (cli.url.for_tools(), file.display());
    let restore = format!("pg_restore --exit-on-error --single-transaction --no-owner --dbname='{url}' '{file}'");
    let ja = format!(
        "PostgreSQL への復元は、空のデータベースを作り、次のコマンドで行ってください。\n  {restore}\nそのあと mykempo doctor --anchor で、控えておいた監査記録と照らし合わせてください。"
    );
    let en = format!(
        "Restore into a new, empty PostgreSQL database with its own tool:\n  {restore}\nThen compare the audit log with the anchor that was noted: mykempo doctor --anchor."
    );
    Failure::new(UpkeepRefusal::ServerRestore.code(), cli.say(ja, en))
}
