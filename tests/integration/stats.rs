//! 統計: what is counted, compared with a slow count over a random story, on both engines; who may see it, and the log.

use crate::common::fixtures::{Cast, PEOPLE, cast, execute, recorded, sql};
use crate::common::people::staff;
use crate::common::{on_each_engine, open, refusal};
use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};
use mykempo_console::domain::diagnosis::Topic;
use mykempo_console::domain::request::Channel;
use mykempo_console::domain::stats::{
    Figure, FigurePart, FigureValue, PeriodLength, PeriodState, StatsPeriod, disclosed, nearest_rank,
};
use mykempo_console::domain::{Permission, ReturnReason, Role, UndeliveredReason};
use mykempo_console::usecases::stats::report;
use mykempo_console::usecases::{AuditEvent, AuditFilter, Refusal, audit_export};
use std::collections::BTreeMap;
use std::fmt::Write;

/// A row of numbers that looks random and is the same each time.
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize]
    }

    /// A local time of the last twenty months, often the first or the last minute of a day.
    fn moment(&mut self) -> NaiveDateTime {
        let day = today() - Days::new(self.below(600));
        let minute = match self.below(4) {
            0 => 0,
            1 => 24 * 60 - 1,
            _ => self.below(24 * 60),
        };
        day.and_hms_opt(0, 0, 0).unwrap() + TimeDelta::minutes(minute as i64)
    }
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
}

/// As the tables keep a local time.
fn stored(at: NaiveDateTime) -> String {
    (at - TimeDelta::hours(9)).format("%Y-%m-%dT%H:%M:%S+00:00").to_string()
}

