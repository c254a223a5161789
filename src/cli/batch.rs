//! `batch`: from a draft to the post office.

use super::args::day;
use super::context::CliContext;
use super::output::Failure;
use super::progress::progress;
use crate::domain::{BatchNumber, CardKind};
use crate::labels::codes;
use crate::labels::print::print_note;
use crate::print::PreflightNote;
use crate::usecases::batches::{self, BatchLine, Due, ExportOptions, Missing};
use crate::usecases::queue::QueueFilter;
use crate::usecases::{Error, Refusal};
use chrono::NaiveDate;

#[derive(Debug, clap::Subcommand)]
pub(super) enum BatchCommand {
    /// 作成する / draft from the queue
    Draft {
        /// 種類 / kind
        #[arg(long)]
        kind: Option<CardKind>,
        /// 事業所記号 / employer
        #[arg(long)]
        employer: Option<String>,
        /// この日より前に依頼されたもの / asked for before this day
        #[arg(long, value_name = "D", value_parser = day)]
        asked_before: Option<NaiveDate>,
        /// このはがきだけ(queue list の番号) / these cards alone
        #[arg(long, value_name = "ID,…", value_delimiter = ',')]
        card: Vec<i64>,
        /// 枚数の上限 / most cards
        #[arg(long)]
        limit: Option<usize>,
    },
    /// 一覧 / list
    List,
    /// 表示する / show
    Show {
        /// バッチ番号
        batch: String,
    },
    /// 見本を出力する(パスワードは●) / masked preview
    Preview {
        /// バッチ番号
        batch: String,
    },
    /// 承認する / approve
    Approve {
        /// バッチ番号
        batch: String,
    },
    /// 出力する / export
    Export {
        /// バッチ番号
        batch: String,
        /// 発送予定日(はがきに印刷される) / the date printed on the cards
        #[arg(long, value_name = "D", value_parser = day)]
        dispatch_date: Option<NaiveDate>,
        /// PDFを暗号化する合言葉の環境変数 / variable with a passphrase for the PDF
        #[arg(long, value_name = "VAR")]
        passphrase_env: Option<String>,
    },
    /// 印刷完了を登録する / note the print
    Printed {
        /// バッチ番号
        batch: String,
        /// 刷り損じの通し番号(12,40-43) / spoiled serials
        #[arg(long, default_value = "")]
        spoiled: String,
    },
    /// 発送を確定する / confirm dispatch
    Dispatch {
        /// バッチ番号
        batch: String,
        /// 発送日 / day
        #[arg(long, value_name = "D", value_parser = day)]
        on: Option<NaiveDate>,
        /// 抜き取った通し番号 / pulled serials
        #[arg(long, default_value = "")]
        pulled: String,
    },
    /// 受領書の返送を登録する / note a receipt
    Receipt {
        /// バッチ番号
        batch: String,
        /// 事業所記号 / employer
        employer: String,
        /// 受領日 / day
        #[arg(long, value_name = "D", value_parser = day)]
        on: Option<NaiveDate>,
    },
    /// 届いていない受領書の一覧 / missing receipts
    Receipts,
    /// 返戻を登録する / a card came back
    Returned {
        /// 通し番号 / serial
        serial: String,
    },
    /// 取り消す / cancel
    Cancel {
        /// バッチ番号
        batch: String,
    },
}

fn number(text: &str) -> Result<BatchNumber, Error> {
    Ok(BatchNumber::parse(text).ok_or_else(|| Refusal::BatchUnknown(text.to_owned()))?)
}

