//! `batch`: from a draft to the post office.

mod pages;
mod parsed;

use self::pages::{drawn, letters_made, line, packed, page, paths, receipt};
use self::parsed::{number, undelivered};
use super::args::day;
use super::context::CliContext;
use super::output::Failure;
use super::progress::progress;
use crate::domain::gate::ChangedCard;
use crate::domain::{CardKind, Reason, ReturnReason};
use crate::labels::cli::SystemFault;
use crate::labels::print::{self, without_barcode};
use crate::labels::{codes, gate as words};
use crate::usecases::Refusal;
use crate::usecases::batches::{self, ExportOptions, Exported, ReceiptDay, ReturnFacts, Undelivered, fingerprint};
use crate::usecases::queue::QueueFilter;
use chrono::NaiveDate;
use serde_json::json;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::PathBuf;

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
        /// はがきの見本を写すファイル(- は標準出力) / a file for the pages of the cards; - is stdout
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// すでにあるファイルと置き換える / replace a file that is there
        #[arg(long, requires = "out")]
        replace: bool,
        /// 端末に文字で表示する / as text in the terminal
        #[arg(long, conflicts_with = "out")]
        text: bool,
    },
    /// 承認する / approve
    Approve {
        /// バッチ番号
        batch: String,
        /// 確かめた内容の指紋(batch show)。違えば承認しない / fingerprint of what was looked at; refused where it is another
        #[arg(long)]
        fingerprint: Option<String>,
    },
    /// いま送れないはがきを調べる / what would stop its cards now
    Gate {
        /// バッチ番号
        batch: String,
    },
    /// 出力する / export
    Export {
        /// バッチ番号
        batch: String,
        /// 承認後に変わったはがきを発送待ちに戻し、残りを出力する / send changed cards back and export the rest
        #[arg(long)]
        without_changed: bool,
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
        /// 刷り損じのはがき番号(12,40-43) / spoiled serials
        #[arg(long, default_value = "")]
        spoiled: String,
    },
    /// 手元のはがきで送付状・受領書を作り直す / letters and receipts of the cards in hand
    Letters {
        /// バッチ番号
        batch: String,
        /// 抜き取ったはがき番号 / pulled serials
        #[arg(long, default_value = "")]
        pulled: String,
    },
    /// 封入を確かめる / check scanned codes of cards and letters, parcel by parcel
    Pack {
        /// バッチ番号
        batch: String,
        /// 読み取ったコード(はがき番号、送付状のコード) / scanned codes: serials, codes of letters
        #[arg(required = true)]
        code: Vec<String>,
    },
    /// 刷り損じを作り直す / make spoiled cards again
    Remake {
        /// バッチ番号
        batch: String,
        /// PDFを暗号化する合言葉の環境変数 / variable with a passphrase for the PDF
        #[arg(long, value_name = "VAR")]
        passphrase_env: Option<String>,
    },
    /// 発送を確定する / confirm dispatch
    Dispatch {
        /// バッチ番号
        batch: String,
        /// 発送日 / day
        #[arg(long, value_name = "D", value_parser = day)]
        on: Option<NaiveDate>,
        /// 抜き取ったはがき番号 / pulled serials
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
        /// 登録した受領日を訂正する理由 / why the recorded day is wrong
        #[arg(long, value_name = "REASON", requires = "on")]
        correct: Option<String>,
        /// お渡しできなかったはがき: はがき番号=理由(退職・転籍・休職・受取拒否・不明) / not handed over: serial=reason
        #[arg(long, value_name = "SERIAL=REASON", value_parser = undelivered)]
        undelivered: Vec<Undelivered>,
    },
    /// 小包の追跡番号を記録する / note the carrier's number of a parcel
    Track {
        /// バッチ番号
        batch: String,
        /// 事業所記号 / employer
        employer: String,
        /// 追跡番号(空で取消) / the number; an empty one takes it back
        tracking: String,
    },
    /// バッチの残りの受領書をまとめて登録する / note every missing receipt of a batch
    ReceiptsOf {
        /// バッチ番号
        batch: String,
        /// 受領日 / day
        #[arg(long, value_name = "D", value_parser = day)]
        on: Option<NaiveDate>,
    },
    /// 返送を待っているはがきの一覧 / cards that employers are to send back
    Undelivered,
    /// 差し戻す / send a draft back
    Reject {
        /// バッチ番号
        batch: String,
        /// 理由 / why
        #[arg(long)]
        reason: String,
    },
    /// コメントを書く / comment on a batch
    Comment {
        /// バッチ番号
        batch: String,
        /// 内容 / words
        #[arg(long)]
        text: String,
    },
    /// 届いていない受領書の一覧 / missing receipts
    Receipts,
    /// 返戻を登録する / a card came back
    Returned {
        /// はがき番号 / serial
        serial: String,
        /// 理由 / why: address_unknown | left | refused | storage_expired | other
        #[arg(long, default_value = "other")]
        reason: ReturnReason,
        /// 次の連絡日 / when the member or the employer is called
        #[arg(long, value_name = "D", value_parser = day)]
        next: Option<NaiveDate>,
        /// 担当の職員ID(省略時は自分) / who sees to it
        #[arg(long, value_name = "ID")]
        owner: Option<String>,
    },
    /// 取り消す / cancel
    Cancel {
        /// バッチ番号
        batch: String,
    },
}

