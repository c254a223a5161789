//! The use cases as a state machine: random sequences of commands with faults between any two writes, on both engines.
//!
//! After every step, done or broken off, everything that must always hold is checked (`common::checks`). A failing
//! sequence shrinks to the few commands that are needed. `MYKEMPO_MODEL_STORIES=1000,300` sets how many sequences SQLite
//! and PostgreSQL run.

mod command;

use super::common;
use crate::domain::WebDisplay;
use crate::domain::portal::EventKind;
use crate::domain::request::{Claim, Ground};
use crate::domain::{BatchNumber, CardState, IncidentCause, IncidentKind, Permission, UndeliveredReason};
use crate::interchange::{FileKind, RowError};
use crate::secrets::HashCost;
use crate::store::fault::with_fuse;
use crate::usecases::addresses;
use crate::usecases::batches::{self, ExportOptions, ReceiptDay, ReturnFacts, Undelivered};
use crate::usecases::cards::{self, Confirmation};
use crate::usecases::import::{Job, Mode, import};
use crate::usecases::incidents::{self, Affected, IncidentDraft, Passwords};
use crate::usecases::promises::{self, NextStep, PromiseKind};
use crate::usecases::queue::QueueFilter;
use crate::usecases::refusal::BatchRefusal;
use crate::usecases::requests::{self, IncomingCall, Settlement};
use crate::usecases::{Actor, AppContext, Error, Refusal, protection};
use command::{ModelCommand, ModelStep};
use common::Place;
use common::checks::{self, Snapshot};
use common::fixtures::{self, Cast, why};
use proptest::collection::vec;
use proptest::test_runner::{Config, TestError, TestRunner};
use std::ops::ControlFlow;
use std::sync::atomic::AtomicBool;

/// How the steps of all stories ended.
#[derive(Debug, Default)]
struct Tally {
    done: u64,
    refused: u64,
    broken: u64,
}

impl Tally {
    fn count(&mut self, ended: &Result<(), Error>) {
        match ended {
            Ok(()) => self.done += 1,
            Err(Error::Refused(_)) => self.refused += 1,
            Err(_) => self.broken += 1,
        }
    }
}

#[test]
fn no_card_is_lost_and_no_dead_password_counts() {
    let stories = std::env::var("MYKEMPO_MODEL_STORIES").unwrap_or_default();
    let stories: Vec<u32> = stories.split(',').filter_map(|n| n.parse().ok()).collect();
    for engine in 0..common::places().len() {
        let cases = stories.get(engine).or(stories.last()).copied().unwrap_or(24);
        let tally = std::cell::RefCell::new(Tally::default());
        let config = Config { cases, failure_persistence: None, ..Config::default() };
        let mut runner = TestRunner::new_with_rng(
            config,
            proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
        );
        let told = runner.run(&vec(command::step(), 1..60), |steps| {
            let place = common::places().swap_remove(engine);
            runtime().block_on(tell(&place, &steps, &tally));
            Ok(())
        });
        println!("engine {engine}: {cases} stories, {:?}", tally.borrow());
        match told {
            Ok(()) => {}
            Err(TestError::Fail(why, steps)) => panic!("{why}, in the story of\n{}", readable(&steps)),
            Err(abort) => panic!("{abort}"),
        }
    }
}

