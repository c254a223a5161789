//! What the screen of batches wants of the use cases, and the messages it gets.

use crate::domain::packing::Packing;
use crate::domain::{BatchNumber, Reason};
use crate::tui::progress::{LongTask, Part, WorkProgress};
use crate::tui::request::{RefusalText, RequestContext, RequestPolicy, TypedRequest, request};
use crate::tui::screens::common::MOST_ROWS;
use crate::usecases::batches::{
    self, BatchApproval, BatchLine, BatchView, Cancelled, Dispatched, ExportOptions, ExportProgress, Exported,
    FoundCard, Gate, Letters, Missing, Packed, PreviewCard, Printed, ReceiptDay, Remade, ReturnFacts, Returned,
    Undelivered,
};
use crate::usecases::employers::{self, EmployerCounts, EmployerView};
use crate::usecases::incidents::IncidentChange;
use crate::usecases::refusal::BatchRefusal;
use crate::usecases::staff::Passphrase;
use crate::usecases::{Error, Refusal};
use chrono::NaiveDate;
use std::ops::ControlFlow;
use std::path::PathBuf;

/// A message of the screen to itself.
pub(super) enum BatchesMsg {
    Listed(Result<Vec<BatchLine>, RefusalText>),
    Shown {
        number: BatchNumber,
        reply: Result<Box<BatchView>, RefusalText>,
    },
    /// B9: parcels whose receipt is missing.
    Missing(Result<Vec<Missing>, RefusalText>),
    /// B7: what must be pulled from the pile of this batch.
    Gate {
        number: BatchNumber,
        gate: Vec<Gate>,
    },
    /// What became of a dispatch, and what had been pulled by then.
    Dispatched {
        number: BatchNumber,
        pulled: Vec<String>,
        reply: Dispatch,
    },
    /// B10: whose card it is, or why there is no such card.
    Found(Result<FoundCard, String>),
    Previewed(WrittenPreview),
    Exported(Exported),
    Printed(Printed),
    Letters(Letters),
    /// B14: the pile of a printed batch, to be packed.
    Pile(Packing),
    /// What a complete parcel was recorded as.
    Packed(Packed),
    /// The code of a receipt, as it was scanned.
    ReceiptScanned(String),
    Remade(Remade),
    Cancelled(Cancelled),
    /// Something was changed; this is to be said.
    Done(String),
    /// A card came back that someone had opened: what is said of it, and its serial.
    CameOpened {
        text: String,
        serial: String,
    },
    Employers(Result<Vec<EmployerCounts>, RefusalText>),
    Employer {
        code: String,
        reply: Result<Box<EmployerView>, RefusalText>,
    },
    /// R6: an address was confirmed; this is to be said.
    AddressConfirmed(String),
    /// An incident was recorded: what is said of it, and what it did.
    Incident(String, Box<IncidentChange>),
}

/// B12: letters and receipts of what is in hand, made again where they list other cards.
#[derive(Debug)]
pub(crate) struct MakeLetters {
    pub(crate) batch: BatchNumber,
    pub(crate) pulled: Vec<String>,
}
request!(MakeLetters => Letters, Always, |ctx, actor, it| {
    batches::letters(ctx, actor, &it.batch, &it.pulled.join(",")).await
});

/// B14: the pile of a printed batch.
#[derive(Debug)]
pub(crate) struct LoadPile(pub(crate) BatchNumber);
request!(LoadPile => Packing, Latest, |ctx, actor, it| batches::packing(ctx, actor, &it.0).await);

/// B14: every card of a parcel was scanned.
#[derive(Debug)]
pub(crate) struct PackParcel {
    pub(crate) batch: BatchNumber,
    pub(crate) codes: Vec<String>,
}
request!(PackParcel => Packed, Always, |ctx, actor, it| batches::pack(ctx, actor, &it.batch, &it.codes).await);

/// What became of a dispatch.
#[derive(Debug)]
pub(crate) enum Dispatch {
    Done(Dispatched),
    /// B7: the gate has become another; nothing was dispatched.
    GateChanged(Vec<Gate>),
    /// B12: the letters were made again for what is in hand; nothing was dispatched.
    LettersMade(Letters),
}

/// Batches, newest first.
#[derive(Debug)]
pub(crate) struct ListBatches;
request!(ListBatches => Vec<BatchLine>, Latest, |ctx, actor| batches::list(ctx, actor, MOST_ROWS).await);

