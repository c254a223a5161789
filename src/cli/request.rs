//! `request`: requests for login data, from the inbox to the queue.

use super::args::{self, MemberKeyArgs};
use super::context::CliContext;
use super::output::Failure;
use crate::domain::diagnosis::{Language, Section};
use crate::domain::request::{Checklist, Claim, Comparison, Ground, IdentityCheck};
use crate::domain::{HoldReason, Reason};
use crate::labels::{Lang, cases, codes, replies};
use crate::text::japan::local;
use crate::usecases::requests::{self, InboxLine, InboxOrder, IncomingCall, RequestView, Scope, Settlement};
use chrono::NaiveDate;

#[derive(Debug, clap::Subcommand)]
pub(super) enum RequestCommand {
    /// 一覧 / list
    List {
        /// 完了・却下も / settled ones, too
        #[arg(long)]
        all: bool,
        /// turn, verdict, owner, follow_up, destination: 並び / the order
        #[arg(long, value_name = "ORDER", default_value = "turn")]
        sort: InboxOrder,
    },
    /// 表示する / show
    Show {
        /// 受付番号 / receipt number
        receipt: String,
    },
    /// 電話の依頼を登録する / type in a call
    Add(Add),
    /// 本人確認を記録する / store the identity check
    Verify {
        /// 受付番号 / receipt number
        receipt: String,
        /// birth_date, employer, call_back: 確認したもの / what was checked
        #[arg(long, value_delimiter = ',', required = true)]
        checked: Vec<IdentityCheck>,
        /// call_back: 折返しにかけた番号 / the number that was called back
        #[arg(long, value_name = "NUMBER")]
        called: Option<String>,
    },
    /// 一致しない・記入のない確認を、責任者が理由を付けて認める / a supervisor lets checks pass without evidence
    LetPass {
        /// 受付番号 / receipt number
        receipt: String,
        /// birth_date, employer, call_back: 認めるもの / what passes
        #[arg(long, value_delimiter = ',', required = true)]
        checked: Vec<IdentityCheck>,
        /// 理由 / why
        #[arg(long)]
        reason: String,
    },
    /// すべて一致する依頼を、確認して発送待ちへ / check and queue what agrees in everything
    Settle {
        /// 受付番号 / receipt number
        receipt: String,
    },
    /// 担当を決める / say who works on it
    Assign {
        /// 受付番号 / receipt number
        receipt: String,
        /// 職員ID(省略時は自分) / staff ID, else oneself
        #[arg(long, value_name = "STAFF", conflicts_with = "nobody")]
        to: Option<String>,
        /// 担当を外す / take its owner off
        #[arg(long)]
        nobody: bool,
    },
    /// 処理した依頼を再開する(翌営業日まで) / take a settled one up again, until the next business day
    Resume {
        /// 受付番号 / receipt number
        receipt: String,
    },
    /// 加入者を選び直す / point at another member
    Match {
        /// 受付番号 / receipt number
        receipt: String,
        #[command(flatten)]
        key: MemberKeyArgs,
    },
    /// ログイン情報のはがきを発送待ちへ / queue a login notice
    Queue {
        /// 受付番号 / receipt number
        receipt: String,
        /// 次の連絡日(送付先がないとき) / the next contact, where there is no route
        #[arg(long, value_name = "DATE", value_parser = args::day)]
        follow_up: Option<NaiveDate>,
    },
    /// 保留にする / hold
    Hold(Settle),
    /// 却下する / reject
    Reject(Settle),
    /// はがきを送らずに回答する / answer without a card
    Answer(Settle),
    /// 統合する / merge into another
    Merge {
        /// 終わらせる依頼 / the one that ends
        receipt: String,
        /// 残す依頼 / the one that stays
        into: String,
    },
}

