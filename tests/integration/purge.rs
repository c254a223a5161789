//! Retention: two people remove records past their retention, exactly those, and none that is still needed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::fixtures::recorded;
use crate::common::fixtures::{Cast, PEOPLE, cast, sql};
use crate::common::{Place, on_each_engine};
use chrono::NaiveDate;
use mykempo_console::domain::RetentionKind;
use mykempo_console::store::Tx;
use mykempo_console::usecases::AuditEvent;
use mykempo_console::usecases::upkeep::{Kind, Plan, approve, preview, proposal, propose};
use mykempo_console::usecases::{AuditFilter, Error, Refusal, audit_export, audit_verify, settings};

/// Today is 2026-11-24: policy keeps notes, requests and members for five years, the log for seven.
fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Records old and new, in force and ended.
const OLD: &str = "
UPDATE member SET lost_on = '2019-03-31' WHERE id IN (3, 4, 5, 6);
INSERT INTO account (id, member_id, login_id, email, web_display, registered_at, closed_at) VALUES
 (1, 1, 'taku', 't@example.jp', 'wanted', '2018-10-01T00:00:00+00:00', NULL),
 (3, 3, NULL, NULL, 'wanted', '2018-10-01T00:00:00+00:00', '2019-04-01T00:00:00+00:00'),
 (4, 4, NULL, NULL, 'wanted', '2018-10-01T00:00:00+00:00', '2019-04-01T00:00:00+00:00'),
 (5, 5, NULL, NULL, 'wanted', '2018-10-01T00:00:00+00:00', '2024-04-01T00:00:00+00:00');
INSERT INTO batch (id, number, state, drafted_by, drafted_at) VALUES
 (1, 'B20181101-001', 'dispatched', 'sato', '2018-11-01T00:00:00+00:00'),
 (2, 'B20181102-001', 'printed', 'sato', '2018-11-02T00:00:00+00:00');
INSERT INTO card (id, kind, state, cause, member_id, account_id, replaces, asked_by, asked_at, employer_id, batch_id, serial, dispatched_on) VALUES
 (1, 'viewing', 'spoiled', 'registered', 3, 3, NULL, 'portal', '2018-10-01T00:00:00+00:00', 1, 1, 'B20181101-001-0001', NULL),
 (2, 'viewing', 'dispatched', 'spoiled', 3, 3, 1, 'portal', '2018-10-01T00:00:00+00:00', 1, 1, 'B20181101-001-0002', '2018-11-05'),
 (3, 'viewing', 'printed', 'registered', 4, 4, NULL, 'portal', '2018-10-01T00:00:00+00:00', 2, 2, 'B20181102-001-0001', NULL);
INSERT INTO batch_card (batch_id, card_id, serial) SELECT batch_id, id, serial FROM card;
INSERT INTO one_off_address (id, card_id, state, postcode, address1, addressee, department, address2, reason, proposed_by, proposed_at) VALUES
 (1, 2, 'approved', '1010025', '東京都', '様', '', '', '', 'suzuki', '2018-10-02T00:00:00+00:00');
UPDATE card SET one_off_id = 1 WHERE id = 2;
INSERT INTO portal_event (seq, occurred_at, kind, member_id, digest) VALUES (1, '2018-10-01T00:00:00+00:00', 'registered', 3, 'x');
INSERT INTO member_gram (gram, member_id) VALUES ('高橋', 3), ('東海', 1);
INSERT INTO contact_note (id, member_id, at, staff, channel, topic, body, follow_up_on, done_at) VALUES
 (1, 1, '2019-05-01T00:00:00+00:00', 'sato', 'phone', 'other', 'old', NULL, NULL),
 (2, 1, '2019-06-01T00:00:00+00:00', 'sato', 'phone', 'other', 'still to be called', '2019-07-01', NULL),
 (3, 1, '2025-06-01T00:00:00+00:00', 'sato', 'phone', 'other', 'new', NULL, NULL),
 (4, 3, '2018-06-01T00:00:00+00:00', 'sato', 'phone', 'other', 'old', NULL, NULL);
