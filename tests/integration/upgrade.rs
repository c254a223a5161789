//! A database of every earlier schema, with a society in it, is brought up to date on both engines: once, whole, with
//! a way back.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::fixtures::{PEOPLE, raw};
use crate::common::{Place, on_each_engine};
use mykempo_console::domain::request::{ReplyState, RequestState};
use mykempo_console::domain::{BatchState, CardState, ProposalState, Role};
use mykempo_console::secrets::{self, HashCost, Passphrase};
use mykempo_console::store::audit::AuditEntry;
use mykempo_console::store::bulk;
use mykempo_console::store::migrate::{self, Upgrade, known};
use mykempo_console::store::{Db, DbUrl, StoreError, Tx};
use mykempo_console::usecases::as_of;
use mykempo_console::usecases::replies::{self, OutboxScope};
use mykempo_console::usecases::staff::{SignIn, sign_in};
use mykempo_console::usecases::upkeep::{RestoreFor, open_backup, upgrade};
use mykempo_console::usecases::{
    Actor, AppContext, AuditFilter, Clock, Error, audit_export, audit_verify, members, settings,
};
use mykempo_console::usecases::{AuditEvent, Recorded};
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode};
use sqlx::{PgPool, SqlitePool};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

const PASSWORD: &str = "correct horse battery";

