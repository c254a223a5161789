//! 事業所: the list, and the record of one: what its contact may hear, and what is not for the contact.

use super::requests::{BatchesMsg, ListEmployers, ShowEmployer};
use crate::labels::employers as names;
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::context::Context;
use crate::tui::request::RefusalText;
use crate::tui::screen::{KeyAction, Load, StatusTone, nothing};
use crate::tui::screens::{common, confirm_address};
use crate::tui::widgets::list_view::{AnyList, ListItem, ListLook, ListView};
use crate::tui::widgets::scroll::Scroll;
use crate::tui::widgets::table::{Row, TableColumn};
use crate::tui::widgets::{Focus, area, cells};
use crate::usecases::employers::{EmployerCounts, EmployerOrder, EmployerView};
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The keys of the list.
pub(crate) const EMPLOYERS: &[Binding] = bindings![Open, SortRows.shown(), Filter; list];

/// The keys of an employer.
pub(crate) const EMPLOYER: &[Binding] = bindings![ConfirmAddress, Reload; list];

/// Cells from which on list and record stand side by side.
const WIDE: u16 = 110;

/// Cells from which on the list has all its columns.
const TABLE: u16 = 76;

impl ListItem for EmployerCounts {
    type Key = String;

    fn key(&self) -> String {
        self.employer.record.code.clone()
    }

    fn cells(&self, cx: &Context) -> Row {
        let (record, theme) = (&self.employer.record, cx.theme);
        vec![
            (record.code_shown.clone(), theme.text),
            (common::company(&record.name), theme.text),
            (common::count(self.waiting), theme.text),
            (names::attention(cx.labels.lang, self), theme.attention),
            (self.last_sent_on.map(common::short).unwrap_or_default(), theme.text),
            // Not in sight, but found by the filter: a contact is known by voice, name or number.
            (record.phone.clone(), theme.quiet),
            (record.contact.clone(), theme.quiet),
        ]
    }
}

/// The employers, and the one that was opened.
pub(super) struct EmployersPage {
    rows: ListView<EmployerCounts>,
    order: EmployerOrder,
    /// The code of the one that was opened, and its record.
    opened: Option<(String, Load<Box<EmployerView>>)>,
    scroll: Scroll,
}

impl Default for EmployersPage {
    fn default() -> Self {
        Self { rows: ListView::default(), order: EmployerOrder::Code, opened: None, scroll: Scroll::default() }
    }
}

impl EmployersPage {
    pub(super) fn load(&mut self) -> KeyAction {
        self.rows.wait();
        KeyAction::request(ListEmployers, BatchesMsg::Employers)
    }

    pub(super) fn loaded(&mut self, reply: Result<Vec<EmployerCounts>, RefusalText>, cx: &Context) -> Vec<KeyAction> {
        let sorted = reply.map(|mut rows| {
            self.order.sort(&mut rows, cx.today());
            rows
        });
        common::loaded(&mut self.rows, sorted, cx)
    }

    pub(super) fn shown(&mut self, code: &str, reply: Result<Box<EmployerView>, RefusalText>) -> Vec<KeyAction> {
        match (&mut self.opened, reply) {
            (Some((opened, load)), Ok(view)) if opened == code => {
                *load = Load::Ready(view);
                nothing()
            }
            (Some((opened, load)), Err(refusal)) if opened == code => load.fail(&refusal),
            _ => nothing(),
        }
    }

    pub(super) fn is_opened(&self) -> bool {
        self.opened.is_some()
    }

    pub(super) fn list(&mut self) -> Option<&mut dyn AnyList> {
        match &self.opened {
            Some(_) => None,
            None => Some(&mut self.rows),
        }
    }

    /// Back from the record to the list; false where the list is in front.
    pub(super) fn close_record(&mut self) -> bool {
        self.opened.take().is_some()
    }

    pub(super) fn command(&mut self, command: Command, cx: &Context) -> Vec<KeyAction> {
        match command {
            Command::Open if self.opened.is_none() => {
                let code = self.rows.selected().map(|row| row.employer.record.code.clone());
                self.scroll.go(0);
                code.map_or_else(nothing, |code| self.show(code))
            }
            Command::SortRows => {
                self.order = self.order.next();
                let mut rows = self.rows.rows().to_vec();
                self.order.sort(&mut rows, cx.today());
                self.rows.set(rows, cx);
                vec![KeyAction::Say(StatusTone::Quiet, cx.labels.employers.sorted(self.order).to_owned())]
            }
            Command::ConfirmAddress => self.confirm_address(cx),
            other => {
                self.scroll.moved(other);
                nothing()
            }
        }
    }