impl BatchCommand {
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        let (ctx, actor) = cli.signed_in().await?;
        match self {
            Self::Draft { kind, employer, asked_before, card, limit } => {
                let employer = employer.map(|code| crate::text::key(&code));
                let asked_before = asked_before.map(crate::text::japan::midnight);
                let only = (!card.is_empty()).then_some(card);
                let filter = QueueFilter { kind, employer, asked_before, only, ..QueueFilter::default() };
                let drafted = batches::draft(&ctx, &actor, &filter, limit).await?;
                cli.format.print(&drafted, || {
                    let (batch, cards, held) = (&drafted.batch, drafted.cards, drafted.held);
                    let kept = match held {
                        0 => String::new(),
                        _ => cli.say(
                            format!("送付先のない {held}枚は保留にしました。"),
                            format!(" {held} without a route are held."),
                        ),
                    };
                    let gone = match drafted.gone {
                        0 => String::new(),
                        gone => cli.say(
                            format!("指定のうち {gone}枚は、発送待ちにありません。"),
                            format!(" {gone} of those named are not queued."),
                        ),
                    };
                    cli.say(
                        format!("バッチ {batch} を作成しました({cards}枚)。{kept}{gone}"),
                        format!("Batch {batch} has {cards} cards.{kept}{gone}"),
                    )
                })
            }
            Self::List => {
                let list = batches::list(&ctx, &actor, 200).await?;
                cli.format
                    .print(&serde_json::json!({ "batches": list }), || list.iter().map(|l| line(cli, l)).collect())
            }
            Self::Show { batch } => {
                let view = batches::show(&ctx, &actor, &number(&batch)?).await?;
                cli.format.print(&view, || {
                    let state = codes::batch_state(cli.lang, view.batch.state());
                    let mut lines = vec![format!("{}  {state}", view.batch.number)];
                    lines.extend(view.cards.iter().map(|card| {
                        let serial = card.serial.clone().unwrap_or_else(|| card.id.to_string());
                        let state = codes::card_state(cli.lang, card.state);
                        format!("{serial}  {}-{}-{}  {}  {state}", card.symbol, card.number, card.branch, card.name)
                    }));
                    lines.extend(view.left.iter().map(|card| {
                        let serial = card.serial.clone().unwrap_or_else(|| card.id.to_string());
                        let became = codes::card_state(cli.lang, card.left_as);
                        let ja = format!("バッチを離脱({became})");
                        let how = cli.say(ja, format!("left the batch ({became})"));
                        format!("{serial}  {}-{}-{}  {}  {how}", card.symbol, card.number, card.branch, card.name)
                    }));
                    lines.extend(view.files.iter().map(|file| format!("{}  {}", file.name, file.sha256)));
                    lines.join("\n")
                })
            }
            Self::Preview { batch } => {
                let files = batches::preview(&ctx, &actor, &number(&batch)?).await?;
                cli.format.print(&serde_json::json!({ "batch": batch, "files": files }), || paths(&files))
            }
            Self::Approve { batch } => {
                batches::approve(&ctx, &actor, &number(&batch)?).await?;
                cli.format.print(&serde_json::json!({ "batch": batch }), || {
                    cli.say(format!("バッチ {batch} を承認しました。"), format!("Batch {batch} is approved."))
                })
            }
            Self::Export { batch, dispatch_date, passphrase_env } => {
                let options = ExportOptions {
                    dispatch_date,
                    passphrase: passphrase_env.map(|v| cli.passphrase(&v)).transpose()?,
                };
                let exported = batches::export(&ctx, &actor, &number(&batch)?, options, progress(cli)).await?;
                let note = match exported.without_barcode.as_slice() {
                    [] => String::new(),
                    bare => format!("\n{}: {}", bare.join(", "), print_note(cli.lang, PreflightNote::NoBarcode)),
                };
                cli.format.print(&exported, || {
                    let (cards, held, date) = (exported.cards, exported.held.len(), exported.dispatch_date);
                    let files = paths(&exported.files);
                    cli.say(
                        format!("{cards}枚を出力しました(発送予定日 {date}、保留 {held}枚)。{note}\n{files}"),
                        format!("{cards} cards exported for {date}, {held} held.{note}\n{files}"),
                    )
                })
            }
            Self::Printed { batch, spoiled } => {
                let count = batches::printed(&ctx, &actor, &number(&batch)?, &spoiled).await?;
                cli.format.print(&count, || {
                    let (good, bad) = (count.printed, count.spoiled.len());
                    cli.say(
                        format!("印刷 {good}枚、刷り損じ {bad}枚を登録しました。"),
                        format!("{good} printed, {bad} spoiled."),
                    )
                })
            }
            Self::Dispatch { batch, on, pulled } => {
                let sent = batches::dispatch(&ctx, &actor, &number(&batch)?, on, &pulled).await?;
                cli.format.print(&sent, || {
                    let (cards, on, pulled) = (sent.cards, sent.on, sent.pulled.len());
                    let file = match &sent.not_destroyed {
                        None => cli.say("出力したPDFは消去しました。", "The PDF is destroyed."),
                        Some(file) => kept(cli, file),
                    };
                    cli.say(
                        format!("{on} に{cards}枚を発送しました(抜取 {pulled}枚)。{file}"),
                        format!("{cards} cards dispatched on {on}, {pulled} pulled. {file}"),
                    )
                })
            }
            Self::Receipt { batch, employer, on } => {
                batches::receipt(&ctx, &actor, &number(&batch)?, &employer, on).await?;
                cli.format.print(&serde_json::json!({ "batch": batch, "employer": employer }), || {
                    cli.say("受領書の返送を登録しました。", "The receipt is noted.")
                })
            }
            Self::Receipts => {
                let missing = batches::missing(&ctx, &actor).await?;
                cli.format.print(&serde_json::json!({ "receipts": missing }), || {
                    missing.iter().map(|line| receipt(cli, line)).collect()
                })
            }
            Self::Returned { serial } => {
                let card = batches::returned(&ctx, &actor, &serial).await?;
                cli.format.print(&card, || {
                    let ja = format!("{} の返戻を登録し、パスワードを無効にしました。", card.serial);
                    cli.say(ja, format!("The return of {} is recorded; its password is void.", card.serial))
                })
            }
            Self::Cancel { batch } => {
                let done = batches::cancel(&ctx, &actor, &number(&batch)?).await?;
                let back = done.back_in_queue;
                cli.format.print(&done, || {
                    let file = done.not_destroyed.as_deref().map(|file| kept(cli, file)).unwrap_or_default();
                    let ja = format!("バッチ {batch} を取り消し、{back}枚を発送待ちに戻しました。{file}");
                    cli.say(ja, format!("Batch {batch} is cancelled; {back} cards are queued again.{file}"))
                })
            }
        }
    }
}

