//! 受領書 (B9): the follow-up list of what is missing, and the one that came back.

use super::requests::{BatchesMsg, ListMissingReceipts, RecordReceipt, TrackParcel};
use crate::domain::packing::PaperCode;
use crate::domain::{BatchNumber, UndeliveredReason};
use crate::labels::codes;
use crate::tui::canvas::Canvas;
use crate::tui::context::Context;
use crate::tui::days::Days;
use crate::tui::layers::{Form, FormRow};
use crate::tui::request::Message;
use crate::tui::screen::{KeyAction, StatusTone, nothing};
use crate::tui::screens::common;
use crate::tui::widgets::list_view::{AnyList, ListItem, ListLook, ListView};
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

    /// The receipt with this code has come (B14).
    pub(super) fn scanned(&mut self, code: &str, cx: &Context) -> Vec<KeyAction> {
        let found = match PaperCode::parse(code) {
            Some(PaperCode::Parcel(batch, employer)) => self
                .missing
                .rows()
                .iter()
                .position(|line| line.bundle.batch == batch && crate::text::key(&line.bundle.employer) == employer),
            Some(PaperCode::Card(_)) | None => None,
        };
        let words = &cx.labels.packing;
        let Some(row) = found else {
            return vec![KeyAction::Say(StatusTone::Attention, words.receipt_unknown(code))];
        };
        self.missing.filter("", cx);
        self.missing.select_row(row);
        self.came(cx)
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
        let words = &labels.batches;
        let [title, below] = area::split_top(area, 2);
        canvas.lines(area::inset(title), &[words.missing_title], theme.strong);
        let columns = [
            TableColumn::cells(words.sent_on, 6),
            TableColumn::number(words.waited, 8),
            TableColumn::key(words.number, 13),
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
    let mut used = canvas.pieces(line, line.y, &told);
    if !bundle.tracking.is_empty() {
        let tracking = canvas.cx.labels.call.tracking(&bundle.tracking);
        used += canvas.text(line.x + used, line.y, line.width.saturating_sub(used), &tracking, theme.text) + 2;
    }
    canvas.text(line.x + used, line.y, line.width.saturating_sub(used), &name, theme.quiet);
}

/// Asks for the code of a receipt.
pub(super) fn scan(cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.packing;
    let form = Form::new(words.receipt_title, vec![FormRow::text(words.receipt_code).required()], |mut filled| {
        vec![KeyAction::Send(Message::new(BatchesMsg::ReceiptScanned(filled.text())))]
    });
    vec![KeyAction::dialog(form.saying([words.receipt_hint.to_owned()]))]
}

/// The carrier's number of a parcel.
pub(super) fn track(bundle: &Bundle, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.batches;
    let named = format!("{} {}", bundle.employer, bundle.name);
    let (batch, employer, text) = (bundle.batch.clone(), bundle.employer.clone(), named.clone());
    let row = FormRow::text(words.tracking).holding(&bundle.tracking);
    let form = Form::new(words.tracking_title, vec![row], move |mut filled| {
        let track = TrackParcel { batch: batch.clone(), employer: employer.clone(), tracking: filled.text() };
        let done = words.tracking_done(&named);
        vec![KeyAction::request_ok(track, |_| BatchesMsg::Done(done))]
    });
    vec![KeyAction::dialog(form.saying([text, words.tracking_text.to_owned()]))]
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
        FormRow::text(words.undelivered).scanned(),
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