/// A story as a list of what happened.
fn readable(steps: &[ModelStep]) -> String {
    let line = |(at, ModelStep { command, fuse }): (usize, &ModelStep)| match fuse {
        0 => format!("{:>3}. {command:?}\n", at + 1),
        fuse => format!("{:>3}. {command:?}, and the connection breaks at statement {fuse}\n", at + 1),
    };
    steps.iter().enumerate().map(line).collect()
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

async fn society(place: &Place) -> Cast {
    let mut cast = fixtures::cast(place).await;
    fixtures::sql(&cast.ctx, fixtures::PEOPLE).await;
    cast.ctx.settings.hash_cost = HashCost { memory_kib: 8, passes: 1 };
    cast
}

async fn tell(place: &Place, steps: &[ModelStep], tally: &std::cell::RefCell<Tally>) {
    let mut cast = society(place).await;
    for step in steps {
        let (ended, _, _) = take(&mut cast, step).await;
        tally.borrow_mut().count(&ended);
    }
    cast.ctx.close().await;
}

/// Takes one step of a story, and checks everything that must hold after it.
async fn take(cast: &mut Cast, step: &ModelStep) -> (Result<(), Error>, Snapshot, Snapshot) {
    let before = Snapshot::take(cast).await;
    let ended = with_fuse(step.fuse, carry_out(cast, &step.command, &before)).await;
    // What an interrupted program does at its next start.
    batches::recover(&cast.ctx).await.unwrap();
    let after = Snapshot::take(cast).await;
    if let Err(Error::Refused(refusal)) = &ended
        && !matches!(refusal, Refusal::Cancelled | Refusal::Batch(BatchRefusal::AllHeld(_)))
    {
        assert_eq!(before.rows(), after.rows(), "a refusal changes nothing: {refusal:?}");
    }
    checks::every_step_is_in_the_tables(&before, &after);
    checks::what_always_holds(cast, &after).await;
    (ended, before, after)
}

/// B5, B8: the life of a few cards, each step broken at its first statement, then at its second, until it is done.
#[test]
fn each_step_broken_anywhere_is_done_whole_or_not_at_all() {
    for place in common::places() {
        let (steps, breaks) = runtime().block_on(break_everywhere(&place));
        println!("on {}: {steps} steps, {breaks} breaks", place.name);
        assert!(breaks > 100);
    }
}

async fn break_everywhere(place: &Place) -> (usize, usize) {
    let mut cast = society(place).await;
    let (story, mut breaks) = (main_job(), 0);
    for command in &story {
        for fuse in 1.. {
            let (ended, before, after) = take(&mut cast, &ModelStep { command: command.clone(), fuse }).await;
            if let Err(Error::Refused(refusal)) = &ended {
                panic!("{command:?}: {refusal:?}");
            }
            breaks += usize::from(ended.is_err());
            if ended.is_ok() || before.rows() != after.rows() || command.of_request() && before.asked() != after.asked()
            {
                break;
            }
        }
    }
    cast.ctx.close().await;
    (story.len(), breaks)
}

/// Every kind of step once, and none that is refused.
fn main_job() -> Vec<ModelCommand> {
    let registered = |member| ModelCommand::Portal { member, kind: EventKind::Registered, wants: WebDisplay::Wanted };
    let draft = |limit| ModelCommand::Draft { boss: false, limit };
    let export = |batch| ModelCommand::Export { batch, ahead: 0, stop: false };
    let mut story: Vec<ModelCommand> = [0, 1, 2, 3, 5].map(registered).into();
    story.extend([
        ModelCommand::TakeCall { member: 2, agrees: true },
        ModelCommand::AssignRequest { request: 0 },
        ModelCommand::HoldRequest { request: 0 },
        ModelCommand::RejectRequest { request: 0 },
        ModelCommand::ResumeRequest { request: 0 },
        ModelCommand::SettleRequest { request: 0 },
        ModelCommand::ResumeRequest { request: 0 },
        ModelCommand::AskLogin { member: 0 },
        ModelCommand::Readdress { house: 2 },
        ModelCommand::ConfirmAddress,
        ModelCommand::Hold { card: 0 },
        ModelCommand::Release { card: 0 },
        ModelCommand::Protect { member: 5, set: true },
        ModelCommand::Promise { member: 5, close: false },
        ModelCommand::Protect { member: 5, set: false },
        draft(3),
        draft(2),
        ModelCommand::Approve { batch: 0 },
        ModelCommand::Approve { batch: 1 },
        export(0),
        ModelCommand::CancelBatch { batch: 0 },
        export(1),
        ModelCommand::Print { batch: 1, spoil: 1 },
        ModelCommand::Dispatch { batch: 1, obeys: true },
        ModelCommand::Acknowledge,
        ModelCommand::AskViewing { member: 1, confirmed: true },
        draft(4),
        ModelCommand::Approve { batch: 0 },
        export(0),
        ModelCommand::Lose { member: 1 },
        ModelCommand::Print { batch: 0, spoil: 0 },
        ModelCommand::Dispatch { batch: 0, obeys: true },
        ModelCommand::OpenIncident { card: 1 },
        ModelCommand::Undelivered { card: 1 },
        ModelCommand::Return { card: 1 },
        ModelCommand::Lose { member: 2 },
    ]);
    story
}

async fn open_incident(ctx: &AppContext, clerk: &Actor, serial: String) -> Result<(), Error> {
    let draft = IncidentDraft {
        kind: IncidentKind::CardOpened,
        cause: IncidentCause::Mishap,
        what: "story".into(),
        known_on: None,
        call: None,
        affected: Affected { serials: vec![serial], ..Affected::default() },
        passwords: Passwords::Stop,
    };
    incidents::open(ctx, clerk, &draft).await.map(drop)
}

/// R6: the supervisor confirms the change that is shown.
async fn confirm_address(ctx: &AppContext, supervisor: &Actor) -> Result<(), Error> {
    match addresses::unconfirmed(ctx, supervisor).await?.into_iter().find(|change| change.code == "260") {
        Some(shown) => addresses::confirm(ctx, supervisor, "260", shown.change).await.map(drop),
        None => Ok(()),
    }
}

/// Carries a command out against what the story has by now.
async fn carry_out(cast: &mut Cast, command: &ModelCommand, now: &Snapshot) -> Result<(), Error> {
    let Cast { ctx, admin, clerk, supervisor, .. } = &*cast;
    let who = |boss: bool| -> &Actor { if boss { supervisor } else { clerk } };
    match *command {
        ModelCommand::Portal { member, kind, wants } => {
            let key = command::MEMBERS[member % command::MEMBERS.len()];
            let mut uow = ctx.begin(&admin.allowed(Permission::Import)?).await?;
            let Some(member) = crate::store::member::by_key(&mut uow, &fixtures::key(key)).await? else {
                return Ok(());
            };
            let login_id = format!("login{}", member.id);
            let at = ctx.clock.now();
            let event =
                crate::usecases::portal::PortalEntry { kind, at, login_id: &login_id, email: "m@example.jp", wants };
            // A stale event is a row error of the importer, not of the store.
            let _ = crate::usecases::portal::apply(&mut uow, &member, &event).await?;
            uow.commit(fixtures::imported(FileKind::PortalEvents)).await
        }
        ModelCommand::Lose { member } => {
            fixtures::lose(cast, command::MEMBERS[member % command::MEMBERS.len()]).await?;
            let mut uow = cast.ctx.begin(&cast.admin.allowed(Permission::Import)?).await?;
            while !crate::usecases::accounts::close_ended(&mut uow).await?.is_empty() {}
            uow.commit(fixtures::imported(FileKind::Members)).await
        }
        ModelCommand::AskViewing { member, confirmed } => {
            let key = fixtures::key(command::MEMBERS[member % command::MEMBERS.len()]);
            let told = if confirmed { Confirmation::Confirmed } else { Confirmation::NotYet };
            cards::ask_viewing(ctx, clerk, &key, told).await.map(drop)
        }
        ModelCommand::AskLogin { member } => {
            fixtures::ask_login(cast, command::MEMBERS[member % command::MEMBERS.len()]).await.map(drop)
        }
        ModelCommand::TakeCall { member, agrees } => {
            let who = command::MEMBERS[member % command::MEMBERS.len()];
            let Some(claim) = fixtures::claim_of(cast, who).await? else { return Ok(()) };
            let name = if agrees { claim.name } else { "別の　名前".into() };
            let call = IncomingCall { claim: Claim { name, ..claim }, ..IncomingCall::default() };
            requests::take_call(ctx, clerk, &call).await.map(drop)
        }
        ModelCommand::SettleRequest { request } => match now.nth_request(request) {
            Some(receipt) => requests::settle_agreed(ctx, clerk, receipt).await.map(drop),
            None => Ok(()),
        },
        ModelCommand::HoldRequest { request } => match now.nth_request(request) {
            Some(receipt) => {
                let follow_up_on = Some(ctx.clock.today());
                let why = Settlement { follow_up_on, ..Settlement::of(Ground::CallBack) };
                requests::hold(ctx, clerk, receipt, &why).await.map(drop)
            }
            None => Ok(()),
        },
        ModelCommand::RejectRequest { request } => match now.nth_request(request) {
            Some(receipt) => requests::reject(ctx, clerk, receipt, &Settlement::of(Ground::Withdrawn)).await.map(drop),
            None => Ok(()),
        },
        ModelCommand::ResumeRequest { request } => match now.nth_request(request) {
            Some(receipt) => requests::resume(ctx, clerk, receipt).await.map(drop),
            None => Ok(()),
        },
        ModelCommand::AssignRequest { request } => match now.nth_request(request) {
            Some(receipt) => requests::assign(ctx, clerk, receipt, Some(&clerk.id)).await.map(drop),
            None => Ok(()),
        },
        ModelCommand::Hold { card } => match now.nth_card(card) {
            Some(card) => cards::hold(ctx, clerk, card.id, &why("story")).await,
            None => Ok(()),
        },
        ModelCommand::Release { card } => match now.nth_card(card) {
            Some(card) => cards::release(ctx, supervisor, card.id).await,
            None => Ok(()),
        },
        ModelCommand::Cancel { card } => match now.nth_card(card) {
            Some(card) => cards::cancel(ctx, clerk, card.id).await,
            None => Ok(()),
        },
        ModelCommand::Return { card } => match now.nth_card(card).and_then(|card| card.serial.clone()) {
            Some(serial) => batches::returned(ctx, clerk, &serial, ReturnFacts::default()).await.map(drop),
            None => Ok(()),
        },
        ModelCommand::OpenIncident { card } => match now.nth_card(card).and_then(|card| card.serial.clone()) {
            Some(serial) => open_incident(ctx, clerk, serial).await,
            None => Ok(()),
        },
        ModelCommand::Undelivered { card } => undelivered(cast, now.nth_card(card)).await,
        ModelCommand::Draft { boss, limit } => {
            batches::draft(ctx, who(boss), &QueueFilter::default(), Some(limit)).await.map(drop)
        }
        ModelCommand::Approve { batch } => match now.nth_batch(batch) {
            Some(number) => batches::approve(ctx, supervisor, &number).await.map(drop),
            None => Ok(()),
        },
        ModelCommand::Export { batch, ahead, stop } => match now.nth_batch(batch) {
            Some(number) => export(cast, &number, ahead, stop).await,
            None => Ok(()),
        },
        ModelCommand::Print { batch, spoil } => match now.nth_batch(batch) {
            Some(number) => {
                let spoiled = now.serials(&number, CardState::Exported).into_iter().take(spoil).collect::<Vec<_>>();
                batches::printed(ctx, clerk, &number, &spoiled.join(",")).await.map(drop)
            }
            None => Ok(()),
        },
        ModelCommand::Remake { batch } => match now.nth_batch(batch) {
            Some(number) => batches::remake(ctx, clerk, &number, None, |_| ControlFlow::Continue(())).await.map(drop),
            None => Ok(()),
        },
        ModelCommand::Dispatch { batch, obeys } => match now.nth_batch(batch) {
            Some(number) => {
                let gate = if obeys { batches::gate(ctx, clerk, &number).await? } else { Vec::new() };
                let pulled: Vec<_> = gate.into_iter().map(|card| card.serial).collect();
                // Letters travel with the parcels (B12).
                if obeys {
                    batches::letters(ctx, clerk, &number, &pulled.join(",")).await?;
                }
                batches::dispatch(ctx, clerk, &number, None, &pulled.join(",")).await.map(drop)
            }
            None => Ok(()),
        },
        ModelCommand::CancelBatch { batch } => match now.nth_batch(batch) {
            Some(number) => batches::cancel(ctx, clerk, &number).await.map(drop),
            None => Ok(()),
        },
        ModelCommand::Readdress { house } => readdress(cast, house).await,
        ModelCommand::ConfirmAddress => confirm_address(ctx, supervisor).await,
        ModelCommand::SendBackChanged { batch } => match now.nth_batch(batch) {
            Some(number) => batches::send_back_changed(ctx, clerk, &number).await.map(drop),
            None => Ok(()),
        },
        ModelCommand::Acknowledge => {
            let last = crate::usecases::feed::status(ctx, supervisor).await?.last;
            crate::usecases::feed::acknowledge(ctx, supervisor, last).await.map(drop)
        }
        ModelCommand::Protect { member, set } => {
            let key = fixtures::key(command::MEMBERS[member % command::MEMBERS.len()]);
            match set {
                true => protection::protect(ctx, supervisor, &key, &why("story")).await.map(drop),
                false => protection::unprotect(ctx, supervisor, &key, &why("story")).await.map(drop),
            }
        }
        ModelCommand::Promise { member, close } => {
            let key = fixtures::key(command::MEMBERS[member % command::MEMBERS.len()]);
            match close {
                true => promises::close(ctx, clerk, &key, PromiseKind::Viewing, &why("story")).await,
                false => {
                    let step = NextStep { on: ctx.clock.today(), owner: None, note: "story".into() };
                    promises::follow(ctx, clerk, &key, PromiseKind::Viewing, step).await
                }
            }
        }
        ModelCommand::NextDay => {
            let tomorrow = cast.ctx.clock.today() + chrono::Days::new(1);
            cast.ctx.clock = crate::usecases::Clock::frozen(tomorrow, chrono::NaiveTime::MIN);
            Ok(())
        }
    }
}

/// The receipt of the card's parcel, which says that the card could not be handed over.
async fn undelivered(cast: &Cast, card: Option<&crate::store::card::Card>) -> Result<(), Error> {
    let Some((card, serial)) = card.and_then(|card| Some((card, card.serial.clone()?))) else { return Ok(()) };
    let (Some(batch), Some(employer)) = (card.batch_id, card.employer_id) else { return Ok(()) };
    let mut tx = cast.db.read().await?;
    let (Some(batch), Some(employer)) =
        (crate::store::batch::get(&mut tx, batch).await?, crate::store::employer::get(&mut tx, employer).await?)
    else {
        return Ok(());
    };
    drop(tx);
    let cards = [Undelivered { serials: serial, reason: UndeliveredReason::Left }];
    let (day, code) = (ReceiptDay::Came(None), employer.record.code);
    batches::receipt(&cast.ctx, &cast.clerk, &batch.number, &code, day, &cards).await.map(drop)
}

/// An employers' file with another house number.
async fn readdress(cast: &Cast, house: u32) -> Result<(), Error> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("employers.csv");
    let head = "事業所記号,名称カナ,名称,郵便番号,住所1,住所2,電話,担当部署,担当者,適用日,全喪日";
    let row =
        format!("260,アサヒセイキ,旭精機株式会社,1010025,東京都千代田区神田佐久間町{house}-1,旭ビル3階,,人事部,鈴木,,");
    std::fs::write(&path, format!("{head}\r\n{row}\r\n")).unwrap();
    let (cancel, reason) = (AtomicBool::new(false), |error: &RowError| error.code.code().to_owned());
    let (kind, path, mode) = (FileKind::Employers, path.as_path(), Mode::Apply);
    let job =
        Job { kind, path, mode, expected: None, rejects: None, reason: &reason, progress: &|_| {}, cancel: &cancel };
    import(&cast.ctx, &cast.admin, &job).await.map(drop)
}

async fn export(cast: &Cast, number: &BatchNumber, ahead: u64, stop: bool) -> Result<(), Error> {
    let date = cast.ctx.clock.today() + chrono::Days::new(ahead);
    let options = ExportOptions { dispatch_date: Some(date), passphrase: None };
    let watch = |_| if stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
    batches::export(&cast.ctx, &cast.clerk, number, options, watch).await.map(drop)
}
