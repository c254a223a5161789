//! 受領書 (B9): the follow-up list of what is missing, and the one that came back.

use super::requests::{BatchesMsg, ListMissingReceipts, RecordReceipt};
use crate::domain::BatchNumber;
use crate::tui::canvas::Canvas;
use crate::tui::context::Context;
use crate::tui::days::Days;
use crate::tui::layers::{Form, FormRow};
use crate::tui::request::RefusalText;
use crate::tui::screen::{KeyAction, Load, nothing};
use crate::tui::screens::common;
use crate::tui::widgets::Focus;
use crate::tui::widgets::table::{self, Selection, TableColumn};
use crate::usecases::batches::{Bundle, Due, Missing};
use ratatui::layout::Rect;

/// Every parcel whose receipt is missing, the oldest first.
#[derive(Default)]
pub(super) struct Receipts {
    missing: Load<Vec<Missing>>,
    pub(super) at: Selection,
}

impl Receipts {
    /// Reads it, or reads it again; what is there stays until then.
    pub(super) fn load(&mut self) -> KeyAction {
        self.missing.wait();
        KeyAction::request(ListMissingReceipts, BatchesMsg::Missing)
    }

    /// What was read: the selection stays with its parcel.
    pub(super) fn take(&mut self, reply: Result<Vec<Missing>, RefusalText>) -> Vec<KeyAction> {
        match reply {
            Ok(new) => {
                let old = self.missing.ready().map_or(&[][..], Vec::as_slice);
                self.at.follow(old, &new, |line| (line.bundle.batch.clone(), line.bundle.employer.clone()));
                self.missing = Load::Ready(new);
                nothing()
            }
            Err(refusal) => self.missing.fail(&refusal),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.missing.ready().map_or(0, Vec::len)
    }

    fn selected(&self) -> Option<&Bundle> {
        let missing = self.missing.ready()?;
        missing.get(self.at.row(missing.len())?).map(|line| &line.bundle)
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
        canvas.text(area.x + 2, area.y, area.width - 4, words.missing_title, theme.strong);
        let below = Rect { y: area.y + 2, height: area.height - 2, ..area };
        let Some(missing) = common::ready(canvas, below, &self.missing) else { return };
        if missing.is_empty() {
            return common::draw_empty(canvas, below, words.missing_none, words.missing_none_next);
        }
        let columns = [
            TableColumn::cells(words.sent_on, 6),
            TableColumn::number(words.waited, 8),
            TableColumn::cells(words.number, 13),
            TableColumn::rest(labels.queue.employer),
            TableColumn::number(words.sheets, 5),
        ];
        let list = Rect { height: below.height - 2, ..below };
        table::draw(canvas, list, &columns, (&self.at, missing.len(), Focus::Here), |index| {
            let Missing { bundle, waited, due } = &missing[index];
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
        });
        if let Some(bundle) = self.selected() {
            draw_contact(
                canvas,
                Rect { x: area.x + 2, y: area.bottom() - 2, width: area.width - 4, height: 1 },
                bundle,
            );
        }
        let overdue = missing.iter().filter(|line| line.due == Due::Overdue).count();
        let y = area.bottom() - 1;
        let style = if overdue > 0 { theme.attention } else { theme.quiet };
        canvas.text(area.x + 2, y, area.width - 20, &words.missing_count(missing.len(), overdue), style);
        let range = table::range(canvas, &self.at, missing.len());
        canvas.text_right(Rect { width: area.width - 1, ..area }, y, &range, theme.quiet);
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
    let row = FormRow::date_or(words.receipt_date, days, words.this_day).holding(&today.to_string());
    let form = Form::new(words.receipt_title, vec![row], move |mut filled| {
        let on = filled.day().unwrap_or(today);
        let receipt = RecordReceipt { batch: number.clone(), employer: employer.clone(), on };
        let done = words.receipt_done(&named);
        vec![KeyAction::request_ok(receipt, |()| BatchesMsg::Done(done))]
    });
    vec![KeyAction::dialog(form.saying([text]))]
}
