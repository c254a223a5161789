//! `audit`: the log and its chain.

use super::context::CliContext;
use super::output::Failure;
use crate::domain::query::member_key;
use crate::domain::{Anchor, BatchNumber};
use crate::files::OutputFile;
use crate::labels::cli::AUDIT_COLUMNS;
use crate::labels::{audit_facts, browsing};
use crate::text::{japan, parse_date};
use crate::usecases::{
    AuditEntry, AuditFilter, AuditPages, AuditSheet, Recorded, Refusal, audit_anchor, audit_export_pages,
    audit_unusual, audit_verify, audit_verify_against,
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
                let filter = AuditFilter { member, batch, staff: by };
                let mut pages = audit_export_pages(&ctx, &actor, &filter).await?;
                match out {
                    Some(out) => save(cli, out, &mut pages).await,
                    None => print(cli, &mut pages).await,
                }
            }
        }
    }
}

/// As the log has it, however it was typed: a typing error must not read as "no look was taken".
fn member(typed: &str, cli: &CliContext) -> Result<String, Failure> {
    let wrong = || Failure::new("bad_key", cli.texts().audit.bad_key(typed));
    member_key(typed).map(|key| key.to_string()).ok_or_else(wrong)
}

async fn print(cli: &CliContext, pages: &mut AuditPages<'_>) -> Result<(), Failure> {
    let line = |entry: &AuditEntry| {
        let whom = entry.member.as_deref().or(entry.batch.as_deref()).unwrap_or("-");
        let at = japan::local(entry.at).format("%F %T");
        let facts = audit_facts::facts(cli.lang, &Recorded::of(entry));
        format!("{} {at} {} {} {whom} {facts}", entry.seq, entry.staff, entry.action)
    };
    let mut list = cli.format.list("entries");
    while list.is_open() {
        let page = pages.next().await?;
        if page.is_empty() {
            break;
        }
        for entry in &page {
            list.push(entry, || line(entry))?;
        }
    }
    list.finish()
}

/// Saves a CSV for a spreadsheet.
async fn save(cli: &CliContext, out: OutputFile, pages: &mut AuditPages<'_>) -> Result<(), Failure> {
    let path = out.path().to_owned();
    let fault = |e: io::Error| Refusal::Folder { path: path.clone(), why: e.to_string() };
    let facts = |entry: &AuditEntry| audit_facts::facts(cli.lang, &Recorded::of(entry));
    let mut sheet = AuditSheet::new(out, &AUDIT_COLUMNS).map_err(fault)?;
    let mut count = 0;
    loop {
        let page = pages.next().await?;
        if page.is_empty() {
            break;
        }
        count += page.len();
        sheet.write(&page, facts).map_err(fault)?;
    }
    sheet.finish().map_err(fault)?.finish()?;
    let saved = serde_json::json!({ "entries": count, "file": path.display().to_string() });
    cli.print(&saved, || cli.texts().audit.saved(count, path.display()))
}