/// Steps of an engine, in order.
fn steps(engine: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(engine);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// The steps of an earlier version.
async fn steps_until(engine: &str, count: usize) -> Migrator {
    let folder = tempfile::tempdir().unwrap();
    for file in &steps(engine)[..count] {
        std::fs::copy(file, folder.path().join(file.file_name().unwrap())).unwrap();
    }
    Migrator::new(folder.path()).await.unwrap()
}

/// A batch, a card and a request in each state, and what refers to them.
fn in_every_state() -> String {
    const AT: &str = "'2026-10-01T00:00:00+00:00'";
    let mut sql = String::new();
    for (i, state) in FIRST_BATCH_STATES.iter().enumerate() {
        let (id, state) = (101 + i, state.code());
        sql += &format!(
            "INSERT INTO batch (id, number, state, drafted_by, drafted_at) VALUES ({id}, 'B20261001-{id}', '{state}', 'admin', {AT});
            INSERT INTO batch_file (batch_id, name, pages, sha256, secret) VALUES ({id}, 'a.pdf', 1, '', TRUE);
            INSERT INTO bundle (batch_id, employer_id, cards) VALUES ({id}, 1, 1);\n"
        );
    }
    for (i, state) in CardState::ALL.iter().enumerate() {
        let (id, state, batch) = (101 + i, state.code(), 101 + i % FIRST_BATCH_STATES.len());
        sql += &format!(
            "INSERT INTO account (id, member_id, web_display, registered_at, closed_at, closed_reason) VALUES ({id}, 2, 'wanted', {AT}, {AT}, 'member_lost');
            INSERT INTO card (id, kind, state, cause, member_id, account_id, asked_by, asked_at, batch_id, serial, reason, dispatched_on, replaces) VALUES
            ({id}, 'viewing', '{state}', 'registered', 2, {id}, 'portal', {AT}, {batch}, 'B20261001-{batch}-{id}', 'by_hand', '2026-10-02', 1);\n"
        );
    }
    for (i, state) in RequestState::ALL.iter().enumerate() {
        let (id, state) = (101 + i, state.code());
        sql += &format!(
            "INSERT INTO request (id, receipt, received_at, channel, kind, state, symbol, number, branch, name, kana, employer, phone, email, body, member_id, card_id, merged_into) VALUES
            ({id}, 'R{id}', {AT}, 'form', 'login_info', '{state}', '０２６０', '1', '', '澁谷', '', '', '', '', 'O''Brien', 2, {id}, {id});\n"
        );
    }
    sql
}

/// The same of one-off addresses, which came with the second schema.
fn addresses() -> String {
    let address = |(i, state): (usize, &ProposalState)| {
        let (id, state) = (101 + i, state.code());
        format!(
            "INSERT INTO one_off_address (id, card_id, state, postcode, address1, address2, addressee, department, reason, proposed_by, proposed_at) VALUES
            ({id}, {id}, '{state}', '1010025', '東京都', '', '様', '', '', 'admin', '2026-10-01T00:00:00+00:00');
            UPDATE card SET one_off_id = {id} WHERE id = {id};\n"
        )
    };
    ProposalState::ALL.iter().enumerate().map(address).collect()
}

/// The states of batches that every schema knows.
const FIRST_BATCH_STATES: &[BatchState] = {
    use BatchState as S;
    &[S::Draft, S::Approved, S::Exported, S::Printed, S::Dispatched, S::Cancelled]
};

/// A society of the first schema: people, an admin, a member with an account and a card, an entry in the log.
fn society() -> (String, AuditEntry) {
    let hash = secrets::hash(PASSWORD, HashCost { memory_kib: 64, passes: 1 }).unwrap();
    let sql = format!(
        "{PEOPLE}
        INSERT INTO setting (key, value) VALUES ('society.insurer', '06139497'), ('society.name', '架空工業健康保険組合'), ('rehearsal', 'true');
        INSERT INTO staff (id, name, role, hash, must_change, created_at) VALUES ('admin', '管理', 'admin', '{hash}', FALSE, '2026-04-01T00:00:00+00:00');
        INSERT INTO account (id, member_id, login_id, email, web_display, registered_at) VALUES (1, 1, 'taku', 't@example.jp', 'wanted', '2026-10-01T00:00:00+00:00');
        INSERT INTO card (id, kind, state, cause, member_id, account_id, asked_by, asked_at, employer_id) VALUES (1, 'viewing', 'queued', 'registered', 1, 1, 'portal', '2026-10-01T00:00:00+00:00', 1);
        INSERT INTO contact_note (id, member_id, at, staff, channel, topic, body) VALUES (1, 1, '2026-10-02T00:00:00+00:00', 'admin', 'phone', 'other', '折り返し');
        {}",
        in_every_state()
    );
    let mut entry = AuditEntry {
        seq: 1,
        at: "2026-04-01T00:00:00Z".parse().unwrap(),
        staff: "system".into(),
        terminal: "test".into(),
        action: "init".into(),
        member: None,
        batch: None,
        detail: "06139497 admin".into(),
        prev: String::new(),
        hash: String::new(),
    };
    entry.hash = entry.digest();
    (sql, entry)
}

/// A database of the version with this many steps.
async fn of_schema(place: &Place, count: usize) {
    let (sql, entry) = society();
    let insert = "INSERT INTO audit (seq, at, staff, terminal, action, detail, prev, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    macro_rules! build {
        ($pool:expr, $engine:literal) => {{
            let pool = $pool;
            steps_until($engine, 1).await.run(&pool).await.unwrap();
            sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&pool).await.unwrap();
            let query = sqlx::query(insert).bind(entry.seq).bind(entry.at).bind(entry.staff).bind(entry.terminal);
            let query = query.bind(entry.action).bind(entry.detail).bind(entry.prev).bind(entry.hash);
            query.execute(&pool).await.unwrap();
            steps_until($engine, count).await.run(&pool).await.unwrap();
            if count > 1 {
                sqlx::raw_sql(sqlx::AssertSqlSafe(addresses())).execute(&pool).await.unwrap();
            }
            pool.close().await;
        }};
    }
    match &place.url {
        DbUrl::Sqlite(path) => {
            std::fs::write(path, "").unwrap();
            // As every version of the program made it: a change of the mode does not wait for other programs.
            let options = SqliteConnectOptions::new().filename(path).journal_mode(SqliteJournalMode::Wal);
            build!(SqlitePool::connect_with(options).await.unwrap(), "sqlite")
        }
        DbUrl::Postgres(url) => build!(PgPool::connect(url).await.unwrap(), "postgres"),
    }
}

async fn count(db: &Db, sql: &'static str) -> i64 {
    match db.read().await.unwrap() {
        Tx::Sqlite(mut t) => sqlx::query_scalar(sql).fetch_one(&mut *t).await.unwrap(),
        Tx::Postgres(mut t) => sqlx::query_scalar(sql).fetch_one(&mut *t).await.unwrap(),
    }
}

