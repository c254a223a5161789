//! `queue`: what waits to be sent.

use super::desk::Desk;
use super::member::Key;
use super::one_off::{self, To};
use super::output::Failure;
use crate::domain::CardKind;
use crate::labels::codes;
use crate::usecases::Error;
use crate::usecases::cards::{self, Told};
use crate::usecases::one_off as addresses;
use crate::usecases::queue::{self, QueueFilter, QueueLine, QueuedCard};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Queue {
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
        key: Key,
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

impl Queue {
    pub(super) async fn run(self, desk: &Desk) -> Result<(), Failure> {
        let (office, actor) = desk.signed_in().await?;
        let done = |id: i64, ja: &str, en: &str| {
            desk.format.print(&serde_json::json!({ "card": id }), || {
                desk.say(format!("はがき {id}: {ja}"), format!("Card {id}: {en}"))
            })
        };
        match self {
            Self::List { by_employer: true } => {
                let lines = queue::by_employer(&office, &actor).await?;
                desk.format.print(&serde_json::json!({ "employers": lines }), || {
                    lines.iter().map(|l| employer(desk, l)).collect()
                })
            }
            Self::List { by_employer: false } => {
                let cards = queue::list(&office, &actor, &QueueFilter::default()).await?;
                desk.format
                    .print(&serde_json::json!({ "cards": cards }), || cards.iter().map(|c| card(desk, c)).collect())
            }
            Self::Add { kind, key, confirm } => {
                let key = key.parse()?;
                let told = if confirm { Told::Confirmed } else { Told::NotYet };
                let asked = match kind {
                    CardKind::Viewing => cards::ask_viewing(&office, &actor, &key, told).await?,
                    CardKind::Login => cards::ask_login(&office, &actor, &key).await?,
                };
                desk.format.print(&asked, || match asked.held {
                    None => desk.say(
                        format!("はがき {} を発送待ちに加えました。", asked.card),
                        format!("Card {} is queued.", asked.card),
                    ),
                    Some(reason) => {
                        let reason = codes::hold_reason(desk.lang, reason);
                        desk.say(
                            format!("はがき {} は送付先がないため保留にしました({reason})。", asked.card),
                            format!("Card {} is on hold: {reason}.", asked.card),
                        )
                    }
                })
            }
            Self::Hold { id, reason } => {
                cards::hold(&office, &actor, id, &reason).await?;
                done(id, "保留にしました。", "on hold.")
            }
            Self::Release { id, to } => match to.propose(&office, &actor, id).await? {
                Some(proposal) => one_off::print(
                    desk,
                    &proposal,
                    "次の送付先を提案しました。別の責任者が承認すると発送待ちに戻ります。",
                    "this address is proposed. It is queued when another supervisor approves.",
                ),
                None => {
                    cards::release(&office, &actor, id).await?;
                    done(id, "保留を解除しました。", "released.")
                }
            },
            Self::Address { id } => match addresses::look(&office, &actor, id).await? {
                Some(waiting) => one_off::print(desk, &waiting.proposal, "承認を待っています。", "waits for approval."),
                None => Err(Error::from(addresses::AddressRefusal::NothingProposed(id)).into()),
            },
            Self::ApproveAddress { id } => {
                let proposal = addresses::approve(&office, &actor, id).await?;
                let ja = "送付先を承認し、発送待ちに戻しました。このはがきは単独で次へ送られます。";
                one_off::print(desk, &proposal, ja, "approved and queued. It goes by itself to:")
            }
            Self::RefuseAddress { id, reason } => {
                let proposal = addresses::refuse(&office, &actor, id, &reason).await?;
                one_off::print(
                    desk,
                    &proposal,
                    "次の送付先を却下しました。保留のままです。",
                    "refused; it stays on hold.",
                )
            }
            Self::Cancel { id } => {
                cards::cancel(&office, &actor, id).await?;
                done(id, "取り消しました。", "cancelled.")
            }
        }
    }
}

fn employer(desk: &Desk, line: &QueueLine) -> String {
    let none = desk.say("事業所なし", "no employer");
    format!(
        "{:<8} {}  {} {}  {} {}  {} {}\n",
        line.employer.as_deref().unwrap_or("-"),
        line.name.as_deref().unwrap_or(&none),
        desk.lang.pick("閲覧用", "viewing"),
        line.viewing,
        desk.lang.pick("ログイン", "login"),
        line.login,
        desk.lang.pick("保留", "held"),
        line.held,
    )
}

fn card(desk: &Desk, card: &QueuedCard) -> String {
    let reason = card.reason.as_deref().and_then(|code| code.parse().ok());
    let reason = reason.map_or("", |reason| codes::hold_reason(desk.lang, reason));
    let proposed = card
        .proposed_by
        .as_deref()
        .map(|who| desk.say(format!("  送付先の承認待ち(提案 {who})"), format!("  address to approve (by {who})")));
    let proposed = proposed.unwrap_or_default();
    format!(
        "{:>6}  {}  {}-{}-{}  {}  {}  {} {reason}{proposed}\n",
        card.id,
        (desk.lang.labels().words.card_kind)(card.kind),
        card.symbol,
        card.number,
        card.branch,
        card.name,
        card.one_off.as_deref().or(card.employer_name.as_deref()).unwrap_or("-"),
        codes::card_state(desk.lang, card.state),
    )
}
