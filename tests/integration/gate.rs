//! The gate, approvals that bind, and changed addresses (B7, B11, R5, R6), on both engines.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::fixtures::{Cast, PEOPLE, cast, register, sql};
use crate::common::{Place, on_each_engine, refusal};
use mykempo_console::domain::gate::{ApprovalChange, ApprovalDifference};
use mykempo_console::domain::{BatchNumber, CardKind, CardState, GateReason};
use mykempo_console::interchange::{FileKind, RowError};
use mykempo_console::usecases::batches::{self, ExportOptions, Exported};
use mykempo_console::usecases::import::{AddressConfirmation, Job, Mode, Outcome, import};
use mykempo_console::usecases::queue::{self, QueueFilter};
use mykempo_console::usecases::refusal::BatchRefusal;
use mykempo_console::usecases::{Actor, AppContext, AuditEvent, AuditFilter, Error, Recorded, Refusal};
use mykempo_console::usecases::{addresses, audit_export, settings};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::atomic::AtomicBool;

const EMPLOYERS: &str = "事業所記号,名称カナ,名称,郵便番号,住所1,住所2,電話,担当部署,担当者,適用日,全喪日";
const ASAHI: &str =
    "260,アサヒセイキ,旭精機株式会社,1010025,東京都千代田区神田佐久間町1-1,旭ビル3階,03-0000-0001,人事部,鈴木,,";
const ELSEWHERE: &str = "260,アサヒセイキ,旭精機株式会社,1050014,東京都港区芝9-9-9,私書箱,03-0000-0001,人事部,鈴木,,";

async fn people(place: &Place) -> Cast {
    let cast = cast(place).await;
    sql(&cast.ctx, PEOPLE).await;
    cast
}

async fn employers(place: &Place, cast: &Cast, row: &str, mode: Mode) -> Outcome {
    imported(place, cast, FileKind::Employers, &[EMPLOYERS, row], mode).await
}

async fn imported(place: &Place, cast: &Cast, kind: FileKind, lines: &[&str], mode: Mode) -> Outcome {
    let path = place.folder.path().join(kind.code());
    std::fs::write(&path, lines.join("\r\n") + "\r\n").unwrap();
    let (cancel, reason) = (AtomicBool::new(false), |error: &RowError| error.code.code().to_owned());
    let path = path.as_path();
    let job =
        Job { kind, path, mode, expected: None, rejects: None, reason: &reason, progress: &|_| {}, cancel: &cancel };
    import(&cast.ctx, &cast.admin, &job).await.unwrap()
}

async fn drafted(cast: &Cast) -> BatchNumber {
    batches::draft(&cast.ctx, &cast.clerk, &QueueFilter::default(), None).await.unwrap().batch
}

async fn approved(cast: &Cast) -> BatchNumber {
    let number = drafted(cast).await;
    batches::approve(&cast.ctx, &cast.supervisor, &number).await.unwrap();
    number
}

async fn export(ctx: &AppContext, clerk: &Actor, number: &BatchNumber) -> Result<Exported, Error> {
    let options = ExportOptions { dispatch_date: Some(ctx.clock.today()), passphrase: None };
    batches::export(ctx, clerk, number, options, |_| ControlFlow::Continue(())).await
}

/// The reason why the only held card waits.
async fn held(cast: &Cast) -> Vec<Option<String>> {
    let filter = QueueFilter { state: Some(CardState::Held), ..QueueFilter::default() };
    let cards = queue::list(&cast.ctx, &cast.clerk, &filter).await.unwrap();
    cards.into_iter().map(|card| card.reason).collect()
}

