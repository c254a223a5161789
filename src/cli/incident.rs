//! `incident`: what happened to members' data, by when it is reported, and what was done.

use super::args::day;
use super::context::CliContext;
use super::output::Failure;
use crate::domain::query::member_key;
use crate::domain::{BatchNumber, IncidentCause, IncidentEntryKind, IncidentKind, MemberKey, Reason};
use crate::labels::incident_papers::{self, IncidentPaper};
use crate::labels::incidents as words;
use crate::usecases::incidents::{
    self, Affected, IncidentChange, IncidentDraft, IncidentNote, IncidentScope, IncidentView, Parcel, Passwords,
};
use crate::usecases::refusal::BatchRefusal;
use crate::usecases::{AppContext, Refusal};
use chrono::NaiveDate;
use serde_json::json;

#[derive(Debug, clap::Subcommand)]
pub(super) enum IncidentCommand {
    /// 対応中の漏えい等と期限 / open incidents, and when they are reported
    List {
        /// 終了したものも / also closed ones
        #[arg(long)]
        all: bool,
    },
    /// 内容、または文案 / one incident, or a text to copy
    Show {
        /// 漏えい等の番号 / the incident
        id: i64,
        /// 文案だけを表示: report(報告) | member(ご本人) / only the text for the report or for the member
        #[arg(long, value_name = "report|member", value_parser = paper)]
        text: Option<IncidentPaper>,
    },
    /// 記録する(期限が始まる) / record one; its terms begin
    Open(OpenIncidentArgs),
    /// 経過、報告、対象者を加える / add a note, a report, persons
    Note(NoteIncident),
    /// 講じた措置を記録して終了する / close it with what was done
    Close {
        /// 漏えい等の番号 / the incident
        id: i64,
        /// 講じた措置と再発防止策 / what was done
        #[arg(long)]
        measures: String,
    },
    /// 終了した対応を、理由を付けて再開する / take a closed one up again, with a reason
    Reopen {
        /// 漏えい等の番号 / the incident
        id: i64,
        /// 再開する理由 / why
        #[arg(long)]
        reason: String,
    },
}

/// What staff write; the other entries come with a step of the incident.
fn written(text: &str) -> Result<IncidentEntryKind, String> {
    let codes = || IncidentEntryKind::WRITTEN.map(IncidentEntryKind::code).join(", ");
    IncidentEntryKind::WRITTEN.into_iter().find(|kind| kind.code() == text).ok_or_else(codes)
}

fn paper(text: &str) -> Result<IncidentPaper, String> {
    match text {
        "report" => Ok(IncidentPaper::Report),
        "member" => Ok(IncidentPaper::Member),
        _ => Err("report, member".to_owned()),
    }
}

/// The members whose data was affected.
#[derive(Debug, clap::Args)]
pub(super) struct Whose {
    /// 加入者(260-1-00 の形。繰り返し可) / a member, as 260-1-00; may be given several times
    #[arg(long, value_name = "KEY")]
    member: Vec<String>,
    /// はがき番号(繰り返し可) / a card, by its serial; may be given several times
    #[arg(long, value_name = "SERIAL")]
    card: Vec<String>,
    /// 誤送付した小包のバッチ / the batch of a parcel
    #[arg(long, value_name = "BATCH", requires = "employer")]
    batch: Option<String>,
    /// その小包の事業所記号 / the employer of that parcel
    #[arg(long, value_name = "CODE", requires = "batch")]
    employer: Option<String>,
    /// はがきのパスワードを停止し、再発行を手配する / stop the passwords on the cards, and ask for new ones
    #[arg(long)]
    stop_passwords: bool,
}

impl Whose {
    fn parse(self) -> Result<(Affected, Passwords), Failure> {
        let key = |typed: &String| member_key(typed).ok_or_else(|| Refusal::BadKey(typed.clone()));
        let members = self.member.iter().map(key).collect::<Result<Vec<MemberKey>, Refusal>>()?;
        let parcel = match self.batch.zip(self.employer) {
            None => None,
            Some((batch, employer)) => {
                let unknown = |_| Refusal::Batch(BatchRefusal::Unknown(batch.clone()));
                Some(Parcel { batch: BatchNumber::try_from(batch.clone()).map_err(unknown)?, employer })
            }
        };
        let passwords = if self.stop_passwords { Passwords::Stop } else { Passwords::Keep };
        Ok((Affected { members, serials: self.card, parcel }, passwords))
    }
}

