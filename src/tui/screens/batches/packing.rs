//! 封入 (B14): a field that waits for a scan, one large word for it, and what the parcel lacks.

use super::requests::{BatchesMsg, PackParcel};
use crate::domain::packing::{Packing, ScanAnswer};
use crate::labels::packing;
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::context::Context;
use crate::tui::screen::{KeyAction, Screen, ScreenEvent, StatusTone, nothing};
use crate::tui::widgets::{Focus, InputField, area, cells};
use crate::usecases::batches::Packed;
use ratatui::layout::Constraint::Length;
use ratatui::layout::{Layout, Rect};

/// The keys of the dialog. A scanner types a code and Enter.
pub(crate) const PACKING: &[Binding] = bindings![Submit, Back];

/// Cells of the box.
const WIDTH: u16 = 72;
const HEIGHT: u16 = 18;

/// The parcels of a printed batch, one after another.
pub(super) struct PackingDialog {
    packing: Packing,
    field: InputField,
    /// What was scanned last, and the answer.
    last: Option<(String, ScanAnswer)>,
}

impl PackingDialog {
    pub(super) fn new(packing: Packing) -> Self {
        Self { packing, field: InputField::new(), last: None }
    }

    fn scan(&mut self) -> Vec<KeyAction> {
        let code = self.field.take();
        if code.trim().is_empty() {
            return nothing();
        }
        let answer = self.packing.scan(&code);
        let complete = match &answer {
            ScanAnswer::Complete { parcel, .. } => Some(parcel),
            _ => None,
        };
        let serials = complete
            .map(|parcel| self.packing.cards_of(parcel).map(|(serial, _)| serial.to_owned()).collect::<Vec<_>>());
        self.last = Some((code, answer));
        let batch = self.packing.batch();
        let record = serials.map(|codes| PackParcel { batch: batch.clone(), codes });
        record.map(|record| KeyAction::request_ok(record, BatchesMsg::Packed)).into_iter().collect()
    }

    /// The large word, on a ground of three lines.
    fn draw_word(&self, canvas: &mut Canvas<'_, '_>, ground: Rect) {
        let Some((_, answer)) = &self.last else { return };
        let theme = canvas.cx.theme;
        let style = match answer {
            answer if answer.is_right() => theme.good,
            ScanAnswer::Repeated | ScanAnswer::Unfinished { .. } => theme.attention,
            _ => theme.bad,
        };
        let style = style.patch(theme.selected);
        canvas.fill(ground, style);
        let (word, _) = packing::answer(canvas.cx.labels.lang, answer);
        canvas.centred(ground, ground.y + ground.height / 2, word, style);
    }
}

impl Screen for PackingDialog {
    fn bindings(&self) -> &'static [Binding] {
        PACKING
    }

    fn field(&mut self) -> Option<&mut InputField> {
        Some(&mut self.field)
    }

    fn on(&mut self, event: ScreenEvent, _cx: &Context) -> Vec<KeyAction> {
        match event {
            ScreenEvent::Command(Command::Submit) => self.scan(),
            ScreenEvent::Command(Command::Back) => vec![KeyAction::Close],
            _ => nothing(),
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, _area: Rect) {
        let (theme, labels) = (canvas.cx.theme, canvas.cx.labels);
        let words = &labels.packing;
        let popup = canvas.popup(WIDTH.min(canvas.area().width), HEIGHT, &words.title(self.packing.batch().as_str()));
        let rows = [Length(1), Length(2), Length(2), Length(3), Length(1), Length(3), Length(1), Length(2), Length(1)];
        let [_, hint, line, word, _, sentence, parcel, missing, done] = popup.layout(&Layout::vertical(rows));
        canvas.lines(hint, &cells::wrap(words.hint, hint.width), theme.quiet);
        let [label, field] = area::split_left(line, cells::width(words.code) + 2);
        canvas.lines(label, &[words.code], theme.text);
        self.field.draw(canvas, Rect { height: 1, width: field.width.min(32), ..field }, Focus::Here);
        self.draw_word(canvas, word);
        if let Some((code, answer)) = &self.last {
            let (_, text) = packing::answer(labels.lang, answer);
            canvas.lines(sentence, &cells::wrap(&format!("{code}  {text}"), sentence.width), theme.text);
        }
        match self.packing.parcel() {
            None => canvas.lines(parcel, &[words.none_yet], theme.quiet),
            Some(at) => {
                let open = self.packing.missing(at);
                let cards = self.packing.cards_of(at).count();
                let count = format!("{} / {}", cards - open.len(), labels.words.cards(cards as u64));
                let used = canvas.text_right(parcel, parcel.y, &count, theme.strong);
                let name = Rect { width: parcel.width.saturating_sub(used + 2), ..parcel };
                let text = if open.is_empty() { String::new() } else { words.missing(&packing::places(&open)) };
                canvas.lines(missing, &cells::wrap(&text, missing.width), theme.quiet);
                canvas.lines(name, &[packing::parcel(at)], theme.strong)
            }
        };
        let parcels = self.packing.parcels();
        let packed = parcels.iter().filter(|parcel| self.packing.missing(parcel).is_empty()).count();
        canvas.lines(done, &[words.done(packed, parcels.len())], theme.quiet);
    }
}

/// What is wrong with a parcel that was complete a moment ago; nothing where it is recorded.
pub(super) fn recorded(packed: &Packed, cx: &Context) -> Vec<KeyAction> {
    if packed.is_right() {
        return nothing();
    }
    let words = &cx.labels.packing;
    let wrong = packed.scans.iter().filter(|scan| !scan.answer.is_right()).map(|scan| scan.code.clone());
    let missing = packed.parcels.iter().flat_map(|parcel| parcel.missing.clone());
    let serials: Vec<String> = wrong.chain(missing).collect();
    vec![KeyAction::Say(StatusTone::Bad, words.changed(&packing::places(&serials)))]
}