INSERT INTO call (id, staff, started_at, saved_at, ended_at, channel, name, phone, member_id, topic, body, follow_up_on, note_id) VALUES
 (1, 'sato', '2019-05-01T00:00:00+00:00', '2019-05-01T00:00:00+00:00', '2019-05-01T00:00:00+00:00', 'phone', '', '', 1, 'other', '', '', 1),
 (2, 'sato', '2019-06-01T00:00:00+00:00', '2019-06-01T00:00:00+00:00', '2019-06-01T00:00:00+00:00', 'phone', '', '', 1, 'other', '', '', 2),
 (3, 'sato', '2019-05-01T00:00:00+00:00', '2019-05-01T00:00:00+00:00', NULL, 'phone', '旭精機', '', NULL, 'other', 'never ended', '', NULL),
 (4, 'sato', '2025-05-01T00:00:00+00:00', '2025-05-01T00:00:00+00:00', '2025-05-01T00:00:00+00:00', 'phone', '', '', NULL, 'other', 'new', '', NULL),
 (5, 'sato', '2025-05-01T00:00:00+00:00', '2025-05-01T00:00:00+00:00', NULL, 'phone', '', '', 3, 'other', 'of a member who goes', '', NULL);
INSERT INTO request (id, receipt, received_at, channel, kind, state, symbol, number, branch, name, kana, employer, phone, email, body, member_id, settled_at, card_id, merged_into) VALUES
 (1, 'R1', '2019-01-01T00:00:00+00:00', 'form', 'login_info', 'done', '260', '2', '', '', '', '', '', '', '', 3, '2019-01-05T00:00:00+00:00', 2, NULL),
 (2, 'R2', '2019-01-01T00:00:00+00:00', 'form', 'login_info', 'done', '260', '2', '', '', '', '', '', '', '', 3, '2019-01-04T00:00:00+00:00', NULL, 1),
 (3, 'R3', '2019-01-01T00:00:00+00:00', 'form', 'login_info', 'new', '260', '1', '', '', '', '', '', '', '', 1, NULL, NULL, NULL),
 (4, 'R4', '2019-01-01T00:00:00+00:00', 'form', 'login_info', 'done', '107', '1', '', '', '', '', '', '', '', 4, '2019-01-04T00:00:00+00:00', 3, NULL),
 (5, 'R5', '2019-01-01T00:00:00+00:00', 'form', 'login_info', 'rejected', '260', '1', '', '', '', '', '', '', '', 1, '2025-01-04T00:00:00+00:00', NULL, NULL);
";

async fn old(place: &Place) -> Cast {
    let cast = cast(place).await;
    sql(&cast.ctx, PEOPLE).await;
    sql(&cast.ctx, OLD).await;
    cast
}

async fn ids(cast: &Cast, query: &'static str) -> Vec<i64> {
    match cast.db.read().await.unwrap() {
        Tx::Sqlite(mut t) => sqlx::query_scalar(query).fetch_all(&mut *t).await.unwrap(),
        Tx::Postgres(mut t) => sqlx::query_scalar(query).fetch_all(&mut *t).await.unwrap(),
    }
}

fn counts(plan: &Plan) -> Vec<(Kind, Option<i64>)> {
    plan.lines.iter().map(|line| (line.kind, line.count)).collect()
}

fn code<T: std::fmt::Debug>(result: Result<T, Error>) -> &'static str {
    match result {
        Err(Error::Refused(refusal)) => refusal.code(),
        other => panic!("no refusal: {other:?}"),
    }
}

const WHAT_GOES: [(Kind, Option<i64>); 4] =
    [(Kind::Notes, Some(3)), (Kind::Requests, Some(2)), (Kind::Members, Some(2)), (Kind::Audit, None)];