#[test]
fn b11_r6_address_changed_after_approval_is_never_printed() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        register(&cast, &["260 1", "260 2", "107 1"]).await;
        let number = approved(&cast).await;
        let moved = employers(&place, &cast, ELSEWHERE, Mode::Apply).await.preview.effects;
        assert_eq!((moved.addresses_changed, moved.gate_reasons), (1, 2), "both cards of the batch are named");
        assert_eq!(moved.addresses[0].before.address1, "東京都千代田区神田佐久間町1-1");
        assert!(moved.gate.iter().all(|card| card.finding.reason == GateReason::Moved));

        let Refusal::Batch(BatchRefusal::ChangedSinceApproval(changes)) =
            refusal(export(&cast.ctx, &cast.clerk, &number).await)
        else {
            panic!("B11: what was approved is not what would be printed");
        };
        let cards = changes
            .iter()
            .filter(|it| matches!(it, ApprovalChange::Card(card) if card.reason == ApprovalDifference::Moved));
        assert_eq!((cards.count(), changes.len()), (2, 2));

        employers(&place, &cast, ASAHI, Mode::Apply).await;
        let waits = addresses::unconfirmed(&cast.ctx, &cast.supervisor).await.unwrap();
        assert_eq!(waits, [], "R6: the address that was confirmed is back, and there is nothing to confirm");
        let back = batches::send_back_changed(&cast.ctx, &cast.clerk, &number).await.unwrap();
        assert_eq!(back.changed.len(), 0, "as approved again");
        assert!(matches!(export(&cast.ctx, &cast.clerk, &number).await, Ok(exported) if exported.cards == 3));
        let view = batches::show(&cast.ctx, &cast.clerk, &number).await.unwrap();
        let to: Vec<&str> = view.approved.iter().map(|card| card.address1.as_str()).collect();
        assert_eq!(to.iter().filter(|to| **to == "東京都千代田区神田佐久間町1-1").count(), 2, "R5: kept for years");
    });
}

/// What the gate says of a batch, one line for each card and reason.
async fn said(cast: &Cast, number: &BatchNumber) -> Vec<String> {
    let report = batches::gate_report(&cast.ctx, &cast.clerk, number).await.unwrap();
    let lines = |card: batches::Gate| {
        let findings = [card.finding].into_iter().chain(card.also);
        findings.map(|finding| format!("{} {finding:?}", card.member)).collect::<Vec<_>>()
    };
    let mut said: Vec<String> = report.cards.into_iter().flat_map(lines).collect();
    said.sort();
    said
}

#[test]
fn b7_a_file_foretells_what_the_gate_will_say() {
    const MEMBERS: &str = "保険者番号,記号,番号,枝番,本人家族区分,続柄,氏名カナ,氏名,性別,生年月日,取得日,喪失日,喪失事由,事業所記号,任継区分,旧記号,旧番号,旧枝番,変更事由,巡回健診対象";
    /// The insured goes to another employer, and so does his wife's card.
    const ELSEWHERE: &str = "06139497,260,1,00,1,本人,ｼｮｳｼﾞ ﾀｸﾔ,東海林　拓也,1,S47.3.12,H27.2.3,,,107,0,,,,,0";
    const LOST: &str = "06139497,260,2,00,1,本人,ﾀｶﾊｼ ﾐﾎ,髙橋　美穂,2,S55.1.1,H30.4.1,R8.11.20,退職,260,0,,,,,0";
    const EVENTS: &str = "連番,発生日時,種別,記号,番号,枝番,ログインID,メールアドレス,Web表示";
    const OFF: &str = "9,2026-11-24 12:00:00,web_display_off,107,1,00,,,希望しない";
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        register(&cast, &["260 1", "260 1 01", "260 2", "107 1"]).await;
        let number = approved(&cast).await;
        export(&cast.ctx, &cast.clerk, &number).await.unwrap();
        assert_eq!(said(&cast, &number).await, [""; 0]);
        let mut before = Vec::new();
        for (kind, lines, new) in [
            (FileKind::Members, &[MEMBERS, ELSEWHERE, LOST] as &[&str], 3),
            (FileKind::PortalEvents, &[EVENTS, OFF], 1),
        ] {
            let foretold = |outcome: &Outcome| {
                let gate = outcome.preview.effects.gate.iter();
                let mut lines: Vec<String> = gate.map(|it| format!("{} {:?}", it.member, it.finding)).collect();
                lines.sort();
                lines
            };
            let dry = imported(&place, &cast, kind, lines, Mode::DryRun).await;
            assert_eq!(said(&cast, &number).await, before, "a dry run changes nothing");
            let done = imported(&place, &cast, kind, lines, Mode::Apply).await;
            assert!(done.applied, "{:?} {:?}", done.refused, done.preview.errors);
            let after = said(&cast, &number).await;
            let came: Vec<String> = after.iter().filter(|line| !before.contains(*line)).cloned().collect();
            assert!(came.len() >= new, "{came:?}");
            assert_eq!([foretold(&dry), foretold(&done)], [came.clone(), came]);
            before = after;
        }
    });
}