/// An export, with the cards that were left out of it.
#[derive(serde::Serialize)]
struct WithoutChanged<'a> {
    #[serde(flatten)]
    exported: &'a Exported,
    changed: &'a [ChangedCard],
}

impl BatchCommand {
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        let (ctx, actor) = cli.signed_in().await?;
        let texts = &cli.texts().batch;
        match self {
            Self::Draft { kind, employer, asked_before, card, limit } => {
                let employer = employer.map(|code| crate::text::key(&code));
                let asked_before = asked_before.map(crate::text::japan::midnight);
                let only =
                    (!card.is_empty()).then(|| card.into_iter().collect::<BTreeSet<i64>>().into_iter().collect());
                let filter = QueueFilter { kind, employer, asked_before, only, ..QueueFilter::default() };
                let drafted = batches::draft(&ctx, &actor, &filter, limit).await?;
                cli.print(&drafted, || {
                    let (held, gone) = (texts.draft_held(drafted.held), texts.draft_gone(drafted.gone));
                    let (cancelled, apart) =
                        (texts.draft_cancelled(drafted.cancelled), texts.draft_apart(drafted.apart));
                    texts.drafted(&drafted.batch, drafted.cards) + &held + &cancelled + &apart + &gone
                })?;
                if drafted.gone == 0 { Ok(()) } else { Err(Failure::Partial) }
            }
            Self::List => {
                let none = cli.lang.labels().batches.empty;
                cli.list("batches", &batches::list(&ctx, &actor, 200).await?, none, |batch| line(cli, batch))
            }
            Self::Show { batch } => {
                let view = batches::show(&ctx, &actor, &number(&batch)?).await?;
                cli.print(&view, || page(cli, &view))
            }
            Self::Preview { batch, text: true, .. } => {
                let cards = batches::preview_text(&ctx, &actor, &number(&batch)?).await?;
                cli.list("cards", &cards, "", drawn)
            }
            Self::Preview { batch, out: None, .. } => {
                let files = batches::preview(&ctx, &actor, &number(&batch)?).await?;
                cli.print(&json!({ "batch": batch, "files": files }), || paths(&files))
            }
            Self::Preview { batch, out: Some(out), replace, .. } if out.as_os_str() != "-" => {
                let mut file = cli.output(&out, replace)?;
                let pages = batches::preview_pages(&ctx, &actor, &number(&batch)?).await?;
                let unusable = |e: io::Error| Refusal::Folder { path: out.clone(), why: e.into() };
                file.write_all(&pages).map_err(unusable)?;
                let path = file.finish()?;
                cli.print(&json!({ "batch": batch, "file": path }), || path.display().to_string())
            }
            // A PDF for a viewer at the other end of a connection.
            Self::Preview { batch, .. } => {
                let pages = batches::preview_pages(&ctx, &actor, &number(&batch)?).await?;
                match io::stdout().lock().write_all(&pages) {
                    Err(e) if e.kind() != io::ErrorKind::BrokenPipe => Err(Failure::system(SystemFault::Stdout, e)),
                    Ok(()) | Err(_) => Ok(()),
                }
            }
            Self::Approve { batch, fingerprint: shown } => {
                let number = number(&batch)?;
                let approved = match shown {
                    Some(shown) => batches::approve_shown(&ctx, &actor, &number, &shown).await?,
                    None => batches::approve(&ctx, &actor, &number).await?,
                };
                cli.print(&approved, || {
                    let done = texts.approved(&batch) + &texts.fingerprint(&fingerprint(&approved.digest));
                    let held = approved.held.iter().map(|card| format!("\n{}", print::held(cli.lang, card)));
                    let apart = approved.apart.iter().map(|card| format!("\n{}", print::apart(cli.lang, card)));
                    done + &held.chain(apart).collect::<String>()
                })
            }
            Self::Gate { batch } => {
                let report = batches::gate_report(&ctx, &actor, &number(&batch)?).await?;
                cli.print(&report, || words::report(cli.lang, &report))
            }
            Self::Export { batch, without_changed, dispatch_date, passphrase_env } => {
                let passphrase = passphrase_env.map(|variable| cli.passphrase(&variable)).transpose()?;
                let options = ExportOptions { dispatch_date, passphrase };
                let number = number(&batch)?;
                let back = match without_changed {
                    true => batches::send_back_changed(&ctx, &actor, &number).await?.changed,
                    false => Vec::new(),
                };
                let exported = batches::export(&ctx, &actor, &number, options, progress(cli)).await?;
                cli.print(&WithoutChanged { exported: &exported, changed: &back }, || {
                    let done = texts.exported(exported.cards, exported.dispatch_date, exported.held.len());
                    let left = exported.held.iter().map(|card| print::held(cli.lang, card));
                    let left = left.chain(exported.apart.iter().map(|card| print::apart(cli.lang, card)));
                    let left = left.map(|line| format!("\n{line}")).collect::<String>();
                    let note = without_barcode(cli.lang, &exported.without_barcode);
                    let back = back.iter().map(|card| format!("\n{}", words::changed_card(cli.lang, card)));
                    format!("{done}{note}{left}{}\n{}", back.collect::<String>(), paths(&exported.files))
                })
            }
            Self::Printed { batch, spoiled } => {
                let count = batches::printed(&ctx, &actor, &number(&batch)?, &spoiled).await?;
                cli.print(&count, || {
                    let done = texts.printed(count.printed, count.spoiled.len());
                    format!("{done}\n{}", letters_made(cli, &count.letters))
                })
            }
            Self::Letters { batch, pulled } => {
                let made = batches::letters(&ctx, &actor, &number(&batch)?, &pulled).await?;
                cli.print(&made, || letters_made(cli, &made))
            }
            Self::Pack { batch, code } => {
                let done = batches::pack(&ctx, &actor, &number(&batch)?, &code).await?;
                cli.print(&done, || packed(cli, &done))?;
                if done.is_right() { Ok(()) } else { Err(Failure::Partial) }
            }
            Self::Remake { batch, passphrase_env } => {
                let passphrase = passphrase_env.map(|variable| cli.passphrase(&variable)).transpose()?;
                let made = batches::remake(&ctx, &actor, &number(&batch)?, passphrase, progress(cli)).await?;
                cli.print(&made, || {
                    let done = texts.remade(&made.batch, made.serials.len(), &made.serials.join(", "));
                    let left = texts.remake_left(made.left.len(), &made.left.join(", "));
                    format!("{done}{left}\n{}", paths(&made.files))
                })
            }
            Self::Dispatch { batch, on, pulled } => {
                let sent = batches::dispatch(&ctx, &actor, &number(&batch)?, on, &pulled).await?;
                cli.print(&sent, || {
                    // S4: said at once, and by every start until the file is gone.
                    let kept = sent.not_destroyed.as_deref().map(|file| texts.not_destroyed(file));
                    let file = kept.unwrap_or_else(|| texts.destroyed.to_owned());
                    texts.dispatched(sent.on, sent.cards, sent.pulled.len()) + &file
                })
            }
            Self::Receipt { batch, employer, on, correct, undelivered } => {
                let reason = correct.as_deref().map(Reason::parse).transpose()?;
                let day = match (on, &reason) {
                    (Some(on), Some(reason)) => ReceiptDay::Corrected(on, reason),
                    (on, _) => ReceiptDay::Came(on),
                };
                let noted = batches::receipt(&ctx, &actor, &number(&batch)?, &employer, day, &undelivered).await?;
                cli.print(&json!({ "batch": batch, "employer": employer, "undelivered": noted }), || {
                    texts.receipt_noted.to_owned() + &texts.undelivered_noted(noted.len())
                })
            }
            Self::Track { batch, employer, tracking } => {
                let kept = batches::track(&ctx, &actor, &number(&batch)?, &employer, &tracking).await?;
                cli.print(&json!({ "batch": batch, "employer": employer, "tracking": kept }), || {
                    texts.tracked(&employer, &kept)
                })
            }
            Self::ReceiptsOf { batch, on } => {
                let came = batches::all_receipts(&ctx, &actor, &number(&batch)?, on).await?;
                cli.print(&json!({ "batch": batch, "employers": came }), || texts.receipts_noted(came.len()))
            }
            Self::Undelivered => {
                let expected = batches::expected_back(&ctx, &actor).await?;
                cli.list("undelivered", &expected, texts.nothing_expected, |card| {
                    let reason = codes::undelivered(cli.lang, card.reason);
                    let (key, name, company) = (&card.key, &card.name, &card.employer_name);
                    let (told, day, serial) = (cli.protected_mark(card.protected), card.noted_on, &card.serial);
                    format!("{day}  {serial}  {told}{key}  {name}  {} {company}  {reason}", card.employer)
                })
            }
            Self::Reject { batch, reason } => {
                batches::send_back(&ctx, &actor, &number(&batch)?, &Reason::parse(&reason)?).await?;
                cli.done("batch", &batch, texts.sent_back(&batch))
            }
            Self::Comment { batch, text } => {
                batches::comment(&ctx, &actor, &number(&batch)?, &text).await?;
                cli.done("batch", &batch, texts.commented(&batch))
            }
            Self::Receipts => {
                let missing = batches::missing(&ctx, &actor).await?;
                cli.list("receipts", &missing, cli.texts().batch.no_receipts, |missing| receipt(cli, missing))
            }
            Self::Returned { serial, reason, next, owner } => {
                let how = ReturnFacts { reason, next, owner };
                let card = batches::returned(&ctx, &actor, &serial, how).await?;
                let then = card.next.map(|day| texts.returned_next(day, card.owner.as_deref().unwrap_or_default()));
                cli.print(&card, || texts.returned(&card.serial) + &then.unwrap_or_default())
            }
            Self::Cancel { batch } => {
                let done = batches::cancel(&ctx, &actor, &number(&batch)?).await?;
                cli.print(&done, || {
                    let kept = done.not_destroyed.as_deref().map(|file| texts.not_destroyed(file));
                    texts.cancelled(&batch, done.back_in_queue) + &kept.unwrap_or_default()
                })
            }
        }
    }
}
