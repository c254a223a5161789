//! What is in a batch, list by list: its cards, its parcels, its files.

use super::receipts;
use crate::domain::{CardState, CommentKind, GateReason};
use crate::labels::{codes, gate};
use crate::tui::canvas::Canvas;
use crate::tui::context::Context;
use crate::tui::layers::Notice;
use crate::tui::screen::{KeyAction, StatusTone};
use crate::tui::screens::common;
use crate::tui::widgets::list_view::{ListItem, ListLook, ListView};
use crate::tui::widgets::table::{Row, TableColumn};
use crate::tui::widgets::{Focus, area};
use crate::usecases::batches::{BatchCard, BatchComment, BatchFile, BatchView, Bundle, Gate, LeftCard};
use crate::usecases::members::KeyColumns;
use ratatui::layout::Rect;

/// A card of a batch, or one that was in it once.
pub(super) enum CardRow {
    /// With why it must not leave as things stand now (B7).
    In(BatchCard, Option<GateReason>),
    Left(LeftCard),
}

impl CardRow {
    /// The key of its member.
    pub(super) const fn member(&self) -> &KeyColumns {
        match self {
            Self::In(card, _) => &card.key,
            Self::Left(card) => &card.key,
        }
    }
}

/// The cards of a batch: first those that must not leave, last those that have left it.
pub(super) fn all(view: &BatchView) -> Vec<CardRow> {
    let gate = view.review.as_ref().and_then(|review| review.gate.as_ref());
    let why = |card: &BatchCard| gate?.cards.iter().find(|gate| gate.card == card.id).map(Gate::reason);
    let (stopped, others): (Vec<&BatchCard>, Vec<&BatchCard>) = view.cards.iter().partition(|it| why(it).is_some());
    let inside = stopped.into_iter().chain(others).map(|card| CardRow::In(card.clone(), why(card)));
    inside.chain(view.left.iter().cloned().map(CardRow::Left)).collect()
}

impl ListItem for CardRow {
    type Key = i64;

    fn key(&self) -> i64 {
        match self {
            Self::In(card, _) => card.id,
            Self::Left(card) => card.id,
        }
    }

    fn cells(&self, cx: &Context) -> Row {
        let (labels, theme) = (cx.labels, cx.theme);
        let (serial, name, kind, goes_to, state, [style, quiet]) = match self {
            Self::In(card, why) => {
                let style = match card.state {
                    _ if why.is_some() => theme.bad,
                    CardState::Spoiled | CardState::Pulled | CardState::Returned => theme.bad,
                    CardState::Dispatched => theme.good,
                    _ => theme.moving,
                };
                // Its employer; or who gets it at a one-off address (R3).
                let goes_to = card.one_off.as_deref().or(card.employer_name.as_deref()).unwrap_or_default();
                let state = match why {
                    Some(why) => labels.batches.not_sendable(gate::reason(labels.lang, *why)),
                    None => codes::card_state(labels.lang, card.state).to_owned(),
                };
                (&card.serial, &card.name, card.kind, goes_to, state, [style, theme.text])
            }
            Self::Left(card) => {
                let became = labels.batches.left_as(codes::card_state(labels.lang, card.left_as));
                (&card.serial, &card.name, card.kind, "", became, [theme.quiet; 2])
            }
        };
        // `0042`
        let serial = serial.as_deref().map_or("", |serial| serial.rsplit('-').next().unwrap_or(serial));
        vec![
            (serial.to_owned(), quiet),
            (self.member().to_string(), quiet),
            (name.clone(), quiet),
            (labels.words.card_kind(kind).to_owned(), theme.quiet),
            (common::company(goes_to), theme.quiet),
            (state, style),
        ]
    }
}

pub(super) fn draw_cards(canvas: &mut Canvas<'_, '_>, area: Rect, cards: &ListView<CardRow>) {
    let labels = canvas.cx.labels;
    let columns = [
        TableColumn::key(labels.batches.card, 5),
        TableColumn::key(labels.words.member, 13),
        TableColumn::cells(labels.words.name, 14),
        TableColumn::cells(labels.queue.kind, 8),
        TableColumn::rest(labels.queue.employer),
        TableColumn::cells(labels.words.state, 14),
    ];
    cards.draw(canvas, area, &ListLook { columns: &columns, empty: ("", ""), focus: Focus::Here, foot: 0 });
}

impl ListItem for Bundle {
    type Key = String;

    fn key(&self) -> String {
        self.employer.clone()
    }

