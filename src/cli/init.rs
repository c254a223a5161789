//! `init`: a new society and its first admin.

use super::context::CliContext;
use super::output::Failure;
use crate::usecases::setup::{self, Rehearsal, Setup};
use std::path::PathBuf;

/// A first password, as `staff add` takes it.
const NEW_PASSWORD: &str = "MYKEMPO_NEW_PASSWORD";

#[derive(Debug, clap::Args)]
pub(super) struct Init {
    /// 保険者番号 / insurer number, 8 digits
    #[arg(long, value_name = "N")]
    insurer: String,
    /// 組合の名称 / the society's name
    #[arg(long, value_name = "NAME")]
    society: String,
    /// 最初の管理者の職員ID / the first admin's staff ID
    #[arg(long, value_name = "ID")]
    admin: String,
    /// バッチの出力先 / where batches land
    #[arg(long, value_name = "DIR")]
    export_dir: Option<PathBuf>,
    /// 練習用(MYKEMPO_TODAY を使える) / for rehearsals
    #[arg(long)]
    rehearsal: bool,
}

impl Init {
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        let password = match std::env::var_os(NEW_PASSWORD) {
            Some(_) => cli.secret(NEW_PASSWORD, cli.lang.labels().sign_in.new_password)?,
            None => cli.password()?,
        };
        let setup = Setup {
            insurer: &self.insurer,
            society: &self.society,
            admin: &self.admin,
            password: &password,
            export_dir: self.export_dir.as_deref(),
            rehearsal: if self.rehearsal { Rehearsal::Yes } else { Rehearsal::No },
        };
        let (ctx, admin) = setup::init(&cli.url, cli.clock, cli.terminal.clone(), &setup).await?;
        cli.opened(&ctx);
        let result = serde_json::json!({
            "society": ctx.settings.society.name,
            "insurer": ctx.settings.society.insurer,
            "admin": admin.id,
            "export_dir": ctx.export_folder(),
        });
        cli.print(&result, || cli.texts().upkeep.set_up(&ctx.settings.society.name, &admin.id))
    }
}
