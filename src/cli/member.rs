//! `member`: finding and showing.

use super::args::MemberKeyArgs;
use super::context::CliContext;
use super::output::Failure;
use crate::labels::codes;
use crate::usecases::lineage::{Record, lineage};
use crate::usecases::members::{self, FoundMember, MemberView};

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
    Show(MemberKeyArgs),
    /// 対応記録を残す / write a note
    Note(super::note::Write),
    /// 以前と以後の番号の記録 / records under former and later numbers
    Records(MemberKeyArgs),
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
            Self::Show(key) => {
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