#[derive(Debug, clap::Args)]
pub(super) struct Settle {
    /// 受付番号 / receipt number
    receipt: String,
    /// 理由 / why: call_back, ask_employer, incomplete, card_fell; not_registered, left, number_changed, not_identified, withdrawn; arranged, recovered, other_inquiry
    #[arg(long)]
    reason: Ground,
    /// 返信文(省略時は定型) / the reply, else the proposed one
    #[arg(long)]
    reply: Option<String>,
    /// ja, en: 返信の言語 / the language of the reply
    #[arg(long, value_name = "LANG", default_value = "ja")]
    language: Language,
    /// other_inquiry: 回答する課 / the section that answers: medical, health
    #[arg(long)]
    section: Option<Section>,
    /// 保留: 次の連絡日 / hold: the next contact
    #[arg(long, value_name = "DATE", value_parser = args::day)]
    follow_up: Option<NaiveDate>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Add {
    /// 記号
    #[arg(default_value = "")]
    symbol: String,
    /// 番号
    #[arg(default_value = "")]
    number: String,
    /// 枝番
    #[arg(default_value = "")]
    branch: String,
    /// 氏名 / name
    #[arg(long, default_value = "")]
    name: String,
    /// 氏名カナ / its reading
    #[arg(long, default_value = "")]
    kana: String,
    /// 生年月日 / birth date
    #[arg(long, value_name = "DATE", value_parser = args::day)]
    born: Option<NaiveDate>,
    /// 事業所名 / employer
    #[arg(long, default_value = "")]
    employer: String,
    /// 折返し先 / to call back
    #[arg(long, default_value = "")]
    phone: String,
    /// 内容 / what was said
    #[arg(long, default_value = "")]
    text: String,
}

impl RequestCommand {
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        let (ctx, actor) = cli.signed_in().await?;
        let view = match self {
            Self::List { all, sort } => {
                let scope = if all { Scope::All } else { Scope::Open };
                let mut inbox = requests::list(&ctx, &actor, scope).await?;
                sort.sort(&mut inbox);
                return cli.list("requests", &inbox, cli.texts().request.none, |entry| line(cli, entry));
            }
            Self::Show { receipt } => requests::show(&ctx, &actor, &receipt).await?,
            Self::Add(call) => requests::take_call(&ctx, &actor, &call.parse()).await?,
            Self::Verify { receipt, checked, called } => {
                let checked: Checklist = checked.into_iter().collect();
                requests::verify(&ctx, &actor, &receipt, &checked, called.as_deref()).await?
            }
            Self::LetPass { receipt, checked, reason } => {
                let checked: Checklist = checked.into_iter().collect();
                requests::let_pass(&ctx, &actor, &receipt, &checked, &Reason::parse(&reason)?).await?
            }
            Self::Settle { receipt } => requests::settle_agreed(&ctx, &actor, &receipt).await?,
            Self::Assign { receipt, to, nobody } => {
                let to = to.or_else(|| Some(actor.id.clone()).filter(|_| !nobody));
                requests::assign(&ctx, &actor, &receipt, to.as_deref()).await?
            }
            Self::Resume { receipt } => requests::resume(&ctx, &actor, &receipt).await?,
            Self::Match { receipt, key } => requests::choose(&ctx, &actor, &receipt, &key.parse()?).await?,
            Self::Queue { receipt, follow_up } => requests::queue(&ctx, &actor, &receipt, follow_up).await?,
            Self::Hold(why) => requests::hold(&ctx, &actor, &why.receipt, &why.settlement()).await?,
            Self::Reject(why) => requests::reject(&ctx, &actor, &why.receipt, &why.settlement()).await?,
            Self::Answer(why) => requests::answer(&ctx, &actor, &why.receipt, &why.settlement()).await?,
            Self::Merge { receipt, into } => requests::merge(&ctx, &actor, &receipt, &into).await?,
        };
        cli.print(&view, || page(cli, &view))
    }
}

impl Settle {
    fn settlement(&self) -> Settlement {
        Settlement {
            ground: self.reason,
            reply: self.reply.clone(),
            language: self.language,
            section: self.section,
            follow_up_on: self.follow_up,
        }
    }
}

impl Add {
    fn parse(self) -> IncomingCall {
        let claim = Claim {
            symbol: self.symbol,
            number: self.number,
            branch: self.branch,
            name: self.name,
            kana: self.kana,
            born_on: self.born,
            employer: self.employer,
        };
        IncomingCall { claim, phone: self.phone, body: self.text }
    }
}

