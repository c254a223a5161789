//! `call`: calls with or without a member, and those of a day.

use super::args::day;
use super::context::CliContext;
use super::note::{TopicOrOther, topic};
use super::output::Failure;
use crate::domain::MemberKey;
use crate::domain::diagnosis::{CallerKind, Section};
use crate::labels::calls as words;
use crate::usecases::calls::{self, CallDraft, CallLine};
use crate::usecases::notes::{self, Note, NoteDraft};
use crate::usecases::{Actor, AppContext, Error, Refusal, protection};
use chrono::NaiveDate;
use serde_json::json;

#[derive(Debug, clap::Subcommand)]
pub(super) enum CallCommand {
    /// 電話を受ける(終えるまでは自分だけに見える) / begin a call, which is yours alone until it ends
    Start(StartCall),
    /// 下書きを直す / change what is noted of an open call
    Keep {
        /// 電話の番号 / the call
        id: i64,
        #[command(flatten)]
        fields: Fields,
    },
    /// 記録を残して電話を終える / end a call with what was said
    End {
        /// 電話の番号 / the call
        id: i64,
        #[command(flatten)]
        fields: Fields,
        /// 次の連絡日(加入者の電話) / when to get back, in a call about a member
        #[arg(long, value_name = "DATE", value_parser = day)]
        follow_up: Option<NaiveDate>,
    },
    /// 電話を取り消す(下書きも消える) / give a call up, with its draft
    Drop {
        /// 電話の番号 / the call
        id: i64,
    },
    /// 一日の電話 / the calls of a day
    List {
        /// 日(省略時は今日) / day, today where not given
        #[arg(long, value_name = "DATE", value_parser = day)]
        day: Option<NaiveDate>,
    },
    /// 電話の内容 / one call
    Show {
        /// 電話の番号 / the call
        id: i64,
    },
}

/// 電話を受ける / begin a call
#[derive(Debug, clap::Args)]
pub(super) struct StartCall {
    /// 記号 番号 [枝番](加入者の電話) / the member, where it is about one
    #[arg(num_args = 0..=3, value_name = "KEY")]
    key: Vec<String>,
    #[command(flatten)]
    fields: Fields,
}

/// What is noted of a call; what is not given stays.
#[derive(Debug, clap::Args)]
pub(super) struct Fields {
    /// 相手 / who calls: member | proxy | guardian | bereaved | family | employer | unknown
    #[arg(long, value_name = "WHO")]
    caller: Option<CallerKind>,
    /// お名前・お勤め先 / the caller's name and firm
    #[arg(long)]
    name: Option<String>,
    /// 折返し先の電話 / number to call back
    #[arg(long)]
    phone: Option<String>,
    /// 話題 / a topic of `diagnose`, or other
    #[arg(long, value_parser = topic)]
    topic: Option<TopicOrOther>,
    /// 内容 / what was said
    #[arg(long)]
    text: Option<String>,
    /// 引き継ぎ先 / where the caller was sent on to: medical | health
    #[arg(long, value_name = "SECTION")]
    referred: Option<Section>,
}

impl Fields {
    fn over(self, draft: CallDraft) -> CallDraft {
        let CallDraft { member, name, note } = draft;
        let note = NoteDraft {
            caller: self.caller.or(note.caller),
            phone: self.phone.unwrap_or(note.phone),
            topic: self.topic.map_or(note.topic, |topic| topic.0),
            body: self.text.unwrap_or(note.body),
            referred: self.referred.or(note.referred),
            ..note
        };
        CallDraft { member, name: self.name.unwrap_or(name), note }
    }
}

/// The member that a call is about; none where nothing was given.
fn member(key: &[String]) -> Result<Option<MemberKey>, Error> {
    let [symbol, rest @ ..] = key else { return Ok(None) };
    let part = |at: usize| rest.get(at).map_or("", String::as_str);
    let known = MemberKey::parse(symbol, part(0), part(1));
    Ok(Some(known.map_err(|_| Refusal::BadKey(key.join(" ")))?))
}

impl CallCommand {
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        let (ctx, actor) = cli.signed_in().await?;
        let texts = &cli.lang.labels().calls;
        match self {
            Self::Start(start) => {
                let begun = CallDraft { member: member(&start.key)?, ..CallDraft::new(CallerKind::Unknown) };
                let draft = start.fields.over(begun);
                let call = calls::begin(&ctx, &actor, &draft).await?;
                let since = match &draft.member {
                    Some(key) => protection::since(&ctx, &actor, key).await?,
                    None => None,
                };
                cli.print(&json!({ "call": call, "protected_since": since }), || {
                    format!("{}{}", cli.protected_mark(since.is_some()), texts.begun(call))
                })
            }
            Self::Keep { id, fields } => {
                let draft = fields.over(calls::show(&ctx, &actor, id).await?.draft());
                calls::keep(&ctx, &actor, id, &draft).await?;
                cli.done("call", id, texts.kept(id))
            }
            Self::End { id, fields, follow_up } => {
                let draft = fields.over(calls::show(&ctx, &actor, id).await?.draft());
                let note = end(&ctx, &actor, id, draft, follow_up).await?;
                cli.print(&json!({ "call": id, "note": note }), || texts.ended(id))
            }
            Self::Drop { id } => {
                let left = calls::give_up(&ctx, &actor, id).await?;
                cli.print(&json!({ "call": id, "left": left }), || texts.given_up(id, left))
            }
            Self::List { day } => {
                let day = day.unwrap_or_else(|| ctx.clock.today());
                let found = calls::list(&ctx, &actor, day).await?;
                cli.list("calls", &found, texts.none, |call| words::line(cli.lang, call))
            }
            Self::Show { id } => {
                let call = calls::show(&ctx, &actor, id).await?;
                cli.print(&call, || page(cli, &call))
            }
        }
    }
}

/// Ends a call. One about a member becomes a note: the number of the note.
async fn end(
    ctx: &AppContext,
    actor: &Actor,
    call: i64,
    draft: CallDraft,
    follow_up_on: Option<NaiveDate>,
) -> Result<Option<i64>, Failure> {
    let Some(key) = &draft.member else {
        calls::end(ctx, actor, call, &draft).await?;
        return Ok(None);
    };
    let NoteDraft { topic, channel, caller, adds_to, phone, body, referred, .. } = draft.note;
    let note = Note { topic, channel, body, follow_up_on, referred, caller, phone, adds_to, call: Some(call) };
    Ok(Some(notes::write(ctx, actor, key, &note).await?))
}

fn page(cli: &CliContext, call: &CallLine) -> String {
    format!("{}\n\n{}", words::line(cli.lang, call), call.draft.body)
}
