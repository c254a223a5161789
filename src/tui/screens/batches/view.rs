//! One batch: where it stands, what comes next, what is in it.

use super::dialogs::{self, live};
use super::requests::{BatchesMsg, LoadGate, ShowBatch};
use super::{export, list, progress, receipts, steps};
use crate::domain::{BatchNumber, BatchState, CardState};
use crate::labels::{Labels, codes};
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Command, When};
use crate::tui::context::Context;
use crate::tui::progress::WorkProgress;
use crate::tui::request::RefusalText;
use crate::tui::screen::{KeyAction, Load, StatusTone, nothing};
use crate::tui::screens::common;
use crate::tui::widgets::table::{self, Row, Selection, TableColumn};
use crate::tui::widgets::{Focus, cells};
use crate::usecases::batches::{Approver, BatchCard, BatchView, LeftCard};
use ratatui::layout::Rect;
use ratatui::style::Style;

/// What the lower part lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    Cards,
    Parcels,
    Files,
}

/// A batch that was opened.
pub(super) struct BatchPane {
    pub(super) number: BatchNumber,
    pub(super) loaded: Load<Box<BatchView>>,
    page: Page,
    at: Selection,
}

impl BatchPane {
    pub(super) fn new(number: BatchNumber) -> Self {
        Self { number, loaded: Load::Waiting, page: Page::Cards, at: Selection::default() }
    }

    /// Whether it has left the house.
    pub(super) fn is_sent(&self) -> bool {
        self.loaded.ready().is_some_and(|view| view.batch.state() == BatchState::Dispatched)
    }

    /// Reads it, or reads it again.
    pub(super) fn load(&self) -> KeyAction {
        let number = self.number.clone();
        KeyAction::request(ShowBatch(number.clone()), |reply| BatchesMsg::Shown { number, reply })
    }

    /// What was read: the selection stays with its row.
    pub(super) fn take(&mut self, reply: Result<Box<BatchView>, RefusalText>) -> Vec<KeyAction> {
        let new = match reply {
            Ok(new) => new,
            Err(refusal) => return self.loaded.fail(&refusal),
        };
        if let Some(old) = self.loaded.ready() {
            match self.page {
                Page::Cards => self.at.follow(&card_ids(old), &card_ids(&new), |id| *id),
                Page::Parcels => self.at.follow(&old.bundles, &new.bundles, |bundle| bundle.employer.clone()),
                Page::Files => self.at.follow(&old.files, &new.files, |file| file.name.clone()),
            }
        }
        self.loaded = Load::Ready(new);
        nothing()
    }

    pub(super) fn command(&mut self, command: Command, cx: &Context) -> Vec<KeyAction> {
        let Some(view) = self.loaded.ready() else { return nothing() };
        if let When::BatchStep(step) = command.row().when
            && !view.next.contains(&step)
        {
            let next = cx.labels.batches.next(view.batch.state());
            return vec![KeyAction::Say(StatusTone::Attention, cx.labels.batches.wrong_state(next))];
        }
        match command {
            // B3: said before the question, not after it.
            Command::Approve if view.approver == Approver::DraftedIt => {
                vec![KeyAction::Say(StatusTone::Attention, cx.labels.batches.own_draft.to_owned())]
            }
            Command::Approve => dialogs::approve(view, cx),
            Command::Export => export::ask(view, cx),
            Command::Printed => dialogs::printed(view, cx),
            Command::Dispatch => {
                let number = self.number.clone();
                vec![KeyAction::request_ok(LoadGate(number.clone()), |gate| BatchesMsg::Gate { number, gate })]
            }
            Command::CancelBatch => dialogs::cancel(view, cx),
            Command::Preview => dialogs::preview(view),
            Command::Hold => self.card_step(cx, dialogs::hold),
            Command::CancelCard => self.card_step(cx, dialogs::cancel_card),
            Command::Receipt => self.receipt(cx),
            Command::Open => self.open(),
            Command::NextPage => {
                self.turn();
                nothing()
            }
            other => {
                let length = match self.page {
                    Page::Cards => view.cards.len() + view.left.len(),
                    Page::Parcels => view.bundles.len(),
                    Page::Files => view.files.len(),
                };
                self.at.moved(other, length);
                nothing()
            }
        }
    }