/// Reads one batch with its cards and files.
#[derive(Debug)]
pub(crate) struct ShowBatch(pub(crate) BatchNumber);
request!(ShowBatch => Box<BatchView>, Latest, |ctx, actor, it| batches::show(ctx, actor, &it.0).await.map(Box::new));

/// B9: parcels whose receipt is missing.
#[derive(Debug)]
pub(crate) struct ListMissingReceipts;
request!(ListMissingReceipts => Vec<Missing>, Latest, |ctx, actor| batches::missing(ctx, actor).await);

/// B10: whose card has this serial; or why it cannot have come back, in words.
#[derive(Debug)]
pub(crate) struct FindCard(pub(crate) String);

impl TypedRequest for FindCard {
    type Reply = Result<FoundCard, String>;
    const KIND: RequestPolicy = RequestPolicy::Latest;

    async fn run(self, session: RequestContext<'_>) -> Result<Self::Reply, Error> {
        session.in_words(batches::find(session.ctx, session.actor, &self.0).await)
    }
}

/// B7: what must be pulled from the pile today.
#[derive(Debug)]
pub(crate) struct LoadGate(pub(crate) BatchNumber);
request!(LoadGate => Vec<Gate>, Latest, |ctx, actor, it| batches::gate(ctx, actor, &it.0).await);

/// The masked pages: where they are, and what stands on the cards.
#[derive(Debug)]
pub(crate) struct WrittenPreview {
    pub(crate) files: Vec<PathBuf>,
    pub(crate) cards: Vec<PreviewCard>,
}

/// 見本
#[derive(Debug)]
pub(crate) struct PreviewBatch(pub(crate) BatchNumber);
request!(PreviewBatch => WrittenPreview, Always, |ctx, actor, it| {
    let files = batches::preview(ctx, actor, &it.0).await?;
    Ok(WrittenPreview { files, cards: batches::preview_text(ctx, actor, &it.0).await? })
});

/// 承認
#[derive(Debug)]
pub(crate) struct ApproveBatch {
    pub(crate) batch: BatchNumber,
    /// B11: the digest of what is on the screen.
    pub(crate) shown: String,
}
request!(ApproveBatch => BatchApproval, Always, |ctx, actor, it| {
    batches::approve_shown(ctx, actor, &it.batch, &it.shown).await
});

/// 出力
#[derive(Debug)]
pub(crate) struct ExportBatch {
    pub(crate) batch: BatchNumber,
    pub(crate) date: Option<NaiveDate>,
    pub(crate) passphrase: Option<Passphrase>,
}

impl TypedRequest for ExportBatch {
    type Reply = Exported;
    const KIND: RequestPolicy = RequestPolicy::Always;

    async fn run(self, session: RequestContext<'_>) -> Result<Exported, Error> {
        let options = ExportOptions { dispatch_date: self.date, passphrase: self.passphrase };
        let watch = watch(session, self.batch.clone());
        batches::export(session.ctx, session.actor, &self.batch, options, watch).await
    }
}

/// B13: spoiled cards are made again.
#[derive(Debug)]
pub(crate) struct RemakeBatch {
    pub(crate) batch: BatchNumber,
    pub(crate) passphrase: Option<Passphrase>,
}

impl TypedRequest for RemakeBatch {
    type Reply = Remade;
    const KIND: RequestPolicy = RequestPolicy::Always;

    async fn run(self, session: RequestContext<'_>) -> Result<Remade, Error> {
        let watch = watch(session, self.batch.clone());
        batches::remake(session.ctx, session.actor, &self.batch, self.passphrase, watch).await
    }
}

