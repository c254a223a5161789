//! Every topic, every branch.

mod branches;
mod card_branches;
mod in_hand;
mod login_branches;
mod not_coming;
mod stopped;
mod words;

use super::*;
use crate::domain::gate::Delay;
use crate::domain::{CardKind, DeadReason, HoldReason, UndeliveredReason, WebDisplay};

pub(super) fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

/// An hour of a day in Japan.
fn at(on: NaiveDate, hour: u32) -> chrono::DateTime<chrono::Utc> {
    crate::text::japan::instant(on.and_hms_opt(hour, 0, 0).unwrap())
}

pub(super) fn today() -> NaiveDate {
    day(11, 24)
}

/// An insured member without an account.
fn stranger() -> DiagnosisFacts {
    DiagnosisFacts {
        relation: Relation::Insured,
        coverage: Coverage::Running,
        account: Registration::Never,
        cards: Vec::new(),
        predecessor: None,
        successor: None,
        login_request: None,
        checkup: Checkup::NotEligible,
        checkup_deadline: None,
        sending: Sending::default(),
        caller: Caller::default(),
    }
}

/// An insured member with an account, web display on, nothing sent.
fn member() -> DiagnosisFacts {
    let account = OpenAccount {
        registered_on: day(10, 3),
        mail: Mail::Arrives,
        web_display: WebDisplay::Wanted,
        viewing: ViewingPassword::None,
        login_changed_at: None,
        points_applied_on: None,
    };
    DiagnosisFacts { account: Registration::Open(account), ..stranger() }
}

/// The same as a dependent.
fn dependent() -> DiagnosisFacts {
    DiagnosisFacts { relation: Relation::Dependent, ..member() }
}

/// Someone who has left.
fn former() -> DiagnosisFacts {
    DiagnosisFacts {
        coverage: Coverage::EndsOn(day(11, 1)),
        account: Registration::Closed { on: day(11, 4) },
        ..stranger()
    }
}

/// Someone who has died.
fn dead() -> DiagnosisFacts {
    DiagnosisFacts { coverage: Coverage::Died(day(11, 1)), ..former() }
}

/// The society of the examples.
pub(super) fn society() -> SocietyWords {
    let contact = |name: &str, phone: &str| SectionContact { name: name.into(), phone: phone.into() };
    SocietyWords {
        portal: "MyKempo".into(),
        medical: contact("医療課医療二係", "03-3843-1457"),
        health: contact("健康事業課", "03-3843-1453"),
        characters: vec![CharacterKind::Lower, CharacterKind::Digit],
        sender: SenderWords::default(),
    }
}

/// The old record of someone with a new number.
fn renumbered() -> DiagnosisFacts {
    DiagnosisFacts {
        successor: Some(Successor { key: "260-88-00".into(), from: day(11, 4), registered_on: None }),
        account: Registration::Closed { on: day(11, 4) },
        ..stranger()
    }
}

impl DiagnosisFacts {
    fn account(mut self, change: impl FnOnce(&mut OpenAccount)) -> Self {
        if let Registration::Open(account) = &mut self.account {
            change(account);
        }
        self
    }

    fn stopped(self, obstacle: HoldReason, next_on: Option<NaiveDate>) -> Self {
        Self { sending: Sending { obstacle: Some(obstacle), next_on }, ..self }
    }

    /// With the next day on record (P1).
    fn due(self, on: NaiveDate) -> Self {
        Self { sending: Sending { next_on: Some(on), ..self.sending }, ..self }
    }

    fn display_off(self) -> Self {
        self.account(|account| account.web_display = WebDisplay::NotWanted)
    }

    fn viewing(self, viewing: ViewingPassword) -> Self {
        self.account(|account| account.viewing = viewing)
    }

    /// Newest last, as things happen; kept newest first.
    fn then(mut self, card: DiagnosisCard) -> Self {
        self.cards.insert(0, card);
        self
    }

    fn formerly(mut self, reason: ChangeReason) -> Self {
        self.predecessor = Some(Predecessor { key: "104-7-00".into(), reason, record: OldRecord::OnFile });
        self
    }