/// Every row is kept, and the society can be used.
async fn lives(ctx: &AppContext) {
    let sign_in = sign_in(ctx, "admin", &Passphrase::new(PASSWORD.into())).await.unwrap();
    let SignIn::Ready(admin) = sign_in else { panic!("the password was changed long ago") };
    for (table, rows) in [
        ("SELECT count(*) FROM member", 6),
        ("SELECT count(*) FROM employer", 3),
        ("SELECT count(*) FROM account", 11),
        ("SELECT count(*) FROM card", 11),
        ("SELECT count(*) FROM contact_note", 1),
    ] {
        assert_eq!(count(&crate::common::open(ctx).await, table).await, rows, "{table}");
    }
    settings::set(ctx, &admin, "policy.idle_minutes", "20").await.unwrap();
    assert_eq!(audit_verify(ctx, &admin).await.unwrap().broken_at, None);
}

fn copies(place: &Place) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(place.folder.path()).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.to_string_lossy().contains(".before-")).collect()
}

#[test]
fn every_earlier_schema_is_upgraded_with_its_data() {
    for earlier in 1..steps("sqlite").len() {
        on_each_engine(|place| async move {
            of_schema(&place, earlier).await;
            let old = Db::open(&place.url).await.unwrap_err();
            assert!(matches!(old, StoreError::Older { found, .. } if found < known()), "{old}");
            let columns = columns(&place).await;
            let before = content(&place, &columns).await;
            let done = upgrade(&place.url, "test").await.unwrap().unwrap();
            assert_eq!(done.to, known());
            assert_eq!(content(&place, &columns).await, before);
            let ctx = AppContext::open(&place.url, crate::common::clock(), "test".into()).await.unwrap();
            lives(&ctx).await;
            let admin = Actor { id: "admin".into(), name: String::new(), role: Role::Admin };
            let log = audit_export(&ctx, &admin, &AuditFilter::default()).await.unwrap();
            assert!(
                log.iter()
                    .any(|e| Recorded::of(e) == Recorded::Event(AuditEvent::Upgraded { from: done.from, to: done.to }))
            );
            assert_eq!(upgrade(&place.url, "test").await.unwrap(), None, "once");
            match place.name {
                "sqlite" => is_the_way_back(&place, &done, earlier).await,
                _ => assert_eq!(done.copy, None),
            }
        });
    }
}

/// Every row of the tables that have states, with the storage class of each value. A server's rows stay where they are.
async fn content(place: &Place, columns: &[(&str, String)]) -> Vec<String> {
    let mut content = Vec::new();
    for (table, values) in columns {
        content.extend(read(place, format!("SELECT '{table}: ' || {values} FROM {table} ORDER BY 1")).await);
    }
    content
}

/// The columns of the tables with states, as one expression for each table. A step may add columns.
async fn columns(place: &Place) -> Vec<(&'static str, String)> {
    let mut columns = Vec::new();
    for table in ["batch", "card", "request", "one_off_address"] {
        // A reply has a row of its own since.
        let names = format!("SELECT 'quote(' || name || ')' FROM pragma_table_info('{table}') WHERE name <> 'reply'");
        let values = read(place, names).await.join(" || ', ' || ");
        columns.extend((!values.is_empty()).then_some((table, values)));
    }
    columns
}

/// One column of a file; nothing of a server.
async fn read(place: &Place, sql: String) -> Vec<String> {
    let DbUrl::Sqlite(path) = &place.url else { return Vec::new() };
    let pool = SqlitePool::connect(&path.display().to_string()).await.unwrap();
    let rows = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_all(&pool).await.unwrap();
    pool.close().await;
    rows
}