#[test]
fn one_proposes_another_approves_and_exactly_that_goes() {
    on_each_engine(|place| async move {
        let cast = old(&place).await;
        let before = day("2020-01-01");
        let plan = preview(&cast.ctx, &cast.admin, before).await.unwrap();
        assert_eq!(counts(&plan), WHAT_GOES);
        let notes = plan.lines[0];
        assert_eq!((notes.oldest, notes.newest), (Some(day("2018-06-01")), Some(day("2019-05-01"))));
        assert_eq!(ids(&cast, "SELECT id FROM member").await.len(), 6, "a preview changes nothing");
        assert_eq!(code(approve(&cast.ctx, &cast.supervisor).await), "no_proposal");
        assert_eq!(code(propose(&cast.ctx, &cast.clerk, before).await), "role");

        propose(&cast.ctx, &cast.admin, before).await.unwrap();
        assert_eq!(proposal(&cast.ctx, &cast.supervisor).await.unwrap().unwrap().proposed_by, "admin");
        assert_eq!(code(approve(&cast.ctx, &cast.admin).await), "own_proposal");
        assert_eq!(code(approve(&cast.ctx, &cast.clerk).await), "role");
        assert_eq!(counts(&approve(&cast.ctx, &cast.supervisor).await.unwrap()), WHAT_GOES);

        // 4 has a printed card, 5 was closed too recently.
        assert_eq!(ids(&cast, "SELECT id FROM member ORDER BY id").await, [1, 2, 4, 5]);
        assert_eq!(ids(&cast, "SELECT id FROM account ORDER BY id").await, [1, 4, 5]);
        assert_eq!(ids(&cast, "SELECT id FROM card ORDER BY id").await, [3]);
        assert_eq!(ids(&cast, "SELECT card_id FROM batch_card").await, [3]);
        assert_eq!(ids(&cast, "SELECT id FROM contact_note ORDER BY id").await, [2, 3]);
        assert_eq!(ids(&cast, "SELECT id FROM call ORDER BY id").await, [2, 4], "drafts go with what they are about");
        assert_eq!(ids(&cast, "SELECT id FROM request ORDER BY id").await, [3, 4, 5]);
        assert_eq!(ids(&cast, "SELECT member_id FROM member_gram").await, [1]);
        let log = audit_export(&cast.ctx, &cast.admin, &AuditFilter::default()).await.unwrap();
        let last = log.iter().rev().find(|entry| entry.action == "purged").unwrap();
        let counts = [(RetentionKind::Notes, 3), (RetentionKind::Requests, 2), (RetentionKind::Members, 2)];
        let counts = counts.into_iter().collect();
        assert_eq!(recorded(last), AuditEvent::Purged { before, counts, proposed_by: "admin".into() });
        assert_eq!(audit_verify(&cast.ctx, &cast.admin).await.unwrap().broken_at, None);
        assert_eq!(code(approve(&cast.ctx, &cast.supervisor).await), "no_proposal");
        assert_eq!(code(propose(&cast.ctx, &cast.admin, before).await), "nothing_to_purge");
    });
}

#[test]
fn purge_of_a_protected_day_is_refused() {
    on_each_engine(|place| async move {
        let mut cast = old(&place).await;
        assert_eq!(code(preview(&cast.ctx, &cast.admin, day("2021-11-25")).await), "too_young");
        assert!(preview(&cast.ctx, &cast.admin, day("2021-11-24")).await.is_ok());
        settings::set(&cast.ctx, &cast.admin, "retention.notes_years", "10").await.unwrap();
        cast.ctx.refresh().await.unwrap();
        let plan = preview(&cast.ctx, &cast.admin, day("2020-01-01")).await.unwrap();
        assert_eq!(counts(&plan)[0], (Kind::Notes, None));
        assert_eq!(counts(&plan)[2], (Kind::Members, Some(1)), "a member whose notes are kept is kept");
        for short in ["0", "-1", "200"] {
            assert!(settings::set(&cast.ctx, &cast.admin, "retention.audit_years", short).await.is_err(), "{short}");
        }
    });
}

#[test]
fn nothing_is_purged_by_a_retention_that_cannot_be_read() {
    on_each_engine(|place| async move {
        let cast = old(&place).await;
        propose(&cast.ctx, &cast.admin, day("2020-01-01")).await.unwrap();
        let damaged = "DELETE FROM setting WHERE key = 'retention.audit_years';
            INSERT INTO setting (key, value) VALUES ('retention.audit_years', 'ten')";
        sql(&cast.ctx, damaged).await;
        let ctx = cast.ctx.current().await.unwrap();
        assert_eq!(code(preview(&ctx, &cast.admin, day("2020-01-01")).await), "setting_unreadable");
        assert_eq!(code(approve(&ctx, &cast.supervisor).await), "setting_unreadable");
        assert_eq!(ids(&cast, "SELECT id FROM member").await.len(), 6, "nothing was removed");
    });
}

#[test]
fn what_has_changed_since_the_proposal_is_not_what_was_proposed() {
    on_each_engine(|place| async move {
        let cast = old(&place).await;
        propose(&cast.ctx, &cast.admin, day("2020-01-01")).await.unwrap();
        sql(&cast.ctx, "UPDATE contact_note SET follow_up_on = '2026-12-01' WHERE id = 1").await;
        assert_eq!(code(approve(&cast.ctx, &cast.supervisor).await), "proposal_changed");
        assert_eq!(ids(&cast, "SELECT id FROM member").await.len(), 6, "nothing was removed");
        propose(&cast.ctx, &cast.admin, day("2020-01-01")).await.unwrap();
        assert!(approve(&cast.ctx, &cast.supervisor).await.is_ok());
    });
}