#[test]
fn b11_changed_cards_go_back_and_the_rest_is_exported() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        register(&cast, &["260 1", "107 1"]).await;
        let number = approved(&cast).await;
        sql(&cast.ctx, "UPDATE member SET name = '東海林　拓哉' WHERE id = 1").await;
        let refused = refusal(export(&cast.ctx, &cast.clerk, &number).await);
        assert!(
            matches!(&refused, Refusal::Batch(BatchRefusal::ChangedSinceApproval(changes)) if changes.len() == 1),
            "{refused:?}"
        );
        let back = batches::send_back_changed(&cast.ctx, &cast.clerk, &number).await.unwrap();
        assert_eq!(back.changed[0].reason, ApprovalDifference::Name);
        let exported = export(&cast.ctx, &cast.clerk, &number).await.unwrap();
        assert_eq!(exported.cards, 1);
        let queued = queue::list(&cast.ctx, &cast.clerk, &QueueFilter::default()).await.unwrap();
        assert_eq!(queued.iter().map(|card| card.name.as_str()).collect::<Vec<_>>(), ["東海林　拓哉"]);
        let view = batches::show(&cast.ctx, &cast.clerk, &number).await.unwrap();
        let printed = view.approved.iter().filter(|card| card.serial.is_some());
        assert_eq!(printed.map(|card| card.member.as_str()).collect::<Vec<_>>(), ["107-1-00"]);
    });
}

#[test]
fn b11_another_sender_needs_a_new_approval() {
    on_each_engine(|place| async move {
        let mut cast = people(&place).await;
        register(&cast, &["260 1"]).await;
        let number = approved(&cast).await;
        settings::set(&cast.ctx, &cast.admin, "society.phone", "03-9999-9999").await.unwrap();
        cast.ctx.refresh().await.unwrap();
        let Refusal::Batch(BatchRefusal::ChangedSinceApproval(changes)) =
            refusal(export(&cast.ctx, &cast.clerk, &number).await)
        else {
            panic!("B11");
        };
        let phone = |it: &ApprovalChange| matches!(it, ApprovalChange::Setting { key, .. } if key == "society.phone");
        assert!(changes.len() == 1 && changes.iter().all(phone), "{changes:?}");
        let refused = batches::send_back_changed(&cast.ctx, &cast.clerk, &number).await;
        assert!(
            matches!(refusal(refused), Refusal::Batch(BatchRefusal::ChangedSinceApproval(_))),
            "cards alone can be taken out"
        );
        batches::cancel(&cast.ctx, &cast.clerk, &number).await.unwrap();
        let again = approved(&cast).await;
        assert_eq!(export(&cast.ctx, &cast.clerk, &again).await.unwrap().cards, 1);
    });
}

#[test]
fn b11_the_digest_is_in_the_log_and_guards_what_was_kept() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        register(&cast, &["260 1"]).await;
        let number = approved(&cast).await;
        let digest = batches::show(&cast.ctx, &cast.clerk, &number).await.unwrap().batch.approval_digest.unwrap();
        let log = audit_export(&cast.ctx, &cast.admin, &AuditFilter::default()).await.unwrap();
        let logged = log.iter().find_map(|entry| match Recorded::of(entry) {
            Recorded::Event(AuditEvent::BatchApproved { digest, .. }) => digest,
            _ => None,
        });
        assert_eq!(logged, Some(digest));
        sql(&cast.ctx, "DELETE FROM approved_card").await;
        let refused = refusal(export(&cast.ctx, &cast.clerk, &number).await);
        assert_eq!(refused, Refusal::Batch(BatchRefusal::ChangedSinceApproval(vec![ApprovalChange::Digest])));
    });
}

