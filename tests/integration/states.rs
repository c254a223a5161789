//! Both engines keep states, their steps and the codes of other columns by the same lists as the program.

use crate::common::{on_each_engine, open, society};
use mykempo_console::domain::diagnosis::{CallerKind, Language, Section};
use mykempo_console::domain::portal::EventKind;
use mykempo_console::domain::promise::PromiseEnd;
use mykempo_console::domain::request::{
    Channel, REPLY_TABLE, REQUEST_TABLE, ReplyState, ReplyWay, RequestKind, RequestState,
};
use mykempo_console::domain::two_people::{CHANGE_TABLE, ChangeKind, ChangeState};
use mykempo_console::domain::{
    AskedThrough, BATCH_TABLE, BatchState, CARD_TABLE, CardCause, CardKind, CardState, ChangeReason, CommentKind,
    DeadReason, HoldReason, INCIDENT_TABLE, IncidentCause, IncidentEntryKind, IncidentKind, IncidentState,
    PROPOSAL_TABLE, PromiseKind, ProposalState, Relation, ReturnReason, Role, Sex, UndeliveredReason, WORK_TABLE,
    WebDisplay, WorkKind, WorkState,
};
use mykempo_console::store::feed::Operation;
use mykempo_console::store::{Db, Tx};
use std::collections::BTreeSet;