/// Reports how far an export is whenever that has changed, and passes on that it is to stop.
fn watch(session: RequestContext<'_>, batch: BatchNumber) -> impl FnMut(ExportProgress) -> ControlFlow<()> + Send {
    let words = &session.labels.batches;
    let mut last = None;
    move |now| {
        if last.replace(now) != Some(now) {
            let part = |name, done: usize| Part { name, done: done as u64 };
            let parts = vec![part(words.hashing, now.hashed), part(words.setting, now.set)];
            session.work.report(WorkProgress { job: LongTask::Export(batch.clone()), parts, total: now.cards as u64 });
        }
        if session.work.is_stopped() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// 印刷完了
#[derive(Debug)]
pub(crate) struct RecordPrinted {
    pub(crate) batch: BatchNumber,
    pub(crate) spoiled: String,
}
request!(RecordPrinted => Printed, Always, |ctx, actor, it| {
    batches::printed(ctx, actor, &it.batch, &it.spoiled).await
});

/// 発送確定
#[derive(Debug)]
pub(crate) struct DispatchBatch {
    pub(crate) batch: BatchNumber,
    pub(crate) on: NaiveDate,
    pub(crate) pulled: Vec<String>,
}

impl TypedRequest for DispatchBatch {
    type Reply = Dispatch;
    const KIND: RequestPolicy = RequestPolicy::Always;

    async fn run(self, session: RequestContext<'_>) -> Result<Dispatch, Error> {
        let RequestContext { ctx, actor, .. } = session;
        match batches::dispatch(ctx, actor, &self.batch, Some(self.on), &self.pulled.join(",")).await {
            // B7: a member lost the qualification, or asked again, while the dispatch was on the screen.
            Err(Error::Refused(Refusal::Batch(BatchRefusal::MustPull(_)))) => {
                batches::gate(ctx, actor, &self.batch).await.map(Dispatch::GateChanged)
            }
            // Letters travel with the parcels: they are replaced before the dispatch is confirmed.
            Err(Error::Refused(Refusal::Batch(BatchRefusal::LettersOutdated { .. }))) => {
                batches::letters(ctx, actor, &self.batch, &self.pulled.join(",")).await.map(Dispatch::LettersMade)
            }
            done => done.map(Dispatch::Done),
        }
    }
}

/// 取消
#[derive(Debug)]
pub(crate) struct CancelBatch(pub(crate) BatchNumber);
request!(CancelBatch => Cancelled, Always, |ctx, actor, it| batches::cancel(ctx, actor, &it.0).await);

/// 差戻し (B17)
#[derive(Debug)]
pub(crate) struct SendBatchBack {
    pub(crate) batch: BatchNumber,
    pub(crate) reason: String,
}
request!(SendBatchBack => (), Always, |ctx, actor, it| batches::send_back(ctx, actor, &it.batch, &Reason::parse(&it.reason)?).await);

/// A comment on a batch.
#[derive(Debug)]
pub(crate) struct CommentBatch {
    pub(crate) batch: BatchNumber,
    pub(crate) text: String,
}
request!(CommentBatch => (), Always, |ctx, actor, it| batches::comment(ctx, actor, &it.batch, &it.text).await);

/// 受領書
#[derive(Debug)]
pub(crate) struct RecordReceipt {
    pub(crate) batch: BatchNumber,
    pub(crate) employer: String,
    pub(crate) on: NaiveDate,
    /// B15
    pub(crate) undelivered: Vec<Undelivered>,
}
request!(RecordReceipt => Vec<String>, Always, |ctx, actor, it| {
    batches::receipt(ctx, actor, &it.batch, &it.employer, ReceiptDay::Came(Some(it.on)), &it.undelivered).await
});

/// 返戻, by serial.
#[derive(Debug)]
pub(crate) struct RecordReturned {
    pub(crate) serial: String,
    pub(crate) how: ReturnFacts,
}
request!(RecordReturned => Returned, Always, |ctx, actor, it| batches::returned(ctx, actor, &it.serial, it.how).await);

/// The tracking number of a parcel; the number as it is kept.
#[derive(Debug)]
pub(crate) struct TrackParcel {
    pub(crate) batch: BatchNumber,
    pub(crate) employer: String,
    pub(crate) tracking: String,
}
request!(TrackParcel => String, Always, |ctx, actor, it| {
    batches::track(ctx, actor, &it.batch, &it.employer, &it.tracking).await
});

/// 事業所; a look.
#[derive(Debug)]
pub(crate) struct ListEmployers;
request!(ListEmployers => Vec<EmployerCounts>, Latest, |ctx, actor| employers::list(ctx, actor).await);

/// Everything on record of an employer, by its code; a look.
#[derive(Debug)]
pub(crate) struct ShowEmployer(pub(crate) String);
request!(ShowEmployer => Box<EmployerView>, Latest, |ctx, actor, it| {
    employers::record(ctx, actor, &it.0).await.map(Box::new)
});
