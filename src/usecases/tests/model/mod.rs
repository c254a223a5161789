//! The use cases as a state machine: random sequences of commands with faults between any two writes, on both engines.
//!
//! After every step, done or broken off, everything that must always hold is checked (`common::checks`). A failing
//! sequence shrinks to the few commands that are needed. `MYKEMPO_MODEL_STORIES=1000,300` sets how many sequences SQLite
//! and PostgreSQL run.

mod carry_out;
mod command;

use super::common;
use super::common::Place;
use super::common::checks::{self, Snapshot};
use super::common::fixtures::{self, Cast};
use crate::domain::WebDisplay;
use crate::domain::portal::EventKind;
use crate::secrets::HashCost;
use crate::store::fault::with_fuse;
use crate::usecases::refusal::BatchRefusal;
use crate::usecases::{Error, Refusal, batches};
use carry_out::carry_out;
use command::{ModelCommand, ModelStep};
use proptest::collection::vec;
use proptest::test_runner::{Config, TestError, TestRunner};

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
