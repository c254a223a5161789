//! `note`, and `member note`: what was said, and whom to get back to.

use super::desk::Desk;
use super::member::Key;
use super::output::Failure;
use crate::domain::diagnosis::Topic;
use crate::domain::request::Channel;
use crate::text;
use crate::usecases::notes::{self, NoteLine, OTHER};
use crate::usecases::{Actor, Office};
use serde_json::json;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Note {
    /// 今日までの次の連絡 / follow-ups due
    Due,
    /// 本文から探す / find by words
    Search {
        /// ことば / words
        words: String,
    },
    /// 連絡が済んだ / a follow-up was done
    Done {
        /// 対応記録の番号 / note
        id: i64,
    },
}

/// 対応記録を残す / write a note
#[derive(Debug, clap::Args)]
pub(super) struct Write {
    #[command(flatten)]
    key: Key,
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
    #[arg(long, value_name = "DATE")]
    follow_up: Option<String>,
}

/// A topic of the guide, or none of them.
#[derive(Debug, Clone, Copy)]
struct TopicOrOther(Option<Topic>);

fn topic(code: &str) -> Result<TopicOrOther, String> {
    let known = || Topic::ALL.iter().map(|topic| topic.code()).collect::<Vec<_>>().join(", ");
    match code {
        OTHER => Ok(TopicOrOther(None)),
        _ => code.parse().map(|topic| TopicOrOther(Some(topic))).map_err(|_| format!("{OTHER}, {}", known())),
    }
}

impl Write {
    pub(super) async fn run(self, desk: &Desk, office: &Office, actor: &Actor) -> Result<(), Failure> {
        let follow_up_on = match self.follow_up.as_deref().map(text::parse_date).transpose() {
            Ok(day) => day.flatten(),
            Err(_) => {
                let ja = "次の連絡日は 2026-11-24 や R8.11.24 の形で指定してください。";
                return Err(Failure::new("bad_date", desk.say(ja, "Give the follow-up date as in 2026-11-24.")));
            }
        };
        let note = notes::Note { topic: self.topic.0, channel: self.channel, body: self.text, follow_up_on };
        let id = notes::write(office, actor, &self.key.parse()?, &note).await?;
        desk.format.print(&json!({ "note": id, "follow_up_on": follow_up_on }), || {
            desk.say(format!("対応記録 {id} を残しました。"), format!("Note {id} is written."))
        })
    }
}

impl Note {
    pub(super) async fn run(self, desk: &Desk) -> Result<(), Failure> {
        let (office, actor) = desk.signed_in().await?;
        match self {
            Self::Due => list(desk, &notes::due(&office, &actor).await?),
            Self::Search { words } => list(desk, &notes::search(&office, &actor, &words).await?),
            Self::Done { id } => {
                notes::done(&office, &actor, id).await?;
                desk.format.print(&json!({ "note": id }), || {
                    desk.say(
                        format!("対応記録 {id} の連絡を済みにしました。"),
                        format!("The follow-up of note {id} is done."),
                    )
                })
            }
        }
    }
}

fn list(desk: &Desk, notes: &[NoteLine]) -> Result<(), Failure> {
    desk.format.print(&json!({ "notes": notes }), || {
        if notes.is_empty() {
            return desk.say("該当する対応記録はありません。", "There is no such note.");
        }
        let line = |note: &NoteLine| {
            let due = note.follow_up_on.map(|day| day.to_string()).unwrap_or_default();
            let body = note.body.lines().next().unwrap_or_default();
            format!("{:>5}  {}-{}-{}  {}  {due}  {body}\n", note.id, note.symbol, note.number, note.branch, note.name)
        };
        notes.iter().map(line).collect()
    })
}
