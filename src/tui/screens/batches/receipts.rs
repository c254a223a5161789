//! 受領書 (B9): the follow-up list of what is missing, and the one that came back.

use super::requests::{BatchesMsg, ListMissingReceipts, RecordReceipt};
use crate::domain::{BatchNumber, UndeliveredReason};
use crate::labels::codes;
use crate::tui::canvas::Canvas;
use crate::tui::context::Context;
use crate::tui::days::Days;
use crate::tui::layers::{Form, FormRow};
use crate::tui::screen::{KeyAction, nothing};
use crate::tui::screens::common;
use crate::tui::widgets::list_view::{ListItem, ListLook, ListView};
use crate::tui::widgets::table::{Row, TableColumn};
use crate::tui::widgets::{Focus, area};
use crate::usecases::batches::{Bundle, Due, Missing, Undelivered};
use ratatui::layout::Rect;

impl ListItem for Missing {
    type Key = (BatchNumber, String);

    fn key(&self) -> Self::Key {
        (self.bundle.batch.clone(), self.bundle.employer.clone())
    }

    fn cells(&self, cx: &Context) -> Row {
        let (words, theme) = (&cx.labels.batches, cx.theme);
        let Self { bundle, waited, due } = self;
        let style = match due {
            Due::Overdue => theme.attention,
            Due::Awaited => theme.text,
        };
        vec![
            (bundle.dispatched_on.map(common::short).unwrap_or_default(), theme.text),
            (words.waited_days(*waited), style),
            (bundle.batch.to_string(), theme.quiet),
            (format!("{} {}", bundle.employer, common::company(&bundle.name)), theme.text),
            (bundle.cards.to_string(), theme.text),
        ]
    }
}

/// Every parcel whose receipt is missing, the oldest first.
#[derive(Default)]
pub(super) struct Receipts {
    pub(super) missing: ListView<Missing>,
}

impl Receipts {
    /// Reads it, or reads it again; what is there stays until then.
    pub(super) fn load(&mut self) -> KeyAction {
        self.missing.wait();
        KeyAction::request(ListMissingReceipts, BatchesMsg::Missing)
    }

    pub(super) fn selected(&self) -> Option<&Bundle> {
        self.missing.selected().map(|line| &line.bundle)
    }

    /// The batch of the parcel at hand.
    pub(super) fn batch(&self) -> Option<BatchNumber> {
        self.selected().map(|bundle| bundle.batch.clone())
    }

    /// The receipt of the parcel at hand has come.
    pub(super) fn came(&self, cx: &Context) -> Vec<KeyAction> {
        self.selected().map_or_else(nothing, |bundle| record(&bundle.batch, bundle, cx))
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
        let words = &labels.batches;
        let [title, below] = area::split_top(area, 2);
        canvas.lines(area::inset(title), &[words.missing_title], theme.strong);
        let columns = [
            TableColumn::cells(words.sent_on, 6),
            TableColumn::number(words.waited, 8),
            TableColumn::cells(words.number, 13),
            TableColumn::rest(labels.queue.employer),
            TableColumn::number(words.sheets, 5),
        ];
        let empty = (words.missing_none, words.missing_none_next);
        if !self.missing.draw(canvas, below, &ListLook { columns: &columns, empty, focus: Focus::Here, foot: 2 }) {
            return;
        }
        let y = area.bottom() - 1;
        if let Some(bundle) = self.selected() {
            draw_contact(canvas, area::row(area::inset(area), y - 1), bundle);
        }
        let missing = self.missing.rows();
        let overdue = missing.iter().filter(|line| line.due == Due::Overdue).count();
        let style = if overdue > 0 { theme.attention } else { theme.quiet };
        canvas.text(area.x + 2, y, area.width - 20, &words.missing_count(missing.len(), overdue), style);
        self.missing.draw_range(canvas, area, y);
    }
}

/// The contact to call about a parcel, on a line of its own: a number that is cut cannot be dialled.
pub(super) fn draw_contact(canvas: &mut Canvas<'_, '_>, line: Rect, bundle: &Bundle) {
    let (words, theme) = (&canvas.cx.labels.batches, canvas.cx.theme);
    let who = [&bundle.department, &bundle.contact, &bundle.phone].map(String::as_str).join(" ");
    let name = common::company(&bundle.name);
    let told = [(words.contact, theme.quiet), ("  ", theme.text), (who.trim(), theme.strong), ("  ", theme.text)];
    let used = canvas.pieces(line, line.y, &told);
    canvas.text(line.x + used, line.y, line.width.saturating_sub(used), &name, theme.quiet);
}

/// An employer's receipt came back: on which day.
pub(super) fn record(number: &BatchNumber, bundle: &Bundle, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.batches;
    let named = format!("{} {}", bundle.employer, bundle.name);
    let text = words.receipt_text(&named);
    let (number, employer, today) = (number.clone(), bundle.employer.clone(), cx.today());
    let days = bundle.dispatched_on.map_or(Days::Past, Days::Since);
    // More cards may be named later, on the day that stands.
    let day = bundle.receipt_on.unwrap_or(today);
    let reasons = UndeliveredReason::ALL
        .iter()
        .map(|reason| (reason.code().to_owned(), codes::undelivered(cx.labels.lang, *reason).to_owned()));
    let rows = vec![
        FormRow::date_or(words.receipt_date, days, words.this_day).holding(&day.to_string()),
        FormRow::text(words.undelivered),
        FormRow::choice(words.undelivered_why, reasons.collect(), UndeliveredReason::Left.code()),
    ];
    let form = Form::new(words.receipt_title, rows, move |mut filled| {
        let on = filled.day().unwrap_or(day);
        let (typed, why) = (filled.text(), filled.text());
        let reason = why.parse().unwrap_or(UndeliveredReason::Unknown);
        let undelivered = match typed.trim() {
            "" => Vec::new(),
            serials => vec![Undelivered { serials: serials.to_owned(), reason }],
        };
        let receipt = RecordReceipt { batch: number.clone(), employer: employer.clone(), on, undelivered };
        let done = words.receipt_done(&named);
        vec![KeyAction::request_ok(receipt, |_noted| BatchesMsg::Done(done))]
    });
    vec![KeyAction::dialog(form.saying([text, words.undelivered_hint.to_owned()]))]
}
