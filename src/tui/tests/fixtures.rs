//! Made-up people and cards.

use crate::domain::{
    AskedThrough, Asker, BATCH_TABLE, BatchNumber, BatchState, CARD_TABLE, CardCause, CardKind, CardState, DeadReason,
    Relation, Viewing, ViewingOrigin, ViewingState, WebDisplay,
};
use crate::store::card::Dead;
use crate::store::{batch::Batch, batch_file::BatchFile};
use crate::usecases::batches::{Approver, BatchCard, BatchReview, BatchView, Bundle};
use crate::usecases::members::KeyColumns;
use crate::usecases::members::{
    AccountState, AccountView, AuditEntry, Card, CardView, Employer, EmployerRecord, FoundMember, MatchKind, Member,
    MemberView, NoteView, RequestLine,
};
use crate::usecases::queue::{QueueLine, QueuedCard};
use chrono::{DateTime, NaiveDate, TimeZone, Utc};

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A moment in November 2026, in Japan.
pub(super) fn at(d: u32, h: u32, m: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, d, h, m, 0).unwrap() - chrono::Duration::hours(9)
}

pub(super) fn member(id: i64, key: [&str; 3], name: &str, kana: &str) -> Member {
    let relation = if key[2] == "00" { Relation::Insured } else { Relation::Dependent };
    Member {
        id,
        key: KeyColumns { symbol: key[0].to_owned(), number: key[1].to_owned(), branch: key[2].to_owned() },
        relation,
        relationship: if key[2] == "00" { String::new() } else { "妻".to_owned() },
        kana: kana.to_owned(),
        name: name.to_owned(),
        sex: Some("1".to_owned()),
        born_on: day("1979-07-26"),
        acquired_on: day("2015-02-03"),
        lost_on: None,
        loss_reason: String::new(),
        employer_id: Some(1),
        voluntary: false,
        former_symbol: None,
        former_number: None,
        former_branch: None,
        change_reason: None,
        checkup: false,
        person_id: None,
        replaced_on: None,
        earlier_insured_id: None,
    }
}

pub(super) fn shoji() -> Member {
    member(1, ["260", "1", "00"], "東海林 拓也", "ショウジ タクヤ")
}

pub(super) fn found() -> Vec<FoundMember> {
    let mut lost = member(3, ["107", "1", "00"], "中島 達也", "ナカジマ タツヤ");
    lost.lost_on = Some(day("2026-10-31"));
    let wife = member(2, ["260", "1", "01"], "東海林 葉子", "ショウジ ヨウコ");
    let employer = Some("旭精機株式会社".to_owned());
    let found = |member| FoundMember { member, employer: employer.clone(), protected_since: None, why: MatchKind::Key };
    [shoji(), wife, lost].map(found).into()
}

pub(super) fn employer() -> Employer {
    let record = EmployerRecord {
        code: "260".to_owned(),
        code_shown: "260".to_owned(),
        kana: "アサヒセイキ".to_owned(),
        name: "旭精機株式会社".to_owned(),
        postcode: Some("1010025".to_owned()),
        address1: "東京都千代田区神田佐久間町1-2-3".to_owned(),
        address2: "旭ビル5階".to_owned(),
        phone: "03-0000-0000".to_owned(),
        department: "総務部".to_owned(),
        contact: "山田".to_owned(),
        applied_on: None,
        withdrawn_on: None,
    };
    Employer { id: 1, record }
}

/// The shortest way from one state to another by a table of steps.
fn steps_to<S: Copy + PartialEq, T: Copy>(table: &[(S, T, S)], from: S, to: S) -> Vec<T> {
    let mut ways = vec![(from, Vec::new())];
    let mut at = 0;
    while ways[at].0 != to {
        let (reached, way) = ways[at].clone();
        for (_, step, next) in table.iter().filter(|(state, ..)| *state == reached) {
            if ways.iter().all(|(state, _)| state != next) {
                ways.push((*next, [way.as_slice(), &[*step]].concat()));
            }
        }
        at += 1;
    }
    ways.swap_remove(at).1
}

pub(super) fn card(id: i64, state: CardState, serial: Option<&str>) -> CardView {
    let mut card = Card::queued(id, CardKind::Viewing, CardCause::Reissue, at(20, 9, 5));
    for step in steps_to(CARD_TABLE, CardState::Queued, state) {
        card.step(step).unwrap();
    }
    card.serial = serial.map(str::to_owned);
    card.dispatched_on = matches!(state, CardState::Dispatched).then(|| day("2026-10-07"));
    CardView {
        must_pull: false,
        card,
        password: ViewingState::Issuing,
        batch: serial.map(|serial| serial[..13].to_owned()),
        planned_on: serial.map(|_| day("2026-11-26")),
        receipt_on: None,
        employer_name: Some("旭精機株式会社".to_owned()),
        approved: None,
        printed: None,
        one_off: None,
        delay: None,
        undelivered: None,
    }
}

