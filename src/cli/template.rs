//! `template`: the society's own sheets.

use super::context::CliContext;
use super::output::Failure;
use crate::files::Existing;
use crate::labels::print::template_fault;
use crate::usecases::templates::{self, BuiltIn, TemplateError};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Subcommand)]
pub(super) enum TemplateCommand {
    /// 様式を検査する / name every fault by line
    Check {
        /// 様式ファイル / file
        file: PathBuf,
    },
    /// 付属の様式を書き出す / write a built-in template, to be changed
    Export {
        /// v-fold / z-fold
        name: BuiltIn,
        /// 出力先。省略すると画面に出す / file; the terminal where left out
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// すでにあるファイルと置き換える / replace a file that is there
        #[arg(long)]
        replace: bool,
    },
    /// 見本のはがきを出力する / cards with the hardest sample data
    Preview {
        /// 様式ファイル、または v-fold / z-fold / file, or a built-in template
        file: PathBuf,
        /// 出力先 / PDF
        #[arg(long, value_name = "PDF")]
        out: PathBuf,
        /// すでにあるファイルと置き換える / replace a file that is there
        #[arg(long)]
        replace: bool,
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
                templates::check(file).map_err(|e| wrong(cli, file, e))?;
                let right = || cli.texts().template.right(file.display());
                cli.print(&serde_json::json!({ "file": file, "faults": [] }), right)
            }
            Self::Export { name, out: None, .. } => {
                let text = name.text();
                cli.print(&serde_json::json!({ "name": name, "text": text }), || text.to_owned())
            }
            Self::Export { name, out: Some(out), replace } => {
                templates::export(*name, out, Existing::replaced(*replace), cli.url.protected())?;
                cli.done("file", out, out.display().to_string())
            }
            Self::Preview { file, out, replace } => {
                let existing = Existing::replaced(*replace);
                let made = templates::preview(file, cli.clock.today(), out, existing, cli.url.protected());
                made.map_err(|e| wrong(cli, file, e))?;
                cli.done("file", out, out.display().to_string())
            }
            Self::Alignment { file, out, replace } => {
                let existing = Existing::replaced(*replace);
                let made = templates::alignment(file, cli.clock.today(), out, existing, cli.url.protected());
                made.map_err(|e| wrong(cli, file, e))?;
                cli.done("file", out, out.display().to_string())
            }
        }
    }
}

fn wrong(cli: &CliContext, file: &Path, error: TemplateError) -> Failure {
    match error {
        TemplateError::Failed(error) => error.into(),
        TemplateError::Faults(faults) => {
            let each = faults.iter().map(|fault| template_fault(cli.lang, fault)).collect::<Vec<_>>().join("\n");
            Failure::new("template", format!("{}\n{each}", file.display()))
        }
    }
}