fn line(cli: &CliContext, line: &InboxLine) -> String {
    let lang = cli.lang;
    let waited = cli.lang.labels().words.business_days(line.waited.into());
    let state = codes::request_state(lang, line.state);
    let kind = codes::request_kind(lang, line.kind);
    let who = cases::who(lang, line);
    let verdict = line.verdict.map(|verdict| codes::case_verdict(lang, verdict, &line.differs)).unwrap_or_default();
    let goes_to = cases::goes_to(lang, line.destination.as_ref(), line.no_route);
    let facts = [verdict, goes_to, cases::notice(lang, line.notice.as_ref())];
    let facts = facts.iter().filter(|fact| !fact.is_empty()).map(String::as_str).collect::<Vec<_>>().join("  ");
    let assignee = line.assignee.as_deref().unwrap_or("-");
    format!("{}  {waited}  {state}  {kind}  {who}  {facts}  {assignee}", line.receipt)
}

/// `山田  山田 花子  部分一致`
fn compared(lang: Lang, line: &Comparison) -> String {
    format!("{}  {}  {}", line.given, line.on_file, codes::agreement(lang, line.agreement))
}

fn page(cli: &CliContext, view: &RequestView) -> String {
    let (lang, texts, words) = (cli.lang, &cli.texts().request, &cli.lang.labels().requests);
    let kind = codes::request_kind(lang, view.kind);
    let told = cli.protected_mark(view.no_route == Some(HoldReason::Protected));
    let state = codes::request_state(lang, view.state);
    let mut page = format!("{told}{}\n", texts.head(&view.receipt, state, kind, &view.name));
    let mut fact = |name: &str, value: &str| {
        if !value.is_empty() {
            page.push_str(&format!("{name}: {value}\n"));
        }
    };
    fact(texts.member, view.member.as_deref().unwrap_or(texts.no_member));
    fact(words.verdict, &codes::case_verdict(lang, view.verdict, &view.differs));
    for line in &view.comparison {
        fact(codes::field(lang, line.field), &compared(lang, line));
    }
    if view.comparison.is_empty() {
        for (field, given) in view.sent.fields() {
            fact(codes::field(lang, field), &given);
        }
    }
    for other in &view.candidates {
        fact(texts.candidates, &cases::candidate(lang, &other.candidate));
        for line in &other.comparison {
            fact(&format!("  {}", codes::field(lang, line.field)), &compared(lang, line));
        }
    }
    let names = |checks: &mut dyn Iterator<Item = &IdentityCheck>| {
        checks.map(|check| codes::check(lang, *check)).collect::<Vec<_>>().join(texts.comma)
    };
    let account = view.registered_on.map(|day| {
        let used = view.login_used_at.map(|at| local(at).date_naive().to_string());
        used.map_or_else(|| words.registered(&day.to_string()), |used| words.registered_used(&day.to_string(), &used))
    });
    fact(words.account, account.as_deref().unwrap_or_default());
    fact(words.destination, &view.destination.as_ref().map(cases::address).unwrap_or_default());
    fact(texts.no_route, view.no_route.map_or("", |reason| codes::hold_reason(lang, reason)));
    fact(words.arranged, &cases::notice(lang, view.notice.as_ref()));
    fact(words.happens, &cases::happens(lang, view));
    fact(texts.checked, &names(&mut IdentityCheck::ALL.iter().filter(|check| view.checked.has(**check))));
    fact(words.let_pass, &view.let_pass.as_ref().map(|passed| cases::passed(lang, passed)).unwrap_or_default());
    fact(texts.to_check, &names(&mut view.lacking.iter()));
    let numbers = view.call_back.iter().map(|known| cases::number(lang, known));
    fact(words.call_back, &numbers.collect::<Vec<_>>().join(texts.comma));
    fact(texts.together, &view.together.join(" "));
    fact(words.assignee, view.assignee.as_deref().unwrap_or_default());
    fact(words.follow_up, &view.follow_up_on.map(|day| day.to_string()).unwrap_or_default());
    let reason = view.reason.as_deref().unwrap_or_default();
    fact(texts.reason, reason.parse().map_or(reason, |ground| codes::ground(lang, ground)));
    fact(texts.reply, view.reply.as_deref().unwrap_or_default());
    let status = view.reply_status.as_ref().map(|status| replies::status(lang, status));
    fact(texts.reply_status, &status.unwrap_or_default());
    let next: Vec<&str> = view.next.iter().map(|step| codes::request_step(lang, *step)).collect();
    fact(texts.next, &next.join(texts.comma));
    page
}
