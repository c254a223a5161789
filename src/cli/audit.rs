//! `audit`: the log and its chain.

use super::context::CliContext;
use super::output::Failure;
use crate::domain::query::member_key;
use crate::domain::{Anchor, BatchNumber};
use crate::files::OutputFile;
use crate::labels::cli::AUDIT_COLUMNS;
use crate::labels::{audit_facts, audit_lines, audit_routes, browsing};
use crate::text::japan;
use crate::usecases::refusal::BatchRefusal;
use crate::usecases::{
    Act, AuditEntry, AuditFilter, AuditLine, AuditOrder, AuditPages, AuditQuestion, AuditSheet, AuditWhom, Recorded,
    Refusal, audit_anchor, audit_export_pages, audit_list, audit_unusual, audit_verify, audit_verify_against,
};
use chrono::NaiveDate;
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
        #[arg(long, value_name = "DATE", value_parser = super::args::day)]
        since: Option<NaiveDate>,
    },
    /// 記録を読む / read the log in words
    List {
        /// 記号・番号・枝番(260-1-00)。枝番がなければ世帯全員 / member; without a branch, the whole household
        #[arg(long, value_name = "KEY")]
        member: Option<String>,
        /// 職員ID / staff
        #[arg(long, value_name = "ID")]
        by: Option<String>,
        /// バッチ番号 / batch
        #[arg(long)]
        batch: Option<String>,
        /// 操作のコード(member_seen など)。コンマで区切って並べられる / codes of what was done, with commas between
        #[arg(long, value_name = "CODE", value_delimiter = ',')]
        act: Vec<Act>,
        /// この日から / from this day
        #[arg(long, value_name = "DATE", value_parser = super::args::day)]
        from: Option<NaiveDate>,
        /// この日まで / up to this day
        #[arg(long, value_name = "DATE", value_parser = super::args::day)]
        to: Option<NaiveDate>,
        /// この番号の記録より後 / behind this entry
        #[arg(long, value_name = "SEQ", default_value_t = 0)]
        after: i64,
        /// 件数 / at most so many
        #[arg(long, value_name = "COUNT", default_value_t = 200, value_parser = clap::value_parser!(i64).range(1..=10_000))]
        limit: i64,
    },
    /// 出力する。はがきの送付先も / export, with where the cards went
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
                let found = audit_unusual(&ctx, &actor, since).await?;
                let none = cli.lang.labels().admin.nothing_unusual;
                cli.list("unusual", &found, none, |one| browsing::line(cli.lang, one))
            }
            Self::List { member, by, batch, act, from, to, after, limit } => {
                let whom = member.map(|typed| self::whom(&typed, cli)).transpose()?;
                let known = |typed: String| BatchNumber::parse(&typed).ok_or(BatchRefusal::Unknown(typed));
                let batch = batch.map(known).transpose()?;
                let question = AuditQuestion {
                    whom,
                    batch,
                    staff: by,
                    acts: act,
                    from,
                    to,
                    after,
                    limit,
                    order: AuditOrder::OldestFirst,
                };
                let lines = audit_list(&ctx, &actor, &question).await?;
                read(cli, &question, &lines)
            }
            Self::Export { member, batch, by, out, replace } => {
                let member = member.map(|typed| self::member(&typed, cli)).transpose()?;
                let known =
                    |typed: String| BatchNumber::parse(&typed).ok_or(Refusal::Batch(BatchRefusal::Unknown(typed)));
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

fn whom(typed: &str, cli: &CliContext) -> Result<AuditWhom, Failure> {
    let wrong = || Failure::new("bad_key", cli.texts().audit.bad_key(typed));
    AuditWhom::parse(typed).ok_or_else(wrong)
}

fn read(cli: &CliContext, question: &AuditQuestion, lines: &[AuditLine]) -> Result<(), Failure> {
    let document: Vec<_> = lines.iter().map(|line| audit_lines::json(cli.lang, line)).collect();
    let last = lines.last().filter(|_| lines.len() as i64 == question.limit).map(|line| line.entry.seq);
    cli.print(&serde_json::json!({ "entries": document, "next_after": last }), || {
        let texts = &cli.texts().audit;
        let mut page: Vec<String> = Vec::new();
        if let Some(AuditWhom::Household(key)) = &question.whom {
            page.push(texts.household(&format!("{}-{}", key.symbol, key.number)));
        }
        page.push(if lines.is_empty() { texts.none.to_owned() } else { texts.heading.to_owned() });
        page.extend(lines.iter().map(|line| audit_lines::line(cli.lang, line)));
        page.extend(last.map(|seq| texts.more(seq)));
        page.join("\n")
    })
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
    list.and("routes")?;
    let mut heading = format!("\n{}\n", cli.texts().audit.routes);
    while list.is_open() {
        let page = pages.next_routes().await?;
        if page.is_empty() {
            break;
        }
        for route in &page {
            let above = std::mem::take(&mut heading);
            list.push(route, || format!("{above}{}", audit_routes::line(cli.lang, route)))?;
        }
    }
    list.finish()
}

/// Saves a CSV for a spreadsheet.
async fn save(cli: &CliContext, out: OutputFile, pages: &mut AuditPages<'_>) -> Result<(), Failure> {
    let path = out.path().to_owned();
    let fault = |e: io::Error| Refusal::Folder { path: path.clone(), why: e.into() };
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
    let mut routes = 0;
    loop {
        let page = pages.next_routes().await?;
        if page.is_empty() {
            break;
        }
        routes += page.len();
        sheet.write_routes(&page, |route| audit_routes::facts(cli.lang, route)).map_err(fault)?;
    }
    sheet.finish().map_err(fault)?.finish()?;
    let saved = serde_json::json!({ "entries": count, "routes": routes, "file": path.display().to_string() });
    cli.print(&saved, || cli.texts().audit.saved(count, routes, path.display()))
}