    fn turn(&mut self) {
        self.page = match self.page {
            Page::Cards => Page::Parcels,
            Page::Parcels => Page::Files,
            Page::Files => Page::Cards,
        };
        self.at.select(0);
    }

    /// The receipt of the parcel at hand; first shows the parcels.
    fn receipt(&mut self, cx: &Context) -> Vec<KeyAction> {
        if self.page != Page::Parcels {
            self.page = Page::Parcels;
            self.at.select(0);
            return nothing();
        }
        let Some(view) = self.loaded.ready() else { return nothing() };
        let bundle = self.at.row(view.bundles.len()).map(|row| &view.bundles[row]);
        bundle.map_or_else(nothing, |bundle| receipts::record(&self.number, bundle, cx))
    }

    /// Something with the card at hand, while the batch has no passwords yet.
    fn card_step(&self, cx: &Context, how: fn(&BatchCard, &Context) -> Vec<KeyAction>) -> Vec<KeyAction> {
        let Some(view) = self.loaded.ready().filter(|_| self.page == Page::Cards) else { return nothing() };
        let card = self.at.row(view.cards.len() + view.left.len()).and_then(|row| view.cards.get(row));
        match card.filter(|card| card.state == CardState::Drafted) {
            Some(card) => how(card, cx),
            None => vec![KeyAction::Say(StatusTone::Attention, cx.labels.batches.only_drafted.to_owned())],
        }
    }

    fn open(&self) -> Vec<KeyAction> {
        let Some(view) = self.loaded.ready().filter(|_| self.page == Page::Cards) else { return nothing() };
        let Some(row) = self.at.row(view.cards.len() + view.left.len()) else { return nothing() };
        match view.cards.get(row) {
            Some(card) => common::visit_member(&card.key),
            None => {
                let card = &view.left[row - view.cards.len()];
                common::visit_member(&card.key)
            }
        }
    }

