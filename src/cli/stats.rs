//! `stats`: the figures of a month or a fiscal year for the 理事会.

use super::context::CliContext;
use super::output::Failure;
use crate::domain::stats::{PeriodLength, StatsPeriod};
use crate::files::OutputFile;
use crate::labels::stats as words;
use crate::usecases::stats::{self, SocietyReport, StatsSheet};
use crate::usecases::{AppContext, Refusal};
use serde_json::json;
use std::io;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct StatsCommand {
    /// 月(省略時は今月) / month; this one where not given
    #[arg(long, value_name = "YYYY-MM", value_parser = month, conflicts_with = "year")]
    month: Option<StatsPeriod>,
    /// 年度(4月から) / fiscal year, from April
    #[arg(long, value_name = "YYYY", value_parser = fiscal_year)]
    year: Option<StatsPeriod>,
    /// 表計算ソフト用のCSVに保存する / save as CSV for a spreadsheet
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    /// 理事会用の1ページのPDFに保存する / save as a PDF of one page
    #[arg(long, value_name = "FILE")]
    pdf: Option<PathBuf>,
    /// すでにあるファイルと置き換える / replace a file that is there
    #[arg(long)]
    replace: bool,
}

impl StatsCommand {
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        let (ctx, actor) = cli.signed_in().await?;
        let this_month = || StatsPeriod::containing(PeriodLength::Month, ctx.clock.today());
        let period = self.year.or(self.month).unwrap_or_else(this_month);
        let begun = |path: &Option<PathBuf>| path.as_ref().map(|path| cli.output(path, self.replace)).transpose();
        let (csv, pdf) = (begun(&self.csv)?, begun(&self.pdf)?);
        let report = stats::report(&ctx, &actor, period).await?;
        if csv.is_none() && pdf.is_none() {
            return cli.print(&report, || words::page(cli.lang, &report));
        }
        save(cli, &ctx, &report, (csv, pdf))
    }
}

/// Saves what was asked for, and says where.
fn save(
    cli: &CliContext,
    ctx: &AppContext,
    report: &SocietyReport,
    (csv, pdf): (Option<OutputFile>, Option<OutputFile>),
) -> Result<(), Failure> {
    let csv = csv.map(|out| sheet(cli, report, out)).transpose()?;
    let paper = |out| stats::write_pdf(ctx, &words::paper(cli.lang, report), report.made_on, out);
    let pdf = pdf.map(paper).transpose()?;
    let saved = json!({ "period": report.period, "csv": csv, "pdf": pdf });
    let texts = &cli.lang.labels().stats;
    cli.print(&saved, || {
        let saved = csv.iter().chain(&pdf).map(|path| texts.saved(path.display()));
        saved.collect::<Vec<_>>().join("\n")
    })
}

fn sheet(cli: &CliContext, report: &SocietyReport, out: OutputFile) -> Result<PathBuf, Failure> {
    let path = out.path().to_owned();
    let fault = |e: io::Error| Refusal::Folder { path: path.clone(), why: e.into() };
    let mut sheet = StatsSheet::new(out, &cli.lang.labels().stats.columns).map_err(fault)?;
    for line in &report.figures {
        sheet.row(&words::cells(cli.lang, line)).map_err(fault)?;
    }
    Ok(sheet.finish().map_err(fault)?.finish()?)
}

fn month(text: &str) -> Result<StatsPeriod, String> {
    StatsPeriod::parse_month(text).ok_or_else(|| words::not_a_period(text, "2026-11"))
}

fn fiscal_year(text: &str) -> Result<StatsPeriod, String> {
    StatsPeriod::parse_year(text).ok_or_else(|| words::not_a_period(text, "2026"))
}
