//! `audit`: the log and its chain.

use super::context::CliContext;
use super::output::Failure;
use crate::domain::query::member_key;
use crate::domain::{Anchor, BatchNumber};
use crate::labels::cli::AUDIT_COLUMNS;
use crate::labels::{audit_facts, browsing};
use crate::text::{japan, parse_date};
use crate::usecases::{
    AuditEntry, AuditFilter, Recorded, Refusal, audit_anchor, audit_export, audit_sheet, audit_unusual, audit_verify,
    audit_verify_against,
};
use std::io;
use std::path::PathBuf;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Audit {
    /// 監査記録が書き換えられていないか確かめる / check the chain
    Verify {
        /// 控え(番号:ハッシュ) / an anchor that was written down earlier
        #[arg(long, value_name = "SEQ:HASH")]
        anchor: Option<Anchor>,
    },
    /// 監査記録の最後を控える / the end of the chain, to be kept elsewhere
    Anchor,
    /// ふだんと違う照会 / unusual browsing
    Unusual {
        /// この日から(既定は7日前) / since this day
        #[arg(long, value_name = "DATE")]
        since: Option<String>,
    },
    /// 出力する / export
    Export {
        /// 記号・番号・枝番(260-1-00) / member
        #[arg(long)]
        member: Option<String>,
        /// バッチ番号 / batch
        #[arg(long)]
        batch: Option<String>,
        /// 職員ID / staff
        #[arg(long)]
        by: Option<String>,
        /// 表計算ソフト用のCSVに保存する / save as CSV for a spreadsheet
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// すでにあるファイルと置き換える / replace a file that is there
        #[arg(long, requires = "out")]
        replace: bool,
    },
}

impl Audit {
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        let (ctx, actor) = cli.signed_in().await?;
        let texts = &cli.texts().audit;
        match self {
            Self::Anchor => {
                let anchor = audit_anchor(&ctx).await?;
                cli.done("anchor", anchor.to_string(), anchor.to_string())
            }
            Self::Verify { anchor } => {
                let chain = match anchor {
                    Some(anchor) => audit_verify_against(&ctx, &actor, &anchor).await?,
                    None => audit_verify(&ctx, &actor).await?,
                };
                if let Some(seq) = chain.broken_at {
                    return Err(Failure::new("audit_broken", texts.broken(seq)));
                }
                cli.print(&chain, || texts.intact(chain.entries))
            }
            Self::Unusual { since } => {
                let given = since.unwrap_or_default();
                let since = parse_date(&given).map_err(|_| Failure::new("bad_date", texts.bad_date(&given)))?;
                let found = audit_unusual(&ctx, &actor, since).await?;
                let none = cli.lang.labels().admin.nothing_unusual;
                cli.list("unusual", &found, none, |one| browsing::line(cli.lang, one))
            }
            Self::Export { member, batch, by, out, replace } => {
                let member = member.map(|typed| self::member(&typed, cli)).transpose()?;
                let known = |typed: String| BatchNumber::parse(&typed).ok_or(Refusal::BatchUnknown(typed));
                let batch = batch.map(known).transpose()?.map(|number| number.to_string());
                let out = out.map(|path| cli.output(&path, replace)).transpose()?;
                let entries = audit_export(&ctx, &actor, &AuditFilter { member, batch, staff: by }).await?;
                if let Some(out) = out {
                    let path = out.path().to_owned();
                    let fault = |e: io::Error| Refusal::Folder { path: path.clone(), why: e.to_string() };
                    let facts = |entry: &AuditEntry| audit_facts::facts(cli.lang, &Recorded::of(entry));
                    audit_sheet(out, &AUDIT_COLUMNS, &entries, facts).map_err(fault)?.finish()?;
                    let saved = serde_json::json!({ "entries": entries.len(), "file": path.display().to_string() });
                    return cli.print(&saved, || texts.saved(entries.len(), path.display()));
                }
                cli.list("entries", &entries, "", |entry| {
                    let whom = entry.member.as_deref().or(entry.batch.as_deref()).unwrap_or("-");
                    let at = japan::local(entry.at).format("%F %T");
                    let facts = audit_facts::facts(cli.lang, &Recorded::of(entry));
                    format!("{} {at} {} {} {whom} {facts}", entry.seq, entry.staff, entry.action)
                })
            }
        }
    }
}

/// As the log has it, however it was typed: a typing error must not read as "no look was taken".
fn member(typed: &str, cli: &CliContext) -> Result<String, Failure> {
    let wrong = || Failure::new("bad_key", cli.texts().audit.bad_key(typed));
    member_key(typed).map(|key| key.to_string()).ok_or_else(wrong)
}