#[test]
fn r6_a_changed_address_waits_for_another_person() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        register(&cast, &["260 1", "260 1 01", "107 1"]).await;
        let dry = employers(&place, &cast, ELSEWHERE, Mode::DryRun).await.preview.effects;
        assert_eq!((dry.addresses_changed, dry.addresses[0].held), (1, 2));
        assert_eq!(held(&cast).await.len(), 0, "a dry run holds nothing");
        employers(&place, &cast, ELSEWHERE, Mode::Apply).await;
        assert_eq!(held(&cast).await, vec![Some("address_changed".to_owned()); 2]);
        let own = addresses::confirm(&cast.ctx, &cast.admin, "260").await;
        assert!(matches!(refusal(own), Refusal::Role { .. }), "an importer may not confirm");
        let clerk = addresses::confirm(&cast.ctx, &cast.clerk, "260").await;
        assert!(matches!(refusal(clerk), Refusal::Role { .. }));
        sql(&cast.ctx, "UPDATE address_change SET changed_by = 'suzuki'").await;
        let own = addresses::confirm(&cast.ctx, &cast.supervisor, "２６０").await;
        assert_eq!(refusal(own), Refusal::OwnAddressChange("260".into()));
        sql(&cast.ctx, "UPDATE address_change SET changed_by = 'admin'").await;
        let confirmed = addresses::confirm(&cast.ctx, &cast.supervisor, "２６０").await.unwrap();
        assert_eq!(confirmed.released.len(), 2, "they are released by themselves");
        assert_eq!(held(&cast).await.len(), 0);
        let twice = addresses::confirm(&cast.ctx, &cast.supervisor, "260").await;
        assert_eq!(refusal(twice), Refusal::NothingToConfirm("260".into()));
        let review = batches::show(&cast.ctx, &cast.clerk, &drafted(&cast).await).await.unwrap().review.unwrap();
        assert_eq!(review.addresses[0].confirmed_by.as_deref(), Some("suzuki"), "the approver sees it");
    });
}

#[test]
fn r6_an_address_that_came_back_releases_its_cards() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        register(&cast, &["260 1", "107 1"]).await;
        employers(&place, &cast, ELSEWHERE, Mode::Apply).await;
        let third = ELSEWHERE.replace("9-9-9", "7-7-7");
        employers(&place, &cast, &third, Mode::Apply).await;
        assert_eq!(held(&cast).await, [Some("address_changed".to_owned())]);
        let dry = employers(&place, &cast, ASAHI, Mode::DryRun).await.preview.effects;
        let back = &dry.addresses[0];
        assert_eq!((back.confirmation, back.held, back.released), (AddressConfirmation::CameBack, 0, 1));
        assert_eq!(held(&cast).await.len(), 1, "a dry run releases nothing");
        employers(&place, &cast, ASAHI, Mode::Apply).await;
        assert_eq!(held(&cast).await.len(), 0);
        assert_eq!(addresses::unconfirmed(&cast.ctx, &cast.supervisor).await.unwrap(), []);
        let nothing = addresses::confirm(&cast.ctx, &cast.supervisor, "260").await;
        assert_eq!(refusal(nothing), Refusal::NothingToConfirm("260".into()));
        let log = audit_export(&cast.ctx, &cast.admin, &AuditFilter::default()).await.unwrap();
        let back = |code: &str, n| Recorded::Event(AuditEvent::AddressCameBack { code: code.into(), released: n });
        assert!(log.iter().any(|entry| Recorded::of(entry) == back("260", 1)), "R6: the log says why they go");
        // An address that nobody has confirmed is none to come back to.
        employers(&place, &cast, ELSEWHERE, Mode::Apply).await;
        employers(&place, &cast, &third, Mode::Apply).await;
        employers(&place, &cast, ELSEWHERE, Mode::Apply).await;
        assert_eq!(addresses::unconfirmed(&cast.ctx, &cast.supervisor).await.unwrap().len(), 1);
    });
}

#[test]
fn r6_without_the_policy_and_for_a_first_address_nothing_waits() {
    on_each_engine(|place| async move {
        let mut cast = people(&place).await;
        register(&cast, &["260 1"]).await;
        sql(&cast.ctx, "UPDATE employer SET address1 = '' WHERE id = 1").await;
        employers(&place, &cast, ASAHI, Mode::Apply).await;
        assert_eq!(addresses::unconfirmed(&cast.ctx, &cast.supervisor).await.unwrap(), []);
        settings::set(&cast.ctx, &cast.admin, "policy.confirm_address", "false").await.unwrap();
        cast.ctx.refresh().await.unwrap();
        let moved = employers(&place, &cast, ELSEWHERE, Mode::Apply).await.preview.effects;
        assert_eq!((moved.addresses_changed, moved.addresses[0].held), (1, 0));
        assert_eq!(addresses::unconfirmed(&cast.ctx, &cast.supervisor).await.unwrap(), []);
    });
}

