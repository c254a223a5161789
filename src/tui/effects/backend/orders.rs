//! Changes that the screens want carried out.

use super::{AppBackend, Steps};
use crate::domain::BatchNumber;
use crate::labels::Labels;
use crate::tui::message::{Answer, Job, Order, Part, Progress};
use crate::usecases::batches::{ExportOptions, ExportProgress};
use crate::usecases::{Error, Refusal as Reason, batches, cards, notes, one_off, requests, settings, staff};
use std::ops::ControlFlow;
use std::sync::Arc;

impl AppBackend {
    pub(super) async fn carry_out(&self, order: Order, steps: Steps) -> Result<Answer, Error> {
        let (ctx, actor) = &self.current().await?;
        Ok(match order {
            Order::Reissue { key, who, told } => match cards::ask_viewing(ctx, actor, &key, told).await {
                Err(Error::Refused(Reason::NeedsConfirm(warning))) => {
                    Answer::ReissueNeedsConfirm { key: Box::new(key), who, warning: Box::new(warning) }
                }
                asked => Answer::Reissued { key: Box::new(key), who, asked: asked? },
            },
            Order::Note { key, who, note } => {
                notes::write(ctx, actor, &key, &note).await?;
                Answer::NoteWritten { key: Box::new(key), who }
            }
            Order::FollowUpDone { id, who, closing } => {
                notes::done(ctx, actor, id, &closing).await?;
                Answer::FollowUpDone(who)
            }
            Order::TakeCall(call) => Answer::CallTaken(requests::take_call(ctx, actor, &call).await?.receipt),
            Order::Hold { card, who, why } => {
                cards::hold(ctx, actor, card, &why).await?;
                Answer::Held(who)
            }
            Order::Release { card, who } => {
                cards::release(ctx, actor, card).await?;
                Answer::Released(who)
            }
            Order::ProposeAddress { card, who, to, reason } => {
                one_off::propose(ctx, actor, card, &to, &reason).await?;
                Answer::AddressProposed(who)
            }
            Order::ApproveAddress { card, who } => {
                one_off::approve(ctx, actor, card).await?;
                Answer::AddressApproved(who)
            }
            Order::RefuseAddress { card, who, why } => {
                one_off::refuse(ctx, actor, card, &why).await?;
                Answer::AddressRefused(who)
            }
            Order::CancelCard { card, who } => {
                cards::cancel(ctx, actor, card).await?;
                Answer::CardCancelled(who)
            }
            Order::Draft(filter) => Answer::Drafted(batches::draft(ctx, actor, &filter, None).await?),
            Order::Preview(batch) => Answer::Previewed(batches::preview(ctx, actor, &batch).await?),
            Order::Approve(batch) => {
                batches::approve(ctx, actor, &batch).await?;
                Answer::Approved(batch)
            }
            Order::Export { batch, date, passphrase } => {
                let options = ExportOptions { dispatch_date: date, passphrase };
                let watch = watch(steps, batch.clone(), self.labels);
                Answer::Exported(Arc::new(batches::export(ctx, actor, &batch, options, watch).await?))
            }
            Order::Printed { batch, spoiled } => Answer::Printed(batches::printed(ctx, actor, &batch, &spoiled).await?),
            Order::Dispatch { batch, on, pulled } => {
                match batches::dispatch(ctx, actor, &batch, Some(on), &pulled.join(",")).await {
                    // B7: somebody lost the qualification, or asked anew, while the dispatch was on the screen.
                    Err(Error::Refused(Reason::MustPull(_))) => {
                        let gate = batches::gate(ctx, actor, &batch).await?;
                        Answer::GateChanged { batch, gate, pulled }
                    }
                    done => Answer::Dispatched(done?),
                }
            }
            Order::CancelBatch(batch) => Answer::BatchCancelled(batches::cancel(ctx, actor, &batch).await?),
            Order::Receipt { batch, employer, named, on } => {
                batches::receipt(ctx, actor, &batch, &employer, Some(on)).await?;
                Answer::ReceiptNoted(named)
            }
            Order::Verify { receipt, checked } => {
                Answer::RequestVerified(Box::new(requests::verify(ctx, actor, &receipt, &checked).await?))
            }
            Order::QueueNotice(receipt) => {
                Answer::RequestQueued(Box::new(requests::queue(ctx, actor, &receipt).await?))
            }
            Order::HoldRequest { receipt, why } => {
                Answer::RequestHeld(Box::new(requests::hold(ctx, actor, &receipt, &why).await?))
            }
            Order::Reject { receipt, why } => {
                Answer::RequestRejected(Box::new(requests::reject(ctx, actor, &receipt, &why).await?))
            }
            Order::Merge { receipt, into } => {
                let into = Box::new(requests::merge(ctx, actor, &receipt, &into).await?);
                Answer::RequestMerged { from: receipt, into }
            }
            Order::ChooseMember { receipt, key } => {
                Answer::RequestChosen(Box::new(requests::choose(ctx, actor, &receipt, &key).await?))
            }
            Order::Import(job) => {
                let done = self.import(ctx, actor, &job, &steps).await?;
                Answer::Imported(job, Arc::new(done))
            }
            Order::AddStaff { id, name, role, password } => {
                staff::add(ctx, actor, &id, &name, role, &password).await?;
                Answer::StaffAdded(format!("{id} {name}"))
            }
            Order::UnlockStaff(id) => {
                staff::unlock(ctx, actor, &id).await?;
                Answer::StaffUnlocked(id)
            }
            Order::ResetStaff { id, password } => {
                staff::reset(ctx, actor, &id, &password).await?;
                Answer::StaffReset(id)
            }
            Order::DisableStaff(id) => {
                staff::disable(ctx, actor, &id).await?;
                Answer::StaffDisabled(id)
            }
            Order::ChangeRole { id, role } => {
                staff::set_role(ctx, actor, &id, role).await?;
                Answer::RoleChanged(id)
            }
            Order::ResetFactor(id) => {
                staff::reset_factor(ctx, actor, &id).await?;
                Answer::FactorReset(id)
            }
            Order::SetSetting { key, value } => {
                settings::set(ctx, actor, key, &value).await?;
                Answer::SettingSet { key, value }
            }
            Order::Returned { serial } => Answer::CardReturned(batches::returned(ctx, actor, &serial).await?),
        })
    }
}

/// Tells the console of an export, whenever something has changed, and hears whether to stop.
fn watch(
    steps: Steps,
    batch: BatchNumber,
    labels: &'static Labels,
) -> impl FnMut(ExportProgress) -> ControlFlow<()> + Send {
    let words = &labels.batches;
    let mut last = None;
    move |now| {
        if last.replace(now) != Some(now) {
            let part = |name, done: usize| Part { name, done: done as u64 };
            let parts = vec![part(words.hashing, now.hashed), part(words.setting, now.set)];
            steps.report(Progress { job: Job::Export(batch.clone()), parts, total: now.cards as u64 });
        }
        if steps.stopped() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}