    /// R6: the change that waits at the employer in front.
    fn confirm_address(&self, cx: &Context) -> Vec<KeyAction> {
        let Some(view) = self.opened.as_ref().and_then(|(_, load)| load.ready()) else { return nothing() };
        let waits = view.addresses.iter().find(|change| change.confirmed_at.is_none());
        confirm_address::decide(waits, BatchesMsg::AddressConfirmed, cx)
    }

    /// Reads the list, and the record where one is in front.
    pub(super) fn load_all(&mut self) -> Vec<KeyAction> {
        let code = self.opened.as_ref().map(|(code, _)| code.clone());
        let list = self.load();
        std::iter::once(list).chain(code.into_iter().flat_map(|code| self.show(code))).collect()
    }

    fn show(&mut self, code: String) -> Vec<KeyAction> {
        self.opened = Some((code.clone(), Load::Waiting));
        vec![KeyAction::request(ShowEmployer(code.clone()), move |reply| BatchesMsg::Employer { code, reply })]
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        if area.width < WIDE {
            return match &self.opened {
                Some((_, load)) => self.draw_record(canvas, area::inset(area), load),
                None => self.draw_list(canvas, area, Focus::Here),
            };
        }
        let [list, rule, record] = area::panes(area, area.width / 2);
        canvas.column_rule(rule.x, area);
        match &self.opened {
            Some((_, load)) => {
                self.draw_list(canvas, list, Focus::Elsewhere);
                self.draw_record(canvas, record, load);
            }
            None => {
                self.draw_list(canvas, list, Focus::Here);
                let (words, theme) = (&canvas.cx.labels.employers, canvas.cx.theme);
                canvas.text(record.x, record.y, record.width, words.open_next, theme.quiet);
            }
        }
    }

    fn draw_list(&self, canvas: &mut Canvas<'_, '_>, area: Rect, focus: Focus) {
        let (words, theme) = (&canvas.cx.labels.employers, canvas.cx.theme);
        let [head, list] = area::split_top(area, 1);
        let used = canvas.text(head.x + 2, head.y, head.width, words.title, theme.title) + 4;
        let order = words.sorted(self.order);
        canvas.text(head.x + used, head.y, head.width.saturating_sub(used), order, theme.quiet);
        let columns = [
            TableColumn::cells(words.code, 6),
            TableColumn::rest(words.name),
            TableColumn::number(words.waiting, 6),
            TableColumn::cells(words.attention, 19),
            TableColumn::cells(words.last, 8),
        ];
        let in_sight = if list.width < TABLE { &columns[..4] } else { &columns };
        let empty = (words.none, words.none_next);
        self.rows.draw(canvas, list, &ListLook { columns: in_sight, empty, focus, foot: 0 });
    }

    fn draw_record(&self, canvas: &mut Canvas<'_, '_>, area: Rect, load: &Load<Box<EmployerView>>) {
        let Some(view) = common::ready(canvas, area, load) else { return };
        let lines = lines(view, area.width, canvas.cx);
        let part = self.scroll.part(canvas, area, lines.len());
        canvas.styled(area, &lines[part]);
    }
}

/// The record: who and where, what the contact may hear, and what is not for the contact.
fn lines(view: &EmployerView, width: u16, cx: &Context) -> Vec<(String, Style)> {
    let (lang, theme, words) = (cx.labels.lang, cx.theme, &cx.labels.employers);
    let record = &view.contact.employer.record;
    let mut lines: Vec<(String, Style)> = Vec::new();
    let mut say = |text: &str, style| lines.extend(cells::wrap(text, width).into_iter().map(|line| (line, style)));
    say(&format!("{} {}", record.code_shown, record.name), theme.title);
    say([&record.department, &record.contact, &record.phone].map(String::as_str).join(" ").trim(), theme.text);
    let address = format!("{} {} {}", common::postcode(record.postcode.as_deref()), record.address1, record.address2);
    let waits = view.addresses.iter().any(|change| change.confirmed_at.is_none());
    say(address.trim(), if waits { theme.attention } else { theme.text });
    if waits {
        say(words.address_waits, theme.attention);
    }
    if let Some(day) = record.withdrawn_on {
        say(&words.withdrawn(&day.to_string()), theme.attention);
    }
    say(" ", theme.text);
    say(words.may_hear, theme.strong);
    for line in names::for_contact(lang, view) {
        say(&line, theme.text);
    }
    say(" ", theme.text);
    say(words.not_for_contact, theme.attention);
    for line in names::for_staff(lang, view) {
        say(if line.is_empty() { " " } else { &line }, theme.quiet);
    }
    lines
}