    fn cells(&self, cx: &Context) -> Row {
        let (words, theme) = (&cx.labels.batches, cx.theme);
        let (receipt, style) = match self.receipt_on {
            Some(_) if self.expected_back > 0 => (words.expected_back(self.expected_back), theme.attention),
            Some(day) => (words.receipt_on(&common::short(day)), theme.good),
            None if self.cards > 0 && self.dispatched_on.is_some() => (words.receipt_open.to_owned(), theme.attention),
            None => (String::new(), theme.text),
        };
        vec![
            (format!("{} {}", self.employer, self.name), theme.text),
            (self.cards.to_string(), theme.text),
            (receipt, style),
        ]
    }
}

pub(super) fn draw_parcels(canvas: &mut Canvas<'_, '_>, area: Rect, parcels: &ListView<Bundle>) {
    let words = &canvas.cx.labels.batches;
    let columns =
        [TableColumn::rest(words.bundles), TableColumn::number(words.sheets, 6), TableColumn::cells(words.receipt, 18)];
    let empty = (words.parcels_empty, "");
    parcels.draw(canvas, area, &ListLook { columns: &columns, empty, focus: Focus::Here, foot: 1 });
    if let Some(bundle) = parcels.selected() {
        receipts::draw_contact(canvas, area::row(area::inset(area), area.bottom() - 1), bundle);
    }
}

impl ListItem for BatchFile {
    type Key = String;

    fn key(&self) -> String {
        self.name.clone()
    }

    fn cells(&self, cx: &Context) -> Row {
        let (words, theme) = (&cx.labels.batches, cx.theme);
        let gone = self.destroyed_at.map(|at| words.destroyed(&common::day(at))).unwrap_or_default();
        vec![(self.name.clone(), theme.text), (common::count(self.pages), theme.text), (gone, theme.quiet)]
    }
}

pub(super) fn draw_files(canvas: &mut Canvas<'_, '_>, area: Rect, files: &ListView<BatchFile>, folder: Option<&str>) {
    let (words, theme) = (&canvas.cx.labels.batches, canvas.cx.theme);
    let columns =
        [TableColumn::rest(words.files), TableColumn::number(words.page_count, 6), TableColumn::cells("", 20)];
    let empty = (words.files_empty, "");
    files.draw(canvas, area, &ListLook { columns: &columns, empty, focus: Focus::Here, foot: 1 });
    if let Some(folder) = folder {
        let text = format!("{}  {folder}", words.folder);
        canvas.lines(area::row(area::inset(area), area.bottom() - 1), &[text], theme.quiet);
    }
}

/// What was said about a batch (B17).
pub(super) struct CommentRow {
    /// Its place, from 0.
    place: usize,
    who: String,
    comment: BatchComment,
}

/// The comments of a batch in their order.
pub(super) fn comments(view: &BatchView) -> Vec<CommentRow> {
    let who = |comment: &BatchComment| view.names.get(&comment.by).unwrap_or(&comment.by).clone();
    let row =
        |(place, comment): (usize, &BatchComment)| CommentRow { place, who: who(comment), comment: comment.clone() };
    view.comments.iter().enumerate().map(row).collect()
}

impl ListItem for CommentRow {
    type Key = usize;

    fn key(&self) -> usize {
        self.place
    }

    fn cells(&self, cx: &Context) -> Row {
        let (lang, theme) = (cx.labels.lang, cx.theme);
        let style = match self.comment.kind {
            CommentKind::SentBack => theme.attention,
            CommentKind::Comment => theme.text,
        };
        vec![
            (common::minute(self.comment.at), theme.quiet),
            (self.who.clone(), theme.text),
            (codes::comment(lang, self.comment.kind).to_owned(), style),
            (self.comment.text.clone(), style),
        ]
    }
}

impl CommentRow {
    /// The whole of it.
    pub(super) fn whole(&self) -> Vec<KeyAction> {
        let title = format!("{}  {}", self.who, common::minute(self.comment.at));
        vec![KeyAction::dialog(Notice::new(title, StatusTone::Quiet, self.comment.text.clone()))]
    }
}

pub(super) fn draw_comments(canvas: &mut Canvas<'_, '_>, area: Rect, comments: &ListView<CommentRow>) {
    let words = &canvas.cx.labels.batches;
    let columns = [
        TableColumn::cells("", 17),
        TableColumn::cells(words.comment_by, 12),
        TableColumn::cells("", 10),
        TableColumn::rest(words.comments),
    ];
    let empty = (words.comments_empty, words.comments_next);
    comments.draw(canvas, area, &ListLook { columns: &columns, empty, focus: Focus::Here, foot: 0 });
}
