//! The log, read by person, member, batch or day.

use super::requests::AdminMsg;
use crate::domain::BatchNumber;
use crate::domain::browsing::Unusual;
use crate::domain::query::member_key;
use crate::labels::audit_lines;
use crate::text::parse_date;
use crate::tui::canvas::Canvas;
use crate::tui::context::Context;
use crate::tui::layers::{Form, FormRow, Notice};
use crate::tui::screen::{KeyAction, StatusTone};
use crate::tui::screens::common::{self, MOST_ROWS};
use crate::tui::widgets::Focus;
use crate::tui::widgets::list_view::{ListItem, ListLook, ListView};
use crate::tui::widgets::table::{Row, TableColumn};
use crate::usecases::{Act, AuditLine, AuditOrder, AuditQuestion, AuditWhom};
use ratatui::layout::Rect;

/// The newest entries.
pub(super) fn newest() -> AuditQuestion {
    AuditQuestion { limit: MOST_ROWS, order: AuditOrder::NewestFirst, ..AuditQuestion::default() }
}

/// The looks of one person on the days of something unusual; where it is not about looks, whatever the person did.
pub(super) fn looks(of: &Unusual) -> AuditQuestion {
    let member = of.member.as_deref().and_then(member_key).map(AuditWhom::Member);
    AuditQuestion {
        whom: member.filter(|_| of.why.is_of_looks()),
        staff: Some(of.staff.clone()),
        acts: if of.why.is_of_looks() { Act::looks() } else { Vec::new() },
        from: Some(of.from.date()),
        to: Some(of.to.date()),
        ..newest()
    }
}

/// Asks for person, member, batch and days.
pub(super) fn ask(now: &AuditQuestion, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.admin;
    let text = |value: Option<String>| value.unwrap_or_default();
    let rows = vec![
        FormRow::text(words.id).holding(&text(now.staff.clone())),
        FormRow::text(words.ask_member)
            .holding(&text(now.whom.as_ref().map(whom_text)))
            .checked(|text, cx| readable(text.is_empty() || member_key(text).is_some(), cx)),
        FormRow::text(words.ask_batch)
            .holding(&text(now.batch.as_ref().map(ToString::to_string)))
            .checked(|text, cx| readable(text.is_empty() || BatchNumber::parse(text).is_some(), cx)),
        date_row(words.ask_from, now.from.map(|day| day.to_string())),
        date_row(words.ask_to, now.to.map(|day| day.to_string())),
    ];
    let form = Form::new(words.ask_title, rows, |mut filled| {
        let staff = Some(crate::text::nfkc(&filled.text())).filter(|id| !id.is_empty());
        let whom = AuditWhom::parse(&filled.text());
        let batch = BatchNumber::parse(&filled.text());
        let [from, to] = [filled.text(), filled.text()].map(|day| parse_date(&day).ok().flatten());
        let question = AuditQuestion { staff, whom, batch, from, to, ..newest() };
        vec![KeyAction::send(AdminMsg::Ask(Box::new(question)))]
    });
    vec![KeyAction::dialog(form.saying([words.ask_text.to_owned()]))]
}

fn date_row(label: &'static str, now: Option<String>) -> FormRow {
    FormRow::text(label).holding(&now.unwrap_or_default()).checked(|text, cx| readable(parse_date(text).is_ok(), cx))
}

fn readable(fits: bool, cx: &Context) -> Result<String, String> {
    if fits { Ok(String::new()) } else { Err(cx.labels.admin.bad_ask.to_owned()) }
}

fn whom_text(whom: &AuditWhom) -> String {
    match whom {
        AuditWhom::Member(key) => key.to_string(),
        AuditWhom::Household(key) => format!("{}-{}", key.symbol, key.number),
    }
}

impl ListItem for AuditLine {
    type Key = i64;

    fn key(&self) -> i64 {
        self.entry.seq
    }

    fn cells(&self, cx: &Context) -> Row {
        let (lang, theme) = (cx.labels.lang, cx.theme);
        let facts = audit_lines::facts(lang, self);
        let whom = audit_lines::whom(self);
        let what = [audit_lines::act(lang, self), whom, facts];
        let what: Vec<String> = what.into_iter().filter(|part| !part.is_empty()).collect();
        vec![
            (common::minute(self.entry.at), theme.quiet),
            (audit_lines::who(lang, self), theme.text),
            (what.join("  "), theme.text),
        ]
    }
}

/// One entry, whole.
pub(super) fn show(line: &AuditLine, cx: &Context) -> Vec<KeyAction> {
    let cells = line.cells(cx).into_iter().map(|(text, _)| text).collect::<Vec<_>>();
    let title = format!("{} {}", cx.labels.admin.entry, line.entry.seq);
    vec![KeyAction::dialog(Notice::new(title, StatusTone::Quiet, cells.join("\n")))]
}

/// What is asked for, and the entries.
pub(super) fn draw(canvas: &mut Canvas<'_, '_>, area: Rect, lines: &ListView<AuditLine>) {
    let words = &canvas.cx.labels.admin;
    let columns = [TableColumn::cells(words.when, 12), TableColumn::cells(words.id, 20), TableColumn::rest(words.what)];
    let empty = (words.no_entry, words.no_entry_next);
    let look = ListLook { columns: &columns, empty, focus: Focus::Here, foot: 1 };
    if lines.draw(canvas, area, &look) {
        let y = area.bottom() - 1;
        let most = words.newest(usize::try_from(MOST_ROWS).unwrap_or_default());
        canvas.text(area.x + 2, y, area.width - 16, &most, canvas.cx.theme.quiet);
        lines.draw_range(canvas, area, y);
    }
}