pub(super) fn view() -> MemberView {
    let mut dead = card(1, CardState::Dispatched, Some("B20261005-001-0003"));
    dead.card.dead_on = Some(day("2026-11-20"));
    dead.card.dead_reason = Dead(Some(DeadReason::Superseded));
    dead.card.cause = CardCause::Registered;
    dead.planned_on = Some(day("2026-10-07"));
    dead.receipt_on = Some(day("2026-10-14"));
    MemberView {
        protection: None,
        promises: Vec::new(),
        incidents: Vec::new(),
        member: shoji(),
        employer: Some(employer()),
        no_route: None,
        account: Some(AccountView {
            state: AccountState::Open,
            login_id: Some("shoji.t".to_owned()),
            email: Some("t***@e***.jp".to_owned()),
            web_display: WebDisplay::Wanted,
            registered_at: at(3, 12, 0),
            bounced_at: None,
            last_login_at: None,
            closed_at: None,
            closed_reason: None,
        }),
        posted_on: None,
        viewing_password: Some(Viewing { state: ViewingState::Issuing, since: None, origin: None }),
        cards: vec![card(2, CardState::Exported, Some("B20261120-002-0017")), dead],
        draft: None,
        notes: vec![NoteView {
            member: "260-1-00".to_owned(),
            at: at(21, 15, 30),
            staff: "sato".to_owned(),
            channel: "phone".to_owned(),
            topic: "card_not_arrived".to_owned(),
            body: "11月26日にお勤め先へ発送予定とご案内。再発行はお待ちいただく。".to_owned(),
            follow_up_on: None,
            done_at: None,
            done_by: None,
            closing: None,
            referred: None,
            id: 7,
            caller: None,
            phone: String::new(),
            adds_to: None,
        }],
        requests: vec![RequestLine {
            member: "260-1-00".to_owned(),
            receipt: "R-0001".to_owned(),
            received_at: at(19, 9, 0),
            state: "new".to_owned(),
        }],
        family: vec![member(2, ["260", "1", "01"], "東海林 葉子", "ショウジ ヨウコ")],
        predecessor: None,
        successor: None,
        records: Vec::new(),
        history: vec![entry(3, "member_seen", "sato", at(24, 10, 42)), entry(2, "card_asked", "portal", at(20, 9, 5))],
    }
}

/// With a password that works today.
pub(super) fn active() -> MemberView {
    let viewing =
        Viewing { state: ViewingState::Active, since: Some(day("2026-10-07")), origin: Some(ViewingOrigin::Card) };
    MemberView {
        viewing_password: Some(viewing),
        cards: vec![card(1, CardState::Dispatched, Some("B20261005-001-0003"))],
        ..view()
    }
}

pub(super) fn entry(seq: i64, action: &str, staff: &str, at: DateTime<Utc>) -> AuditEntry {
    AuditEntry {
        seq,
        at,
        staff: staff.to_owned(),
        terminal: "window-1".to_owned(),
        action: action.to_owned(),
        member: Some("260-1-00".to_owned()),
        batch: None,
        detail: String::new(),
        prev: String::new(),
        hash: String::new(),
    }
}

pub(super) fn lines() -> Vec<QueueLine> {
    let line = |code: &str, name: &str, postcode: &str, counts: [i64; 3], oldest| QueueLine {
        employer: Some(code.to_owned()),
        name: Some(name.to_owned()),
        postcode: Some(postcode.to_owned()),
        viewing: counts[0],
        login: counts[1],
        held: counts[2],
        reason: (counts[2] > 0).then(|| "withdrawn".to_owned()),
        oldest,
    };
    vec![
        line("260", "旭精機株式会社", "1010025", [6, 1, 0], at(20, 9, 0)),
        line("104", "(株)テクノエレクトロニクス", "2320014", [3, 0, 0], at(21, 9, 0)),
        line("118", "武蔵野電子工業(株)", "4400893", [2, 0, 2], at(21, 10, 0)),
        QueueLine {
            employer: None,
            name: None,
            postcode: None,
            viewing: 0,
            login: 0,
            held: 1,
            reason: Some("voluntary".to_owned()),
            oldest: at(22, 9, 0),
        },
    ]
}

pub(super) fn queued(id: i64, key: [&str; 3], name: &str, state: CardState) -> QueuedCard {
    QueuedCard {
        member_id: id,
        id,
        kind: CardKind::Viewing,
        state,
        cause: CardCause::Registered,
        key: KeyColumns { symbol: key[0].to_owned(), number: key[1].to_owned(), branch: key[2].to_owned() },
        name: name.to_owned(),
        kana: "カナ".to_owned(),
        asked_by: "admin".to_owned(),
        asked_through: AskedThrough::Portal,
        asked_at: at(20, 9, 0),
        reason: (state == CardState::Held).then(|| "unprintable".to_owned()),
        reason_detail: (state == CardState::Held).then(|| "氏名の文字 U+E000 を印字できません".to_owned()),
        employer: Some("260".to_owned()),
        employer_name: Some("旭精機株式会社".to_owned()),
        postcode: Some("1010025".to_owned()),
        one_off: None,
        proposed_by: None,
        apart_from: None,
        not_before: None,
    }
}

