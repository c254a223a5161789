//! `queue`: what waits to be sent.

use super::args::MemberKeyArgs;
use super::context::CliContext;
use super::one_off::{self, To};
use super::output::Failure;
use crate::domain::CardKind;
use crate::labels::codes;
use crate::usecases::Error;
use crate::usecases::cards::{self, Confirmation};
use crate::usecases::one_off as addresses;
use crate::usecases::queue::{self, QueueFilter, QueueLine, QueuedCard};

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
        /// 再発行の注意を確認済み / told what a reissue does
        #[arg(long)]
        confirm: bool,
    },
    /// 保留にする / hold
    Hold {
        /// はがきのID(queue list の行頭) / card, as in queue list
        id: i64,
        /// 理由 / why
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// 保留を解除する(--to-… を付けると、一度だけの送付先を提案する) / release, or propose a one-off address
    Release {
        /// はがきのID(queue list の行頭) / card, as in queue list
        id: i64,
        #[command(flatten)]
        to: To,
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
        #[arg(long, default_value = "")]
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
        let done = |id: i64, ja: &str, en: &str| {
            cli.format.print(&serde_json::json!({ "card": id }), || {
                cli.say(format!("はがき {id}: {ja}"), format!("Card {id}: {en}"))
            })
        };
        match self {
            Self::List { by_employer: true } => {
                let lines = queue::by_employer(&ctx, &actor).await?;
                cli.format.print(&serde_json::json!({ "employers": lines }), || {
                    lines.iter().map(|l| employer(cli, l)).collect()
                })
            }
            Self::List { by_employer: false } => {
                let cards = queue::list(&ctx, &actor, &QueueFilter::default()).await?;
                cli.format
                    .print(&serde_json::json!({ "cards": cards }), || cards.iter().map(|c| card(cli, c)).collect())
            }
            Self::Add { kind, key, confirm } => {
                let key = key.parse()?;
                let told = if confirm { Confirmation::Confirmed } else { Confirmation::NotYet };
                let asked = match kind {
                    CardKind::Viewing => cards::ask_viewing(&ctx, &actor, &key, told).await?,
                    CardKind::Login => cards::ask_login(&ctx, &actor, &key).await?,
                };
                cli.format.print(&asked, || match asked.held {
                    None => cli.say(
                        format!("はがき {} を発送待ちに加えました。", asked.card),
                        format!("Card {} is queued.", asked.card),
                    ),
                    Some(reason) => {
                        let reason = codes::hold_reason(cli.lang, reason);
                        cli.say(
                            format!("はがき {} は送付先がないため保留にしました({reason})。", asked.card),
                            format!("Card {} is on hold: {reason}.", asked.card),
                        )
                    }
                })
            }
            Self::Hold { id, reason } => {
                cards::hold(&ctx, &actor, id, &reason).await?;
                done(id, "保留にしました。", "on hold.")
            }
            Self::Release { id, to } => match to.propose(&ctx, &actor, id).await? {
                Some(proposal) => one_off::print(
                    cli,
                    &proposal,
                    "次の送付先を提案しました。別の責任者が承認すると発送待ちに戻ります。",
                    "this address is proposed. It is queued when another supervisor approves.",
                ),
                None => {
                    cards::release(&ctx, &actor, id).await?;
                    done(id, "保留を解除しました。", "released.")
                }
            },
            Self::Address { id } => match addresses::look(&ctx, &actor, id).await? {
                Some(waiting) => one_off::print(cli, &waiting.proposal, "承認を待っています。", "waits for approval."),
                None => Err(Error::from(addresses::AddressRefusal::NothingProposed(id)).into()),
            },
            Self::ApproveAddress { id } => {
                let proposal = addresses::approve(&ctx, &actor, id).await?;
                let ja = "送付先を承認し、発送待ちに戻しました。このはがきは単独で次へ送られます。";
                one_off::print(cli, &proposal, ja, "approved and queued. It goes by itself to:")
            }
            Self::RefuseAddress { id, reason } => {
                let proposal = addresses::refuse(&ctx, &actor, id, &reason).await?;
                one_off::print(
                    cli,
                    &proposal,
                    "次の送付先を却下しました。保留のままです。",
                    "refused; it stays on hold.",
                )
            }
            Self::Cancel { id } => {
                cards::cancel(&ctx, &actor, id).await?;
                done(id, "取り消しました。", "cancelled.")
            }
        }
    }
}

fn employer(cli: &CliContext, line: &QueueLine) -> String {
    let none = cli.say("事業所なし", "no employer");
    format!(
        "{:<8} {}  {} {}  {} {}  {} {}\n",
        line.employer.as_deref().unwrap_or("-"),
        line.name.as_deref().unwrap_or(&none),
        cli.lang.pick("閲覧用", "viewing"),
        line.viewing,
        cli.lang.pick("ログイン", "login"),
        line.login,
        cli.lang.pick("保留", "held"),
        line.held,
    )
}

fn card(cli: &CliContext, card: &QueuedCard) -> String {
    let reason = card.reason.as_deref().and_then(|code| code.parse().ok());
    let reason = reason.map_or("", |reason| codes::hold_reason(cli.lang, reason));
    let proposed = card
        .proposed_by
        .as_deref()
        .map(|who| cli.say(format!("  送付先の承認待ち(提案 {who})"), format!("  address to approve (by {who})")));
    let proposed = proposed.unwrap_or_default();
    format!(
        "{:>6}  {}  {}-{}-{}  {}  {}  {} {reason}{proposed}\n",
        card.id,
        cli.lang.labels().words.card_kind(card.kind),
        card.symbol,
        card.number,
        card.branch,
        card.name,
        card.one_off.as_deref().or(card.employer_name.as_deref()).unwrap_or("-"),
        codes::card_state(cli.lang, card.state),
    )
}
