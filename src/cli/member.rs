//! `member`: finding and showing.

use super::context::CliContext;
use super::output::Failure;
use super::person;
use crate::domain::MemberKey;
use crate::labels::codes;
use crate::usecases::lineage::{Record, lineage};
use crate::usecases::members::{self, FoundMember, MemberView};
use crate::usecases::{Error, Refusal};
use chrono::NaiveDate;

#[derive(Debug, clap::Subcommand)]
pub(super) enum MemberCommand {
    /// 探す / find by key, kana or name
    Find {
        /// 記号・番号(260-1)、カナ、氏名のいずれか / key (260-1), kana or name
        query: String,
        /// 件数の上限 / most results
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
    /// 表示する / show
    Show {
        #[command(flatten)]
        key: MemberKeyArgs,
        /// その日の登録内容 / what the registry said on this day
        #[arg(long, value_name = "DATE", value_parser = super::batch::day)]
        on: Option<NaiveDate>,
    },
    /// 登録内容の履歴 / every version of what the registry said
    Versions(MemberKeyArgs),
    /// 同じ方の二つの番号を統合する / join two numbers of one person
    Join(person::JoinArgs),
    /// 別の方の番号を分離する / part a number that is another person's
    Part(person::ReasonArgs),
    /// 資格の記録を終了する / end a membership, its account and its cards
    End(person::ReasonArgs),
    /// 対応記録を残す / write a note
    Note(super::note::Write),
    /// 以前と以後の番号の記録 / records under former and later numbers
    Records(MemberKeyArgs),
}

/// 記号・番号・枝番
#[derive(Debug, Clone, clap::Args)]
pub(super) struct MemberKeyArgs {
    /// 記号
    symbol: String,
    /// 番号
    number: String,
    /// 枝番(省略時は本人) / the insured where not given
    #[arg(default_value = "")]
    branch: String,
}

impl MemberKeyArgs {
    /// The key, or a refusal that repeats what was typed.
    pub(super) fn parse(&self) -> Result<MemberKey, Error> {
        let typed = || Refusal::BadKey(format!("{} {} {}", self.symbol, self.number, self.branch).trim().to_owned());
        Ok(MemberKey::parse(&self.symbol, &self.number, &self.branch).map_err(|_| typed())?)
    }
}

impl MemberCommand {
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        let (ctx, actor) = cli.signed_in().await?;
        match self {
            Self::Note(note) => note.run(cli, &ctx, &actor).await,
            Self::Records(key) => {
                let records = lineage(&ctx, &actor, &key.parse()?).await?;
                cli.format.print(&serde_json::json!({ "records": records }), || {
                    let line = |r: &Record| {
                        let since = r.acquired_on.map(|day| day.to_string()).unwrap_or_default();
                        format!("{}  {since:10}  {}\n", r.key, codes::sight(cli.lang, r.sight))
                    };
                    records.iter().map(line).collect()
                })
            }
            Self::Find { query, limit } => {
                let found = members::find(&ctx, &actor, &query, i64::from(limit)).await?;
                members::searched(&ctx, &actor, &query, found.len()).await?;
                cli.format.print(&serde_json::json!({ "members": found }), || {
                    if found.is_empty() {
                        return cli.say("該当する加入者はいません。", "No member was found.");
                    }
                    let line = |found: &FoundMember| {
                        let (m, employer) = (&found.member, found.employer.as_deref().unwrap_or_default());
                        format!("{}  {}  {}  {}  {employer}\n", m.key(), m.name, m.kana, m.born_on)
                    };
                    found.iter().map(line).collect()
                })
            }
            Self::Join(join) => join.run(cli, &ctx, &actor).await,
            Self::Part(part) => part.part(cli, &ctx, &actor).await,
            Self::End(end) => end.end(cli, &ctx, &actor).await,
            Self::Versions(key) => person::versions(cli, &ctx, &actor, &key.parse()?).await,
            Self::Show { key, on: Some(day) } => person::show_on(cli, &ctx, &actor, &key.parse()?, day).await,
            Self::Show { key, on: None } => {
                let view = members::show(&ctx, &actor, &key.parse()?).await?;
                cli.format.print(&view, || words(cli, &view))
            }
        }
    }
}

fn words(cli: &CliContext, view: &MemberView) -> String {
    let lang = cli.lang;
    let member = &view.member;
    let mut lines = vec![format!("{}  {}  {}", member.key(), member.name, member.kana)];
    let mut fact = |ja: &str, en: &str, value: String| lines.push(format!("{}: {value}", lang.pick(ja, en)));
    fact("続柄", "relation", format!("{} {}", lang.labels().words.relation(member.relation), member.relationship));
    fact("生年月日", "born", member.born_on.to_string());
    fact("資格取得", "insured since", member.acquired_on.to_string());
    if let Some(lost) = member.lost_on {
        fact("資格喪失", "lost", format!("{lost} {}", member.loss_reason));
    }
    if let Some(employer) = &view.employer {
        fact("事業所", "employer", format!("{} {}", employer.code, employer.name));
    }
    if let Some(reason) = view.no_route {
        fact("送付先なし", "no route", codes::hold_reason(lang, reason).to_owned());
    }
    match &view.account {
        None => fact("アカウント", "account", lang.pick("未登録", "none").to_owned()),
        Some(account) => {
            fact("アカウント", "account", account.registered_at.date_naive().to_string());
            fact("Web表示", "web display", codes::web_display(lang, account.web_display).to_owned());
        }
    }
    if let Some(viewing) = view.viewing_password {
        fact("閲覧用パスワード", "viewing password", codes::viewing_state(lang, viewing.state).to_owned());
    }
    for card in &view.cards {
        let named = card.card.serial.clone().unwrap_or_else(|| card.card.id.to_string());
        let kind = lang.labels().words.card_kind(card.card.kind);
        fact("はがき", "card", format!("{named}  {kind}  {}", codes::card_state(lang, card.card.state())));
    }
    lines.join("\n")
}