/// The copy has the old schema, is private, and restores.
async fn is_the_way_back(place: &Place, done: &Upgrade, earlier: usize) {
    let copy = done.copy.clone().unwrap();
    assert_eq!(copies(place), std::slice::from_ref(&copy));
    assert_eq!(copy.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let pool = SqlitePool::connect(&copy.display().to_string()).await.unwrap();
    let steps: i64 = sqlx::query_scalar("SELECT count(*) FROM _sqlx_migrations").fetch_one(&pool).await.unwrap();
    assert_eq!(usize::try_from(steps).unwrap(), earlier);
    pool.close().await;
    let url = DbUrl::Sqlite(place.folder.path().join("restored.db"));
    let opened = open_backup(&url, &copy, None, crate::common::clock(), "test".into()).await.unwrap();
    let admin = Actor { id: "admin".into(), name: String::new(), role: Role::Admin };
    opened.finish(&admin, RestoreFor::Society { portal_at: Some(0) }).await.unwrap();
    lives(&AppContext::open(&url, crate::common::clock(), "test".into()).await.unwrap()).await;
}

/// How they were sent was not recorded: they do not wait to be sent again.
#[test]
fn q8_replies_of_before_are_kept_as_not_recorded() {
    on_each_engine(|place| async move {
        of_schema(&place, 9).await;
        raw(&place, "UPDATE request SET reply = '承りました。' WHERE id IN (102, 103)").await;
        upgrade(&place.url, "test").await.unwrap();
        let ctx = AppContext::open(&place.url, crate::common::clock(), "test".into()).await.unwrap();
        let admin = Actor { id: "admin".into(), name: String::new(), role: Role::Admin };
        let all = replies::list(&ctx, &admin, OutboxScope::All).await.unwrap();
        let found: Vec<_> = all.iter().map(|line| (line.receipt.as_str(), line.status.state)).collect();
        assert_eq!(found, [("R103", ReplyState::Unrecorded), ("R102", ReplyState::Unrecorded)]);
        assert_eq!(all[0].body, "承りました。");
        assert!(replies::list(&ctx, &admin, OutboxScope::Waiting).await.unwrap().is_empty());
    });
}

#[test]
fn a9_upgrade_erases_hashes_of_closed_accounts_only() {
    on_each_engine(|place| async move {
        of_schema(&place, 1).await;
        raw(&place, CLOSED_WITH_A_HASH).await;
        upgrade(&place.url, "test").await.unwrap();
        let ctx = AppContext::open(&place.url, crate::common::clock(), "test".into()).await.unwrap();
        let db = crate::common::open(&ctx).await;
        let kept = |sql| count(&db, sql);
        assert_eq!(kept("SELECT count(*) FROM card WHERE hash IS NOT NULL AND account_id = 2").await, 0);
        assert_eq!(kept("SELECT count(*) FROM card WHERE hash IS NOT NULL AND account_id = 1").await, 1);
    });
}

/// Nothing is known of the days before: what a row said then was not kept.
#[test]
fn h2_upgraded_rows_hold_since_the_last_import_of_their_file() {
    on_each_engine(|place| async move {
        of_schema(&place, 9).await;
        raw(
            &place,
            "INSERT INTO import_run (at, staff, kind, file, sha256, row_count, added, changed, unchanged, rejected) VALUES
             ('2026-10-05T01:00:00+00:00', 'admin', 'members', 'm.csv', '', 6, 6, 0, 0, 0),
             ('2026-10-06T01:00:00+00:00', 'admin', 'employers', 'e.csv', '', 3, 3, 0, 0, 0)",
        )
        .await;
        upgrade(&place.url, "test").await.unwrap();
        let ctx = AppContext::open(&place.url, crate::common::clock(), "test".into()).await.unwrap();
        let admin = Actor { id: "admin".into(), name: String::new(), role: Role::Admin };
        let key = crate::common::people::key("260-1-00");
        let on = async |day: &str| as_of::member(&ctx, &admin, &key, day.parse().unwrap()).await;
        assert!(on("2026-10-04").await.is_err());
        let known = on("2026-10-05").await.unwrap();
        assert_eq!((known.member.period.since_run, known.employer.is_some()), (Some(1), false));
        assert!(on("2026-10-06").await.unwrap().employer.is_some());
    });
}

/// A card that was sent for each of two accounts, one of which was closed since.
const CLOSED_WITH_A_HASH: &str = "
    INSERT INTO account (id, member_id, web_display, registered_at, closed_at, closed_reason) VALUES (2, 2, 'wanted', '2026-10-01T00:00:00+00:00', '2026-11-01T00:00:00+00:00', 'member_lost');
    INSERT INTO card (id, kind, state, cause, member_id, account_id, asked_by, asked_at, dispatched_on, hash, dead_on, dead_reason) VALUES (2, 'viewing', 'dispatched', 'registered', 2, 2, 'portal', '2026-10-01T00:00:00+00:00', '2026-10-02', '$argon2id$dead', '2026-11-01', 'member_lost');
    INSERT INTO card (id, kind, state, cause, member_id, account_id, asked_by, asked_at, dispatched_on, hash) VALUES (3, 'viewing', 'dispatched', 'registered', 1, 1, 'portal', '2026-10-01T00:00:00+00:00', '2026-10-02', '$argon2id$live');";

#[test]
fn names_are_found_by_the_variants_that_this_program_knows() {
    on_each_engine(|place| async move {
        of_schema(&place, 1).await;
        raw(&place, OLD_FORMS).await;
        upgrade(&place.url, "test").await.unwrap();
        let ctx = AppContext::open(&place.url, crate::common::clock(), "test".into()).await.unwrap();
        let admin = Actor { id: "admin".into(), name: String::new(), role: Role::Admin };
        for (query, found) in [("渋谷", 1), ("澁谷", 1), ("谷拓", 1), ("谷", 0)] {
            assert_eq!(members::find(&ctx, &admin, query, 10).await.unwrap().len(), found, "{query}");
        }
        let grams = "SELECT count(*) FROM member_gram WHERE member_id = 1";
        assert_eq!(
            count(&crate::common::open(&ctx).await, grams).await,
            4,
            "渋, 渋谷, 谷拓, 拓也, and none of the old ones"
        );
    });
}

#[test]
fn notes_are_found_by_the_variants_that_this_program_knows() {
    on_each_engine(|place| async move {
        of_schema(&place, steps("sqlite").len()).await;
        raw(&place, "UPDATE contact_note SET body = '澁谷様 ﾊｶﾞｷ', search = '澁谷様 ﾊｶﾞｷ' WHERE id = 1").await;
        let db = Db::open(&place.url).await.unwrap();
        let mut tx = db.write().await.unwrap();
        bulk::rebuild_notes(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(count(&db, "SELECT count(*) FROM contact_note WHERE search = '渋谷様ハガキ'").await, 1);
    });
}

#[test]
fn a_draft_of_a_note_becomes_the_draft_of_a_call() {
    let before = steps("sqlite").iter().position(|step| step.to_string_lossy().contains("0025_")).unwrap();
    on_each_engine(|place| async move {
        of_schema(&place, before).await;
        raw(&place, DRAFTS).await;
        upgrade(&place.url, "test").await.unwrap();
        let ctx = AppContext::open(&place.url, crate::common::clock(), "test".into()).await.unwrap();
        let admin = Actor { id: "admin".into(), name: String::new(), role: Role::Admin };
        let mut tx = crate::common::open(&ctx).await.read().await.unwrap();
        let open = mykempo_console::store::call::open_of(&mut tx, &admin.id).await.unwrap();
        let texts: Vec<_> = open.iter().map(|it| (it.body.clone(), it.phone.clone(), it.adds_to)).collect();
        assert_eq!(
            texts,
            [("書きかけ".to_owned(), "090-12".to_owned(), Some(1)), (String::new(), String::new(), None)]
        );
    });
}

/// The second draft adds to a note that is gone.
const DRAFTS: &str = r#"INSERT INTO note_draft (staff, member_id, fields, saved_at) VALUES
    ('admin', 1, '{"topic":"card_not_arrived","channel":"phone","caller":"family","adds_to":1,"phone":"090-12","body":"書きかけ","referred":null,"follow_up_on":"12/"}', '2026-11-24T00:00:00+00:00'),
    ('admin', 2, '{"topic":null,"channel":"counter","caller":null,"adds_to":77,"phone":"","body":"","referred":"medical","follow_up_on":""}', '2026-11-24T00:00:01+00:00')"#;

/// Written by a version that did not know 澁.
const OLD_FORMS: &str = "DELETE FROM member_gram WHERE member_id = 1;
    UPDATE member SET name = '澁谷　拓也', name_key = '澁谷拓也' WHERE id = 1;
    INSERT INTO member_gram (gram, member_id) VALUES ('澁', 1), ('澁谷', 1), ('谷拓', 1), ('拓也', 1)";

#[test]
fn eight_starting_at_once_bring_it_up_to_date_once() {
    on_each_engine(|place| async move {
        of_schema(&place, 1).await;
        let starts = (0..8).map(|_| {
            let url = place.url.clone();
            tokio::spawn(async move { upgrade(&url, "test").await.unwrap() })
        });
        let mut did = 0;
        for start in starts.collect::<Vec<_>>() {
            did += usize::from(start.await.unwrap().is_some());
        }
        assert_eq!(did, 1);
        assert!(copies(&place).len() <= 1);
        lives(&AppContext::open(&place.url, crate::common::clock(), "test".into()).await.unwrap()).await;
    });
}

/// Written by a newer version.
const NEWER: &str = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9001, 'later', TRUE, '', 0)";
/// Its checksum is bytes; neither engine takes the same literal.
const NEWER_POSTGRES: &str = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9001, 'later', TRUE, ''::bytea, 0)";

