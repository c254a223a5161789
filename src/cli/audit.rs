//! `audit`: the log and its chain.

use super::context::CliContext;
use super::output::Failure;
use crate::domain::query::member_key;
use crate::domain::{Anchor, BatchNumber};
use crate::files::OutputFile;
use crate::interchange::{Encoding, SheetWriter};
use crate::labels::{Lang, audit_facts, browsing};
use crate::store::audit::AuditEntry;
use crate::text::{japan, parse_date, plain_line};
use crate::usecases::{
    AuditFilter, AuditPages, Recorded, Refusal, audit_anchor, audit_export_pages, audit_unusual, audit_verify,
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
        match self {
            Self::Anchor => {
                let anchor = audit_anchor(&ctx).await?;
                cli.format.print(&serde_json::json!({ "anchor": anchor.to_string() }), || anchor.to_string())
            }
            Self::Verify { anchor } => {
                let chain = match anchor {
                    Some(anchor) => audit_verify_against(&ctx, &actor, &anchor).await?,
                    None => audit_verify(&ctx, &actor).await?,
                };
                if let Some(seq) = chain.broken_at {
                    let ja = format!("監査記録の {seq} 番目が改ざんされているか、欠けています。");
                    let en = format!("Entry {seq} of the audit log was changed, moved or removed.");
                    return Err(Failure::new("audit_broken", cli.say(ja, en)));
                }
                cli.format.print(&chain, || {
                    let n = chain.entries;
                    cli.say(format!("監査記録 {n} 件に異常はありません。"), format!("{n} entries, the chain is whole."))
                })
            }
            Self::Unusual { since } => {
                let given = since.unwrap_or_default();
                let since = parse_date(&given).map_err(|_| {
                    let ja = format!("「{given}」は日付ではありません(例 2026-11-24)。");
                    Failure::new("bad_date", cli.say(ja, format!("\"{given}\" is not a date (e.g. 2026-11-24).")))
                })?;
                let found = audit_unusual(&ctx, &actor, since).await?;
                cli.format.print(&serde_json::json!({ "unusual": found }), || match found.is_empty() {
                    true => cli.lang.labels().admin.nothing_unusual.to_owned(),
                    false => found.iter().map(|one| browsing::line(cli.lang, one) + "\n").collect(),
                })
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
    member_key(typed).map(|key| key.to_string()).ok_or_else(|| {
        let ja = format!("「{typed}」は記号・番号・枝番ではありません(例 260-1-00)。");
        Failure::new("bad_key", cli.say(ja, format!("\"{typed}\" is no member's number (e.g. 260-1-00).")))
    })
}

async fn print(cli: &CliContext, pages: &mut AuditPages<'_>) -> Result<(), Failure> {
    let line = |e: &AuditEntry| {
        let whom = e.member.as_deref().or(e.batch.as_deref()).unwrap_or("-");
        let at = japan::local(e.at).format("%F %T");
        let facts = audit_facts::facts(cli.lang, &Recorded::of(e));
        format!("{} {at} {} {} {whom} {facts}", e.seq, e.staff, e.action)
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

/// Saves a CSV for a spreadsheet. Times are Japan's; no cell can run as a formula.
async fn save(cli: &CliContext, out: OutputFile, pages: &mut AuditPages<'_>) -> Result<(), Failure> {
    let path = out.path().to_owned();
    let fault = |e: io::Error| Refusal::Folder { path: path.clone(), why: e.to_string() };
    let mut sheet = SheetWriter::new(out, Encoding::Utf8).map_err(fault)?;
    sheet.row(["番号", "日時", "職員ID", "端末", "操作", "対象", "バッチ", "内容", "ハッシュ"]).map_err(fault)?;
    let mut n = 0;
    loop {
        let page = pages.next().await?;
        if page.is_empty() {
            break;
        }
        n += page.len();
        for entry in &page {
            sheet.row(cells(entry, cli.lang)).map_err(fault)?;
        }
    }
    sheet.finish().map_err(fault)?.finish()?;
    let file = path.display().to_string();
    cli.format.print(&serde_json::json!({ "entries": n, "file": file }), || {
        cli.say(format!("監査記録 {n} 件を {file} に保存しました。"), format!("{n} entries saved to {file}."))
    })
}

fn cells(entry: &AuditEntry, lang: Lang) -> [String; 9] {
    let (seq, at) = (entry.seq.to_string(), japan::local(entry.at).format("%F %T").to_string());
    let [member, batch] = [&entry.member, &entry.batch].map(|text| text.as_deref().unwrap_or_default());
    let facts = audit_facts::facts(lang, &Recorded::of(entry));
    [&seq, &at, &entry.staff, &entry.terminal, &entry.action, member, batch, &facts, &entry.hash]
        .map(|cell| plain_line(cell).into_owned())
}