#[test]
fn the_chain_goes_on_behind_what_was_purged() {
    on_each_engine(|place| async move {
        let mut cast = old(&place).await;
        crate::common::fixtures::on_day(&place, &mut cast, (2034, 1, 10)).await;
        let before = audit_verify(&cast.ctx, &cast.admin).await.unwrap().entries;
        let plan = propose(&cast.ctx, &cast.admin, day("2027-01-01")).await.unwrap();
        assert_eq!(plan.lines[3].count, Some(before), "every entry is of 2026");
        approve(&cast.ctx, &cast.supervisor).await.unwrap();
        let chain = audit_verify(&cast.ctx, &cast.admin).await.unwrap();
        assert_eq!((chain.broken_at, chain.entries), (None, before + 3), "proposed, audit purged, purged");
        let kept = ids(&cast, "SELECT seq FROM audit ORDER BY seq").await;
        assert_eq!(kept, [before + 1, before + 2, before + 3]);
    });
}

#[test]
fn on_postgresql_the_owner_role_must_purge_the_log() {
    on_each_engine(|place| async move {
        if place.name == "sqlite" {
            return;
        }
        let mut cast = old(&place).await;
        // `cast` works as the application's role, as the README sets it up.
        cast.ctx.clock = crate::common::at(2034, 1, 10);
        let refused = propose(&cast.ctx, &cast.admin, day("2027-01-01")).await.unwrap_err();
        assert!(matches!(refused, Error::Refused(Refusal::Upkeep(_))) && refused.code() == "needs_owner", "{refused}");
        // The role may purge what is older than the log.
        propose(&cast.ctx, &cast.admin, day("2020-01-01")).await.unwrap();
        approve(&cast.ctx, &cast.supervisor).await.unwrap();
    });
}

#[test]
fn a11_family_stays_apart_when_its_earlier_insured_is_purged() {
    on_each_engine(|place| async move {
        let cast = old(&place).await;
        sql(&cast.ctx, "UPDATE member SET earlier_insured_id = 3 WHERE id = 5").await;
        propose(&cast.ctx, &cast.admin, day("2020-01-01")).await.unwrap();
        approve(&cast.ctx, &cast.supervisor).await.unwrap();
        assert_eq!(ids(&cast, "SELECT id FROM member ORDER BY id").await, [1, 2, 4, 5]);
        assert_eq!(ids(&cast, "SELECT id FROM member WHERE earlier_insured_id IS NOT NULL").await, [5]);
    });
}

#[test]
fn q8_a_purged_request_takes_its_replies_along() {
    on_each_engine(|place| async move {
        let cast = old(&place).await;
        let one_each =
            "INSERT INTO reply (request_id, state, language, body) SELECT id, 'unrecorded', 'ja', 'x' FROM request";
        sql(&cast.ctx, one_each).await;
        let before = ids(&cast, "SELECT id FROM reply").await.len();
        propose(&cast.ctx, &cast.admin, day("2020-01-01")).await.unwrap();
        approve(&cast.ctx, &cast.supervisor).await.unwrap();
        let left = ids(&cast, "SELECT request_id FROM reply ORDER BY request_id").await;
        assert_eq!(left, ids(&cast, "SELECT id FROM request ORDER BY id").await);
        assert_eq!(left.len(), before - 2);
    });
}

/// A new table that refers to purged rows must be known to the purge, and be listed here.
#[test]
fn purge_knows_every_table_that_refers_to_purged_rows() {
    on_each_engine(|place| async move {
        let cast = cast(&place).await;
        let Tx::Sqlite(mut t) = cast.db.read().await.unwrap() else { return };
        let query = "SELECT DISTINCT m.name || '.' || f.\"from\" FROM sqlite_master m, pragma_foreign_key_list(m.name) f
            WHERE m.type = 'table' AND f.\"table\" IN ('member', 'account', 'card', 'request', 'contact_note', 'one_off_address', 'portal_event') ORDER BY 1";
        let refers: Vec<String> = sqlx::query_scalar(query).fetch_all(&mut *t).await.unwrap();
        assert_eq!(
            refers,
            [
                "account.member_id",
                "batch_card.card_id",
                "call.adds_to",
                "call.member_id",
                "call.note_id",
                "card.account_id",
                "card.member_id",
                "card.one_off_id",
                "card.replaces",
                "contact_note.adds_to",
                "contact_note.member_id",
                "incident_member.card_id",
                "incident_member.member_id",
                "member.earlier_insured_id",
                "member.person_id",
                "member_version.member_id",
                "one_off_address.card_id",
                "portal_event.member_id",
                "promise.member_id",
                "protective_measure.member_id",
                // Goes with its request by itself.
                "reply.request_id",
                "request.card_id",
                "request.member_id",
                "request.merged_into",
                "undelivered.card_id",
            ]
        );
    });
}
