//! `proposal`: what one person proposed and another confirms (F2).

use super::context::CliContext;
use super::machine_key::KeyOut;
use super::output::{Failure, Format};
use crate::domain::Reason;
use crate::domain::diagnosis::ReplyTextChange;
use crate::labels::two_people as words;
use crate::usecases::confirmations::{self, Confirmed};
use crate::usecases::staff::NewCredential;
use crate::usecases::two_people::{self, Asked, Proposal, ProposalScope};
use serde_json::json;
use std::io::IsTerminal as _;
use std::path::PathBuf;

#[derive(Debug, clap::Subcommand)]
pub(super) enum ProposalCommand {
    /// 確認を待っている提案 / proposals that wait
    List {
        /// この2週間に決まったものも / also those decided within two weeks
        #[arg(long)]
        all: bool,
    },
    /// 提案を見る / show one
    Show {
        /// 提案の番号 / number
        id: i64,
    },
    /// 確認して変更する / confirm, and carry out
    Confirm {
        /// 提案の番号 / number
        id: i64,
        /// 自動処理の鍵を書くファイル / where the key of a machine is written
        #[arg(long, value_name = "FILE")]
        key_out: Option<PathBuf>,
    },
    /// 却下する / refuse
    Refuse {
        /// 提案の番号 / number
        id: i64,
        /// 理由 / why
        #[arg(long)]
        reason: String,
    },
    /// 自分の提案を取り下げる / withdraw one's own
    Withdraw {
        /// 提案の番号 / number
        id: i64,
    },
    /// 確認できる方がいない提案を、データベースのある機械で確認する / confirm on the database's host what no one else can
    BreakGlass {
        /// 提案の番号 / number
        id: i64,
        /// 自動処理の鍵を書くファイル / where the key of a machine is written
        #[arg(long, value_name = "FILE")]
        key_out: Option<PathBuf>,
    },
}

impl ProposalCommand {
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        if let Self::BreakGlass { id, key_out } = self {
            let out = KeyOut::begin(cli, key_out)?;
            return confirmed(cli, &confirmations::confirm_on_host(&cli.open().await?, id).await?, out);
        }
        let (ctx, actor) = cli.signed_in().await?;
        let texts = &cli.texts().proposal;
        match self {
            Self::List { all } => {
                let scope = if all { ProposalScope::Lately } else { ProposalScope::Open };
                let found = two_people::list(&ctx, &actor, scope).await?;
                cli.list("proposals", &found, texts.none, |one| words::line(cli.lang, one))
            }
            Self::Show { id } => {
                let found = two_people::show(&ctx, &actor, id).await?;
                let texts = confirmations::changed_texts(&ctx, &actor, id).await?;
                cli.print(&json!({ "proposal": found, "texts": texts }), || whole(cli, &found, &texts))
            }
            Self::Confirm { id, key_out } => {
                let out = KeyOut::begin(cli, key_out)?;
                let found = two_people::show(&ctx, &actor, id).await?;
                let changed = confirmations::changed_texts(&ctx, &actor, id).await?;
                if is_read(cli) && !agrees(cli, &whole(cli, &found, &changed)) {
                    return cli.print(&json!({ "proposal": id }), || texts.left.to_owned());
                }
                confirmed(cli, &confirmations::confirm(&ctx, &actor, id).await?, out)
            }
            Self::Refuse { id, reason } => {
                let done = two_people::refuse(&ctx, &actor, id, &Reason::parse(&reason)?).await?;
                cli.print(&json!({ "proposal": done }), || texts.refused(id))
            }
            Self::Withdraw { id } => {
                let done = two_people::withdraw(&ctx, &actor, id).await?;
                cli.print(&json!({ "proposal": done }), || texts.withdrawn(id))
            }
            Self::BreakGlass { .. } => Ok(()),
        }
    }
}

/// Everything of a proposal: what it changes, word by word, who proposed it and who could confirm it.
fn whole(cli: &CliContext, proposal: &Proposal, texts: &[ReplyTextChange]) -> String {
    let (line, could) = (words::line(cli.lang, proposal), words::could_confirm(cli.lang, proposal));
    match texts {
        [] => format!("{line}\n{could}"),
        texts => format!("{line}\n{}\n\n{could}", words::texts(cli.lang, texts)),
    }
}

/// Whether a person reads what is printed: a script has looked at the proposal before.
fn is_read(cli: &CliContext) -> bool {
    matches!(cli.format, Format::Words) && std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}

/// Shows the whole proposal first, and asks (F2).
fn agrees(cli: &CliContext, whole: &str) -> bool {
    println!("{whole}\n{}", cli.texts().proposal.agree);
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer).is_ok() && crate::text::nfkc(answer.trim()).eq_ignore_ascii_case("y")
}

/// What was carried out, and the first password or key that came of it.
fn confirmed(cli: &CliContext, done: &Confirmed, out: KeyOut) -> Result<(), Failure> {
    let Confirmed { proposal, credential } = done;
    let mut document = json!({ "proposal": proposal });
    let handed = match credential {
        None => None,
        Some(NewCredential::Password(password)) => {
            document["first_password"] = password.expose().into();
            Some(cli.texts().proposal.first_password(proposal.change.subject(), password.expose()))
        }
        Some(NewCredential::Key(key)) => {
            let (field, value, words) = out.give(cli, key)?;
            document[field] = value;
            Some(words)
        }
    };
    cli.print(&document, || {
        let what = cli.texts().proposal.confirmed(proposal.id, &words::change(cli.lang, &proposal.change));
        handed.map_or_else(|| what.clone(), |handed| format!("{what}\n{handed}"))
    })
}

/// What came of a change that may need two people: `{"staff":"sato"}` where it is done, `{"proposal":{…}}` where it waits.
pub(super) fn asked(cli: &CliContext, asked: &Asked, id: &str, done: String) -> Result<(), Failure> {
    match asked {
        Asked::Done => cli.done("staff", id, done),
        Asked::Proposed(proposal) => waits(cli, proposal),
    }
}

/// That a change waits for another person.
pub(super) fn waits(cli: &CliContext, proposal: &Proposal) -> Result<(), Failure> {
    cli.print(&json!({ "proposal": proposal }), || words::waits(cli.lang, proposal))
}
