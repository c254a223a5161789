//! 漏えい等: the list with what is due next, and what is selected: beside it where there is room.

use super::incident_dialogs;
use super::requests::{ListIncidents, MembersMsg};
use crate::domain::{IncidentState, ReportStatus};
use crate::labels::incidents as names;
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::context::Context;
use crate::tui::request::RefusalText;
use crate::tui::screen::{KeyAction, nothing};
use crate::tui::screens::{common, take_incident};
use crate::tui::widgets::list_view::{AnyList, ListItem, ListLook, ListView};
use crate::tui::widgets::scroll::Scroll;
use crate::tui::widgets::table::{Row, TableColumn};
use crate::tui::widgets::{Focus, area, cells};
use crate::usecases::incidents::{IncidentScope, IncidentView};
use ratatui::layout::Rect;
use ratatui::style::Style;
use take_incident::IncidentSource;

/// The keys of the list.
pub(crate) const INCIDENTS: &[Binding] = bindings![Open, NewIncident, NoteIncident, StopPasswords.spare(), CopyPaper.spare(), CloseIncident, ReopenIncident.hidden(), ShowAll.hidden(), Filter; list];

/// The keys of an incident.
pub(crate) const INCIDENT: &[Binding] = bindings![Open, NoteIncident, StopPasswords, CopyPaper.spare(), CloseIncident, ReopenIncident.spare(), NewIncident.hidden(); list];

/// Cells from which on list and record stand side by side.
const WIDE: u16 = 110;

/// Cells from which on the list has all its columns.
const ALL_COLUMNS: u16 = 76;

impl ListItem for IncidentView {
    type Key = i64;

    fn key(&self) -> i64 {
        self.id
    }

    fn cells(&self, cx: &Context) -> Row {
        let (lang, theme) = (cx.labels.lang, cx.theme);
        let texts = &cx.labels.incidents;
        let (due, style) = match self.next_report() {
            Some(next) => (
                format!("{} {}", texts.stage_short(next.stage), common::short(next.term.until)),
                style(next.status, cx),
            ),
            None => (texts.state(self.state).to_owned(), theme.quiet),
        };
        vec![
            (self.id.to_string(), theme.quiet),
            (common::short(self.known_on), theme.text),
            (due, style),
            (names::whose(lang, self), theme.text),
            (texts.kind(self.kind).to_owned(), theme.text),
        ]
    }
}

fn style(status: ReportStatus, cx: &Context) -> Style {
    match status {
        ReportStatus::Overdue => cx.theme.bad,
        ReportStatus::Due => cx.theme.attention,
        ReportStatus::Ahead => cx.theme.text,
        ReportStatus::Made | ReportStatus::NotNeeded => cx.theme.quiet,
    }
}

/// The incidents, and whether one of them is in front.
pub(super) struct IncidentList {
    rows: ListView<IncidentView>,
    scope: IncidentScope,
    /// The selected one is read, not the list.
    opened: bool,
    scroll: Scroll,
}

impl Default for IncidentList {
    fn default() -> Self {
        Self { rows: ListView::default(), scope: IncidentScope::Open, opened: false, scroll: Scroll::default() }
    }
}

impl IncidentList {
    /// The list comes to the front.
    pub(super) fn show_list(&mut self) -> Vec<KeyAction> {
        self.opened = false;
        self.load()
    }

    pub(super) fn load(&mut self) -> Vec<KeyAction> {
        self.rows.wait();
        vec![KeyAction::request(ListIncidents(self.scope), MembersMsg::Incidents)]
    }

    pub(super) fn loaded(&mut self, reply: Result<Vec<IncidentView>, RefusalText>, cx: &Context) -> Vec<KeyAction> {
        let said = common::loaded(&mut self.rows, reply, cx);
        self.opened &= self.rows.selected().is_some();
        said
    }

    /// Whether the record is in front, and not the list.
    pub(super) fn is_opened(&self) -> bool {
        self.opened
    }

    pub(super) fn list(&mut self) -> Option<&mut dyn AnyList> {
        if self.opened { None } else { Some(&mut self.rows) }
    }

    /// Back from the record to the list; false where the list is in front.
    pub(super) fn close_record(&mut self) -> bool {
        std::mem::take(&mut self.opened)
    }