    fn says(mut self, question: Question, answer: &str) -> Self {
        self.caller.hear(question, answer).unwrap();
        self
    }
}

/// A card asked for on this day.
fn asked(kind: CardKind, on: NaiveDate) -> DiagnosisCard {
    DiagnosisCard {
        kind,
        asked_on: on,
        issue_on: None,
        serial: None,
        status: CardStatus::Queued,
        one_off: None,
        addressee: Addressee::Present,
        sent_at: None,
        valid_until: None,
        dead_on: None,
        dead: None,
        delay: None,
        waited: 3,
    }
}

/// A card dispatched on this day, and dated so.
fn sent(kind: CardKind, on: NaiveDate, position: u32) -> DiagnosisCard {
    let serial = format!("B{}-001-{position:04}", on.format("%Y%m%d"));
    let status = CardStatus::Dispatched { on, employer: "旭精機株式会社".into(), receipt: Receipt::Awaited };
    let sent_at = Some(at(on, 15));
    let valid_until = (kind == CardKind::Login).then(|| on + chrono::Days::new(30));
    let issue_on = Some(on);
    let asked = asked(kind, on - chrono::Days::new(3));
    DiagnosisCard { issue_on, serial: Some(serial), status, sent_at, valid_until, ..asked }
}

fn planned(kind: CardKind, on: NaiveDate) -> DiagnosisCard {
    let serial = Some(format!("B{}-001-0001", on.format("%Y%m%d")));
    let status = CardStatus::Planned { on, employer: "旭精機株式会社".into() };
    DiagnosisCard { issue_on: Some(on), serial, status, ..asked(kind, day(11, 20)) }
}

impl DiagnosisCard {
    fn dead(self, on: NaiveDate) -> Self {
        Self { dead_on: Some(on), dead: Some(DeadReason::Superseded), ..self }
    }

    fn by(self, why: DeadReason) -> Self {
        Self { dead: Some(why), ..self }
    }

    fn waited(self, waited: u32) -> Self {
        Self { waited, ..self }
    }

    fn receipt(mut self, back: Receipt) -> Self {
        if let CardStatus::Dispatched { receipt, .. } = &mut self.status {
            *receipt = back;
        }
        self
    }

    fn to(self, addressee: &str) -> Self {
        Self { one_off: Some(addressee.into()), ..self }
    }

    fn at_former_employer(self) -> Self {
        Self { addressee: Addressee::Former, ..self }
    }

    fn undelivered(self) -> Self {
        self.receipt(Receipt::Undelivered { on: day(11, 12), why: UndeliveredReason::Left })
    }

    fn delayed(self, not_before: Option<NaiveDate>) -> Self {
        let delay = Delay { other: CardKind::Login, batch: Some("B20261127-001".into()), not_before };
        Self { delay: Some(delay), ..self }
    }

    fn at(self, status: CardStatus) -> Self {
        Self { status, ..self }
    }
}

/// Topic, the rule or situation, the facts, the case they must lead to.
pub(super) type Example = (Topic, &'static str, DiagnosisFacts, Case);

/// What most topics share: A1, A9, A3.
pub(super) fn without_account(topic: Topic) -> Vec<Example> {
    vec![
        (topic, "A1 未登録", stranger(), Case::NotRegistered),
        (topic, "A9 資格喪失", former(), Case::Left),
        (topic, "死亡による喪失", dead(), Case::Died),
        (topic, "A3 番号変更前の記録", renumbered(), Case::OldNumber),
    ]
}

pub(super) fn with(topic: Topic, own: Vec<(&'static str, DiagnosisFacts, Case)>) -> Vec<Example> {
    let own = own.into_iter().map(|(situation, facts, case)| (topic, situation, facts, case));
    without_account(topic).into_iter().chain(own).collect()
}

pub(super) fn only(topic: Topic, own: Vec<(&'static str, DiagnosisFacts, Case)>) -> Vec<Example> {
    own.into_iter().map(|(situation, facts, case)| (topic, situation, facts, case)).collect()
}
