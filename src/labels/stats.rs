//! 統計: names and definitions of the figures, and how a report is put on the screen, in a table and on paper.

use super::texts::texts;
use super::{Lang, codes, promises};
use crate::domain::diagnosis::Scripts;
use crate::domain::stats::{Figure, FigurePart, FigureValue, PeriodLength, PeriodState};
use crate::text::wareki;
use crate::usecases::stats::{FigureLine, SocietyReport, StatsChart, StatsMonth, StatsPaper, StatsRow};
use chrono::{Datelike, NaiveDate};
use std::fmt::Display;
use unicode_width::UnicodeWidthStr;

texts! {
    /// The statistics of a month or a fiscal year.
    pub struct StatsTexts {
        title = "統計" | "Statistics";
        headings[4] = ["項目", "当期", "前年同期", "増減"] | ["figure", "period", "before", "change"];
        columns[7] =
            ["コード", "内訳コード", "項目", "内訳", "当期", "前年同期", "増減"]
            | ["figure", "part", "name", "part name", "period", "year before", "change"];
        span(first: NaiveDate, last: NaiveDate) = "{first} から {last} まで" | "{first} to {last}";
        running = "途中経過(前年同期も同じ日まで)" | "so far; before: to the same day";
        made(on: NaiveDate) = "作成 {on}" | "Made {on}";
        few = "5未満" | "under 5";
        withheld = "非表示" | "not shown";
        nothing = "-" | "-";
        days(days: u64) = "{days}日" | "{days} d";
        registered = "登録(人)" | "Registered";
        issued = "発送(枚)" | "Cards sent";
        chart(name: &str, now: u64, before: u64) = "{name} {now}  前年同月 {before}" | "{name} {now}, before {before}";
        legend(name: &str) = "{name}　月別(濃い: 当期、薄い: 前年同月)" | "{name} by month (dark: period, light: year before)";
        notes =
            "「5未満」は1から4です。個人が推測されるおそれのある少ない数は、数字では表示しません。「非表示」は、合計との差からその数が分かるため表示しないものです。"
            | "\"Under 5\" is one to four: small figures that could tell who is meant are not shown as numbers. \"Not shown\" stands where the total would give such a figure away.";
        defined = "項目の定義は docs/statistics.md にあります。" | "docs/statistics.md defines every figure.";
        saved(path: impl Display) = "{path} に保存しました。" | "Saved {path}.";
        no_later = "今日を含む期間が最後です" | "The period of today is the last";
    }
}

/// An argument that is no period. The parser of arguments runs before the language is known.
pub fn not_a_period(typed: &str, example: &str) -> String {
    format!("{typed}: {example}")
}

/// 項目
pub const fn figure(lang: Lang, figure: Figure) -> &'static str {
    match figure {
        Figure::Registered => lang.pick("登録", "registrations"),
        Figure::Wished => lang.pick("表示希望", "wished the display"),
        Figure::WishRate => lang.pick("希望率", "wish rate"),
        Figure::IssuedViewing => lang.pick("発行 閲覧用", "issued, viewing"),
        Figure::IssuedLogin => lang.pick("発行 ログイン", "issued, login"),
        Figure::Reissued => lang.pick("うち再発行", "of these reissued"),
        Figure::Returned => lang.pick("返戻", "returned"),
        Figure::Undelivered => lang.pick("お渡しできず", "not handed over"),
        Figure::DaysMedian => lang.pick("発送日数 中央値", "days, half of cards"),
        Figure::DaysNinetieth => lang.pick("発送日数 90%", "days, 90% of cards"),
        Figure::Parcels => lang.pick("発送した束", "parcels sent"),
        Figure::Receipts => lang.pick("うち受領書あり", "receipts back"),
        Figure::Requests => lang.pick("送付依頼", "requests"),
        Figure::Inquiries => lang.pick("問合せ", "inquiries"),
        Figure::Topics => lang.pick("問合せの用件", "inquiries by topic"),
        Figure::Incidents => lang.pick("漏えい等", "incidents"),
        Figure::IncidentPersons => lang.pick("漏えい等の対象者", "persons concerned"),
    }
}

