//! The use cases as a state machine: random stories with faults between any two writes, on both engines.
//!
//! After every step, done or broken off, everything that must always hold is checked (`checks`). A failing story
//! shrinks to the few commands that are needed. `MYKEMPO_MODEL_STORIES` sets how many stories each engine is told.

mod checks;
mod command;
mod portal;

use crate::domain::{BatchNumber, CardState};
use crate::secrets::HashCost;
use crate::store::fault::with_fuse;
use crate::usecases::batches::{self, ExportOptions};
use crate::usecases::cards::{self, Told};
use crate::usecases::queue::QueueFilter;
use crate::usecases::{Actor, Error, Refusal};
use checks::Snapshot;
use command::{Command, Step};
use common::Place;
use common::fixtures::{self, Cast};
use proptest::collection::vec;
use proptest::test_runner::{Config, TestRunner};
use std::ops::ControlFlow;

#[path = "../../../tests/common/mod.rs"]
mod common;

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
fn whatever_happens_no_card_is_lost_and_no_password_counts_that_should_not() {
    let stories = std::env::var("MYKEMPO_MODEL_STORIES").ok().and_then(|n| n.parse().ok()).unwrap_or(24);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    for engine in 0..common::places().len() {
        let tally = std::cell::RefCell::new(Tally::default());
        let config = Config { cases: stories, failure_persistence: None, ..Config::default() };
        let mut runner = TestRunner::new_with_rng(
            config,
            proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
        );
        let told = runner.run(&vec(command::step(), 1..60), |steps| {
            let place = common::places().swap_remove(engine);
            runtime.block_on(tell(&place, &steps, &tally));
            Ok(())
        });
        println!("engine {engine}: {stories} stories, {:?}", tally.borrow());
        if let Err(failure) = told {
            panic!("{failure}");
        }
    }
}

async fn tell(place: &Place, steps: &[Step], tally: &std::cell::RefCell<Tally>) {
    let mut cast = fixtures::cast(place).await;
    fixtures::sql(&cast.office, fixtures::PEOPLE).await;
    cast.office.settings.hash_cost = HashCost { memory_kib: 8, passes: 1 };
    for step in steps {
        let before = Snapshot::take(&cast).await;
        let ended = with_fuse(step.fuse, carry_out(&mut cast, &step.command, &before)).await;
        tally.borrow_mut().count(&ended);
        // What an interrupted program does at its next start.
        batches::recover(&cast.office).await.unwrap();
        let after = Snapshot::take(&cast).await;
        if let Err(Error::Refused(refusal)) = &ended
            && *refusal != Refusal::Cancelled
        {
            assert_eq!(before.rows(), after.rows(), "a refusal changes nothing: {refusal:?}");
        }
        checks::every_step_is_in_the_tables(&before, &after);
        checks::what_always_holds(&cast, &after).await;
    }
}

/// Carries a command out against what the story has by now.
async fn carry_out(cast: &mut Cast, command: &Command, now: &Snapshot) -> Result<(), Error> {
    let Cast { office, admin, clerk, supervisor } = &*cast;
    let who = |boss: bool| -> &Actor { if boss { supervisor } else { clerk } };
    match *command {
        Command::Portal { member, kind, wants } => {
            let key = command::MEMBERS[member % command::MEMBERS.len()];
            let mut tx = office.db.write().await?;
            let Some(member) = crate::store::member::by_key(&mut tx, &fixtures::key(key)).await? else { return Ok(()) };
            let login_id = format!("login{}", member.id);
            let at = office.clock.now();
            let event = super::portal::Event { kind, at, login_id: &login_id, email: "m@example.jp", wants };
            // A stale event is a row error of the importer, not of the store.
            let _ = super::portal::apply(&mut tx, office, admin, &member, &event).await?;
            Ok(tx.commit().await?)
        }
        Command::Lose { member } => {
            fixtures::lose(cast, command::MEMBERS[member % command::MEMBERS.len()]).await?;
            let mut tx = cast.office.db.write().await?;
            super::accounts::close_ended(&mut tx, &cast.office, &cast.admin).await?;
            Ok(tx.commit().await?)
        }
        Command::AskViewing { member, confirmed } => {
            let key = fixtures::key(command::MEMBERS[member % command::MEMBERS.len()]);
            let told = if confirmed { Told::Confirmed } else { Told::NotYet };
            cards::ask_viewing(office, clerk, &key, told).await.map(drop)
        }
        Command::AskLogin { member } => {
            let key = fixtures::key(command::MEMBERS[member % command::MEMBERS.len()]);
            cards::ask_login(office, clerk, &key).await.map(drop)
        }
        Command::Hold { card } => match now.nth_card(card) {
            Some(card) => cards::hold(office, clerk, card.id, "story").await,
            None => Ok(()),
        },
        Command::Release { card } => match now.nth_card(card) {
            Some(card) => cards::release(office, supervisor, card.id).await,
            None => Ok(()),
        },
        Command::Cancel { card } => match now.nth_card(card) {
            Some(card) => cards::cancel(office, clerk, card.id).await,
            None => Ok(()),
        },
        Command::Return { card } => match now.nth_card(card).and_then(|card| card.serial.clone()) {
            Some(serial) => batches::returned(office, clerk, &serial).await.map(drop),
            None => Ok(()),
        },
        Command::Draft { boss, limit } => {
            batches::draft(office, who(boss), &QueueFilter::default(), Some(limit)).await.map(drop)
        }
        Command::Approve { batch } => match now.nth_batch(batch) {
            Some(number) => batches::approve(office, supervisor, &number).await,
            None => Ok(()),
        },
        Command::Export { batch, ahead, stop } => match now.nth_batch(batch) {
            Some(number) => export(cast, &number, ahead, stop).await,
            None => Ok(()),
        },
        Command::Print { batch, spoil } => match now.nth_batch(batch) {
            Some(number) => {
                let spoiled = now.serials(&number, CardState::Exported).into_iter().take(spoil).collect::<Vec<_>>();
                batches::printed(office, clerk, &number, &spoiled.join(",")).await.map(drop)
            }
            None => Ok(()),
        },
        Command::Dispatch { batch, obeys } => match now.nth_batch(batch) {
            Some(number) => {
                let gate = if obeys { batches::gate(office, clerk, &number).await? } else { Vec::new() };
                let pulled: Vec<_> = gate.into_iter().map(|card| card.serial).collect();
                batches::dispatch(office, clerk, &number, None, &pulled.join(",")).await.map(drop)
            }
            None => Ok(()),
        },
        Command::CancelBatch { batch } => match now.nth_batch(batch) {
            Some(number) => batches::cancel(office, clerk, &number).await.map(drop),
            None => Ok(()),
        },
        Command::NextDay => {
            let tomorrow = cast.office.clock.today() + chrono::Days::new(1);
            cast.office.clock = crate::usecases::Clock::frozen(tomorrow, chrono::NaiveTime::MIN);
            Ok(())
        }
    }
}

async fn export(cast: &Cast, number: &BatchNumber, ahead: u64, stop: bool) -> Result<(), Error> {
    let date = cast.office.clock.today() + chrono::Days::new(ahead);
    let options = ExportOptions { dispatch_date: Some(date), passphrase: None };
    let watch = |_| if stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
    batches::export(&cast.office, &cast.clerk, number, options, watch).await.map(drop)
}
