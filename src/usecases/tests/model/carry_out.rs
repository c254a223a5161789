//! Carries out one command of a story against what the story has by then.

use super::command::{self, ModelCommand};
use crate::domain::request::{Claim, Ground};
use crate::domain::{BatchNumber, CardState, IncidentCause, IncidentKind, Permission, UndeliveredReason};
use crate::interchange::{FileKind, RowError};
use crate::usecases::addresses;
use crate::usecases::batches::{self, ExportOptions, ReceiptDay, ReturnFacts, Undelivered};
use crate::usecases::cards::{self, Confirmation};
use crate::usecases::import::{Job, Mode, import};
use crate::usecases::incidents::{self, Affected, IncidentDraft, Passwords};
use crate::usecases::promises::{self, NextStep, PromiseKind};
use crate::usecases::queue::QueueFilter;
use crate::usecases::requests::{self, IncomingCall, Settlement};
use crate::usecases::tests::common::checks::Snapshot;
use crate::usecases::tests::common::fixtures::{self, Cast, why};
use crate::usecases::{Actor, AppContext, Error, protection};
use std::ops::ControlFlow;
use std::sync::atomic::AtomicBool;

/// Carries a command out against what the story has by now.
pub(super) async fn carry_out(cast: &mut Cast, command: &ModelCommand, now: &Snapshot) -> Result<(), Error> {
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
            Some(card) => cards::release(ctx, supervisor, card.id).await.map(drop),
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
