//! R3: a held card goes to a one-off address when two supervisors answer for it; on both engines, read back from paper.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::fixtures::{Cast, PEOPLE, cast, close_ended, key, lose, register, sql, why};
use crate::common::{Place, on_each_engine};
use mykempo_console::domain::gate::GateReason;
use mykempo_console::domain::{BatchNumber, CardState, HoldReason, OneOffAddress, ProposalState, Role};
use mykempo_console::labels::{Lang, refusals};
use mykempo_console::usecases::batches::{self, ExportOptions};
use mykempo_console::usecases::cards::Released;
use mykempo_console::usecases::one_off::{self, AddressRefusal};
use mykempo_console::usecases::queue::{self, QueueFilter, QueuedCard};
use mykempo_console::usecases::{
    Actor, AuditFilter, Clock, Error, Refusal, audit_export, cards, day, diagnosis, home, members, protection, settings,
};
use std::ops::ControlFlow;
use std::process::Command;

fn liquidator() -> OneOffAddress {
    let parts =
        ["100-0014", "東京都千代田区永田町一丁目7番1号", "国会ビル2階", "全喪株式会社 清算人", "永田法律事務所"];
    OneOffAddress::parse(parts).unwrap()
}

fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> AddressRefusal {
    match result {
        Err(Error::Refused(Refusal::Address(refusal))) => refusal,
        other => panic!("no refusal: {other:?}"),
    }
}

/// A society that allows it, with a card held for a withdrawn employer and one for an ordinary employer.
async fn story(place: &Place) -> (Cast, QueuedCard, Actor) {
    let mut cast = cast(place).await;
    sql(&cast.ctx, PEOPLE).await;
    settings::set(&cast.ctx, &cast.admin, "policy.allow_route_override", "true").await.unwrap();
    cast.ctx.refresh().await.unwrap();
    register(&cast, &["999 1", "260 1"]).await;
    let second = Actor { id: "tanaka".into(), name: "田中".into(), role: Role::Supervisor };
    let held = held(&cast).await;
    (cast, held, second)
}

async fn held(cast: &Cast) -> QueuedCard {
    let filter = QueueFilter { state: Some(CardState::Held), ..QueueFilter::default() };
    queue::list(&cast.ctx, &cast.clerk, &filter).await.unwrap().remove(0)
}

async fn propose(cast: &Cast, card: i64) -> Result<one_off::AddressProposal, Error> {
    one_off::propose(&cast.ctx, &cast.supervisor, card, &liquidator(), &why("全喪のため、清算人が受け取る")).await
}

#[test]
fn r7_a_measure_stops_an_address_that_was_approved_before_it() {
    on_each_engine(|place| async move {
        let (mut cast, held, second) = story(&place).await;
        propose(&cast, held.id).await.unwrap();
        one_off::approve(&cast.ctx, &second, held.id).await.unwrap();
        later(&mut cast, 12);
        let set = protection::protect(&cast.ctx, &second, &key("999 1"), &why("支援措置")).await.unwrap();
        assert_eq!((set.held, set.pull.len(), set.sent.len()), (1, 0, 0));
        let card = self::held(&cast).await;
        assert_eq!((card.id, card.reason.as_deref(), card.one_off), (held.id, Some("protected"), None));
        // Approved under the measure: the supervisors know of it.
        later(&mut cast, 13);
        propose(&cast, held.id).await.unwrap();
        one_off::approve(&cast.ctx, &second, held.id).await.unwrap();
        day::begin(&cast.ctx).await.unwrap();
        let number = printed(&cast).await;
        assert!(batches::gate(&cast.ctx, &cast.clerk, &number).await.unwrap().is_empty());
        batches::dispatch(&cast.ctx, &cast.clerk, &number, None, "").await.unwrap();
    });
}