/// What exactly is counted.
pub const fn definition(lang: Lang, figure: Figure) -> &'static str {
    match figure {
        Figure::Registered => lang.pick(
            "期間内にポータルに登録された数。その後に閉鎖されたものも含む。",
            "Accounts registered on the portal in the period, those closed later included.",
        ),
        Figure::Wished => lang.pick(
            "そのうち、登録のときにWeb表示を希望した数(登録を理由とする閲覧用はがきがあるもの)。",
            "Of these, accounts whose member wished the web display at registration (there is a viewing card of that cause).",
        ),
        Figure::WishRate => lang.pick(
            "表示希望を登録で割った割合。登録が5未満のときは表示しない。",
            "Wishes divided by registrations; not shown for fewer than five registrations.",
        ),
        Figure::IssuedViewing => {
            lang.pick("期間内に発送した閲覧用パスワードのはがき。", "Viewing-password cards dispatched in the period.")
        }
        Figure::IssuedLogin => {
            lang.pick("期間内に発送したログイン情報のはがき。", "Login notices dispatched in the period.")
        }
        Figure::Reissued => lang.pick(
            "発行のうち、再発行の依頼によるもの。刷り損じの作り直しは、元のはがきの理由で数える。",
            "Of the issued cards, those asked for as a reissue; a remake counts as what it replaces.",
        ),
        Figure::Returned => lang.pick(
            "期間内に返戻を記録したはがき。内訳は返戻の理由(記録がなければ「その他・不明」)。",
            "Cards that came back in the period, by reason (without one: other or unknown).",
        ),
        Figure::Undelivered => lang.pick(
            "事業所が本人に渡せないと期間内に記録したはがき。内訳はその理由。",
            "Cards noted in the period as not handed over by the employer, by reason.",
        ),
        Figure::DaysMedian => lang.pick(
            "期間内に発送したはがきの半分について、依頼の日から発送日までに要した暦日数の最大。刷り損じの作り直しは、元の依頼の日から数える。5枚未満のときは表示しない。",
            "Calendar days from the asking to the dispatch that half of the issued cards needed at most (nearest rank); a remake counts from the first asking; not shown for fewer than five cards.",
        ),
        Figure::DaysNinetieth => lang.pick("同じく、はがきの90%について。", "The same of 90 % of the cards."),
        Figure::Parcels => lang.pick(
            "期間内に発送を確定したバッチの、事業所ごとの束。単独で発送したはがきは含まない。",
            "Employers' parcels of batches dispatched in the period; cards posted by themselves are none.",
        ),
        Figure::Receipts => {
            lang.pick("そのうち、受領書が今日までに戻ったもの。", "Of these parcels, those whose receipt is back today.")
        }
        Figure::Requests => lang.pick(
            "期間内に受け付けたログイン情報送付依頼。統合したものも含む。内訳は受付の方法。",
            "Requests for login data received in the period, merged ones included, by channel.",
        ),
        Figure::Inquiries => lang.pick(
            "期間内の対応記録(補足を除く)と、加入者を特定しない電話の記録。内訳は方法。",
            "Contact notes of the period without addenda, and calls about no member, by channel.",
        ),
        Figure::Topics => lang.pick(
            "問合せと同じものを用件ごとに数えたもの。",
            "The same inquiries by topic of the guide.",
        ),
        Figure::Incidents => {
            lang.pick("期間内に知った漏えい等の件数。", "Incidents that became known in the period.")
        }
        Figure::IncidentPersons => lang.pick(
            "その漏えい等の対象となった方の人数(同じ方は一人と数える)。",
            "Different persons whose data these incidents are about.",
        ),
    }
}

/// 内訳
pub fn part(lang: Lang, part: FigurePart) -> String {
    match part {
        FigurePart::Channel(channel) => codes::channel(lang, channel).to_owned(),
        FigurePart::Returned(reason) => promises::return_reason(lang, reason).to_owned(),
        FigurePart::Undelivered(reason) => codes::undelivered(lang, reason).to_owned(),
        FigurePart::Topic(Some(topic)) => match Scripts::embedded() {
            Ok(scripts) => scripts.title(topic, lang.into()).to_owned(),
            Err(_) => topic.code().to_owned(),
        },
        FigurePart::Topic(None) => lang.labels().members.topic_other.to_owned(),
    }
}

