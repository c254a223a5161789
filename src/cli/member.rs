//! `member`: finding and showing.

use super::args::MemberKeyArgs;
use super::context::CliContext;
use super::output::Failure;
use super::person;
use crate::domain::Relation;
use crate::labels::persons::kinship;
use crate::labels::{codes, gate, incidents, promises};
use crate::text::japan::day_of;
use crate::usecases::lineage::lineage;
use crate::usecases::members::{self, MemberView};
use chrono::NaiveDate;

#[derive(Debug, clap::Subcommand)]
pub(super) enum MemberCommand {
    /// 探す / find by number, name, reading, birth date, phone, receipt, serial, login ID or employer
    Find {
        /// 260-1、サトウ 昭和55、090-…、受付番号など / 260-1, サトウ S55, 090-…, a receipt number …
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
        #[arg(long, value_name = "DATE", value_parser = super::args::day)]
        on: Option<NaiveDate>,
    },
    /// 登録内容の履歴 / every version of what the registry said
    Versions(MemberKeyArgs),
    /// 同じ方の二つの番号を統合する / join two numbers of one person
    Join(person::JoinArgs),
    /// 別の方の番号を分離する / part a number that is another person's
    Part(person::ReasonArgs),
    /// 番号を引き継いだ被保険者のご家族とする / assign to the insured who has the number now
    Assign(person::ReasonArgs),
    /// 資格の記録を終了する / end a membership, its account and its cards
    End(person::ReasonArgs),
    /// 資格の記録の終了を取り消す / lift the end of a membership
    Resume(person::ReasonArgs),
    /// 保護措置を設定する / set a protective measure
    Protect(person::ReasonArgs),
    /// 保護措置を終了する / end the protective measure
    Unprotect(person::ReasonArgs),
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
            Self::Records(key) => cli.list("records", &lineage(&ctx, &actor, &key.parse()?).await?, "", |record| {
                let since = record.acquired_on.map(|day| day.to_string()).unwrap_or_default();
                format!("{}  {since:10}  {}", record.key, codes::sight(cli.lang, record.sight))
            }),
            Self::Find { query, limit } => {
                let found = members::find(&ctx, &actor, &query, i64::from(limit)).await?;
                let listed: Vec<i64> = found.iter().map(|found| found.member.id).collect();
                members::searched(&ctx, &actor, &query, &listed).await?;
                cli.list("members", &found, cli.texts().member.none, |found| {
                    let (m, employer) = (&found.member, found.employer.as_deref().unwrap_or_default());
                    let words = &cli.lang.labels().members;
                    let why = words.why(found.why);
                    let told = found.protected_since.map(|_| words.protected_first).unwrap_or_default();
                    let former = m.replaced_on.map(|day| words.former_until(&day.to_string())).unwrap_or_default();
                    format!("{told}{}  {}  {}  {}  {employer}  [{why}]{former}", m.key(), m.name, m.kana, m.born_on)
                })
            }
            Self::Join(join) => join.run(cli, &ctx, &actor).await,
            Self::Part(part) => part.part(cli, &ctx, &actor).await,
            Self::Assign(assign) => assign.assign(cli, &ctx, &actor).await,
            Self::End(end) => end.end(cli, &ctx, &actor).await,
            Self::Resume(end) => end.resume(cli, &ctx, &actor).await,
            Self::Protect(set) => set.protect(cli, &ctx, &actor).await,
            Self::Unprotect(end) => end.unprotect(cli, &ctx, &actor).await,
            Self::Versions(key) => person::versions(cli, &ctx, &actor, &key.parse()?).await,
            Self::Show { key, on: Some(day) } => person::show_on(cli, &ctx, &actor, &key.parse()?, day).await,
            Self::Show { key, on: None } => {
                let view = members::show(&ctx, &actor, &key.parse()?).await?;
                cli.print(&view, || words(cli, &view))
            }
        }
    }
}

fn words(cli: &CliContext, view: &MemberView) -> String {
    let lang = cli.lang;
    let member = &view.member;
    let (texts, words) = (&cli.texts().member, &lang.labels().words);
    let told = view
        .protection
        .as_ref()
        .map(|standing| lang.labels().members.protected(&day_of(standing.set_at).to_string(), &standing.reason));
    let mut lines: Vec<String> =
        told.into_iter().chain([format!("{}  {}  {}", member.key(), member.name, member.kana)]).collect();
    let mut fact = |name: &str, value: &str| lines.push(format!("{name}: {value}"));
    let relationship = match member.relation {
        Relation::Insured => "",
        Relation::Dependent => member.relationship.as_str(),
    };
    let relation = format!("{} {}", words.relation(member.relation), kinship(lang, relationship));
    fact(texts.relation, relation.trim_end());
    fact(texts.born, &member.born_on.to_string());
    fact(texts.acquired, &member.acquired_on.to_string());
    if let Some(lost) = member.lost_on {
        fact(texts.lost, &format!("{lost} {}", member.loss_reason));
    }
    if let Some(employer) = &view.employer {
        fact(texts.employer, &format!("{} {}", employer.record.code, employer.record.name));
    }
    if let Some(reason) = view.no_route {
        fact(texts.no_route, codes::hold_reason(lang, reason));
    }
    if let Some(to) = view.goes_elsewhere() {
        fact(lang.labels().members.route, &lang.labels().members.one_off_route(&to.addressee));
    }
    match &view.account {
        None => fact(texts.account, lang.labels().members.unregistered),
        Some(account) => {
            let closed = account.closed_at.map(|at| texts.closed(day_of(at))).unwrap_or_default();
            fact(texts.account, &format!("{}{closed}", day_of(account.registered_at)));
            fact(texts.web_display, codes::web_display(lang, account.web_display));
        }
    }
    if let Some(viewing) = view.viewing_password {
        fact(texts.viewing_password, codes::viewing_state(lang, viewing.state));
    }
    for promise in &view.promises {
        fact(lang.labels().promises.owed, &promises::line(lang, promise));
    }
    for incident in &view.incidents {
        fact(lang.labels().incidents.title, &incidents::of_member(lang, incident));
    }
    for card in &view.cards {
        let named = card.card.serial.clone().unwrap_or_else(|| card.card.id.to_string());
        let (kind, state) = (words.card_kind(card.card.kind), codes::card_state(lang, card.card.state()));
        let to = card.approved.as_ref().map(|it| gate::route(&it.route()));
        let day = |on: NaiveDate| on.to_string();
        let until = card.works_until().map(|on| lang.labels().members.until(&day(on)));
        let apart = card.delay.as_ref().map(|delay| {
            let free = delay.not_before.map(day).unwrap_or_default();
            lang.labels().queue.apart(words.card_kind(delay.other), &free)
        });
        let undelivered = card.undelivered.map(|it| {
            let why = codes::undelivered(lang, it.reason);
            lang.labels().members.undelivered(why, &day(it.noted_on))
        });
        let asked = day_of(card.card.asked_at).to_string();
        let asked = lang.labels().members.asked(&asked, &codes::asker(lang, &card.card.asker()));
        let notes: String = std::iter::once(asked)
            .chain(to)
            .chain(until)
            .chain(undelivered)
            .chain(apart)
            .map(|note| format!("  {note}"))
            .collect();
        fact(texts.card, &format!("{named}  {kind}  {state}{notes}"));
    }
    lines.join("\n")
}
