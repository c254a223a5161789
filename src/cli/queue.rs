//! `queue`: what waits to be sent.

use super::args::{self, MemberKeyArgs};
use super::context::CliContext;
use super::one_off::{self, To};
use super::output::Failure;
use crate::domain::{CardKind, Reason};
use crate::labels::{codes, refusals};
use crate::usecases::Error;
use crate::usecases::cards::{self, Confirmation, Released};
use crate::usecases::employer_cards::{self, EmployerCards, EmployerStep};
use crate::usecases::one_off as addresses;
use crate::usecases::queue::{self, QueueFilter, QueueLine, QueuedCard};
use crate::usecases::requests::{self, RequestRefusal};
use chrono::NaiveDate;

#[derive(Debug, clap::Subcommand)]
pub(super) enum QueueCommand {
    /// 一覧 / list
    List {
        /// 事業所ごと / by employer
        #[arg(long)]
        by_employer: bool,
    },
    /// 発送待ちに加える / ask for a card
    Add {
        /// viewing = 閲覧用パスワード, login = ログイン情報
        kind: CardKind,
        #[command(flatten)]
        key: MemberKeyArgs,
        /// ログイン情報: 本人確認の済んだ送付依頼の受付番号 / login: the verified request that it answers
        #[arg(long, value_name = "RECEIPT")]
        request: Option<String>,
        /// ログイン情報: 次の連絡日(送付先がないとき) / login: the next contact, where there is no route
        #[arg(long, value_name = "DATE", value_parser = args::day)]
        follow_up: Option<NaiveDate>,
        /// 再発行の注意を確認済み / told what a reissue does
        #[arg(long)]
        confirm: bool,
    },
    /// 保留にする / hold
    Hold {
        /// はがきのID(queue list の行頭) / card, as in queue list
        id: i64,
        /// 理由 / why
        #[arg(long)]
        reason: String,
    },
    /// 保留を解除する(--to-… を付けると、一度だけの送付先を提案する) / release, or propose a one-off address
    Release {
        /// はがきのID(queue list の行頭) / card, as in queue list
        id: i64,
        #[command(flatten)]
        to: To,
    },
    /// 事業所の発送待ちをすべて保留にする / hold every queued card of an employer
    HoldAll {
        /// 事業所記号 / employer
        employer: String,
        /// 理由 / why
        #[arg(long)]
        reason: String,
    },
    /// 事業所の保留をすべて解除する(--to-… で送付先を提案する) / release every held card of an employer, or propose an address
    ReleaseAll {
        /// 事業所記号 / employer
        employer: String,
        #[command(flatten)]
        to: To,
    },
    /// 事業所のはがきに提案された送付先をすべて承認する / approve the proposed address of every card of an employer
    ApproveAddresses {
        /// 事業所記号 / employer
        employer: String,
    },
    /// 承認待ちの送付先を見る / the one-off address that waits for approval
    Address {
        /// はがきのID(queue list の行頭) / card, as in queue list
        id: i64,
    },
    /// 一度だけの送付先を承認する / approve the one-off address
    ApproveAddress {
        /// はがきのID(queue list の行頭) / card, as in queue list
        id: i64,
    },
    /// 一度だけの送付先を却下する / refuse the one-off address
    RefuseAddress {
        /// はがきのID(queue list の行頭) / card, as in queue list
        id: i64,
        /// 理由 / why
        #[arg(long)]
        reason: String,
    },
    /// 取り消す / cancel
    Cancel {
        /// はがきのID(queue list の行頭) / card, as in queue list
        id: i64,
    },
}