/// A value as it is shown.
pub fn value(lang: Lang, value: FigureValue) -> String {
    let texts = &lang.labels().stats;
    match value {
        FigureValue::Count(count) => count.to_string(),
        FigureValue::Few => texts.few.to_owned(),
        FigureValue::Withheld => texts.withheld.to_owned(),
        FigureValue::Rate(tenths) => format!("{}.{}%", tenths / 10, tenths % 10),
        FigureValue::Days(days) => texts.days(days),
        FigureValue::Nothing => texts.nothing.to_owned(),
    }
}

/// `+12`, or of shares `+1.5`; empty where one of the two is not shown.
pub fn change(line: &FigureLine) -> String {
    match (line.now, line.year_before) {
        (FigureValue::Count(now), FigureValue::Count(before)) | (FigureValue::Days(now), FigureValue::Days(before)) => {
            signed(now, before, 1)
        }
        (FigureValue::Rate(now), FigureValue::Rate(before)) => signed(now, before, 10),
        _ => String::new(),
    }
}

fn signed(now: u64, before: u64, per: u64) -> String {
    let (sign, by) = match now.cmp(&before) {
        std::cmp::Ordering::Less => ("-", before - now),
        std::cmp::Ordering::Equal => ("", 0),
        std::cmp::Ordering::Greater => ("+", now - before),
    };
    if per == 1 { format!("{sign}{by}") } else { format!("{sign}{}.{}", by / per, by % per) }
}

/// `2026年11月(令和8年11月)`, `2026年度(令和8年度)`
pub fn period(lang: Lang, length: PeriodLength, first: NaiveDate) -> String {
    let era = wareki(first);
    match (lang, length) {
        (Lang::Ja, PeriodLength::Month) => {
            let era = era.split_inclusive('月').next().unwrap_or_default();
            format!("{}年{}月({era})", first.year(), first.month())
        }
        (Lang::Ja, PeriodLength::FiscalYear) => {
            let era = era.split_inclusive('年').next().unwrap_or_default();
            format!("{}年度({era}度)", first.year())
        }
        (Lang::En, PeriodLength::Month) => first.format("%B %Y").to_string(),
        (Lang::En, PeriodLength::FiscalYear) => format!("Fiscal year {}", first.year()),
    }
}

/// The period of a report in words.
pub fn title(lang: Lang, report: &SocietyReport) -> String {
    format!("{} {}", lang.labels().stats.title, period(lang, report.length, report.first))
}

/// The name of a line, a part indented.
pub fn name(lang: Lang, line: &FigureLine) -> String {
    match line.part {
        None => figure(lang, line.figure).to_owned(),
        Some(of) => format!("  {}", part(lang, of)),
    }
}

/// Whether a line says something: parts that are nothing in both years are left out.
pub fn is_shown(line: &FigureLine) -> bool {
    line.part.is_none() || [line.now, line.year_before] != [FigureValue::Count(0); 2]
}

/// The report as a page of the command line.
pub fn page(lang: Lang, report: &SocietyReport) -> String {
    let texts = &lang.labels().stats;
    let mut page = vec![title(lang, report), report.society.clone(), head(lang, report), String::new()];
    let [name_of, now, before, by] = texts.headings;
    page.push(row(name_of, [now, before, by]));
    for line in report.figures.iter().filter(|line| is_shown(line)) {
        let (now, before) = (value(lang, line.now), value(lang, line.year_before));
        page.push(row(&name(lang, line), [&now, &before, &change(line)]));
    }
    page.extend([String::new(), texts.notes.to_owned(), texts.defined.to_owned()]);
    page.join("\n")
}

fn row(name: &str, values: [&str; 3]) -> String {
    let blank = |text: &str, cells: usize| " ".repeat(cells.saturating_sub(text.width()));
    let values: String = values.iter().map(|text| format!(" {}{text}", blank(text, 11))).collect();
    format!("{name}{}{values}", blank(name, 42)).trim_end().to_owned()
}

