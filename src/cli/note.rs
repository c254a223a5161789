//! `note`, and `member note`: what was said, and which callers to get back to.

use super::args::MemberKeyArgs;
use super::context::CliContext;
use super::output::Failure;
use crate::domain::diagnosis::{CallerKind, Section, Topic};
use crate::domain::request::Channel;
use crate::usecases::notes::{self, NoteLine, OTHER};
use crate::usecases::{Actor, AppContext};
use chrono::NaiveDate;
use serde_json::json;

#[derive(Debug, clap::Subcommand)]
pub(super) enum NoteCommand {
    /// 今日までの次の連絡 / follow-ups due
    #[command(visible_alias = "follow-ups")]
    Due,
    /// 本文から探す / find by words
    Search {
        /// ことば / words
        words: String,
    },
    /// 連絡が済んだ / a follow-up was done
    Done {
        /// 対応記録のID(note due の行頭) / note, as in note due
        id: i64,
        /// 連絡の結果 / what came of it
        #[arg(long, default_value = "")]
        text: String,
    },
}

/// 対応記録を残す / write a note
#[derive(Debug, clap::Args)]
pub(super) struct Write {
    #[command(flatten)]
    key: MemberKeyArgs,
    /// 話題 / a topic of `diagnose`, or other
    #[arg(long, default_value = OTHER, value_parser = topic)]
    topic: TopicOrOther,
    /// 内容 / what was said
    #[arg(long)]
    text: String,
    /// phone | form | counter
    #[arg(long, default_value = "phone")]
    channel: Channel,
    /// 次の連絡日 / when to get back
    #[arg(long, value_name = "DATE", value_parser = super::args::day)]
    follow_up: Option<NaiveDate>,
    /// 引き継ぎ先 / where the caller was sent on to: medical | health
    #[arg(long, value_name = "SECTION")]
    referred: Option<Section>,
    /// 相手 / who called: member | proxy | guardian | bereaved | family | employer | unknown
    #[arg(long, value_name = "WHO")]
    caller: Option<CallerKind>,
    /// 折返し先の電話 / number to call back
    #[arg(long, default_value = "")]
    phone: String,
    /// この記録への追記 / supplements or corrects this note
    #[arg(long, value_name = "ID")]
    adds_to: Option<i64>,
}

/// A topic of the guide, or none of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct TopicOrOther(pub(super) Option<Topic>);

pub(super) fn topic(code: &str) -> Result<TopicOrOther, String> {
    let known = || Topic::ALL.iter().map(|topic| topic.code()).collect::<Vec<_>>().join(", ");
    match code {
        OTHER => Ok(TopicOrOther(None)),
        _ => code.parse().map(|topic| TopicOrOther(Some(topic))).map_err(|_| format!("{OTHER}, {}", known())),
    }
}

impl Write {
    pub(super) async fn run(self, cli: &CliContext, ctx: &AppContext, actor: &Actor) -> Result<(), Failure> {
        let texts = &cli.texts().member;
        let follow_up_on = self.follow_up;
        let note = notes::Note {
            topic: self.topic.0,
            channel: self.channel,
            body: self.text,
            follow_up_on,
            referred: self.referred,
            caller: self.caller,
            phone: self.phone,
            adds_to: self.adds_to,
            call: None,
        };
        let id = notes::write(ctx, actor, &self.key.parse()?, &note).await?;
        cli.print(&json!({ "note": id, "follow_up_on": follow_up_on }), || texts.note_written(id))
    }
}

impl NoteCommand {
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        let (ctx, actor) = cli.signed_in().await?;
        let texts = &cli.texts().member;
        match self {
            Self::Due => cli.list("notes", &notes::due(&ctx, &actor).await?, texts.no_note, |due| {
                line(cli, &due.note, &format!("{}  {}", texts.follow_up_late(due.overdue), first_line(&due.note)))
            }),
            Self::Search { words } => {
                let found = notes::search(&ctx, &actor, &words).await?;
                cli.list("notes", &found, texts.no_note, |found| line(cli, &found.note, &found.snippet))
            }
            Self::Done { id, text } => {
                notes::done(&ctx, &actor, id, &text).await?;
                cli.done("note", id, texts.follow_up_done(id))
            }
        }
    }
}

fn first_line(note: &NoteLine) -> &str {
    note.body.lines().next().unwrap_or_default()
}

fn line(cli: &CliContext, note: &NoteLine, text: &str) -> String {
    let due = note.follow_up_on.map(|day| day.to_string()).unwrap_or_default();
    let told = cli.protected_mark(note.protected);
    format!("{:>5}  {told}{}  {}  {due}  {text}", note.id, note.key, note.name)
}
