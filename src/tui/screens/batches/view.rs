//! One batch: where it stands, what comes next, what is in it.

use super::dialogs::{self, live};
use super::requests::{BatchesMsg, LoadGate, LoadPile, ShowBatch};
use super::rows::{self, CardRow, CommentRow};
use super::{export, incident, list, progress, receipts, review, steps};
use crate::domain::{BatchNumber, BatchState, CardState};
use crate::labels::{Batches, codes};
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Command, When};
use crate::tui::context::Context;
use crate::tui::progress::WorkProgress;
use crate::tui::request::RefusalText;
use crate::tui::screen::{KeyAction, Load, StatusTone, nothing};
use crate::tui::screens::common;
use crate::tui::widgets::list_view::{AnyList, ListView};
use crate::tui::widgets::{area, cells};
use crate::usecases::batches::{Approver, BatchCard, BatchFile, BatchView, Bundle};
use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Rect};

/// What the lower part lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    Review,
    Cards,
    Parcels,
    Files,
    Comments,
}

/// Cells from which the review and the cards stand side by side.
const WIDE: u16 = 140;

/// Rows that the cards below a review keep.
const CARDS: u16 = 4;

/// A batch that was opened.
pub(super) struct BatchPane {
    pub(super) number: BatchNumber,
    pub(super) loaded: Load<Box<BatchView>>,
    page: Page,
    cards: ListView<CardRow>,
    parcels: ListView<Bundle>,
    files: ListView<BatchFile>,
    comments: ListView<CommentRow>,
}

