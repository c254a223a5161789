//! A change needs a permission and an audit event, and a look is answered only once it is recorded.

use crate::common::fixtures::{self, Cast, PEOPLE, cast, key, sql, why};
use crate::common::{Place, on_each_engine, open};
use mykempo_console::domain::diagnosis::{Caller, CallerKind, PaperCheck, Topic};
use mykempo_console::domain::request::{Claim, Ground};
use mykempo_console::store::audit::{self as log, AuditEntry};
use mykempo_console::usecases::requests::{IncomingCall, Settlement};
use mykempo_console::usecases::upkeep::doctor::{DoctorCheck, Finding, Scene, doctor};
use mykempo_console::usecases::{
    AuditEvent, AuditFilter, Error, Recorded, Refusal, audit_export, audit_unusual, audit_verify, batches, calls,
    cards, diagnosis, feed, lineage, members, notes, promises, queue, replies, requests,
};
use std::path::{Path, PathBuf};
use std::time::Duration;

async fn people(place: &Place) -> Cast {
    let cast = cast(place).await;
    sql(&cast.ctx, PEOPLE).await;
    cast
}

#[test]
fn a_refused_role_opens_no_writing_transaction() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let (ctx, clerk) = (&cast.ctx, &cast.clerk);
        // While another one writes, opening a writing transaction waits for ten seconds.
        let writer = cast.db.write().await.unwrap();
        let refused = tokio::time::timeout(Duration::from_secs(2), async {
            [
                cards::release(ctx, clerk, 1).await.unwrap_err(),
                mykempo_console::usecases::settings::set(ctx, clerk, "policy.four_eyes", "false").await.unwrap_err(),
                mykempo_console::usecases::staff::unlock(ctx, clerk, "admin").await.unwrap_err(),
            ]
        });
        for error in refused.await.expect("no role waits for the writer to be refused") {
            assert!(matches!(error, Error::Refused(Refusal::Role { .. })), "{error:?}");
        }
        drop(writer);
    });
}

/// From now on no entry can be written.
async fn log_is_full(place: &Place) {
    let statement = match place.name {
        "sqlite" => "CREATE TRIGGER audit_is_full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END",
        _ => {
            "CREATE FUNCTION audit_is_full() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'full'; END $$ LANGUAGE plpgsql;
             CREATE TRIGGER audit_is_full BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION audit_is_full()"
        }
    };
    let owner = mykempo_console::store::Db::open(&place.url).await.unwrap();
    let mut tx = owner.write().await.unwrap();
    fixtures::execute(&mut tx, statement).await;
    tx.commit().await.unwrap();
}

fn not_answered<T: std::fmt::Debug>(what: &str, answer: Result<T, Error>) {
    assert!(matches!(answer, Err(Error::Store(_))), "{what}: {answer:?}");
}

#[test]
fn a_look_that_cannot_be_recorded_gives_no_answer() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let (ctx, clerk, boss, admin) = (&cast.ctx, &cast.clerk, &cast.supervisor, &cast.admin);
        fixtures::register(&cast, &["260 1"]).await;
        let him = key("260 1");
        let claim = Claim { symbol: "260".into(), number: "1".into(), branch: "00".into(), ..Claim::default() };
        let call = IncomingCall { claim: claim.clone(), ..IncomingCall::default() };
        let receipt = requests::take_call(ctx, clerk, &call).await.unwrap().receipt;
        let batch = batches::draft(ctx, clerk, &queue::QueueFilter::default(), None).await.unwrap().batch;
        let begun = calls::begin(ctx, clerk, &calls::CallDraft::new(CallerKind::Unknown)).await.unwrap();
        let waits = Settlement::of(Ground::CallBack);
        requests::hold(ctx, clerk, &receipt, &waits).await.unwrap();
        let reply = replies::list(ctx, clerk, replies::OutboxScope::Waiting).await.unwrap()[0].reply;
        log_is_full(&place).await;
        not_answered("member", members::show(ctx, clerk, &him).await);
        not_answered("lineage", lineage::lineage(ctx, clerk, &him).await);
        let caller = Caller::default();
        not_answered("diagnosis", diagnosis::diagnose(ctx, clerk, Topic::MailMissing, &him, caller).await);
        not_answered(
            "identity",
            diagnosis::identify(ctx, clerk, &him, CallerKind::Member, PaperCheck::NotSeen, &claim).await,
        );
        not_answered("notes", notes::search(ctx, clerk, "電話").await);
        not_answered("follow-ups", notes::due(ctx, clerk).await);
        not_answered("calls", calls::list(ctx, clerk, ctx.clock.today()).await);
        not_answered("call", calls::show(ctx, clerk, begun).await);
        not_answered("open calls", calls::open(ctx, clerk).await);
        not_answered("promises", promises::list(ctx, clerk, promises::PromiseScope::Open).await);
        not_answered("request", requests::show(ctx, clerk, &receipt).await);
        not_answered("replies", replies::list(ctx, boss, replies::OutboxScope::All).await);
        not_answered("reply", replies::show(ctx, clerk, reply).await);
        not_answered("feed", feed::after(ctx, admin, 0).await);
        not_answered("audit", audit_export(ctx, admin, &AuditFilter::default()).await);
        not_answered("browsing", audit_unusual(ctx, boss, None).await);
        not_answered("preview", batches::preview(ctx, clerk, &batch).await);
        let folder = ctx.export_folder().join(batch.as_str());
        let named = std::fs::read_dir(folder).unwrap().flatten();
        let pages = named.filter(|file| file.file_name().to_string_lossy().contains("preview")).count();
        assert_eq!(pages, 0, "no page of a preview that the log does not know");
    });
}