impl QueueCommand {
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        let (ctx, actor) = cli.signed_in().await?;
        let texts = &cli.texts().queue;
        match self {
            Self::List { by_employer: true } => {
                cli.list("employers", &queue::by_employer(&ctx, &actor).await?, texts.empty, |line| employer(cli, line))
            }
            Self::List { by_employer: false } => {
                let cards = queue::list(&ctx, &actor, &QueueFilter::default()).await?;
                cli.list("cards", &cards, texts.empty, |line| card(cli, line))
            }
            Self::Add { kind, key, request, follow_up, confirm } => {
                let key = key.parse()?;
                let told = if confirm { Confirmation::Confirmed } else { Confirmation::NotYet };
                let asked = match (kind, request) {
                    (CardKind::Viewing, None) => cards::ask_viewing(&ctx, &actor, &key, told).await?,
                    (CardKind::Viewing, Some(_)) => return Err(Failure::new("usage", texts.request_is_for_login)),
                    (CardKind::Login, Some(receipt)) => {
                        requests::queue_for(&ctx, &actor, &receipt, &key, follow_up).await?
                    }
                    (CardKind::Login, None) => {
                        return Err(Error::from(RequestRefusal::Missing(key.to_string())).into());
                    }
                };
                cli.print(&asked, || match asked.held {
                    None => texts.added(asked.card),
                    Some(reason) => texts.added_held(asked.card, codes::hold_reason(cli.lang, reason)),
                })
            }
            Self::Hold { id, reason } => {
                cards::hold(&ctx, &actor, id, &Reason::parse(&reason)?).await?;
                cli.done("card", id, texts.card_held(id))
            }
            Self::Release { id, to } => match to.propose(&ctx, &actor, id).await? {
                Some(proposal) => one_off::print(cli, &proposal, &texts.proposed(id)),
                None => {
                    let text = match cards::release(&ctx, &actor, id).await? {
                        Released::Queued => texts.released(id),
                        Released::Waits(why) => texts.released_waits(id, codes::hold_reason(cli.lang, why)),
                    };
                    cli.done("card", id, text)
                }
            },
            Self::HoldAll { employer, reason } => {
                let reason = Reason::parse(&reason)?;
                let came = employer_cards::each(&ctx, &actor, &employer, EmployerStep::Hold(&reason)).await?;
                all_done(cli, &came)
            }
            Self::ReleaseAll { employer, to } => {
                let address = to.address()?;
                let step = match &address {
                    Some((address, why)) => EmployerStep::Propose(address, why),
                    None => EmployerStep::Release,
                };
                let came = employer_cards::each(&ctx, &actor, &employer, step).await?;
                all_done(cli, &came)
            }
            Self::ApproveAddresses { employer } => {
                let came = employer_cards::each(&ctx, &actor, &employer, EmployerStep::Approve).await?;
                all_done(cli, &came)
            }
            Self::Address { id } => match addresses::look(&ctx, &actor, id).await? {
                Some(waiting) => one_off::print(cli, &waiting.proposal, &texts.waits(id)),
                None => Err(Error::from(addresses::AddressRefusal::NothingProposed(id)).into()),
            },
            Self::ApproveAddress { id } => {
                let proposal = addresses::approve(&ctx, &actor, id).await?;
                one_off::print(cli, &proposal, &texts.approved(id))
            }
            Self::RefuseAddress { id, reason } => {
                let proposal = addresses::refuse(&ctx, &actor, id, &Reason::parse(&reason)?).await?;
                one_off::print(cli, &proposal, &texts.refused(id))
            }
            Self::Cancel { id } => {
                cards::cancel(&ctx, &actor, id).await?;
                cli.done("card", id, texts.cancelled(id))
            }
        }
    }
}

/// How many cards took the step, and why the others did not.
fn all_done(cli: &CliContext, came: &EmployerCards) -> Result<(), Failure> {
    cli.print(came, || {
        let done = cli.texts().queue.all_done(came.done.len(), came.refused.len());
        let why = came.why.iter().map(|(card, error)| format!("\n{card:>6}  {}", refusals::explain(cli.lang, error)));
        done + &why.collect::<String>()
    })?;
    if came.refused.is_empty() { Ok(()) } else { Err(Failure::Partial) }
}

fn employer(cli: &CliContext, line: &QueueLine) -> String {
    let texts = &cli.texts().queue;
    format!(
        "{:<8} {}  {} {}  {} {}  {} {}",
        line.employer.as_deref().unwrap_or("-"),
        line.name.as_deref().unwrap_or(texts.no_employer),
        texts.viewing,
        line.viewing,
        texts.login,
        line.login,
        texts.held,
        line.held,
    )
}

fn card(cli: &CliContext, card: &QueuedCard) -> String {
    let reason = card.reason.as_deref().and_then(|code| code.parse().ok());
    let reason = reason.map_or("", |reason| codes::hold_reason(cli.lang, reason));
    let proposed = card.proposed_by.as_deref().map(|who| cli.texts().queue.address_waits(who)).unwrap_or_default();
    let day = card.not_before.map(|day| day.to_string()).unwrap_or_default();
    let labels = cli.lang.labels();
    let apart = card.apart_from.map(|kind| format!("  {}", labels.queue.apart(labels.words.card_kind(kind), &day)));
    let apart = apart.unwrap_or_default();
    let asker = labels.queue.asked_by(&codes::asker(cli.lang, &card.asker()));
    format!(
        "{:>6}  {}  {}  {}  {}  {} {reason}{proposed}{apart}  {asker}",
        card.id,
        cli.lang.labels().words.card_kind(card.kind),
        card.key,
        card.name,
        card.one_off.as_deref().or(card.employer_name.as_deref()).unwrap_or("-"),
        codes::card_state(cli.lang, card.state),
    )
}