/// What happened, one row each: on which day, and what of it counts.
#[derive(Default)]
struct Story {
    registered: Vec<(NaiveDate, bool)>,
    /// Kind, whether it is a reissue, days needed.
    issued: Vec<(NaiveDate, &'static str, bool, u64)>,
    returned: Vec<(NaiveDate, &'static str)>,
    undelivered: Vec<(NaiveDate, &'static str)>,
    parcels: Vec<(NaiveDate, bool)>,
    requests: Vec<(NaiveDate, &'static str)>,
    inquiries: Vec<(NaiveDate, &'static str, &'static str)>,
    incidents: Vec<(NaiveDate, Vec<u64>)>,
    sql: String,
}

impl Story {
    fn told(seed: u64) -> Self {
        let (mut story, mut draw) = (Self::default(), Draw(seed));
        for id in 1..=60 {
            story.account(id, &mut draw);
        }
        for id in 1..=20 {
            story.parcel(id, &mut draw);
        }
        for id in 1..=90 {
            story.inquiry(id, &mut draw);
        }
        for id in 1..=12 {
            story.incident(id, &mut draw);
        }
        story
    }

    /// A closed account of a member, with a card that may be a remake of a remake.
    fn account(&mut self, id: u64, draw: &mut Draw) {
        let (at, member, wished) = (draw.moment(), 1 + draw.below(6), draw.below(3) > 0);
        self.registered.push((at.date(), wished));
        let _ = writeln!(
            self.sql,
            "INSERT INTO account (id, member_id, web_display, registered_at, closed_at, closed_reason)
             VALUES ({id}, {member}, 'not_wanted', '{at}', '{at}', 'by_hand');",
            at = stored(at)
        );
        if wished {
            self.card(id * 10, (id, member), "viewing", "registered", draw);
        }
        if draw.below(2) == 0 {
            self.card(id * 10 + 5, (id, member), draw.of(&["viewing", "login"]), "reissue", draw);
        }
    }

    fn card(&mut self, id: u64, (account, member): (u64, u64), kind: &'static str, cause: &str, draw: &mut Draw) {
        let (asked, remakes) = (draw.moment(), draw.below(4).saturating_sub(1));
        let days = draw.below(12);
        let day = asked.date() + Days::new(days);
        for remake in 0..=remakes {
            let (cause, replaces) = match remake {
                0 => (cause, "NULL".to_owned()),
                _ => ("spoiled", (id + remake - 1).to_string()),
            };
            let last = remake == remakes;
            // The others were spoiled on the way; they were asked for later.
            let (state, dispatched) = if last && day <= today() {
                ("dispatched", format!("'{day}'"))
            } else {
                ("spoiled", "NULL".to_owned())
            };
            let asked = stored(asked + TimeDelta::hours(remake as i64 * 5));
            let _ = writeln!(
                self.sql,
                "INSERT INTO card (id, kind, state, cause, member_id, account_id, replaces, asked_by, asked_at, dispatched_on)
                 VALUES ({}, '{kind}', '{state}', '{cause}', {member}, {account}, {replaces}, 'sato', '{asked}', {dispatched});",
                id + remake
            );
        }
        if day > today() {
            return;
        }
        self.issued.push((day, kind, cause == "reissue", days));
        let came = (day + Days::new(draw.below(20))).min(today());
        let id = id + remakes;
        match draw.below(4) {
            0 => {
                let reason = draw.of(ReturnReason::CODES);
                self.returned.push((came, reason));
                let _ = writeln!(
                    self.sql,
                    "UPDATE card SET state = 'returned', returned_on = '{came}', return_reason = '{reason}' WHERE id = {id};"
                );
            }
            1 => {
                let reason = draw.of(UndeliveredReason::CODES);
                self.undelivered.push((came, reason));
                let _ = writeln!(self.sql, "INSERT INTO undelivered VALUES ({id}, '{reason}', '{came}', 'sato');");
            }
            _ => {}
        }
    }

    fn parcel(&mut self, id: u64, draw: &mut Draw) {
        let (day, back, empty) = (draw.moment().date(), draw.below(3) > 0, draw.below(6) == 0);
        let receipt =
            if back { format!("'{}'", (day + Days::new(draw.below(9))).min(today())) } else { "NULL".to_owned() };
        if !empty {
            self.parcels.push((day, back));
        }
        let _ = writeln!(
            self.sql,
            "INSERT INTO batch (id, number, state, drafted_by, drafted_at, dispatched_on)
             VALUES ({id}, 'B20260101-{id:03}', 'dispatched', 'sato', '2026-01-01T00:00:00+00:00', '{day}');
             INSERT INTO bundle (batch_id, employer_id, cards, receipt_on) VALUES ({id}, 1, {}, {receipt});",
            u64::from(!empty)
        );
    }

    fn inquiry(&mut self, id: u64, draw: &mut Draw) {
        let (at, channel) = (draw.moment(), draw.of(Channel::CODES));
        let topic = if draw.below(5) == 0 { "other" } else { draw.of(&Topic::CODES[..4]) };
        let (day, at) = (at.date(), stored(at));
        match draw.below(5) {
            0 => {
                self.requests.push((day, channel));
                let _ = writeln!(
                    self.sql,
                    "INSERT INTO request (receipt, received_at, channel, kind, state, symbol, number, branch, name, kana, employer, phone, email, body)
                     VALUES ('R{id}', '{at}', '{channel}', 'login_info', 'rejected', '', '', '', '', '', '', '', '', '');"
                );
            }
            1 => {
                self.inquiries.push((day, channel, topic));
                let _ = writeln!(
                    self.sql,
                    "INSERT INTO call (id, staff, started_at, saved_at, ended_at, channel, name, phone, topic, body, follow_up_on)
                     VALUES ({id}, 'sato', '{at}', '{at}', '{at}', '{channel}', '', '', '{topic}', 'x', '');"
                );
            }
            kind => {
                let adds_to = if kind == 2 && id > 80 { "1000" } else { "NULL" };
                if adds_to == "NULL" {
                    self.inquiries.push((day, channel, topic));
                }
                let _ = writeln!(
                    self.sql,
                    "INSERT INTO contact_note (id, member_id, at, staff, channel, topic, body, adds_to)
                     VALUES ({}, 1, '{at}', 'sato', '{channel}', '{topic}', 'x', {adds_to});",
                    2000 + id
                );
            }
        }
    }

    fn incident(&mut self, id: u64, draw: &mut Draw) {
        let (day, persons) = (draw.moment().date(), (1..=6).filter(|_| draw.below(3) == 0).collect::<Vec<u64>>());
        let _ = writeln!(
            self.sql,
            "INSERT INTO incident (id, kind, cause, state, what, known_on, opened_by, opened_at)
             VALUES ({id}, 'other', 'mishap', 'open', 'x', '{day}', 'sato', '2026-01-01T00:00:00+00:00');"
        );
        for person in &persons {
            let _ = writeln!(self.sql, "INSERT INTO incident_member (incident_id, member_id) VALUES ({id}, {person});");
        }
        self.incidents.push((day, persons));
    }

    /// The figures of these days, row by row.
    fn counted(&self, within: impl Fn(&NaiveDate) -> bool) -> BTreeMap<String, FigureValue> {
        let mut values = BTreeMap::new();
        let registered: Vec<bool> = self.registered.iter().filter(|it| within(&it.0)).map(|it| it.1).collect();
        let (all, wished) = (registered.len() as u64, registered.iter().filter(|it| **it).count() as u64);
        let mut set = |figure: Figure, value| values.insert(named(figure, None), value);
        set(Figure::Registered, FigureValue::Count(all));
        set(Figure::Wished, FigureValue::of_persons(wished));
        set(Figure::WishRate, FigureValue::share(wished, all));
        let issued: Vec<_> = self.issued.iter().filter(|it| within(&it.0)).collect();
        let of = |kind| FigureValue::Count(issued.iter().filter(|it| it.1 == kind).count() as u64);
        set(Figure::IssuedViewing, of("viewing"));
        set(Figure::IssuedLogin, of("login"));
        set(Figure::Reissued, FigureValue::of_persons(issued.iter().filter(|it| it.2).count() as u64));
        let mut days: Vec<(u64, u64)> = issued.iter().map(|it| (it.3, 1)).collect();
        days.sort_unstable();
        set(Figure::DaysMedian, nearest_rank(&days, 50));
        set(Figure::DaysNinetieth, nearest_rank(&days, 90));
        let parcels: Vec<bool> = self.parcels.iter().filter(|it| within(&it.0)).map(|it| it.1).collect();
        set(Figure::Parcels, FigureValue::Count(parcels.len() as u64));
        set(Figure::Receipts, FigureValue::Count(parcels.iter().filter(|it| **it).count() as u64));
        let incidents: Vec<_> = self.incidents.iter().filter(|it| within(&it.0)).collect();
        let mut persons: Vec<u64> = incidents.iter().flat_map(|it| it.1.clone()).collect();
        persons.sort_unstable();
        persons.dedup();
        set(Figure::Incidents, FigureValue::Count(incidents.len() as u64));
        set(Figure::IncidentPersons, FigureValue::of_persons(persons.len() as u64));
        let mut parts = |figure, codes: Vec<&str>| {
            let parts = FigurePart::of(figure);
            let count = |part: &FigurePart| codes.iter().filter(|code| **code == part.code()).count() as u64;
            let (total, shown) = disclosed(&parts.iter().map(count).collect::<Vec<u64>>());
            values.insert(named(figure, None), total);
            values.extend(parts.into_iter().map(|part| named(figure, Some(part))).zip(shown));
        };
        let two = |rows: &[(NaiveDate, &'static str)]| rows.iter().filter(|it| within(&it.0)).map(|it| it.1).collect();
        parts(Figure::Returned, two(&self.returned));
        parts(Figure::Undelivered, two(&self.undelivered));
        parts(Figure::Requests, two(&self.requests));
        let inquiries: Vec<_> = self.inquiries.iter().filter(|it| within(&it.0)).collect();
        parts(Figure::Inquiries, inquiries.iter().map(|it| it.1).collect());
        parts(Figure::Topics, inquiries.iter().map(|it| it.2).collect());
        let totals = [Figure::Inquiries, Figure::Topics].map(|figure| named(figure, None));
        if totals.iter().any(|name| values[name] == FigureValue::Withheld) {
            values.extend(totals.map(|name| (name, FigureValue::Withheld)));
        }
        values
    }
}

fn named(figure: Figure, part: Option<FigurePart>) -> String {
    format!("{} {}", figure.code(), part.map_or("", FigurePart::code))
}

async fn told(cast: &Cast, story: &Story) {
    sql(&cast.ctx, PEOPLE).await;
    let first = "INSERT INTO contact_note (id, member_id, at, staff, channel, topic, body) VALUES (1000, 1, '2001-01-01T00:00:00+00:00', 'sato', 'phone', 'other', 'x');";
    sql(&cast.ctx, first).await;
    let mut tx = open(&cast.ctx).await.write().await.unwrap();
    execute(&mut tx, story.sql.clone().leak()).await;
    tx.commit().await.unwrap();
}

#[test]
fn figures_are_those_of_a_slow_count_over_a_random_story() {
    on_each_engine(|place| async move {
        let cast = cast(&place).await;
        let story = Story::told(20_261_124);
        told(&cast, &story).await;
        let periods = ["2026-11", "2026-10", "2026-09", "2026-01", "2025-11"].map(StatsPeriod::parse_month);
        let years = ["2026", "2025"].map(StatsPeriod::parse_year);
        let mut seen = Vec::new();
        for period in periods.into_iter().chain(years).map(Option::unwrap) {
            let found = report(&cast.ctx, &cast.clerk, period).await.unwrap();
            let last = today().min(period.end().pred_opt().unwrap());
            assert_eq!((found.first, found.last), (period.first(), last));
            let now = story.counted(|day| (period.first()..=last).contains(day));
            let [first, end] = [period.first(), last.succ_opt().unwrap()].map(StatsPeriod::year_earlier);
            let before = story.counted(|day| (first..end).contains(day));
            assert_eq!(found.figures.len(), now.len());
            for line in &found.figures {
                let name = named(line.figure, line.part);
                assert_eq!((line.now, line.year_before), (now[&name], before[&name]), "{} {name}", found.period);
                seen.push(line.now);
            }
            for month in &found.months {
                let of = |day: &NaiveDate| StatsPeriod::containing(PeriodLength::Month, *day).first() == month.first;
                let registered = story.registered.iter().filter(|it| of(&it.0)).count() as u64;
                let issued = story.issued.iter().filter(|it| of(&it.0)).count() as u64;
                let beyond = month.first >= period.end();
                assert!(!beyond && (month.registered, month.issued) == (registered, issued), "{}", month.first);
            }
        }
        let kinds = [FigureValue::Few, FigureValue::Withheld, FigureValue::Count(0)];
        assert!(kinds.iter().all(|kind| seen.contains(kind)), "the story is large and small enough");
    });
}

#[test]
fn a_running_period_is_compared_up_to_the_same_day() {
    on_each_engine(|place| async move {
        let cast = cast(&place).await;
        let mut story = Story::default();
        for (id, day) in [(1, "2025-11-24T14:59:00"), (2, "2025-11-24T15:00:00")] {
            let _ = write!(
                story.sql,
                "INSERT INTO account (id, member_id, web_display, registered_at, closed_at, closed_reason)
                 VALUES ({id}, 1, 'wanted', '{day}+00:00', '{day}+00:00', 'by_hand');"
            );
        }
        told(&cast, &story).await;
        let period = StatsPeriod::containing(PeriodLength::Month, today());
        let found = report(&cast.ctx, &cast.supervisor, period).await.unwrap();
        assert_eq!((found.state, found.last), (PeriodState::Running, today()));
        assert_eq!(found.figures[0].year_before, FigureValue::Count(1), "the 25th is not there yet");
    });
}

#[test]
fn reading_is_logged_and_only_for_those_who_look() {
    on_each_engine(|place| async move {
        let cast = cast(&place).await;
        let period = StatsPeriod::parse_year("2026").unwrap();
        let auditor = staff("kanda", Role::Auditor);
        let refused = refusal(report(&cast.ctx, &auditor, period).await);
        assert!(matches!(refused, Refusal::Role { needs: Permission::Look, .. }));
        let ahead = refusal(report(&cast.ctx, &cast.clerk, period.next()).await);
        assert!(matches!(ahead, Refusal::BadDay { .. }));
        report(&cast.ctx, &cast.clerk, period).await.unwrap();
        let entries = audit_export(&cast.ctx, &cast.admin, &AuditFilter::default()).await.unwrap();
        let read: Vec<_> = entries.iter().filter(|entry| entry.action == "stats_read").collect();
        assert_eq!(read.len(), 1);
        assert_eq!((read[0].staff.as_str(), &read[0].member), (cast.clerk.id.as_str(), &None));
        assert_eq!(recorded(read[0]), AuditEvent::StatsRead { period: "2026".into() });
    });
}