impl BatchPane {
    pub(super) fn new(number: BatchNumber) -> Self {
        let (cards, parcels, files) = (ListView::default(), ListView::default(), ListView::default());
        let comments = ListView::default();
        Self { number, loaded: Load::Waiting, page: Page::Cards, cards, parcels, files, comments }
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

    /// What was read: the selection of each list stays with its row.
    pub(super) fn take(&mut self, reply: Result<Box<BatchView>, RefusalText>, cx: &Context) -> Vec<KeyAction> {
        let view = match reply {
            Ok(view) => view,
            Err(refusal) => return self.loaded.fail(&refusal),
        };
        // Who approves looks first at what deserves it; the cards are one key away.
        let first = self.loaded.ready().is_none();
        if first && (view.batch.state() == BatchState::Draft || must_not_leave(&view) > 0) {
            self.page = Page::Review;
        } else if view.review.is_none() && self.page == Page::Review {
            self.page = Page::Cards;
        }
        self.cards.set(rows::all(&view), cx);
        self.parcels.set(view.bundles.clone(), cx);
        self.files.set(view.files.clone(), cx);
        self.comments.set(rows::comments(&view), cx);
        self.loaded = Load::Ready(view);
        nothing()
    }

    /// The list of the page in front.
    pub(super) fn list(&mut self) -> &mut dyn AnyList {
        match self.page {
            Page::Review | Page::Cards => &mut self.cards,
            Page::Parcels => &mut self.parcels,
            Page::Files => &mut self.files,
            Page::Comments => &mut self.comments,
        }
    }

    pub(super) fn command(&mut self, command: Command, cx: &Context) -> Vec<KeyAction> {
        let Some(view) = self.loaded.ready() else { return nothing() };
        if let When::BatchStep(step) = command.row().when
            && !view.next.contains(&step)
        {
            let next = cx.labels.batches.next(view.batch.state());
            return vec![KeyAction::Say(StatusTone::Attention, cx.labels.batches.wrong_state(next))];
        }
        let state = view.batch.state();
        let out_of_place = match command.row().when {
            When::OnPaper => !matches!(state, BatchState::Exported | BatchState::Printed),
            When::InHand => state != BatchState::Printed,
            _ => false,
        };
        if out_of_place {
            let next = cx.labels.batches.next(state);
            return vec![KeyAction::Say(StatusTone::Attention, cx.labels.batches.wrong_state(next))];
        }
        if command == Command::Dispatch && remake_is_open(view) {
            return vec![KeyAction::Say(StatusTone::Attention, cx.labels.batches.next_remake.to_owned())];
        }
        match command {
            // B3: said before the question, not after it.
            Command::Approve if view.approver == Approver::DraftedIt => {
                vec![KeyAction::Say(StatusTone::Attention, cx.labels.batches.own_draft.to_owned())]
            }
            // B17: the same of a draft that waits for its drafter.
            Command::Approve | Command::SendBack if view.sent_back.is_some() => {
                vec![KeyAction::Say(StatusTone::Attention, sent_back(view, &cx.labels.batches).unwrap_or_default())]
            }
            Command::Approve => dialogs::approve(view, cx),
            Command::SendBack => dialogs::send_back(view, cx),
            Command::Comment => dialogs::comment(view, cx),
            Command::Export => export::ask(view, cx),
            Command::Printed => dialogs::printed(view, cx),
            Command::Remake => dialogs::remake(view, cx),
            Command::MakeLetters => dialogs::letters(view, cx),
            Command::Scan => vec![KeyAction::request_ok(LoadPile(self.number.clone()), BatchesMsg::Pile)],
            Command::Dispatch => {
                let number = self.number.clone();
                vec![KeyAction::request_ok(LoadGate(number.clone()), |gate| BatchesMsg::Gate { number, gate })]
            }
            Command::CancelBatch => dialogs::cancel(view, cx),
            Command::Preview => dialogs::preview(view),
            Command::Hold => self.card_step(cx, dialogs::hold),
            Command::CancelCard => self.card_step(cx, dialogs::cancel_card),
            Command::Receipt => self.receipt(cx),
            Command::NewIncident => self.incident(cx),
            Command::Tracking => self.track(cx),
            Command::Open if self.page == Page::Comments => {
                self.comments.selected().map_or_else(nothing, CommentRow::whole)
            }
            Command::Open => self.open(),
            Command::NextPage => {
                self.turn();
                nothing()
            }
            _ => nothing(),
        }
    }

    fn turn(&mut self) {
        self.page = match self.page {
            Page::Review => Page::Cards,
            Page::Cards => Page::Parcels,
            Page::Parcels => Page::Files,
            Page::Files => Page::Comments,
            Page::Comments if self.loaded.ready().is_some_and(|view| view.review.is_some()) => Page::Review,
            Page::Comments => Page::Cards,
        };
    }

    /// The receipt of the parcel at hand; first shows the parcels.
    fn receipt(&mut self, cx: &Context) -> Vec<KeyAction> {
        if self.page != Page::Parcels {
            self.page = Page::Parcels;
            return nothing();
        }
        self.parcels.selected().map_or_else(nothing, |bundle| receipts::record(&self.number, bundle, cx))
    }

    /// The tracking number of the parcel at hand; first shows the parcels.
    fn track(&mut self, cx: &Context) -> Vec<KeyAction> {
        if self.page != Page::Parcels {
            self.page = Page::Parcels;
            return nothing();
        }
        self.parcels.selected().map_or_else(nothing, |bundle| receipts::track(bundle, cx))
    }

    /// An incident of the card or parcel at hand.
    fn incident(&self, cx: &Context) -> Vec<KeyAction> {
        if self.page == Page::Parcels {
            return self.parcels.selected().map_or_else(nothing, |bundle| incident::of_parcel(bundle, cx));
        }
        match self.card() {
            Some(CardRow::In(BatchCard { serial: Some(serial), .. }, _)) => incident::of_card(serial, cx),
            Some(_) | None => incident::unknown(cx),
        }
    }

    fn card(&self) -> Option<&CardRow> {
        self.cards.selected().filter(|_| matches!(self.page, Page::Review | Page::Cards))
    }

    /// Something with the card at hand, while the batch has no passwords yet.
    fn card_step(&self, cx: &Context, how: fn(&BatchCard, &Context) -> Vec<KeyAction>) -> Vec<KeyAction> {
        match self.card() {
            Some(CardRow::In(card, _)) if card.state == CardState::Drafted => how(card, cx),
            Some(_) => vec![KeyAction::Say(StatusTone::Attention, cx.labels.batches.only_drafted.to_owned())],
            None => nothing(),
        }
    }

    fn open(&self) -> Vec<KeyAction> {
        self.card().map_or_else(nothing, |card| common::visit_member(card.member()))
    }

    /// Draws it; while it is exported, how far that is in place of what is in it.
    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, progress: Option<&WorkProgress>) {
        let Some(view) = common::ready(canvas, area, &self.loaded) else { return };
        let (words, theme) = (&canvas.cx.labels.batches, canvas.cx.theme);
        let (text, style) = match (sent_back(view, words), must_not_leave(view)) {
            (Some(back), _) => (back, theme.attention),
            (None, 0) => (next_step(view, words).to_owned(), theme.text),
            (None, cards) => (format!("{}{}", words.stopped(cards), next_step(view, words)), theme.attention),
        };
        // A reason is read whole, where the page below keeps some rows.
        let most = if view.sent_back.is_some() { usize::from(area.height / 3) } else { 2 };
        let next_lines = cells::wrap_at_most(&text, area::inset(area).width, most);
        let next_height = area::height(&next_lines).max(2) + 1;
        let rows = [Length(2), Length(4), Length(next_height), Fill(1)];
        let [head, steps, next, page] = area.layout(&Layout::vertical(rows));
        self.draw_head(canvas, area::inset(head), view);
        steps::draw(canvas, area::inset(steps), view);
        if let Some(progress) = progress {
            let [_, below] = area::split_top(area::inset(area), 6);
            return progress::draw(canvas, below, progress);
        }
        canvas.lines(area::inset(next), &next_lines, style);
        self.draw_page(canvas, page, view);
    }