/// What an older version wrote.
async fn old_entry(cast: &Cast, action: &str, detail: &str) {
    let mut tx = cast.db.write().await.unwrap();
    let head = log::head(&mut tx).await.unwrap();
    let entry = AuditEntry {
        seq: 0,
        at: cast.ctx.clock.now(),
        staff: "sato".into(),
        terminal: "old".into(),
        action: action.into(),
        member: None,
        batch: None,
        detail: detail.into(),
        prev: String::new(),
        hash: String::new(),
    };
    log::append(&mut tx, head, vec![entry]).await.unwrap();
    tx.commit().await.unwrap();
}

#[test]
fn entries_of_older_versions_stay_readable_and_the_chain_whole() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let old = [("card_held", "7 by_hand"), ("feed_written", "0 < seq <= 3"), ("signed_out", "")];
        for (action, detail) in old {
            old_entry(&cast, action, detail).await;
        }
        let entries = audit_export(&cast.ctx, &cast.admin, &AuditFilter::default()).await.unwrap();
        let read: Vec<Recorded> = entries[entries.len() - 3..].iter().map(Recorded::of).collect();
        let legacy = |action: &str, detail: &str| Recorded::Legacy { action: action.into(), detail: detail.into() };
        let expected = [legacy(old[0].0, old[0].1), legacy(old[1].0, old[1].1), Recorded::Event(AuditEvent::SignedOut)];
        assert_eq!(read, expected);
        assert_eq!(audit_verify(&cast.ctx, &cast.admin).await.unwrap().broken_at, None);
    });
}

/// Instructions of ten days ago.
#[test]
fn doctor_knows_what_the_portal_has_not_acknowledged() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let feed = "INSERT INTO feed (seq, at, operation, symbol, number, branch, valid_from, must_change)
            VALUES (1, '2026-11-10T00:00:00+00:00', 'close', '260', '1', '00', '2026-11-10', FALSE),
                   (2, '2026-11-10T00:00:00+00:00', 'close', '260', '2', '00', '2026-11-10', FALSE)";
        sql(&cast.ctx, feed).await;
        let waiting = async || {
            let scene = Scene { place: place.url.clone(), clock: cast.ctx.clock, anchor: None, private: Vec::new() };
            let row = doctor(&scene).await.into_iter().find(|row| row.check == DoctorCheck::Feed).unwrap();
            match row.finding {
                Finding::FeedWaits { count, .. } => count,
                Finding::Good => 0,
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(waiting().await, 2);
        feed::after(&cast.ctx, &cast.admin, 0).await.unwrap();
        assert_eq!(waiting().await, 2, "reading acknowledges nothing");
        feed::acknowledge(&cast.ctx, &cast.admin, 1).await.unwrap();
        assert_eq!(waiting().await, 1);
        feed::acknowledge(&cast.ctx, &cast.admin, 2).await.unwrap();
        assert_eq!(waiting().await, 0);
    });
}

#[test]
fn a_card_knows_who_moved_it_and_when() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        fixtures::register(&cast, &["260 1"]).await;
        cards::hold(&cast.ctx, &cast.clerk, 1, &why("確認中")).await.unwrap();
        let moved = |card: Option<mykempo_console::store::card::Card>| {
            card.and_then(|card| card.changed_by.zip(card.changed_at))
        };
        let mut tx = open(&cast.ctx).await.read().await.unwrap();
        let card = mykempo_console::store::card::get(&mut tx, 1).await.unwrap();
        assert_eq!(moved(card), Some((cast.clerk.id.clone(), cast.ctx.clock.now())));
    });
}

/// Lines that begin or end a transaction by hand.
fn by_hand(text: &str) -> Vec<String> {
    let signs = [".commit()", ".write().await", ".begin_with(", "pool.begin("];
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.filter(|line| signs.iter().any(|sign| line.contains(sign))).map(|line| line.trim().to_owned()).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn no_use_case_begins_or_commits_a_transaction_by_hand() {
    assert_eq!(by_hand("let tx = db.write().await?;\n// x.commit()\ntx.commit().await?;").len(), 2, "it finds them");
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for layer in ["usecases", "tui", "cli", "labels"] {
        for file in files(&sources.join(layer)) {
            if !file.ends_with("usecases/unit_of_work.rs") {
                let found = by_hand(&std::fs::read_to_string(&file).unwrap());
                assert!(found.is_empty(), "{}: {found:?}", file.display());
            }
        }
    }
}