async fn make_newer(place: &Place) {
    raw(place, if place.name == "sqlite" { NEWER } else { NEWER_POSTGRES }).await;
}

#[test]
fn a_newer_schema_is_refused_and_both_versions_are_named() {
    on_each_engine(|place| async move {
        of_schema(&place, steps("sqlite").len()).await;
        make_newer(&place).await;
        for error in [
            Db::open(&place.url).await.unwrap_err(),
            migrate::upgrade(&place.url, Clock::default().now()).await.unwrap_err(),
        ] {
            assert!(matches!(error, StoreError::Newer { found: 9001, known: mine } if mine == known()), "{error}");
        }
        assert_eq!(copies(&place), [] as [PathBuf; 0]);
    });
}

#[test]
fn console_opened_before_an_upgrade_writes_nothing_more() {
    on_each_engine(|place| async move {
        of_schema(&place, steps("sqlite").len()).await;
        let ctx = AppContext::open(&place.url, crate::common::clock(), "test".into()).await.unwrap();
        let admin = Actor { id: "admin".into(), name: String::new(), role: Role::Admin };
        settings::set(&ctx, &admin, "policy.idle_minutes", "20").await.unwrap();
        let db = crate::common::open(&ctx).await;
        make_newer(&place).await;
        let refused = settings::set(&ctx, &admin, "policy.idle_minutes", "30").await.unwrap_err();
        assert!(matches!(refused, Error::Store(StoreError::Newer { found: 9001, .. })), "{refused}");
        assert_eq!(count(&db, "SELECT count(*) FROM setting WHERE value = '30'").await, 0);
    });
}

#[test]
fn a_step_that_fails_changes_nothing_and_can_be_run_again() {
    on_each_engine(|place| async move {
        of_schema(&place, 1).await;
        // The third step makes this table after it has changed another.
        raw(&place, "CREATE TABLE audit_floor (note TEXT)").await;
        assert!(upgrade(&place.url, "test").await.is_err());
        raw(&place, "INSERT INTO staff (id, name, role, hash, must_change, created_at) VALUES ('late', '', 'clerk', '', TRUE, '2026-04-01T00:00:00+00:00')").await;
        assert!(Db::open(&place.url).await.is_err());
        raw(&place, "DROP TABLE audit_floor").await;
        raw(&place, "DELETE FROM staff WHERE id = 'late'").await;
        assert_eq!(upgrade(&place.url, "test").await.unwrap().unwrap().to, known());
        lives(&AppContext::open(&place.url, crate::common::clock(), "test".into()).await.unwrap()).await;
    });
}