#[test]
fn r7_a_card_on_paper_to_an_address_from_before_is_pulled() {
    on_each_engine(|place| async move {
        let (mut cast, held, second) = story(&place).await;
        propose(&cast, held.id).await.unwrap();
        one_off::approve(&cast.ctx, &second, held.id).await.unwrap();
        let number = printed(&cast).await;
        later(&mut cast, 12);
        let set = protection::protect(&cast.ctx, &second, &key("999 1"), &why("支援措置")).await.unwrap();
        let gate = batches::gate(&cast.ctx, &cast.clerk, &number).await.unwrap();
        let stopped: Vec<_> = gate.iter().map(|card| card.serial.clone()).collect();
        assert_eq!((set.held, &set.pull, set.sent.len()), (0, &stopped, 0));
        assert_eq!(stopped.len(), 1, "{gate:?}");
        batches::letters(&cast.ctx, &cast.clerk, &number, &stopped.join(",")).await.unwrap();
        batches::dispatch(&cast.ctx, &cast.clerk, &number, None, &stopped.join(",")).await.unwrap();
        let sent = protection::protect(&cast.ctx, &second, &key("260 1"), &why("支援措置")).await.unwrap().sent;
        assert_eq!(sent.len(), 1);
        assert_eq!(sent[0].dispatched_on, Some(cast.ctx.clock.today()));
    });
}

#[test]
fn r1_a_one_off_address_ends_when_there_is_a_route_again() {
    on_each_engine(|place| async move {
        let (cast, held, second) = story(&place).await;
        propose(&cast, held.id).await.unwrap();
        one_off::approve(&cast.ctx, &second, held.id).await.unwrap();
        // Drafted and approved to the one-off address; then the registry says that the employer goes on.
        let number = batches::draft(&cast.ctx, &cast.clerk, &QueueFilter::default(), None).await.unwrap().batch;
        batches::approve(&cast.ctx, &cast.supervisor, &number).await.unwrap();
        sql(&cast.ctx, "UPDATE employer SET withdrawn_on = NULL WHERE id = 3").await;
        let gate = batches::gate_report(&cast.ctx, &cast.clerk, &number).await.unwrap();
        let stopped: Vec<_> = gate.cards.iter().map(|card| (card.card, card.reason())).collect();
        assert_eq!(stopped, [(held.id, GateReason::OtherEmployer)], "what was approved binds (B11)");
        batches::cancel(&cast.ctx, &cast.clerk, &number).await.unwrap();
        day::begin(&cast.ctx).await.unwrap();
        let cards = queue::list(&cast.ctx, &cast.clerk, &QueueFilter::default()).await.unwrap();
        let card = cards.iter().find(|card| card.id == held.id).unwrap();
        assert_eq!((card.state, card.employer.as_deref(), &card.one_off), (CardState::Queued, Some("999"), &None));
        let of_member = AuditFilter { member: Some("999-1-00".into()), ..AuditFilter::default() };
        let log = audit_export(&cast.ctx, &cast.admin, &of_member).await.unwrap();
        assert!(log.iter().any(|entry| entry.action == "address_ended"), "the log says why it goes elsewhere");
        let number = printed(&cast).await;
        let view = batches::show(&cast.ctx, &cast.clerk, &number).await.unwrap();
        assert!(view.bundles.iter().any(|bundle| bundle.employer == "999"), "in the employer's parcel");
    });
}

/// A later hour of the same day.
fn later(cast: &mut Cast, hour: u32) {
    let at = chrono::NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    cast.ctx.clock = Clock::frozen(cast.ctx.clock.today(), at);
}

/// A batch of everything that waits, printed.
async fn printed(cast: &Cast) -> BatchNumber {
    let Cast { ctx, clerk, supervisor, .. } = cast;
    let number = batches::draft(ctx, clerk, &QueueFilter::default(), None).await.unwrap().batch;
    batches::approve(ctx, supervisor, &number).await.unwrap();
    let options = ExportOptions { dispatch_date: Some(ctx.clock.today()), passphrase: None };
    batches::export(ctx, clerk, &number, options, |_| ControlFlow::Continue(())).await.unwrap();
    batches::printed(ctx, clerk, &number, "").await.unwrap();
    number
}

