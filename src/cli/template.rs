//! `template`: the society's own sheets.

use super::context::CliContext;
use super::output::Failure;
use crate::files::{Existing, OutputFile};
use crate::labels::print::template_fault;
use crate::print::{self, Fonts, Sender, Template};
use crate::usecases::Refusal;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Subcommand)]
pub(super) enum TemplateCommand {
    /// 様式を検査する / name every fault by line
    Check {
        /// 様式ファイル / file
        file: PathBuf,
    },
    /// 位置合わせ用のページを出力する / rulers, folds and frames
    Alignment {
        /// 様式ファイル / file
        file: PathBuf,
        /// 出力先 / PDF
        #[arg(long, value_name = "PDF")]
        out: PathBuf,
        /// すでにあるファイルと置き換える / replace a file that is there
        #[arg(long)]
        replace: bool,
    },
}

impl TemplateCommand {
    /// Needs no database and no staff: a template is checked where it is written.
    pub(super) fn run(&self, cli: &CliContext) -> Result<(), Failure> {
        match self {
            Self::Check { file } => {
                let template = read(cli, file)?;
                // The template's own words are set once with a sample sender: do they fit, can they be printed?
                print::CardRenderer::open(template, fonts()?, sample()).map_err(|faults| wrong(cli, file, &faults))?;
                let ja = format!("{} に誤りはありません。", file.display());
                let en = format!("{} is right.", file.display());
                cli.format.print(&serde_json::json!({ "file": file, "faults": [] }), || cli.say(ja, en))
            }
            Self::Alignment { file, out, replace } => {
                let template = read(cli, file)?;
                let name = out.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                let day = cli.clock.today();
                let protected = cli.url.protected().and(file);
                let mut page = OutputFile::create(out, Existing::replaced(*replace), protected)?;
                print::alignment(&template, &fonts()?, print::Calibration::NONE, day, &name, &mut page)
                    .map_err(|e| Failure::new("print", e.to_string()))?;
                page.finish()?;
                cli.format.print(&serde_json::json!({ "file": out }), || out.display().to_string())
            }
        }
    }
}

fn read(cli: &CliContext, file: &Path) -> Result<Template, Failure> {
    let unreadable = |e: std::io::Error| Refusal::File { path: file.to_owned(), why: e.to_string() };
    let text = std::fs::read_to_string(file).map_err(unreadable)?;
    Template::parse(&text).map_err(|faults| wrong(cli, file, &faults))
}

fn wrong(cli: &CliContext, file: &Path, faults: &[print::TemplateFault]) -> Failure {
    let each = faults.iter().map(|fault| template_fault(cli.lang, fault)).collect::<Vec<_>>().join("\n");
    Failure::new("template", format!("{}\n{each}", file.display()))
}

fn fonts() -> Result<Fonts, Failure> {
    Fonts::embedded().map_err(|e| Failure::new("fonts", e.to_string()))
}

fn sample() -> Sender {
    Sender {
        name: "○○○○○○○○健康保険組合".to_owned(),
        postcode: "1110051".to_owned(),
        address: "東京都○○区○○一丁目1番1号".to_owned(),
        phone: "03-0000-0000".to_owned(),
        insurer_number: "06139497".to_owned(),
    }
}