/// Which days are counted, and what that means for the comparison.
pub fn head(lang: Lang, report: &SocietyReport) -> String {
    let texts = &lang.labels().stats;
    let span = texts.span(report.first, report.last);
    match report.state {
        PeriodState::Over => span,
        PeriodState::Running => format!("{span}  {}", texts.running),
    }
}

/// The cells of a line for a spreadsheet, under `columns`.
pub fn cells(lang: Lang, line: &FigureLine) -> [String; 7] {
    let (code, of) = line.part.map_or_else(Default::default, |of| (of.code().to_owned(), part(lang, of)));
    // A sign or a dash at the beginning reads as a formula.
    let cell = |shown: FigureValue| if shown == FigureValue::Nothing { String::new() } else { value(lang, shown) };
    let by = change(line).trim_start_matches('+').to_owned();
    [
        line.figure.code().to_owned(),
        code,
        figure(lang, line.figure).to_owned(),
        of,
        cell(line.now),
        cell(line.year_before),
        by,
    ]
}

/// The report as a page to print.
pub fn paper(lang: Lang, report: &SocietyReport) -> StatsPaper {
    let texts = &lang.labels().stats;
    let rows = |lines: &[&FigureLine]| lines.iter().map(|line| paper_row(lang, line)).collect();
    let shown = report.figures.iter().filter(|line| is_shown(line));
    let (right, left): (Vec<&FigureLine>, Vec<&FigureLine>) = shown.partition(|line| line.figure == Figure::Topics);
    let chart = |name: &str, of: fn(&StatsMonth) -> (u64, u64)| StatsChart {
        title: texts.legend(name),
        months: report.months.iter().map(|month| (month.first.month().to_string(), of(month).0, of(month).1)).collect(),
    };
    StatsPaper {
        title: format!("{} {}", texts.title, period(lang, report.length, report.first)),
        society: report.society.clone(),
        head: format!("{}\n{}", head(lang, report), texts.made(report.made_on)),
        headings: texts.headings,
        left: rows(&left),
        right: rows(&right),
        charts: vec![
            chart(texts.registered, |month| (month.registered, month.registered_before)),
            chart(texts.issued, |month| (month.issued, month.issued_before)),
        ],
        notes: texts.notes.to_owned(),
    }
}

fn paper_row(lang: Lang, line: &FigureLine) -> StatsRow {
    let name = name(lang, line).replacen("  ", "　", 1);
    StatsRow { name, values: [value(lang, line.now), value(lang, line.year_before), change(line)] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(now: FigureValue, year_before: FigureValue) -> FigureLine {
        FigureLine { figure: Figure::Registered, part: None, now, year_before }
    }

    #[test]
    fn a_difference_is_said_only_of_two_numbers() {
        use FigureValue as V;
        assert_eq!(change(&line(V::Count(12), V::Count(7))), "+5");
        assert_eq!(change(&line(V::Count(7), V::Count(12))), "-5");
        assert_eq!(change(&line(V::Count(7), V::Count(7))), "0");
        assert_eq!(change(&line(V::Rate(905), V::Rate(890))), "+1.5");
        assert_eq!(change(&line(V::Rate(890), V::Rate(905))), "-1.5");
        for hidden in [V::Few, V::Withheld, V::Nothing] {
            assert_eq!(change(&line(V::Count(7), hidden)), "");
            assert_eq!(change(&line(hidden, V::Count(7))), "");
        }
    }

    #[test]
    fn periods_are_named_in_both_calendars() {
        let first = NaiveDate::from_ymd_opt(2026, 4, 1).unwrap();
        assert_eq!(period(Lang::Ja, PeriodLength::Month, first), "2026年4月(令和8年4月)");
        assert_eq!(period(Lang::Ja, PeriodLength::FiscalYear, first), "2026年度(令和8年度)");
        assert_eq!(period(Lang::En, PeriodLength::Month, first), "April 2026");
    }
}