#[test]
fn r3_approved_one_off_card_is_posted_by_itself() {
    on_each_engine(|place| async move {
        let (cast, held, second) = story(&place).await;
        let Cast { ctx, clerk, supervisor, admin, .. } = &cast;
        propose(&cast, held.id).await.unwrap();
        let waiting = queue::list(ctx, clerk, &QueueFilter::default()).await.unwrap();
        let line = waiting.iter().find(|card| card.id == held.id).unwrap();
        assert_eq!((line.state, line.proposed_by.as_deref()), (CardState::Held, Some("suzuki")));
        assert_eq!(home::home(ctx, clerk).await.unwrap().addresses, 1);
        let own = one_off::approve(ctx, supervisor, held.id).await;
        assert_eq!(refusal(own), AddressRefusal::SamePerson(held.id));
        assert_eq!(
            one_off::look(ctx, &second, held.id).await.unwrap().unwrap().proposal.addressee,
            "全喪株式会社 清算人"
        );
        let decided = one_off::approve(ctx, &second, held.id).await.unwrap();
        assert_eq!(
            (decided.state(), decided.decided_by.as_deref()),
            (ProposalState::Approved, Some(second.id.as_str()))
        );

        assert_eq!(home::home(ctx, clerk).await.unwrap().addresses, 0);
        let nowhere = QueueFilter { employer: Some(String::new()), ..QueueFilter::default() };
        let single = queue::list(ctx, clerk, &nowhere).await.unwrap();
        assert_eq!(single.iter().map(|card| card.id).collect::<Vec<_>>(), [held.id], "in no employer's list");
        let number = batches::draft(ctx, clerk, &QueueFilter::default(), None).await.unwrap().batch;
        batches::approve(ctx, supervisor, &number).await.unwrap();
        let options = ExportOptions { dispatch_date: Some(ctx.clock.today()), passphrase: None };
        let exported = batches::export(ctx, clerk, &number, options, |_| ControlFlow::Continue(())).await.unwrap();
        assert_eq!((exported.cards, exported.held.len(), exported.without_barcode.len()), (2, 0, 0));
        let view = batches::show(ctx, clerk, &number).await.unwrap();
        assert_eq!(
            view.bundles.iter().map(|b| b.employer.as_str()).collect::<Vec<_>>(),
            ["260"],
            "no parcel, no receipt"
        );
        let last = view.cards.last().unwrap();
        assert_eq!(
            (last.id, last.one_off.as_deref()),
            (held.id, Some("全喪株式会社 清算人")),
            "at the end of the pile"
        );
        let file = |what: &str| exported.files.iter().find(|file| file.to_string_lossy().contains(what)).unwrap();
        let manifest = std::fs::read_to_string(file("manifest")).unwrap();
        assert!(manifest.contains("999-1-00',個別送付") || manifest.contains("'999-1-00,個別送付"), "{manifest}");
        if let Some(text) = paper(&exported.files[0]) {
            assert!(
                text.contains("１００－００１４") && text.contains("永田町一丁目7番1号") && text.contains("清算人"),
                "{text}"
            );
        }
        if let Some(summary) = paper(file("summary")) {
            assert!(summary.contains("1事業所、個別1件"), "{summary}");
        }

        assert_eq!(exported.files.len(), 4, "cards, summary, manifest, job ticket");
        // A spoiled sheet is the same sending: the new card goes there without another approval.
        let printed = batches::printed(ctx, clerk, &number, "2").await.unwrap();
        let letters = printed.letters.files.iter().find(|file| file.to_string_lossy().contains("letters")).unwrap();
        if let Some(letters) = paper(letters) {
            assert!(letters.contains("旭精機") && !letters.contains("清算人"), "{letters}");
            assert!(!letters.contains("林五郎"), "{letters}");
        }
        batches::dispatch(ctx, clerk, &number, None, "").await.unwrap();
        let again = queue::list(ctx, clerk, &QueueFilter::default()).await.unwrap();
        assert_eq!(again[0].one_off.as_deref(), Some("全喪株式会社 清算人"));
        let second_batch = batches::draft(ctx, clerk, &QueueFilter::default(), None).await.unwrap();
        assert_eq!(second_batch.cards, 1);
        batches::approve(ctx, supervisor, &second_batch.batch).await.unwrap();
        let options = ExportOptions { dispatch_date: Some(ctx.clock.today()), passphrase: None };
        let done = batches::export(ctx, clerk, &second_batch.batch, options, |_| ControlFlow::Continue(())).await;
        let names: Vec<_> = done.unwrap().files.iter().map(|f| f.display().to_string()).collect();
        assert!(names.len() == 4 && !names.iter().any(|name| name.contains("letters")), "{names:?}");

        let seen = members::show(ctx, clerk, &key("999 1")).await.unwrap();
        assert_eq!(seen.cards[0].one_off.as_ref().unwrap().postcode, "1000014");
        let topic = mykempo_console::domain::diagnosis::Topic::CardNotArrived;
        let told = diagnosis::diagnose(ctx, clerk, topic, &key("999 1"), Default::default()).await.unwrap();
        assert_eq!(
            told.diagnosis.case.code(),
            "one_off_planned",
            "the clerk on the phone knows that it is an exception"
        );
        let filter = AuditFilter { member: Some("999-1-00".into()), ..AuditFilter::default() };
        let entries = audit_export(ctx, admin, &filter).await.unwrap();
        let of = |act: &str| entries.iter().find(|entry| entry.action == act).map(|entry| entry.staff.clone());
        assert_eq!(of("address_proposed").as_deref(), Some("suzuki"));
        assert_eq!(of("address_approved").as_deref(), Some("tanaka"));
        assert!(entries.iter().all(|entry| !entry.detail.contains("永田町")), "the log names no address");
    });
}

