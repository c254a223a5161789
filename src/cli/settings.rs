//! `settings`: what the society decides for itself.

use super::context::CliContext;
use super::output::Failure;
use super::proposal;
use crate::labels::settings as words;
use crate::usecases::two_people::Asked;
use crate::usecases::{SETTINGS, settings};
use std::collections::BTreeMap;

#[derive(Debug, clap::Subcommand)]
pub(super) enum SettingsCommand {
    /// 表示する / show one, or all
    Get {
        /// 設定の名前 / key
        key: Option<String>,
    },
    /// 変更する / change
    Set {
        /// 設定の名前 / key
        key: String,
        /// 値 / value
        value: String,
    },
}

impl SettingsCommand {
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        let (mut ctx, actor) = cli.signed_in().await?;
        let shown: BTreeMap<&str, String> = match &self {
            Self::Get { key: None } => SETTINGS.iter().map(|s| (s.key, s.get(&ctx.settings))).collect(),
            Self::Get { key: Some(key) } => [(key.as_str(), settings::get(&ctx, key)?)].into(),
            Self::Set { key, value } => {
                if let Asked::Proposed(proposal) = settings::set(&ctx, &actor, key, value).await? {
                    return proposal::waits(cli, &proposal);
                }
                ctx.refresh().await?;
                [(key.as_str(), settings::get(&ctx, key)?)].into()
            }
        };
        let unreadable: Vec<&str> = ctx.settings.unreadable_keys().collect();
        let line = |(key, value): (&&str, &String)| {
            let mark = if unreadable.contains(key) { words::unreadable(cli.lang) } else { "" };
            format!("{key} = {value}{mark}\n")
        };
        cli.print(&shown, || shown.iter().map(line).collect())
    }
}