/// A row of each table, what refers to another behind it.
const ROWS: &[(&str, &[(&str, &str)])] = &[
    ("staff", &[("id", "'x'"), ("name", "''"), ("role", "'clerk'"), ("hash", "''"), ("must_change", "FALSE"), AT]),
    (
        "member",
        &[
            ("id", "1"),
            ("symbol", "'1'"),
            ("number", "'1'"),
            ("branch", "'00'"),
            ("symbol_shown", "'1'"),
            ("number_shown", "'1'"),
            ("branch_shown", "'00'"),
            ("relation", "'insured'"),
            ("relationship", "''"),
            ("kana", "''"),
            ("kana_key", "''"),
            ("name", "''"),
            ("name_key", "''"),
            ("sex", "NULL"),
            ("born_on", "'1980-01-01'"),
            ("acquired_on", "'2010-04-01'"),
            ("loss_reason", "''"),
            ("voluntary", "FALSE"),
            ("change_reason", "NULL"),
            ("checkup", "FALSE"),
            ("joined_by", "NULL"),
        ],
    ),
    (
        "account",
        &[
            ("id", "1"),
            ("member_id", "1"),
            ("web_display", "'wanted'"),
            ("registered_at", NOON),
            ("closed_reason", "NULL"),
        ],
    ),
    ("portal_event", &[("seq", "1"), ("occurred_at", NOON), ("kind", "'logged_in'"), ("member_id", "1"), DIGEST]),
    ("batch", &[("id", "1"), ("number", "'B1'"), ("state", "'draft'"), ("drafted_by", "''"), ("drafted_at", NOON)]),
    (
        "card",
        &[
            ("id", "1"),
            ("kind", "'viewing'"),
            ("state", "'queued'"),
            ("cause", "'registered'"),
            ("member_id", "1"),
            ("account_id", "1"),
            ("asked_by", "''"),
            ("asked_through", "'staff'"),
            ("asked_at", NOON),
            ("reason", "'by_hand'"),
            ("dispatched_on", "'2026-11-24'"),
            ("dead_reason", "NULL"),
            ("return_reason", "NULL"),
        ],
    ),
    (
        "promise",
        &[
            ("member_id", "1"),
            ("kind", "'viewing'"),
            ("said_by", "''"),
            ("said_at", NOON),
            ("note", "''"),
            ("closed_how", "'kept'"),
            ("closed_by", "''"),
            ("closed_at", NOON),
        ],
    ),
    (
        "approved_card",
        &[
            ("batch", "'B1'"),
            ("card_id", "1"),
            ("kind", "'viewing'"),
            ("member", "''"),
            ("name", "''"),
            ("company", "''"),
            ("address1", "''"),
            ("address2", "''"),
            ("department", "''"),
            ("contact", "''"),
            ("approved_at", NOON),
        ],
    ),
    ("batch_card", &[("batch_id", "1"), ("card_id", "1"), ("left_as", "NULL")]),
    ("undelivered", &[("card_id", "1"), ("reason", "'left'"), ("noted_on", "'2026-11-24'"), ("noted_by", "'sato'")]),
    (
        "batch_comment",
        &[
            ("batch_id", "1"),
            ("kind", "'comment'"),
            ("text", "''"),
            ("had_left", "0"),
            ("by_staff", "''"),
            ("at", NOON),
        ],
    ),
    (
        "one_off_address",
        &[
            ("id", "1"),
            ("card_id", "1"),
            ("state", "'proposed'"),
            ("postcode", "''"),
            ("address1", "''"),
            ("address2", "''"),
            ("addressee", "''"),
            ("department", "''"),
            ("reason", "''"),
            ("proposed_by", "''"),
            ("proposed_at", NOON),
        ],
    ),
    (
        "proposal",
        &[
            ("id", "1"),
            ("kind", "'staff_reset'"),
            ("subject", "'x'"),
            ("payload", "''"),
            ("state", "'open'"),
            ("proposed_by", "'x'"),
            ("proposed_at", NOON),
            ("decided_at", NOON),
        ],
    ),
    (
        "request",
        &[
            ("id", "1"),
            ("receipt", "'R1'"),
            ("received_at", NOON),
            ("channel", "'form'"),
            ("kind", "'login_info'"),
            ("state", "'new'"),
            ("symbol", "''"),
            ("number", "''"),
            ("branch", "''"),
            ("name", "''"),
            ("kana", "''"),
            ("employer", "''"),
            ("phone", "''"),
            ("email", "''"),
            ("body", "''"),
            ("referred", "NULL"),
        ],
    ),
    (
        "reply",
        &[
            ("id", "1"),
            ("request_id", "1"),
            ("state", "'draft'"),
            ("language", "'ja'"),
            ("body", "''"),
            ("drafted_at", NOON),
            ("exported_at", NOON),
            ("ended_at", NOON),
            ("via", "'mail'"),
        ],
    ),
    (
        "contact_note",
        &[
            ("id", "1"),
            ("member_id", "1"),
            ("at", NOON),
            ("staff", "''"),
            ("channel", "'phone'"),
            ("topic", "'other'"),
            ("body", "''"),
            ("referred", "NULL"),
            ("caller", "NULL"),
        ],
    ),
    (
        "call",
        &[
            ("id", "1"),
            ("staff", "'x'"),
            ("started_at", NOON),
            ("saved_at", NOON),
            ("channel", "'phone'"),
            ("caller", "NULL"),
            ("name", "''"),
            ("phone", "''"),
            ("topic", "'other'"),
            ("body", "''"),
            ("referred", "NULL"),
            ("follow_up_on", "''"),
        ],
    ),
    (
        "incident",
        &[
            ("id", "1"),
            ("kind", "'card_lost'"),
            ("cause", "'mishap'"),
            ("state", "'open'"),
            ("what", "'x'"),
            ("known_on", "'2026-11-24'"),
            ("opened_by", "'x'"),
            ("opened_at", NOON),
            ("closed_by", "'x'"),
            ("closed_at", NOON),
            ("measures", "'x'"),
        ],
    ),
    (
        "incident_entry",
        &[
            ("id", "1"),
            ("incident_id", "1"),
            ("kind", "'note'"),
            ("done_on", "'2026-11-24'"),
            ("text", "''"),
            ("by_staff", "'x'"),
            ("at", NOON),
        ],
    ),
    (
        "feed",
        &[
            ("seq", "1"),
            ("at", NOON),
            ("operation", "'close'"),
            ("kind", "NULL"),
            ("symbol", "''"),
            ("number", "''"),
            ("branch", "''"),
            ("valid_from", "'2026-11-24'"),
            ("must_change", "FALSE"),
        ],
    ),
    (
        "work",
        &[
            ("id", "1"),
            ("kind", "'import'"),
            ("state", "'staged'"),
            ("staff", "''"),
            ("terminal", "''"),
            ("begun_at", NOON),
        ],
    ),
];
const NOON: &str = "'2026-11-24T03:00:00+00:00'";
const AT: (&str, &str) = ("created_at", NOON);
const DIGEST: (&str, &str) = ("digest", "''");

/// Statements that insert the row of a table, with one column replaced, and every row that comes before it.
fn insert(table: &str, column: &str, value: &str) -> String {
    let last = ROWS.iter().position(|(name, _)| *name == table).unwrap();
    let rows = ROWS[..=last].iter().map(|(name, columns)| {
        let own = |(of, default): &(&str, &'static str)| match *name == table && *of == column {
            true => value.to_owned(),
            false => (*default).to_owned(),
        };
        let names: Vec<&str> = columns.iter().map(|(of, _)| *of).collect();
        let values: Vec<String> = columns.iter().map(own).collect();
        format!("INSERT INTO {name} ({}) VALUES ({});\n", names.join(", "), values.join(", "))
    });
    rows.collect()
}