/// A change of the registry or the portal, and the reason that it gives.
const CHANGES: &[(GateReason, &str)] = {
    use GateReason as R;
    &[
        (R::MemberLost, "UPDATE member SET lost_on = '2026-11-20' WHERE id = 2"),
        (R::InsuredLost, "UPDATE member SET lost_on = '2026-11-20' WHERE id = 1"),
        (
            R::Closed,
            "UPDATE account SET closed_at = '2026-11-24T00:00:00+00:00', login_id = NULL, email = NULL",
        ),
        (R::Superseded, "UPDATE card SET dead_reason = 'superseded', dead_on = '2026-11-24'"),
        (R::SelfChanged, "UPDATE card SET dead_reason = 'self_changed', dead_on = '2026-11-24'"),
        (R::DisplayOff, "UPDATE account SET web_display = 'not_wanted'"),
        (R::NumberChanged, "UPDATE card SET dead_reason = 'number_changed', dead_on = '2026-11-24'"),
        (R::OtherPerson, "UPDATE member SET name = '西村　幸子', born_on = '1990-01-01' WHERE id = 2"),
        (R::Moved, "UPDATE employer SET address1 = '東京都港区芝1-1' WHERE id = 1"),
        (R::Withdrawn, "UPDATE employer SET withdrawn_on = '2026-11-01' WHERE id = 1"),
        (R::OtherEmployer, "UPDATE member SET employer_id = 2 WHERE id = 1"),
        (
            R::Protected,
            "INSERT INTO protective_measure (member_id, set_by, set_at, reason)
             VALUES (2, 'suzuki', '2026-11-24T00:00:00+00:00', '届出')",
        ),
        (R::Recovered, "UPDATE card SET dead_reason = 'recovered', dead_on = '2026-11-24'"),
        (
            R::TooClose,
            "INSERT INTO card (kind, state, cause, member_id, account_id, asked_by, asked_at, employer_id, serial, dispatched_on)
             SELECT 'login', 'dispatched', 'request', member_id, id, 'sato', '2026-11-20T00:00:00+00:00', 1,
                'B20261124-099-0001', '2026-11-24' FROM account",
        ),
    ]
};

/// The table of docs/gate.md: what becomes of a card with a reason, at each step.
fn documented() -> BTreeMap<GateReason, Vec<String>> {
    let rows = include_str!("../../docs/gate.md").lines().filter(|line| line.starts_with("| `"));
    let cells = |row: &str| row.trim_matches('|').split('|').map(|it| it.trim().replace('`', "")).collect::<Vec<_>>();
    rows.map(cells).map(|row| (row[0].parse().unwrap(), row[1..].to_vec())).collect()
}

/// Where the only viewing-password card is, in the words of the table.
async fn stands(cast: &Cast) -> String {
    let whose = crate::common::fixtures::key("260 1 01");
    let cards = mykempo_console::usecases::members::show(&cast.ctx, &cast.clerk, &whose).await.unwrap().cards;
    let card = &cards.iter().find(|it| it.card.kind == CardKind::Viewing).unwrap().card;
    match (card.state(), card.reason.as_deref()) {
        (CardState::Held, reason) => format!("held {}", reason.unwrap_or_default()),
        (CardState::Cancelled, _) => "cancelled".into(),
        (CardState::Queued, _) => "queued".into(),
        (CardState::Pulled, _) => "pulled".into(),
        _ => "goes on".into(),
    }
}

/// What became of the card at a step.
async fn became(cast: &Cast, step: Result<(), Error>) -> String {
    match step {
        Err(Error::Refused(Refusal::Batch(BatchRefusal::ChangedSinceApproval(changes)))) => match &changes[..] {
            [ApprovalChange::Card(card)] => format!("changed {}", card.reason.code()),
            other => panic!("{other:?}"),
        },
        Ok(()) | Err(Error::Refused(Refusal::Batch(BatchRefusal::AllHeld(_) | BatchRefusal::AllTooClose { .. }))) => {
            stands(cast).await
        }
        Err(other) => panic!("{other:?}"),
    }
}

