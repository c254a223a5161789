//! Questions and orders as calls of the use cases.

use super::{Backend, Steps};
use crate::labels::refusals::explain;
use crate::labels::{Labels, files};
use crate::secrets::Passphrase;
use crate::tui::context::Person;
use crate::tui::message::{Answer, Called, ImportJob, Order, Outcome, Part, Progress, Query, Refusal, Settled};
use crate::tui::screens::SettingLine;
use crate::usecases::batches::{ExportOptions, ExportProgress};
use crate::usecases::settings::{self, Setting};
use crate::usecases::staff::{self, SignIn};
use crate::usecases::{
    Actor, Error, Office, Refusal as Reason, SETTINGS, audit_verify, batches, cards, diagnosis, home, import, lineage,
    members, notes, queue, requests,
};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Members of one list; more is not read by people.
const MOST: i64 = 200;

/// Who is signed in at this terminal.
enum Session {
    Nobody,
    /// The given password must be changed first.
    MustChange(Actor, Passphrase),
    Open(Actor),
}

/// The society's office behind the console.
pub(crate) struct OfficeBackend {
    office: Office,
    labels: &'static Labels,
    session: Mutex<Session>,
}

impl OfficeBackend {
    /// Nobody signed in.
    pub(crate) fn new(office: Office, labels: &'static Labels) -> Self {
        Self { office, labels, session: Mutex::new(Session::Nobody) }
    }

