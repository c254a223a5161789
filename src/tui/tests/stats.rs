//! 統計.

use super::fixtures::day;
use super::home::{busy, home};
use crate::domain::Role;
use crate::domain::stats::{Figure, FigurePart, FigureValue, PeriodLength, PeriodState, StatsPeriod};
use crate::labels::Lang;
use crate::tui::authentication::AuthStep;
use crate::tui::screens::{LoadHome, LoadStats};
use crate::tui::tests::testing::{Album, LOOKS, Rig, person};
use crate::usecases::stats::{FigureLine, SocietyReport, StatsMonth};
use chrono::NaiveDate;

const SIZE: (u16, u16) = (80, 24);

fn line((figure, part): (Figure, Option<FigurePart>), at: usize) -> FigureLine {
    let count = |factor: usize| FigureValue::Count((at * factor % 131) as u64);
    let (now, year_before) = match (figure, part, at % 3) {
        (Figure::WishRate, ..) => (FigureValue::Rate(914), FigureValue::Rate(902)),
        (Figure::DaysMedian | Figure::DaysNinetieth, ..) => (FigureValue::Days(4), FigureValue::Withheld),
        (_, Some(_), 0) => (FigureValue::Few, count(0)),
        (_, Some(_), 1) => (FigureValue::Count(0), count(0)),
        (Figure::Incidents, ..) => (FigureValue::Count(1), count(0)),
        _ => (count(37), count(29)),
    };
    FigureLine { figure, part, now, year_before }
}

fn report(period: StatsPeriod) -> Box<SocietyReport> {
    let parts = |figure: Figure| FigurePart::of(figure).into_iter().map(move |part| (figure, Some(part)));
    let all = Figure::ALL.iter().flat_map(|figure| [(*figure, None)].into_iter().chain(parts(*figure)));
    let month = |(at, first): (usize, NaiveDate)| StatsMonth {
        first,
        registered: (at as u64 * 23) % 71,
        issued: 40 + (at as u64 * 31) % 160,
        registered_before: (at as u64 * 19) % 67,
        issued_before: 30 + (at as u64 * 29) % 140,
    };
    Box::new(SocietyReport {
        society: "東京電子機械工業健康保険組合".to_owned(),
        length: period.length(),
        period: period.name(),
        first: period.first(),
        last: day("2026-11-24"),
        state: PeriodState::Running,
        made_on: day("2026-11-24"),
        figures: all.zip(1..).map(|(of, at)| line(of, at)).collect(),
        months: period.twelve_months().into_iter().enumerate().map(month).collect(),
    })
}

fn november() -> StatsPeriod {
    StatsPeriod::containing(PeriodLength::Month, day("2026-11-24"))
}

pub(super) fn stats(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = home(lang, size, busy());
    rig.keys("m");
    rig.reply::<LoadStats>(report(november()));
    rig
}

#[test]
fn statistics_look() {
    let mut album = Album::default();
    for (name, lang, size) in LOOKS {
        album.add("statistics", name, &stats(lang, size).screen());
    }
    insta::assert_snapshot!("statistics", album.pages);
}

#[test]
fn periods_are_turned_and_none_is_ahead() {
    let mut rig = stats(Lang::Ja, SIZE);
    assert!(rig.keys("<Right>").screen().contains("今日を含む期間が最後です"));
    assert!(!rig.has_requested::<LoadStats>());
    rig.keys("<Left>");
    assert_eq!(rig.requested::<LoadStats>().unwrap().0, november().previous());
    rig.keys("y");
    let year = StatsPeriod::parse_year("2026").unwrap();
    assert_eq!(rig.requested::<LoadStats>().unwrap().0, year);
    // The reply to a question that was taken back is not shown.
    rig.reply::<LoadStats>(report(year));
    assert!(rig.screen().contains("2026年度(令和8年度)"));
    assert!(rig.keys("<Esc>").screen().contains("対応待ち"));
}

#[test]
fn bars_are_seen_without_blocks() {
    let blocks = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    assert!(stats(Lang::En, SIZE).screen().contains(blocks));
    let mut ascii = Rig::ascii(Lang::En, SIZE);
    ascii.keys("sato<Enter>pass<Enter>");
    ascii.authenticate(AuthStep::Enter(person(Role::Clerk)));
    ascii.reply::<LoadHome>(Box::new(busy())).keys("m").reply::<LoadStats>(report(november()));
    let screen = ascii.screen();
    assert!(screen.contains('#') && !screen.contains(blocks), "{screen}");
}