pub(super) fn number() -> BatchNumber {
    BatchNumber::parse("B20261124-001").unwrap()
}

/// A batch that has come as far as `state`, each step by a member of staff.
pub(super) fn batch(state: BatchState) -> Batch {
    let far = BatchState::ALL.iter().position(|other| *other == state).unwrap();
    let by = |step: usize, who: &str| (far >= step).then(|| who.to_owned());
    let when = |step: usize, m: u32| (far >= step).then(|| at(24, 10, m));
    let mut batch = Batch::drafted(number(), "sato", at(24, 10, 40));
    for step in steps_to(BATCH_TABLE, BatchState::Draft, state) {
        batch.step(step).unwrap();
    }
    // V5: what is in the print room leaves today.
    batch.planned_on = (far >= 2).then(|| day(if far == 2 { "2026-11-26" } else { "2026-11-24" }));
    (batch.approved_by, batch.approved_at) = (by(1, "suzuki"), when(1, 52));
    (batch.exported_by, batch.exported_at) = (by(2, "sato"), when(2, 55));
    (batch.printed_by, batch.printed_at) = (by(3, "sato"), when(3, 58));
    (batch.dispatched_by, batch.dispatched_at) = (by(4, "sato"), when(4, 59));
    batch.dispatched_on = (far >= 4).then(|| day("2026-11-24"));
    let cancelled = state == BatchState::Cancelled;
    (batch.cancelled_by, batch.cancelled_at) = (cancelled.then(|| "sato".to_owned()), cancelled.then(|| at(24, 11, 0)));
    batch.folder = (far >= 2).then(|| "/srv/mykempo/exports/B20261124-001".to_owned());
    batch
}

pub(super) fn batch_view(state: BatchState) -> BatchView {
    let card_state = match state {
        BatchState::Draft | BatchState::Approved => CardState::Drafted,
        BatchState::Exported => CardState::Exported,
        BatchState::Printed => CardState::Printed,
        BatchState::Dispatched => CardState::Dispatched,
        BatchState::Cancelled | BatchState::Expired => CardState::Queued,
    };
    let exported = !matches!(state, BatchState::Draft | BatchState::Approved);
    let card = |position: usize, key: [&str; 3], name: &str| BatchCard {
        id: 1,
        serial: exported.then(|| number().serial(position)),
        kind: CardKind::Viewing,
        state: card_state,
        key: KeyColumns { symbol: key[0].to_owned(), number: key[1].to_owned(), branch: key[2].to_owned() },
        name: name.to_owned(),
        employer: Some("260".to_owned()),
        employer_name: Some("旭精機株式会社".to_owned()),
        one_off: None,
        dead_reason: Dead::default(),
        protected: false,
    };
    let bundle = |code: &str, name: &str, receipt: Option<&str>| Bundle {
        batch: number(),
        dispatched_on: (state == BatchState::Dispatched).then(|| day("2026-11-24")),
        employer: code.to_owned(),
        name: name.to_owned(),
        department: "総務部".to_owned(),
        contact: "山田".to_owned(),
        phone: "03-0000-0000".to_owned(),
        cards: 2,
        receipt_on: receipt.map(day),
        tracking: String::new(),
        undelivered: 0,
        expected_back: 0,
    };
    BatchView {
        approver: Approver::May,
        batch: batch(state),
        names: [("sato", "佐藤"), ("suzuki", "鈴木")].map(|(id, name)| (id.to_owned(), name.to_owned())).into(),
        sent_back: None,
        comments: Vec::new(),
        remakes: Vec::new(),
        next: state.next().collect(),
        print_by: (state == BatchState::Exported).then(|| day("2026-12-08")),
        cards: vec![card(1, ["260", "1", "00"], "東海林 拓也"), card(2, ["260", "7", "01"], "渡邉 はるか")],
        left: Vec::new(),
        files: vec![BatchFile {
            batch_id: 1,
            name: "B20261124-001.pdf".to_owned(),
            pages: 4,
            sha256: String::new(),
            secret: true,
            destroyed_at: None,
            run: 1,
            edition: None,
            encrypted: false,
        }],
        bundles: vec![bundle("260", "旭精機株式会社", Some("2026-11-30")), bundle("118", "武蔵野電子工業(株)", None)],
        approved: Vec::new(),
        paper: None,
        review: batch_review(state),
    }
}

/// What an approver sees of it.
fn batch_review(state: BatchState) -> Option<BatchReview> {
    matches!(state, BatchState::Draft | BatchState::Approved).then(|| BatchReview {
        kinds: [(CardKind::Viewing, 2)].into(),
        causes: [(CardCause::Registered, 1), (CardCause::Reissue, 1)].into(),
        asked_by: [(Asker::Portal, 1), (Asker::Staff("sato".to_owned()), 1)].into(),
        by_drafter: vec!["260-7-01".to_owned()],
        ..BatchReview::default()
    })
}