    /// Draws it; while it is exported, how far that is in place of what is in it.
    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, progress: Option<&WorkProgress>) {
        let Some(view) = common::ready(canvas, area, &self.loaded) else { return };
        let inner = Rect { x: area.x + 2, width: area.width - 4, ..area };
        self.draw_head(canvas, inner, view);
        steps::draw(canvas, Rect { y: inner.y + 2, height: 3, ..inner }, view);
        let middle = Rect { y: inner.y + 6, height: 2, ..inner };
        if let Some(progress) = progress {
            return progress::draw(canvas, Rect { height: inner.height - 6, ..middle }, progress);
        }
        let next = canvas.cx.labels.batches.next(view.batch.state());
        let theme = canvas.cx.theme;
        for (line, y) in cells::wrap(next, inner.width).iter().zip(middle.y..middle.bottom()) {
            canvas.text(inner.x, y, inner.width, line, theme.text);
        }
        self.draw_page(canvas, Rect { y: area.y + 9, height: area.height - 9, ..area }, view);
    }

    fn draw_head(&self, canvas: &mut Canvas<'_, '_>, area: Rect, view: &BatchView) {
        let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
        let words = &labels.batches;
        let state = codes::batch_state(labels.lang, view.batch.state());
        let style = list::style(view.batch.state(), &theme);
        let number = view.batch.number.to_string();
        canvas.pieces(area, area.y, &[(&number, theme.title), ("   ", theme.text), (state, style)]);
        let planned = view.batch.planned_on.map(|day| words.dispatch_on(&day.to_string())).unwrap_or_default();
        let text = format!("{}   {planned}", labels.words.cards(live(view)));
        canvas.text_right(area, area.y, text.trim_end(), theme.text);
    }

    fn draw_page(&self, canvas: &mut Canvas<'_, '_>, area: Rect, view: &BatchView) {
        match self.page {
            Page::Cards => self.draw_cards(canvas, area, view),
            Page::Parcels => self.draw_parcels(canvas, area, view),
            Page::Files => self.draw_files(canvas, area, view),
        }
    }

    fn draw_cards(&self, canvas: &mut Canvas<'_, '_>, area: Rect, view: &BatchView) {
        let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
        let columns = [
            TableColumn::cells(labels.batches.card, 5),
            TableColumn::cells(labels.words.member, 13),
            TableColumn::cells(labels.words.name, 14),
            TableColumn::cells(labels.queue.kind, 8),
            TableColumn::rest(labels.queue.employer),
            TableColumn::cells(labels.words.state, 14),
        ];
        let length = view.cards.len() + view.left.len();
        table::draw(canvas, area, &columns, (&self.at, length, Focus::Here), |index| {
            let Some(card) = view.cards.get(index) else {
                return left_row(&view.left[index - view.cards.len()], labels, theme.quiet);
            };
            let style = match card.state {
                CardState::Spoiled | CardState::Pulled | CardState::Returned => theme.bad,
                CardState::Dispatched => theme.good,
                _ => theme.moving,
            };
            vec![
                (short_serial(card.serial.as_deref()), theme.text),
                (card.key.to_string(), theme.text),
                (card.name.clone(), theme.text),
                (labels.words.card_kind(card.kind).to_owned(), theme.quiet),
                (goes_to(card), theme.quiet),
                (codes::card_state(labels.lang, card.state).to_owned(), style),
            ]
        });
    }

    fn draw_parcels(&self, canvas: &mut Canvas<'_, '_>, area: Rect, view: &BatchView) {
        let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
        let words = &labels.batches;
        let columns = [
            TableColumn::rest(words.bundles),
            TableColumn::number(words.sheets, 6),
            TableColumn::cells(words.receipt, 18),
        ];
        let list = Rect { height: area.height - 1, ..area };
        table::draw(canvas, list, &columns, (&self.at, view.bundles.len(), Focus::Here), |index| {
            let bundle = &view.bundles[index];
            let (receipt, style) = match bundle.receipt_on {
                Some(day) => (words.receipt_on(&common::short(day)), theme.good),
                None if bundle.cards == 0 => (String::new(), theme.text),
                None if bundle.dispatched_on.is_some() => (words.receipt_open.to_owned(), theme.attention),
                None => (String::new(), theme.text),
            };
            vec![
                (format!("{} {}", bundle.employer, bundle.name), theme.text),
                (bundle.cards.to_string(), theme.text),
                (receipt, style),
            ]
        });
        if let Some(row) = self.at.row(view.bundles.len()) {
            let line = Rect { x: area.x + 2, y: area.bottom() - 1, width: area.width - 4, height: 1 };
            receipts::draw_contact(canvas, line, &view.bundles[row]);
        }
    }

    fn draw_files(&self, canvas: &mut Canvas<'_, '_>, area: Rect, view: &BatchView) {
        let theme = canvas.cx.theme;
        let words = &canvas.cx.labels.batches;
        let columns =
            [TableColumn::rest(words.files), TableColumn::number(words.page_count, 6), TableColumn::cells("", 20)];
        let list = Rect { height: area.height - 1, ..area };
        table::draw(canvas, list, &columns, (&self.at, view.files.len(), Focus::Here), |index| {
            let file = &view.files[index];
            let gone = file.destroyed_at.map(|at| words.destroyed(&common::day(at))).unwrap_or_default();
            vec![(file.name.clone(), theme.text), (common::count(file.pages), theme.text), (gone, theme.quiet)]
        });
        if let Some(folder) = &view.batch.folder {
            let text = format!("{}  {folder}", words.folder);
            canvas.text(area.x + 2, area.bottom() - 1, area.width - 4, &text, theme.quiet);
        }
    }
}

fn card_ids(view: &BatchView) -> Vec<i64> {
    view.cards.iter().map(|card| card.id).chain(view.left.iter().map(|card| card.id)).collect()
}

/// `0042`
fn short_serial(serial: Option<&str>) -> String {
    serial.map_or("", |serial| serial.rsplit('-').next().unwrap_or(serial)).to_owned()
}

/// Its employer; or who gets it at a one-off address (R3).
fn goes_to(card: &BatchCard) -> String {
    common::company(card.one_off.as_deref().or(card.employer_name.as_deref()).unwrap_or_default())
}

/// A card that was in the batch once: what it became.
fn left_row(card: &LeftCard, labels: &Labels, quiet: Style) -> Row {
    let became = labels.batches.left_as(codes::card_state(labels.lang, card.left_as));
    vec![
        (short_serial(card.serial.as_deref()), quiet),
        (card.key.to_string(), quiet),
        (card.name.clone(), quiet),
        (labels.words.card_kind(card.kind).to_owned(), quiet),
        (String::new(), quiet),
        (became, quiet),
    ]
}