    pub(super) fn command(&mut self, command: Command, cx: &Context) -> Vec<KeyAction> {
        let act = |how: fn(&IncidentView, &Context) -> Vec<KeyAction>| {
            self.rows.selected().map_or_else(nothing, |incident| how(incident, cx))
        };
        match command {
            Command::Reload => self.load(),
            Command::NewIncident => take_incident::form(IncidentSource::unknown(None), MembersMsg::IncidentChanged, cx),
            Command::NoteIncident => act(incident_dialogs::note),
            Command::StopPasswords => act(incident_dialogs::stop),
            Command::CopyPaper => act(incident_dialogs::copy),
            Command::CloseIncident => act(incident_dialogs::close),
            Command::ReopenIncident => act(incident_dialogs::reopen),
            Command::Open if self.opened => act(incident_dialogs::open_person),
            Command::Open => {
                self.opened = self.rows.selected().is_some();
                self.scroll.go(0);
                nothing()
            }
            Command::ShowAll => {
                self.scope = match self.scope {
                    IncidentScope::Open => IncidentScope::All,
                    IncidentScope::All => IncidentScope::Open,
                };
                self.load()
            }
            other => {
                self.scroll.moved(other);
                nothing()
            }
        }
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        if area.width < WIDE {
            return match self.rows.selected().filter(|_| self.opened) {
                Some(incident) => self.draw_record(canvas, area::inset(area), incident),
                None => self.draw_list(canvas, area, Focus::Here),
            };
        }
        let [list, rule, record] = area::panes(area, area.width / 2);
        let focus = if self.opened { Focus::Elsewhere } else { Focus::Here };
        self.draw_list(canvas, list, focus);
        canvas.column_rule(rule.x, area);
        if let Some(incident) = self.rows.selected() {
            self.draw_record(canvas, record, incident);
        }
    }

    fn draw_list(&self, canvas: &mut Canvas<'_, '_>, area: Rect, focus: Focus) {
        let (texts, theme) = (&canvas.cx.labels.incidents, canvas.cx.theme);
        let [head, list] = area::split_top(area, 1);
        let used = canvas.text(head.x + 2, head.y, head.width, texts.title, theme.title) + 4;
        if self.scope == IncidentScope::All {
            canvas.text(head.x + used, head.y, head.width.saturating_sub(used), texts.pages_all, theme.quiet);
        }
        let columns = [
            TableColumn::key(texts.number, 4),
            TableColumn::cells(texts.known_on, 8),
            TableColumn::cells(texts.next_name, 13),
            TableColumn::rest(texts.persons_name),
            TableColumn::cells(texts.kind_name, 18),
        ];
        // Beside the record, which says what happened, persons have the room.
        let columns = if area.width < ALL_COLUMNS { &columns[..4] } else { &columns[..] };
        let empty = (texts.none, texts.none_next);
        self.rows.draw(canvas, list, &ListLook { columns, empty, focus, foot: 0 });
    }

    fn draw_record(&self, canvas: &mut Canvas<'_, '_>, area: Rect, incident: &IncidentView) {
        let lines = lines(incident, area.width, canvas.cx);
        let part = self.scroll.part(canvas, area, lines.len());
        canvas.styled(area, &lines[part]);
    }
}

/// Everything of an incident, the reports first.
fn lines(incident: &IncidentView, width: u16, cx: &Context) -> Vec<(String, Style)> {
    let (lang, theme) = (cx.labels.lang, cx.theme);
    let texts = &cx.labels.incidents;
    let mut lines: Vec<(String, Style)> = Vec::new();
    let mut say = |text: String, style| lines.extend(cells::wrap(&text, width).into_iter().map(|line| (line, style)));
    let state = if incident.state == IncidentState::Open { theme.text } else { theme.quiet };
    say(format!("{}  {}", texts.heading(incident.id), texts.kind(incident.kind)), theme.title);
    let known = texts.known(&incident.known_on.to_string(), &incident.opened_by);
    let call = incident.call.map(|call| format!("  {}", texts.of_call(call))).unwrap_or_default();
    say(format!("{}  {known}{call}", texts.state(incident.state)), state);
    say(format!("{}  {}", texts.cause_name, texts.cause(incident.cause)), theme.text);
    for report in &incident.reports {
        say(names::report(lang, report), style(report.status, cx));
    }
    say(" ".to_owned(), theme.text);
    say(incident.what.clone(), theme.text);
    say(" ".to_owned(), theme.text);
    say(format!("{}  {}", texts.persons_name, texts.people(incident.people())), theme.quiet);
    for person in &incident.persons {
        say(names::person(lang, person), if person.live { theme.attention } else { theme.text });
    }
    if incident.live() > 0 {
        say(texts.live_count(incident.live()), theme.attention);
    }
    if !incident.entries.is_empty() {
        say(" ".to_owned(), theme.text);
        say(texts.entries_name.to_owned(), theme.quiet);
    }
    for entry in &incident.entries {
        let head = format!("{}  {}  {}", common::short(entry.done_on), texts.entry(entry.kind), entry.by);
        say(format!("{head}  {}", entry.text).trim_end().to_owned(), theme.text);
    }
    let end = (&incident.measures, &incident.closed_by, incident.closed_at);
    if let (IncidentState::Closed, (Some(measures), Some(by), Some(at))) = (incident.state, end) {
        say(" ".to_owned(), theme.text);
        say(texts.closed_by(by, &common::day(at)), theme.quiet);
        say(measures.clone(), theme.text);
    }
    lines
}