#[test]
fn r3_one_off_is_off_and_the_refusal_names_the_setting() {
    on_each_engine(|place| async move {
        let cast = cast(&place).await;
        sql(&cast.ctx, PEOPLE).await;
        register(&cast, &["999 1"]).await;
        let held = held(&cast).await;
        assert_eq!(refusal(propose(&cast, held.id).await), AddressRefusal::Off);
        let told = refusals::explain(Lang::Ja, &propose(&cast, held.id).await.unwrap_err());
        assert!(told.contains("policy.allow_route_override"), "{told}");
    });
}

#[test]
fn r3_one_off_needs_no_route_and_a_printable_address() {
    on_each_engine(|place| async move {
        let (cast, held, second) = story(&place).await;
        let Cast { ctx, clerk, supervisor, .. } = &cast;
        let clerks = one_off::propose(ctx, clerk, held.id, &liquidator(), &why("理由")).await;
        assert!(matches!(clerks, Err(Error::Refused(Refusal::Role { .. }))));
        let queued = queue::list(ctx, clerk, &QueueFilter { kind: None, ..QueueFilter::default() }).await.unwrap();
        let ordinary = queued.iter().find(|card| card.id != held.id).unwrap().id;
        assert_eq!(refusal(propose(&cast, ordinary).await), AddressRefusal::HasRoute(ordinary));
        cards::hold(ctx, clerk, ordinary, &why("確認中")).await.unwrap();
        assert_eq!(refusal(propose(&cast, ordinary).await), AddressRefusal::HasRoute(ordinary), "held by hand");
        let private = OneOffAddress { addressee: "清算人\u{E000}".into(), ..liquidator() };
        let unprintable = one_off::propose(ctx, supervisor, held.id, &private, &why("理由")).await;
        assert!(matches!(refusal(unprintable), AddressRefusal::Unprintable { faults, .. } if faults.len() == 1));
        let long = OneOffAddress { address2: "長い建物名".repeat(60), ..liquidator() };
        let unfit = one_off::propose(ctx, supervisor, held.id, &long, &why("理由")).await;
        assert!(matches!(refusal(unfit), AddressRefusal::Unprintable { .. }));
        assert_eq!(refusal(one_off::approve(ctx, &second, held.id).await), AddressRefusal::NothingProposed(held.id));
    });
}

