//! `restore`: a backup into an empty place.

use super::context::CliContext;
use super::output::Failure;
use crate::usecases::DbUrl;
use crate::usecases::upkeep::{self, RestoreFor, Restored, UpkeepRefusal};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Restore {
    /// バックアップ / the backup
    file: PathBuf,
    /// 合言葉を入れた環境変数 / variable with the passphrase of a sealed backup
    #[arg(long, value_name = "VAR")]
    passphrase_env: Option<String>,
    /// ポータルが取り込んだ最後の連番 / the last sequence number that the portal has of the feed
    #[arg(long, value_name = "SEQ", value_parser = clap::value_parser!(i64).range(0..))]
    portal_at: Option<i64>,
    /// 復元の訓練用の写しにする / a copy for practice, which sends nothing and touches no file of the society
    #[arg(long, conflicts_with = "portal_at")]
    drill: bool,
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
        let actor = cli.actor(opened.ctx()).await?;
        let purpose = if self.drill { RestoreFor::Drill } else { RestoreFor::Society { portal_at: self.portal_at } };
        let done = opened.finish(&actor, purpose).await?;
        cli.print(&done, || words(cli, &done))
    }
}

pub(super) fn words(cli: &CliContext, done: &Restored) -> String {
    let texts = &cli.texts().upkeep;
    let lost = done.lost.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let (Some(portal_at), Some(epoch)) = (done.portal_at, done.epoch) else {
        return texts.restored_drill(done.file.display(), done.database.display());
    };
    let restored = texts.restored(done.file.display(), done.database.display());
    let folder = done.folder_of_another.as_ref().map(|folder| texts.restored_folder(folder.display()));
    let next = texts.restored_next(done.feed, portal_at, epoch);
    [restored, texts.restored_lost(&lost), folder.unwrap_or_default(), next].concat()
}

fn with_tools(cli: &CliContext, file: &std::path::Path) -> Failure {
    let (url, file) = (cli.url.for_tools(), file.display());
    let restore = format!("pg_restore --exit-on-error --single-transaction --no-owner --dbname='{url}' '{file}'");
    Failure::new(UpkeepRefusal::ServerRestore.code(), cli.texts().upkeep.server_restore(&restore))
}