/// Whether the engine takes statements. They are rolled back; refused means refused by a check or a trigger.
async fn takes(db: &Db, statements: &str) -> bool {
    let sql = sqlx::raw_sql(sqlx::AssertSqlSafe(statements.to_owned()));
    let done = match db.write().await.unwrap() {
        Tx::Sqlite(mut t) => sql.execute(&mut *t).await.map(drop),
        Tx::Postgres(mut t) => sql.execute(&mut *t).await.map(drop),
    };
    let Err(error) = done else { return true };
    let code = error.as_database_error().and_then(|e| e.code().map(|code| code.into_owned()));
    // SQLite: CHECK, RAISE(ABORT); PostgreSQL: check_violation.
    assert!(matches!(code.as_deref(), Some("275" | "1811" | "23514")), "{statements}\n{error}");
    false
}

fn quoted(code: &str) -> String {
    format!("'{code}'")
}

/// Tries every step in SQL, and compares with the table of the program.
async fn steps_are_those_of<S: Copy + PartialEq, T>(
    db: &Db,
    table: &str,
    all: &[S],
    code: impl Fn(S) -> &'static str,
    rows: &[(S, T, S)],
) {
    for from in all {
        let row = insert(table, "state", &quoted(code(*from)));
        assert!(takes(db, &row).await, "{table}: {}", code(*from));
        for to in all {
            let known = from == to || rows.iter().any(|(state, _, next)| state == from && next == to);
            let step = format!("{row}UPDATE {table} SET state = '{}';", code(*to));
            assert_eq!(takes(db, &step).await, known, "{table}: {} > {}", code(*from), code(*to));
        }
    }
}

#[test]
fn sql_takes_the_steps_of_the_tables_and_no_others() {
    on_each_engine(|place| async move {
        let db = open(&society(&place).await.0).await;
        steps_are_those_of(&db, "card", CardState::ALL, CardState::code, CARD_TABLE).await;
        steps_are_those_of(&db, "batch", BatchState::ALL, BatchState::code, BATCH_TABLE).await;
        steps_are_those_of(&db, "request", RequestState::ALL, RequestState::code, REQUEST_TABLE).await;
        steps_are_those_of(&db, "reply", ReplyState::ALL, ReplyState::code, REPLY_TABLE).await;
        steps_are_those_of(&db, "proposal", ChangeState::ALL, ChangeState::code, CHANGE_TABLE).await;
        steps_are_those_of(&db, "incident", IncidentState::ALL, IncidentState::code, INCIDENT_TABLE).await;
        steps_are_those_of(&db, "one_off_address", ProposalState::ALL, ProposalState::code, PROPOSAL_TABLE).await;
        steps_are_those_of(&db, "work", WorkState::ALL, WorkState::code, WORK_TABLE).await;
    });
}

/// Every column whose codes the engines know: table, column, codes.
fn coded() -> Vec<(&'static str, &'static str, Vec<&'static str>)> {
    macro_rules! codes {
        ($of:ty) => {
            <$of>::ALL.iter().map(|value| value.code()).collect()
        };
    }
    vec![
        ("staff", "role", codes!(Role)),
        ("member", "relation", codes!(Relation)),
        ("member", "sex", codes!(Sex)),
        ("member", "change_reason", codes!(ChangeReason)),
        ("member", "joined_by", vec!["registry", "hand"]),
        ("account", "web_display", codes!(WebDisplay)),
        ("account", "closed_reason", codes!(DeadReason)),
        ("portal_event", "kind", codes!(EventKind)),
        ("approved_card", "kind", codes!(CardKind)),
        ("batch", "state", codes!(BatchState)),
        ("card", "kind", codes!(CardKind)),
        ("card", "state", codes!(CardState)),
        ("card", "asked_through", codes!(AskedThrough)),
        ("card", "cause", codes!(CardCause)),
        ("card", "reason", codes!(HoldReason)),
        ("card", "dead_reason", codes!(DeadReason)),
        ("card", "return_reason", codes!(ReturnReason)),
        ("promise", "kind", vec![PromiseKind::Viewing.code(), PromiseKind::Login.code()]),
        ("promise", "closed_how", codes!(PromiseEnd)),
        ("batch_card", "left_as", codes!(CardState)),
        ("undelivered", "reason", codes!(UndeliveredReason)),
        ("batch_comment", "kind", codes!(CommentKind)),
        ("one_off_address", "state", codes!(ProposalState)),
        ("proposal", "kind", codes!(ChangeKind)),
        ("proposal", "state", codes!(ChangeState)),
        ("request", "channel", codes!(Channel)),
        ("request", "kind", codes!(RequestKind)),
        ("request", "state", codes!(RequestState)),
        ("request", "referred", codes!(Section)),
        ("reply", "state", codes!(ReplyState)),
        ("reply", "language", codes!(Language)),
        ("reply", "via", codes!(ReplyWay)),
        ("contact_note", "channel", codes!(Channel)),
        ("contact_note", "referred", codes!(Section)),
        ("contact_note", "caller", codes!(CallerKind)),
        ("call", "channel", codes!(Channel)),
        ("call", "caller", codes!(CallerKind)),
        ("call", "referred", codes!(Section)),
        ("incident", "kind", codes!(IncidentKind)),
        ("incident", "cause", codes!(IncidentCause)),
        ("incident", "state", codes!(IncidentState)),
        ("incident_entry", "kind", codes!(IncidentEntryKind)),
        ("feed", "operation", codes!(Operation)),
        ("feed", "kind", codes!(CardKind)),
        ("work", "kind", codes!(WorkKind)),
        ("work", "state", codes!(WorkState)),
    ]
}