#[test]
fn r3_a_card_held_by_hand_that_loses_its_route_has_a_way() {
    on_each_engine(|place| async move {
        let (cast, _, second) = story(&place).await;
        let Cast { ctx, clerk, supervisor, .. } = &cast;
        let queued = queue::list(ctx, clerk, &QueueFilter { kind: None, ..QueueFilter::default() }).await.unwrap();
        let ids: Vec<i64> = queued.iter().filter(|it| it.state == CardState::Queued).map(|it| it.id).collect();
        let card = ids[0];
        cards::hold(ctx, clerk, card, &why("確認中")).await.unwrap();
        sql(ctx, "UPDATE employer SET address1 = ''").await;
        // By two supervisors, wherever they send it.
        one_off::propose(ctx, supervisor, card, &liquidator(), &why("事業所の住所がない")).await.unwrap();
        one_off::refuse(ctx, &second, card, &why("ご本人に確認する")).await.unwrap();
        // Or the hold is taken back: then it waits for its route, and goes on by itself.
        assert_eq!(cards::release(ctx, supervisor, card).await.unwrap(), Released::Waits(HoldReason::NoAddress));
        let again = cards::release(ctx, supervisor, card).await;
        assert!(matches!(again, Err(Error::Refused(Refusal::NoRoute { reason: HoldReason::NoAddress, .. }))));
        one_off::propose(ctx, supervisor, card, &liquidator(), &why("事業所の住所がない")).await.unwrap();
        one_off::approve(ctx, &second, card).await.unwrap();
    });
}

#[test]
fn r3_refused_or_outdated_proposal_leaves_the_card_as_it_was() {
    on_each_engine(|place| async move {
        let (cast, card, second) = story(&place).await;
        let Cast { ctx, supervisor, .. } = &cast;
        propose(&cast, card.id).await.unwrap();
        let twice = propose(&cast, card.id).await;
        assert_eq!(refusal(twice), AddressRefusal::Waiting { card: card.id, by: "suzuki".into() });
        one_off::refuse(ctx, &second, card.id, &why("清算人の届けがない")).await.unwrap();
        assert_eq!(held(&cast).await.proposed_by, None);
        propose(&cast, card.id).await.unwrap();
        sql(ctx, "UPDATE employer SET withdrawn_on = NULL WHERE code = '999'").await;
        cards::release(ctx, supervisor, card.id).await.unwrap();
        let gone = one_off::approve(ctx, &second, card.id).await;
        assert_eq!(refusal(gone), AddressRefusal::HasRoute(card.id), "it goes to its employer again");
        let seen = members::show(ctx, &cast.clerk, &key("999 1")).await.unwrap();
        assert!(seen.cards[0].one_off.is_none() && seen.cards[0].employer_name.is_some());
    });
}

#[test]
fn r3_a_proposal_ends_with_its_card_and_the_log_says_so() {
    on_each_engine(|place| async move {
        let (cast, card, _) = story(&place).await;
        propose(&cast, card.id).await.unwrap();
        lose(&cast, "999 1").await.unwrap();
        close_ended(&cast).await;
        assert_eq!(home::home(&cast.ctx, &cast.clerk).await.unwrap().addresses, 0);
        let on_him = AuditFilter { member: Some(key("999 1").to_string()), ..AuditFilter::default() };
        let entries = audit_export(&cast.ctx, &cast.admin, &on_him).await.unwrap();
        let acts: Vec<_> = entries.iter().map(|entry| entry.action.as_str()).collect();
        let acts: Vec<_> = acts.into_iter().filter(|act| *act != "member_searched").collect();
        assert_eq!(acts, ["card_asked", "address_proposed", "card_cancelled", "address_refused", "account_closed"]);
    });
}

/// Poppler's text of a file without blanks; nothing where poppler is missing.
fn paper(file: &std::path::Path) -> Option<String> {
    let Ok(output) = Command::new("pdftotext").args(["-layout"]).arg(file).arg("-").output() else {
        println!("SKIPPED: no pdftotext on this machine");
        return None;
    };
    Some(String::from_utf8(output.stdout).unwrap().split_whitespace().collect())
}
