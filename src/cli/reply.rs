//! `reply`: the outbox, and the society's own words of replies.

use super::context::CliContext;
use super::output::Failure;
use super::proposal;
use crate::domain::diagnosis::ReplyTexts;
use crate::domain::request::ReplyWay;
use crate::files::Existing;
use crate::labels::replies as words;
use crate::usecases::replies::{self, OutboxScope, ReplyLine};
use crate::usecases::settings;
use crate::usecases::two_people::Asked;
use crate::usecases::{Error, Refusal};
use serde_json::json;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Subcommand)]
pub(super) enum ReplyCommand {
    /// 送付を待つ返信の一覧 / replies that wait to be sent
    List {
        /// 送付済み・取りやめも / sent and withdrawn ones, too
        #[arg(long)]
        all: bool,
    },
    /// 返信の内容 / one reply, as the mail will be
    Show {
        /// 返信の番号 / the reply
        id: i64,
    },
    /// 返信文を直す / give it other words
    Edit {
        /// 返信の番号 / the reply
        id: i64,
        /// 返信文 / the words
        #[arg(long, conflicts_with = "file", required_unless_present = "file")]
        text: Option<String>,
        /// 返信文のファイル / a file with the words
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// メールのファイル(.eml)に出力する / write as .eml files into the export folder
    Export {
        /// 返信の番号 / the replies
        #[arg(required_unless_present = "all")]
        ids: Vec<i64>,
        /// 宛先のある下書きをすべて / every draft that has an address
        #[arg(long, conflicts_with = "ids")]
        all: bool,
    },
    /// 送付済みにする / say that it was sent
    Sent {
        /// 返信の番号 / the reply
        id: i64,
        /// mail, phone, post: 送り方 / how
        #[arg(long, value_name = "WAY", default_value = "mail")]
        via: ReplyWay,
    },
    /// 送らずに終える / it is not sent
    Withdraw {
        /// 返信の番号 / the reply
        id: i64,
    },
    /// 返信の定型文 / the words of replies
    #[command(subcommand)]
    Template(ReplyTemplateCommand),
}

#[derive(Debug, clap::Subcommand)]
pub(super) enum ReplyTemplateCommand {
    /// 付属の定型文を書き出す / write the program's words, to be changed
    Export {
        /// 出力先。省略すると画面に出す / file; the terminal where left out
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// すでにあるファイルと置き換える / replace a file that is there
        #[arg(long)]
        replace: bool,
    },
    /// 定型文を検査する / name every fault by line
    Check {
        /// 定型文のファイル / file
        file: PathBuf,
    },
    /// 定型文を使う / use a file's words
    Set {
        /// 定型文のファイル。省略すると付属のものに戻す / file; the program's words where left out
        file: Option<PathBuf>,
    },
}

impl ReplyCommand {
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        let texts = &cli.lang.labels().replies;
        // What needs no society: the words are checked where they are written.
        let command = match self {
            Self::Template(ReplyTemplateCommand::Export { out, replace }) => return export_template(cli, out, replace),
            Self::Template(ReplyTemplateCommand::Check { file }) => {
                replies::check_file(&file)?;
                let right = || texts.template_right(&file.display().to_string());
                return cli.print(&json!({ "file": file, "faults": [] }), right);
            }
            other => other,
        };
        let (ctx, actor) = cli.signed_in().await?;
        let line = match command {
            Self::List { all } => {
                let scope = if all { OutboxScope::All } else { OutboxScope::Waiting };
                let found = replies::list(&ctx, &actor, scope).await?;
                return cli.list("replies", &found, texts.none_line, |reply| words::line(cli.lang, reply));
            }
            Self::Export { ids, all } => {
                let ids = match all {
                    true => {
                        let found = replies::list(&ctx, &actor, OutboxScope::Waiting).await?;
                        found.iter().filter(|reply| reply.is_mail_draft()).map(|reply| reply.reply).collect()
                    }
                    false => ids,
                };
                let made = replies::export(&ctx, &actor, &ids).await?;
                let told =
                    |made: &replies::ExportedReply| texts.exported_to(&made.receipt, &made.file.display().to_string());
                return cli.list("exported", &made, texts.none_line, told);
            }
            Self::Template(ReplyTemplateCommand::Set { file }) => {
                let file = file.map(std::path::absolute).transpose().map_err(|e| unreadable(Path::new("."), e))?;
                let file = file.map(|file| file.display().to_string()).unwrap_or_default();
                return match settings::set(&ctx, &actor, "reply.template", &file).await? {
                    Asked::Done => cli.done("file", file, texts.template_set),
                    Asked::Proposed(proposal) => proposal::waits(cli, &proposal),
                };
            }
            Self::Show { id } => replies::show(&ctx, &actor, id).await?,
            Self::Edit { id, text, file } => {
                let body = match (text, file) {
                    (Some(text), _) => text,
                    (None, Some(file)) => std::fs::read_to_string(&file).map_err(|e| unreadable(&file, e))?,
                    (None, None) => String::new(),
                };
                replies::edit(&ctx, &actor, id, &body).await?
            }
            Self::Sent { id, via } => replies::sent(&ctx, &actor, id, via).await?,
            Self::Withdraw { id } => replies::withdraw(&ctx, &actor, id).await?,
            Self::Template(ReplyTemplateCommand::Export { .. } | ReplyTemplateCommand::Check { .. }) => return Ok(()),
        };
        cli.print(&line, || page(cli, &line))
    }
}

fn unreadable(file: &Path, error: std::io::Error) -> Error {
    Refusal::File { path: file.to_owned(), why: error.into() }.into()
}

fn export_template(cli: &CliContext, out: Option<PathBuf>, replace: bool) -> Result<(), Failure> {
    match out {
        None => cli.print(&json!({ "text": ReplyTexts::SHIPPED }), || ReplyTexts::SHIPPED.to_owned()),
        Some(out) => {
            replies::export_file(&out, Existing::replaced(replace), cli.url.protected())?;
            cli.done("file", &out, out.display().to_string())
        }
    }
}

fn page(cli: &CliContext, line: &ReplyLine) -> String {
    let texts = &cli.lang.labels().replies;
    let file = line.file.as_ref().map(|file| format!("{}: {}\n", texts.file, file.display())).unwrap_or_default();
    let (to, subject) = (words::to(cli.lang, line), &line.subject);
    format!("{}\n{}: {to}\n{}: {subject}\n{file}\n{}", words::line(cli.lang, line), texts.to, texts.subject, line.page)
}