#[test]
fn sql_takes_the_codes_of_the_enums_and_no_others() {
    on_each_engine(|place| async move {
        let db = open(&society(&place).await.0).await;
        for (table, column, codes) in coded() {
            for code in &codes {
                assert!(takes(&db, &insert(table, column, &quoted(code))).await, "{table}.{column}: {code}");
            }
            for code in ["", "no_such_code", &format!("{} ", codes[0]), &codes.concat()] {
                let code = quoted(code);
                assert!(!takes(&db, &insert(table, column, &code)).await, "{table}.{column}: {code}");
                let row = insert(table, column, &quoted(codes[0]));
                let set = format!("{row}UPDATE {table} SET {column} = {code};");
                assert!(!takes(&db, &set).await, "{table}.{column}: {code}");
            }
        }
    });
}

#[test]
fn every_check_of_postgres_is_compared() {
    on_each_engine(|place| async move {
        let db = open(&society(&place).await.0).await;
        let Tx::Postgres(mut t) = db.read().await.unwrap() else { return };
        let checks = "SELECT conname::text FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace AND conname NOT LIKE 'audit_floor%'";
        let there: Vec<String> = sqlx::query_scalar(checks).fetch_all(&mut *t).await.unwrap();
        let there: BTreeSet<String> = there.into_iter().collect();
        let lists = coded().into_iter().map(|(table, column, _)| format!("{table}_{column}"));
        let rules = [
            "account_erased",
            "card_held_why",
            "card_dispatched_when",
            "batch_approved_what",
            "approved_card_printed",
            "address_change_two_people",
            "address_change_confirmed",
            "protective_measure_ended",
            "promise_closed",
            "proposal_decided",
            "proposal_two_people",
            "remake_run_number",
            "remake_run_ended",
            "feed_valid_until",
            "portal_one",
            "portal_epoch",
            "portal_acknowledged",
            "request_overridden",
            "call_note_when",
            "incident_what",
            "incident_closed",
            "installation_one",
            "installation_id",
            "installation_place",
            "installation_kind",
            "reply_drafted",
            "reply_exported",
            "reply_ended",
            "reply_sent",
        ]
        .map(str::to_owned);
        assert_eq!(there, lists.chain(rules).collect());
    });
}

/// What a version of a member does not keep: search forms, spellings of the key, and what joins a person's numbers and a
/// family.
const NOT_KEPT: &[&str] = &[
    "branch_shown",
    "earlier_insured_id",
    "id",
    "joined_by",
    "kana_key",
    "name_key",
    "number_shown",
    "person_id",
    "symbol_shown",
];

#[test]
fn versions_have_every_column_of_members_and_employers() {
    on_each_engine(|place| async move {
        let db = open(&society(&place).await.0).await;
        let Tx::Sqlite(mut t) = db.read().await.unwrap() else { return };
        for (table, not_kept) in [("member", NOT_KEPT), ("employer", &["id"])] {
            let missing = format!(
                "SELECT name FROM pragma_table_info('{table}') WHERE name NOT IN
                 (SELECT name FROM pragma_table_info('{table}_version') WHERE name <> 'id') ORDER BY 1"
            );
            let missing: Vec<String> =
                sqlx::query_scalar(sqlx::AssertSqlSafe(missing)).fetch_all(&mut *t).await.unwrap();
            assert_eq!(missing, not_kept, "{table}");
        }
    });
}
