//! `request`: requests for login data, from the inbox to the queue.

use super::args::MemberKeyArgs;
use super::context::CliContext;
use super::output::Failure;
use crate::domain::request::{Checklist, Claim, Ground, IdentityCheck};
use crate::labels::codes;
use crate::text;
use crate::text::japan::local;
use crate::usecases::requests::{self, InboxLine, IncomingCall, RequestView, Scope, Settlement};

#[derive(Debug, clap::Subcommand)]
pub(super) enum RequestCommand {
    /// 一覧 / list
    List {
        /// 完了・却下も / settled ones, too
        #[arg(long)]
        all: bool,
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
    /// 理由 / why: call_back, ask_employer, incomplete; not_registered, left, number_changed, not_identified, other_inquiry, withdrawn; arranged, card_fell, recovered
    #[arg(long)]
    reason: Ground,
    /// 返信文(省略時は定型) / the reply, else the proposed one
    #[arg(long)]
    reply: Option<String>,
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
    #[arg(long, value_name = "DATE", default_value = "")]
    born: String,
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
            Self::List { all } => {
                let scope = if all { Scope::All } else { Scope::Open };
                let inbox = requests::list(&ctx, &actor, scope).await?;
                return cli.list("requests", &inbox, cli.texts().request.none, |entry| line(cli, entry));
            }
            Self::Show { receipt } => requests::show(&ctx, &actor, &receipt).await?,
            Self::Add(call) => requests::take_call(&ctx, &actor, &call.parse(cli)?).await?,
            Self::Verify { receipt, checked } => {
                let checked: Checklist = checked.into_iter().collect();
                requests::verify(&ctx, &actor, &receipt, &checked).await?
            }
            Self::Match { receipt, key } => requests::choose(&ctx, &actor, &receipt, &key.parse()?).await?,
            Self::Queue { receipt } => requests::queue(&ctx, &actor, &receipt).await?,
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
        Settlement { ground: self.reason, reply: self.reply.clone() }
    }
}

impl Add {
    fn parse(self, cli: &CliContext) -> Result<IncomingCall, Failure> {
        let wrong = |_| Failure::new("bad_date", cli.texts().request.bad_birth_date(&self.born));
        let born_on = text::parse_date(&self.born).map_err(wrong)?;
        let claim = Claim {
            symbol: self.symbol,
            number: self.number,
            branch: self.branch,
            name: self.name,
            kana: self.kana,
            born_on,
            employer: self.employer,
        };
        Ok(IncomingCall { claim, phone: self.phone, body: self.text })
    }
}

fn line(cli: &CliContext, line: &InboxLine) -> String {
    let received = local(line.received_at).format("%Y-%m-%d %H:%M");
    let waited = cli.lang.labels().words.business_days(line.waited.into());
    let state = codes::request_state(cli.lang, line.state);
    let member = line.member.as_deref().unwrap_or("-");
    format!("{}  {received}  {waited}  {state}  {member}  {}", line.receipt, line.name)
}

fn page(cli: &CliContext, view: &RequestView) -> String {
    let (lang, texts) = (cli.lang, &cli.texts().request);
    let mut page = format!("{}  {}  {}\n", view.receipt, codes::request_state(lang, view.state), view.name);
    let mut fact = |name: &str, value: &str| {
        if !value.is_empty() {
            page.push_str(&format!("{name}: {value}\n"));
        }
    };
    fact(texts.member, view.member.as_deref().unwrap_or(texts.no_member));
    let others = view.candidates.iter().map(|other| format!("{} {}", other.member, other.name));
    fact(texts.candidates, &others.collect::<Vec<_>>().join(texts.comma));
    for line in &view.comparison {
        let agreement = codes::agreement(lang, line.agreement);
        fact(codes::field(lang, line.field), &format!("{}  {}  {agreement}", line.given, line.on_file));
    }
    let names = |checks: &mut dyn Iterator<Item = &IdentityCheck>| {
        checks.map(|check| codes::check(lang, *check)).collect::<Vec<_>>().join(texts.comma)
    };
    let account = view.registered_on.map(|day| {
        let (words, used) =
            (&cli.lang.labels().requests, view.login_used_at.map(|at| local(at).date_naive().to_string()));
        used.map_or_else(|| words.registered(&day.to_string()), |used| words.registered_used(&day.to_string(), &used))
    });
    fact(cli.lang.labels().requests.account, account.as_deref().unwrap_or_default());
    let instead = view.instead.filter(|_| view.member.is_some() && !view.next.is_empty());
    fact(texts.instead, instead.map_or("", |ground| codes::ground(lang, ground)));
    fact(texts.no_route, view.no_route.map_or("", |reason| codes::hold_reason(lang, reason)));
    fact(texts.checked, &names(&mut IdentityCheck::ALL.iter().filter(|check| view.checked.has(**check))));
    fact(texts.to_check, &names(&mut view.lacking.iter()));
    fact(texts.together, &view.together.join(" "));
    let reason = view.reason.as_deref().unwrap_or_default();
    fact(texts.reason, reason.parse().map_or(reason, |ground| codes::ground(lang, ground)));
    fact(texts.reply, view.reply.as_deref().unwrap_or_default());
    let next: Vec<&str> = view.next.iter().map(|step| codes::request_step(lang, *step)).collect();
    fact(texts.next, &next.join(texts.comma));
    page
}
