//! A call about no member: who is on the line, what was noted, and what such a caller hears.

use super::requests::{GreetCaller, MembersMsg};
use crate::domain::diagnosis::CallerKind;
use crate::labels::codes;
use crate::tui::call_strip::CallSlot;
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::screen::KeyAction;
use crate::tui::widgets::scroll::Scroll;
use crate::tui::widgets::{area, cells};
use crate::usecases::calls::CallDraft;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The keys of a call about no member.
pub(crate) const UNNAMED: &[Binding] = bindings![Caller, Note, Search, CopyPhone, EndCall, NewIncident.spare(); list];

/// What is shown of it.
pub(super) struct UnnamedPane {
    pub(super) slot: CallSlot,
    pub(super) kind: CallerKind,
    say: Option<String>,
    scroll: Scroll,
}

impl UnnamedPane {
    /// Such a caller, and the request for the words.
    pub(super) fn new(slot: CallSlot, kind: CallerKind) -> (Self, KeyAction) {
        let greet = KeyAction::request_ok(GreetCaller(kind), move |say| MembersMsg::Greeting { slot, kind, say });
        (Self { slot, kind, say: None, scroll: Scroll::default() }, greet)
    }

    pub(super) fn greeting(&mut self, kind: CallerKind, say: String) {
        if kind == self.kind {
            self.say = Some(say);
        }
    }

    pub(super) fn moved(&mut self, command: Command) {
        self.scroll.moved(command);
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, draft: Option<&CallDraft>) {
        let Some(draft) = draft else { return };
        let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
        let (words, notes) = (&labels.calls, &labels.notes);
        let [left, rule, right] = area::panes(area, area.width * 9 / 20 + 1);
        canvas.column_rule(rule.x, area);
        canvas.text(left.x, left.y, left.width, words.no_member, theme.title);
        let facts = [
            (notes.caller, codes::caller_kind(labels.lang, self.kind)),
            (words.name, draft.name.as_str()),
            (notes.phone, draft.note.phone.as_str()),
        ];
        let label = facts.iter().map(|(label, _)| cells::width(label)).max().unwrap_or(0) + 2;
        let mut y = left.y + 2;
        for (name, fact) in facts {
            canvas.text(left.x, y, label, name, theme.quiet);
            canvas.text(left.x + label, y, left.width.saturating_sub(label), fact, theme.text);
            y += 1;
        }
        let body = Rect { y: y + 1, height: left.bottom().saturating_sub(y + 1), ..left };
        canvas.lines(body, &cells::wrap(&draft.note.body, body.width), theme.text);
        let lines = self.lines(canvas, right.width);
        let part = self.scroll.part(canvas, right, lines.len());
        canvas.styled(right, &lines[part]);
    }

    fn lines(&self, canvas: &Canvas<'_, '_>, width: u16) -> Vec<(String, Style)> {
        let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
        let wrapped = |text: &str, style| cells::wrap(text, width).into_iter().map(move |line| (line, style));
        let next = wrapped(labels.calls.find_next, theme.quiet);
        let Some(say) = &self.say else { return next.collect() };
        let heading = wrapped(labels.call.say, theme.text);
        let say = wrapped(&labels.call.quoted(say), theme.strong);
        let gap = || std::iter::once((String::new(), theme.text));
        heading.chain(say).chain(gap()).chain(next).collect()
    }
}