    fn session(&self) -> MutexGuard<'_, Session> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn actor(&self) -> Result<Actor, Error> {
        match &*self.session() {
            Session::Open(actor) => Ok(actor.clone()),
            Session::Nobody | Session::MustChange(..) => Err(Reason::SignIn.into()),
        }
    }

    fn person(&self, actor: &Actor) -> Person {
        let idle_minutes = self.office.settings.idle_minutes;
        Person { id: actor.id.clone(), name: actor.name.clone(), role: actor.role, idle_minutes }
    }

    fn outcome(&self, done: Result<Answer, Error>) -> Outcome {
        done.map_err(|error| Refusal { text: explain(self.labels.lang, &error) })
    }

    async fn sign_in(&self, id: &str, password: Passphrase) -> Result<Answer, Error> {
        let signed_in = staff::sign_in(&self.office, id, &password).await?;
        let (session, answer) = match signed_in {
            SignIn::Ready(actor) => {
                let person = self.person(&actor);
                (Session::Open(actor), Answer::SignedIn(person))
            }
            SignIn::MustChange(actor) => {
                let person = self.person(&actor);
                (Session::MustChange(actor, password), Answer::MustChange(person))
            }
        };
        *self.session() = session;
        Ok(answer)
    }

    async fn change_password(&self, new: &Passphrase) -> Result<Answer, Error> {
        let (actor, old) = match &*self.session() {
            Session::MustChange(actor, given) => (actor.clone(), given.clone()),
            Session::Nobody | Session::Open(_) => return Err(Reason::SignIn.into()),
        };
        staff::change_password(&self.office, &actor, &old, new).await?;
        *self.session() = Session::Open(actor);
        Ok(Answer::Welcome)
    }

    async fn unlock(&self, password: &Passphrase) -> Result<Answer, Error> {
        let actor = self.actor()?;
        staff::sign_in(&self.office, &actor.id, password).await?;
        Ok(Answer::Welcome)
    }

    async fn import(&self, actor: &Actor, job: &ImportJob, steps: &Steps) -> Result<import::Outcome, Error> {
        let labels = self.labels;
        let told = AtomicU64::new(0);
        let progress = |now: import::Progress| {
            // A hundred steps are enough for a bar.
            let step = now.bytes.saturating_mul(100) / now.total.max(1);
            if told.swap(step, Ordering::Relaxed) != step {
                let parts = vec![Part { name: labels.import.reading, done: now.bytes }];
                steps.report(Progress { parts, total: now.total });
            }
        };
        let rejects = (job.mode == import::Mode::Apply).then(|| job.rejects());
        let wanted = import::Job {
            kind: job.kind,
            path: &job.path,
            mode: job.mode,
            rejects,
            reason: &|error| files::reason(labels.lang, error),
            progress: &progress,
            cancel: steps.stop_flag(),
        };
        import::import(&self.office, actor, &wanted).await
    }

    /// The settings as they are in the database now.
    async fn settings(&self) -> Result<Vec<SettingLine>, Error> {
        let mut office = self.office.clone();
        office.refresh().await?;
        let line = |setting: &Setting| SettingLine {
            key: setting.key,
            value: setting.get(&office.settings),
            takes: setting.takes,
        };
        Ok(SETTINGS.iter().map(line).collect())
    }

    async fn answer(&self, query: Query) -> Result<Answer, Error> {
        let (office, actor) = (&self.office, &self.actor()?);
        Ok(match query {
            Query::Home => Answer::Home(Box::new(home::home(office, actor).await?)),
            Query::Find(query) => {
                let members = members::find(office, actor, &query, MOST).await?;
                Answer::Found { query, members }
            }
            Query::Searched { query, count, settled } => {
                if settled == Settled::Stands {
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
                members::searched(office, actor, &query, count).await?;
                Answer::Noted
            }
            Query::Member(key) => Answer::Member(Box::new(members::show(office, actor, &key).await?)),
            Query::Diagnose { topic, key, caller } => {
                let found = diagnosis::diagnose(office, actor, topic, &key, caller.clone()).await?;
                let words = diagnosis::words(office, &found.diagnosis, self.labels.lang.into())?;
                Answer::Diagnosed(Box::new(Called { found, words, caller }))
            }
            Query::Identify { key, said } => Answer::Identified(diagnosis::identify(office, actor, &key, &said).await?),
            Query::Lineage(key) => Answer::Lineage(lineage::lineage(office, actor, &key).await?),
            Query::Requests(scope) => Answer::Requests(requests::list(office, actor, scope).await?),
            Query::Request(receipt) => Answer::Request(Box::new(requests::show(office, actor, &receipt).await?)),
            Query::Queue => Answer::Queue(queue::by_employer(office, actor).await?),
            Query::QueueCards(filter) => Answer::QueueCards(queue::list(office, actor, &filter).await?),
            Query::Batches => Answer::Batches(batches::list(office, actor, MOST).await?),
            Query::Batch(number) => Answer::Batch(Box::new(batches::show(office, actor, &number).await?)),
            Query::Imports => Answer::Imports(import::history(office, actor, MOST).await?),
            Query::Staff => Answer::Staff(staff::list(office, actor).await?),
            Query::Settings => Answer::Settings(self.settings().await?),
            Query::VerifyAudit => Answer::Chain(audit_verify(office, actor).await?),
            Query::Gate(number) => {
                let gate = batches::gate(office, actor, &number).await?;
                Answer::Gate(number, gate)
            }
        })
    }

    async fn carry_out(&self, order: Order, steps: Steps) -> Result<Answer, Error> {
        match order {
            Order::SignIn { id, password } => self.sign_in(&id, password).await,
            Order::Unlock { password } => self.unlock(&password).await,
            Order::ChangePassword { new } => self.change_password(&new).await,
            other => self.work(other, &self.actor()?, steps).await,
        }
    }

    async fn work(&self, order: Order, actor: &Actor, steps: Steps) -> Result<Answer, Error> {
        let office = &self.office;
        Ok(match order {
            Order::SignIn { .. } | Order::Unlock { .. } | Order::ChangePassword { .. } => Answer::Noted,
            Order::Reissue { key, told } => match cards::ask_viewing(office, actor, &key, told).await {
                Err(Error::Refused(Reason::NeedsConfirm(warning))) => Answer::ReissueNeedsConfirm(warning),
                asked => Answer::Reissued(asked?),
            },
            Order::Note { key, who, note } => {
                notes::write(office, actor, &key, &note).await?;
                Answer::NoteWritten(who)
            }
            Order::TakeCall(call) => Answer::CallTaken(requests::take_call(office, actor, &call).await?.receipt),
            Order::Hold { card, who, why } => {
                cards::hold(office, actor, card, &why).await?;
                Answer::Held(who)
            }
            Order::Release { card, who } => {
                cards::release(office, actor, card).await?;
                Answer::Released(who)
            }
            Order::CancelCard { card, who } => {
                cards::cancel(office, actor, card).await?;
                Answer::CardCancelled(who)
            }
            Order::Draft(filter) => Answer::Drafted(batches::draft(office, actor, &filter, None).await?),
            Order::Preview(batch) => Answer::Previewed(batches::preview(office, actor, &batch).await?),
            Order::Approve(batch) => {
                batches::approve(office, actor, &batch).await?;
                Answer::Approved(batch)
            }
            Order::Export { batch, date, passphrase } => {
                let options = ExportOptions { dispatch_date: date, passphrase };
                let watch = watch(steps, self.labels);
                Answer::Exported(Arc::new(batches::export(office, actor, &batch, options, watch).await?))
            }
            Order::Printed { batch, spoiled } => {
                Answer::Printed(batches::printed(office, actor, &batch, &spoiled).await?)
            }
            Order::Dispatch { batch, on, pulled } => {
                Answer::Dispatched(batches::dispatch(office, actor, &batch, Some(on), &pulled).await?)
            }
            Order::CancelBatch(batch) => {
                batches::cancel(office, actor, &batch).await?;
                Answer::BatchCancelled(batch)
            }
            Order::Receipt { batch, employer, named, on } => {
                batches::receipt(office, actor, &batch, &employer, Some(on)).await?;
                Answer::ReceiptNoted(named)
            }
            Order::Verify { receipt, checked } => {
                Answer::RequestVerified(Box::new(requests::verify(office, actor, &receipt, &checked).await?))
            }
            Order::QueueNotice(receipt) => {
                Answer::RequestQueued(Box::new(requests::queue(office, actor, &receipt).await?))
            }
            Order::HoldRequest { receipt, why } => {
                Answer::RequestHeld(Box::new(requests::hold(office, actor, &receipt, &why).await?))
            }
            Order::Reject { receipt, why } => {
                Answer::RequestRejected(Box::new(requests::reject(office, actor, &receipt, &why).await?))
            }
            Order::Merge { receipt, into } => {
                Answer::RequestMerged(Box::new(requests::merge(office, actor, &receipt, &into).await?))
            }
            Order::ChooseMember { receipt, key } => {
                Answer::RequestChosen(Box::new(requests::choose(office, actor, &receipt, &key).await?))
            }
            Order::Import(job) => {
                let done = self.import(actor, &job, &steps).await?;
                Answer::Imported(job, Arc::new(done))
            }
            Order::AddStaff { id, name, role, password } => {
                staff::add(office, actor, &id, &name, role, &password).await?;
                Answer::StaffAdded(format!("{id} {name}"))
            }
            Order::UnlockStaff(id) => {
                staff::unlock(office, actor, &id).await?;
                Answer::StaffUnlocked(id)
            }
            Order::ResetStaff { id, password } => {
                staff::reset(office, actor, &id, &password).await?;
                Answer::StaffReset(id)
            }
            Order::DisableStaff(id) => {
                staff::disable(office, actor, &id).await?;
                Answer::StaffDisabled(id)
            }
            Order::SetSetting { key, value } => {
                settings::set(office, actor, key, &value).await?;
                Answer::SettingSet { key, value }
            }
            Order::Returned { serial } => Answer::CardReturned(batches::returned(office, actor, &serial).await?),
        })
    }
}

/// Tells the console of an export, whenever something has changed, and hears whether to stop.
fn watch(steps: Steps, labels: &'static Labels) -> impl FnMut(ExportProgress) -> ControlFlow<()> + Send {
    let words = &labels.batches;
    let mut last = None;
    move |now| {
        if last.replace(now) != Some(now) {
            let part = |name, done: usize| Part { name, done: done as u64 };
            let parts = vec![part(words.hashing, now.hashed), part(words.setting, now.set)];
            steps.report(Progress { parts, total: now.cards as u64 });
        }
        if steps.stopped() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

impl Backend for OfficeBackend {
    async fn ask(&self, query: Query) -> Outcome {
        self.outcome(self.answer(query).await)
    }

    async fn order(&self, order: Order, steps: Steps) -> Outcome {
        self.outcome(self.carry_out(order, steps).await)
    }

    async fn sign_out(&self) {
        let session = std::mem::replace(&mut *self.session(), Session::Nobody);
        if let Session::Open(actor) = session {
            // Signing out always works; an entry that cannot be written is missed by nobody who could mend it.
            let _ = staff::sign_out(&self.office, &actor).await;
        }
    }
}