    fn draw_head(&self, canvas: &mut Canvas<'_, '_>, area: Rect, view: &BatchView) {
        let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
        let words = &labels.batches;
        let state = match view.sent_back {
            Some(_) => words.is_sent_back,
            None => codes::batch_state(labels.lang, view.batch.state()),
        };
        let style = list::style(view.batch.state(), &theme);
        let number = view.batch.number.to_string();
        canvas.pieces(area, area.y, &[(&number, theme.title), ("   ", theme.text), (state, style)]);
        let planned = view.batch.planned_on.map(|day| words.dispatch_on(&day.to_string())).unwrap_or_default();
        let text = format!("{}   {planned}", labels.words.cards(live(view)));
        canvas.text_right(area, area.y, text.trim_end(), theme.text);
        if let Some(day) = view.print_by {
            canvas.text_right(area, area.y + 1, &words.print_by(&day.to_string()), theme.attention);
        }
    }

    fn draw_page(&self, canvas: &mut Canvas<'_, '_>, area: Rect, view: &BatchView) {
        match self.page {
            Page::Review if area.width >= WIDE => {
                let [left, rule, right] = area::panes(area, area.width * 2 / 5);
                review::draw(canvas, left, view);
                canvas.column_rule(rule.x, area);
                rows::draw_cards(canvas, right, &self.cards);
            }
            Page::Review => {
                let height = review::height(canvas, area, view).min(area.height.saturating_sub(CARDS));
                let [above, below] = area::split_top(area, height);
                review::draw(canvas, above, view);
                rows::draw_cards(canvas, below, &self.cards);
            }
            Page::Cards => rows::draw_cards(canvas, area, &self.cards),
            Page::Parcels => rows::draw_parcels(canvas, area, &self.parcels),
            Page::Comments => rows::draw_comments(canvas, area, &self.comments),
            Page::Files => rows::draw_files(canvas, area, &self.files, view.batch.folder.as_deref()),
        }
    }
}

/// B17: who sent it back and why, where there is no answer yet.
fn sent_back(view: &BatchView, words: &Batches) -> Option<String> {
    view.sent_back.as_ref().map(|back| words.was_sent_back(&back.by, &back.reason))
}

/// B13: cards that were made again are not printed yet.
fn remake_is_open(view: &BatchView) -> bool {
    view.batch.state() == BatchState::Printed && view.cards.iter().any(|card| card.state == CardState::Exported)
}

/// What comes next, and who may do it.
fn next_step(view: &BatchView, words: &Batches) -> &'static str {
    match (view.batch.state(), view.approver) {
        _ if remake_is_open(view) => words.next_remake,
        (BatchState::Draft, Approver::DraftedIt) => words.next_other,
        (BatchState::Dispatched, _) if live(view) == 0 => words.nothing_left,
        (state, _) => words.next(state),
    }
}

/// B7: how many approved cards must not leave as things stand now. Those of a draft are its approver's review.
fn must_not_leave(view: &BatchView) -> usize {
    let gate = view.review.as_ref().and_then(|review| review.gate.as_ref());
    match view.batch.state() {
        BatchState::Draft => 0,
        _ => gate.map_or(0, |gate| gate.cards.len()),
    }
}
