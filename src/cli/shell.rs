//! `completions` and `man`: what a shell and a package take from the command line itself.

use super::context::CliContext;
use super::output::Failure;
use crate::labels::cli::ManTexts;
use crate::labels::codes;
use crate::usecases::{FailureKind, Refusal};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The completions of a shell, on stdout.
#[derive(Debug, clap::Args)]
pub(super) struct Completions {
    /// シェル / bash, zsh, fish, elvish or powershell
    shell: clap_complete::Shell,
}

impl Completions {
    /// From this command line.
    pub(super) fn run(self, cli: &CliContext, mut command: clap::Command) -> Result<(), Failure> {
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut command, "mykempo", &mut text);
        cli.print(&serde_json::json!({ "completions": String::from_utf8_lossy(&text) }), || {
            String::from_utf8_lossy(&text).into_owned()
        })
    }
}

/// The manual pages, one for each command, in a folder.
#[derive(Debug, clap::Args)]
pub(super) struct ManPages {
    /// フォルダー / folder; it is made where it is missing
    dir: PathBuf,
    /// すでにあるファイルと置き換える / replace files that are there
    #[arg(long)]
    replace: bool,
}

impl ManPages {
    /// From this command line.
    pub(super) fn run(self, cli: &CliContext, command: clap::Command) -> Result<(), Failure> {
        let fault = |path: &Path, e: io::Error| Refusal::Folder { path: path.to_owned(), why: e.into() };
        std::fs::create_dir_all(&self.dir).map_err(|e| fault(&self.dir, e))?;
        let mut pages = Vec::new();
        collect(command, &mut pages);
        for page in &pages {
            let path = self.dir.join(page.get_filename());
            let mut out = cli.output(&path, self.replace)?;
            render(page, cli, &mut out).map_err(|e| fault(&path, e))?;
            out.finish()?;
        }
        let made = serde_json::json!({ "pages": pages.len(), "dir": self.dir.display().to_string() });
        cli.print(&made, || cli.texts().man.written(pages.len(), self.dir.display()))
    }
}

fn collect(command: clap::Command, pages: &mut Vec<Man>) {
    for below in command.get_subcommands().filter(|below| below.get_name() != "help").cloned() {
        collect(below, pages);
    }
    pages.push(Man::new(command));
}

/// The page of the parser, and behind it what holds for every command.
fn render(page: &Man, cli: &CliContext, out: &mut impl Write) -> io::Result<()> {
    page.render(out)?;
    let ManTexts { exit, environment, files, .. } = &cli.texts().man;
    let mut roff = Roff::default();
    roff.control("SH", [*exit]);
    let done = std::iter::once((0, cli.texts().man.done.to_owned()));
    let kinds = FailureKind::ALL
        .iter()
        .map(|kind| (kind.exit_code(), format!("{} ({})", codes::failure_kind(cli.lang, *kind), kind.code())));
    for (code, words) in done.chain(kinds) {
        term(&mut roff, &code.to_string(), &words);
    }
    roff.control("SH", [*environment]);
    for (name, words) in cli.texts().man.variables() {
        term(&mut roff, name, words);
    }
    roff.control("SH", [*files]);
    for (name, words) in cli.texts().man.places() {
        term(&mut roff, name, words);
    }
    roff.to_writer(out)
}

fn term(roff: &mut Roff, name: &str, words: &str) {
    roff.control("TP", []);
    roff.text([bold(name)]);
    roff.text([roman(words)]);
}