/// 記録する / record an incident
#[derive(Debug, clap::Args)]
pub(super) struct OpenIncidentArgs {
    /// card_lost | card_opened | wrong_parcel | wrong_person | other
    #[arg(long)]
    kind: IncidentKind,
    /// 何が起きたか / what happened
    #[arg(long)]
    what: String,
    /// 知った日(省略時は今日) / the day on which it became known, today where not given
    #[arg(long, value_name = "DATE", value_parser = day)]
    known: Option<NaiveDate>,
    /// mishap(過失・事故)| wrongful(不正の目的のおそれ)
    #[arg(long, default_value = "mishap")]
    cause: IncidentCause,
    /// きっかけの電話の番号 / the call that told of it
    #[arg(long, value_name = "ID")]
    call: Option<i64>,
    #[command(flatten)]
    whose: Whose,
}

/// 経過、報告、対象者を加える / add a note, a report, persons
#[derive(Debug, clap::Args)]
pub(super) struct NoteIncident {
    /// 漏えい等の番号 / the incident
    id: i64,
    /// note | preliminary(速報を提出)| final(確報を提出)| member_told(ご本人に通知)| not_reportable(報告不要と判断)
    #[arg(long, default_value = "note", value_parser = written)]
    kind: IncidentEntryKind,
    /// 内容、理由 / what was done, or why
    #[arg(long, default_value = "")]
    text: String,
    /// 行った日(省略時は今日) / the day on which it was done, today where not given
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Option<NaiveDate>,
    /// 分かった原因: mishap | wrongful / what the cause is known to be
    #[arg(long)]
    cause: Option<IncidentCause>,
    #[command(flatten)]
    whose: Whose,
}

impl IncidentCommand {
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        let (ctx, actor) = cli.signed_in().await?;
        let texts = &cli.lang.labels().incidents;
        match self {
            Self::List { all } => {
                let scope = if all { IncidentScope::All } else { IncidentScope::Open };
                let found = incidents::list(&ctx, &actor, scope).await?;
                cli.list("incidents", &found, texts.none, |one| words::line(cli.lang, one))
            }
            Self::Show { id, text } => {
                let found = incidents::show(&ctx, &actor, id).await?;
                show(cli, &ctx, &found, text)
            }
            Self::Open(args) => {
                let OpenIncidentArgs { kind, what, known: known_on, cause, call, whose } = args;
                let (affected, passwords) = whose.parse()?;
                let draft = IncidentDraft { kind, cause, what, known_on, call, affected, passwords };
                let done = incidents::open(&ctx, &actor, &draft).await?;
                changed(cli, &done, texts.opened(done.incident, done.added))
            }
            Self::Note(args) => {
                let NoteIncident { id, kind, text, on, cause, whose } = args;
                let (affected, passwords) = whose.parse()?;
                let note = IncidentNote { kind, text, on, cause, affected, passwords };
                let done = incidents::note(&ctx, &actor, id, &note).await?;
                changed(cli, &done, texts.noted(id))
            }
            Self::Close { id, measures } => {
                incidents::close(&ctx, &actor, id, &measures).await?;
                cli.done("incident", id, texts.closed(id))
            }
            Self::Reopen { id, reason } => {
                incidents::reopen(&ctx, &actor, id, &Reason::parse(&reason)?).await?;
                cli.done("incident", id, texts.reopened(id))
            }
        }
    }
}

fn changed(cli: &CliContext, done: &IncidentChange, first: String) -> Result<(), Failure> {
    cli.print(done, || std::iter::once(first).chain(words::change(cli.lang, done)).collect::<Vec<_>>().join("\n"))
}

fn show(cli: &CliContext, ctx: &AppContext, found: &IncidentView, text: Option<IncidentPaper>) -> Result<(), Failure> {
    let society = &ctx.settings.society;
    let text = text.map(|paper| incident_papers::text(cli.lang, paper, found, society));
    match text {
        Some(text) => cli.print(&json!({ "incident": found.id, "text": text }), || text.clone()),
        None => cli.print(&json!({ "incident": found }), || words::page(cli.lang, found)),
    }
}