fn receipt(cli: &CliContext, line: &Missing) -> String {
    let Missing { bundle, waited, due } = line;
    let sent = bundle.dispatched_on.map(|day| day.to_string()).unwrap_or_default();
    let late = match due {
        Due::Overdue => cli.lang.pick("  期限超過", "  overdue"),
        Due::Awaited => "",
    };
    let days = cli.say(format!("{waited}営業日"), format!("{waited} business days"));
    let (batch, code, name) = (&bundle.batch, &bundle.employer, &bundle.name);
    format!("{sent}  {days}  {batch}  {code} {name}  {} {}{late}\n", bundle.contact, bundle.phone)
}

/// S4: told at once, and by every start until it is gone.
fn kept(cli: &CliContext, file: &str) -> String {
    cli.say(
        format!("PDFを消去できていません({file})。原因を除くと、次の起動時に消去します。"),
        format!(" The PDF could NOT be destroyed ({file}). It is tried again at the next start."),
    )
}

fn paths(files: &[std::path::PathBuf]) -> String {
    files.iter().map(|file| file.display().to_string()).collect::<Vec<_>>().join("\n")
}

fn line(cli: &CliContext, line: &BatchLine) -> String {
    let words = &cli.lang.labels().words;
    let state = codes::batch_state(cli.lang, line.batch.state());
    let (viewing, login) = (words.card_kind(CardKind::Viewing), words.card_kind(CardKind::Login));
    format!("{}  {state}  {viewing} {}  {login} {}\n", line.batch.number, line.viewing, line.login)
}