/// The steps in the columns of the table.
#[derive(Debug, Clone, Copy, PartialEq)]
enum GateStep {
    Draft,
    Approval,
    Export,
    Print,
    Dispatch,
}

#[test]
fn b7_each_reason_does_at_each_step_what_the_table_says() {
    use GateStep as S;
    let table = documented();
    assert_eq!(
        table.keys().copied().collect::<BTreeSet<_>>(),
        GateReason::ALL.iter().copied().collect(),
        "all reasons"
    );
    assert_eq!(CHANGES.len(), GateReason::ALL.len());
    for engine in 0..crate::common::places().len() {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(async {
            for (reason, change) in CHANGES {
                let steps = [S::Draft, S::Approval, S::Export, S::Print, S::Dispatch];
                assert_eq!(table[reason].len(), steps.len(), "{reason:?}");
                for (step, expected) in steps.into_iter().zip(&table[reason]) {
                    let place = crate::common::places().swap_remove(engine);
                    let cast = people(&place).await;
                    register(&cast, &["260 1 01"]).await;
                    let seen = at(&cast, step, *reason, change).await;
                    assert_eq!(seen, *expected, "{reason:?} at {step:?} on {}", place.name);
                    cast.ctx.close().await;
                }
            }
        });
    }
}

/// The only card comes to the step, the change happens, the step is tried.
async fn at(cast: &Cast, step: GateStep, reason: GateReason, change: &'static str) -> String {
    let Cast { ctx, clerk, supervisor, .. } = cast;
    if step == GateStep::Draft {
        sql(ctx, change).await;
        let drafted = batches::draft(ctx, clerk, &QueueFilter::default(), None).await;
        return became(cast, drafted.map(drop)).await;
    }
    let number = drafted(cast).await;
    if step != GateStep::Approval {
        batches::approve(ctx, supervisor, &number).await.unwrap();
    }
    if matches!(step, GateStep::Print | GateStep::Dispatch) {
        export(ctx, clerk, &number).await.unwrap();
    }
    if step == GateStep::Dispatch {
        batches::printed(ctx, clerk, &number, "").await.unwrap();
    }
    sql(ctx, change).await;
    let gate = batches::gate_report(ctx, clerk, &number).await.unwrap().cards;
    let named: Vec<_> = gate.iter().map(|card| card.reason()).collect();
    // What is compared with an approval needs one.
    let compares = matches!(reason, GateReason::OtherPerson | GateReason::Moved | GateReason::OtherEmployer);
    let expected = if compares && step == GateStep::Approval { vec![] } else { vec![reason] };
    assert_eq!(named, expected, "{reason:?} at {step:?}");
    match step {
        GateStep::Draft => String::new(),
        GateStep::Approval => {
            let done = batches::approve(ctx, supervisor, &number).await.map(drop);
            became(cast, done).await
        }
        GateStep::Export => {
            let done = export(ctx, clerk, &number).await.map(drop);
            became(cast, done).await
        }
        GateStep::Print => {
            batches::printed(ctx, clerk, &number, "").await.unwrap();
            pull(cast, &number, reason).await;
            "listed".into()
        }
        GateStep::Dispatch => {
            pull(cast, &number, reason).await;
            stands(cast).await
        }
    }
}

/// A printed card must be pulled, and its password stays dead for the reason.
async fn pull(cast: &Cast, number: &BatchNumber, reason: GateReason) {
    let Cast { ctx, clerk, .. } = cast;
    let serial = number.serial(1);
    let refused = batches::dispatch(ctx, clerk, number, None, "").await;
    assert_eq!(refusal(refused), Refusal::Batch(BatchRefusal::MustPull(vec![serial.clone()])), "{reason:?}");
    batches::letters(ctx, clerk, number, &serial).await.unwrap();
    let sent = batches::dispatch(ctx, clerk, number, None, &serial).await.unwrap();
    assert_eq!((sent.cards, sent.pulled), (0, vec![serial]));
    let view = batches::show(ctx, clerk, number).await.unwrap();
    assert_eq!(view.cards[0].state, CardState::Pulled);
    assert_eq!(view.cards[0].dead_reason.0, Some(reason.ends_as()), "{reason:?}");
}
