//! Any command by its name, in either language.

use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, EVERYWHERE, bindings};
use crate::tui::context::Context;
use crate::tui::keys::{DOWN, ESC, TAB, UP, ctrl, f};
use crate::tui::layers::help;
use crate::tui::screen::{KeyAction, Screen, ScreenEvent, nothing};
use crate::tui::widgets::list_view::{AnyList, ListItem, ListView};
use crate::tui::widgets::table::Row;
use crate::tui::widgets::{Focus, InputField, area, cells};
use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Margin, Rect};

/// The keys of the palette.
pub(crate) const PALETTE: &[Binding] =
    bindings![Submit, Back.on(&[ESC, ctrl('p'), f(3)]), Up.on(&[UP]), Down.on(&[DOWN, TAB])];

/// A command of the screen in front or of the app.
#[derive(Clone, Copy)]
struct Entry {
    binding: &'static Binding,
    /// Whether it makes sense now. Where it does not, choosing it says why.
    meant: bool,
    /// The keys of the screen in front.
    here: &'static [Binding],
}

impl ListItem for Entry {
    type Key = Command;

    fn key(&self) -> Command {
        self.binding.command
    }

    fn cells(&self, cx: &Context) -> Row {
        let lacks = cx.lacks(self.binding.command);
        let [text, key] = match (lacks, self.meant) {
            (None, true) => [cx.theme.text, cx.theme.key],
            _ => [cx.theme.quiet; 2],
        };
        let name = help::named(self.binding.command, lacks, cx.labels.lang);
        vec![(name, text), (help::keys(self.binding, self.here), key)]
    }
}

/// A prompt and what fits it.
pub(crate) struct Palette {
    all: Vec<Entry>,
    found: ListView<Entry>,
    prompt: InputField,
}

impl Palette {
    /// The commands of a screen and those that work everywhere.
    pub(crate) fn new(front: &dyn Screen) -> Self {
        let own = front.bindings().iter().map(|binding| (binding, front.meets(binding.command.row().when)));
        let all = own.chain(EVERYWHERE.iter().map(|binding| (binding, true)));
        let told = |command: Command| command != Command::Palette && !command.is_moving();
        let all = all.filter(|(binding, _)| told(binding.command)).map(|(binding, meant)| Entry {
            binding,
            meant,
            here: front.bindings(),
        });
        let mut palette = Self { all: all.collect(), found: ListView::default(), prompt: InputField::new() };
        palette.find();
        palette
    }

    /// Lists what fits the prompt, the best first, and selects that.
    fn find(&mut self) {
        let wanted = Wanted::of(self.prompt.text());
        let fits = |it: &Entry| rank(it.binding.command, &wanted).map(|rank| (rank, *it));
        let mut found: Vec<_> = self.all.iter().filter_map(fits).collect();
        found.sort_by_key(|(rank, _)| *rank);
        self.found = ListView::of(found.into_iter().map(|(_, it)| it).collect());
    }
}

/// What was typed: as it is, as a reading in kana, and as one in Latin letters, with the input method off.
struct Wanted {
    text: String,
    kana: String,
    romaji: Option<String>,
}

impl Wanted {
    fn of(text: &str) -> Self {
        let folded = crate::text::nfkc(text).to_lowercase();
        let romaji = folded.is_ascii().then(|| crate::text::romaji_key(text));
        Self { text: folded, kana: crate::text::kana_key(text), romaji }
    }
}

/// How well a name fits, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Begins,
    Contains,
    InOrder,
}

fn rank(command: Command, wanted: &Wanted) -> Option<Rank> {
    let row = command.row();
    let written = row.names().filter_map(|name| rank_of(&name.to_lowercase(), &wanted.text));
    let readings = || row.reading.split(' ');
    let read = readings().filter_map(|read| rank_of(&crate::text::kana_key(read), &wanted.kana));
    // A few letters in some order stand in almost every reading: these count together only.
    let together = |rank: &Rank| *rank != Rank::InOrder;
    let spelled = readings()
        .zip(std::iter::repeat(wanted.romaji.as_deref()))
        .filter_map(|(read, romaji)| rank_of(&crate::text::romaji_key(read), romaji?).filter(together));
    written.chain(read).chain(spelled).min()
}

fn rank_of(name: &str, wanted: &str) -> Option<Rank> {
    if name.starts_with(wanted) {
        return Some(Rank::Begins);
    }
    if name.contains(wanted) {
        return Some(Rank::Contains);
    }
    let mut letters = name.chars();
    wanted.chars().all(|c| letters.any(|letter| letter == c)).then_some(Rank::InOrder)
}

impl Screen for Palette {
    fn bindings(&self) -> &'static [Binding] {
        PALETTE
    }

    fn field(&mut self) -> Option<&mut InputField> {
        Some(&mut self.prompt)
    }

    fn list(&mut self) -> Option<&mut dyn AnyList> {
        Some(&mut self.found)
    }

    fn on(&mut self, event: ScreenEvent, _cx: &Context) -> Vec<KeyAction> {
        match event {
            ScreenEvent::Edited => self.find(),
            ScreenEvent::Command(Command::Back) => return vec![KeyAction::Close],
            ScreenEvent::Command(Command::Submit) => {
                let chosen = self.found.selected().map(|it| KeyAction::Run(it.binding.command));
                return std::iter::once(KeyAction::Close).chain(chosen).collect();
            }
            _ => {}
        }
        nothing()
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, _area: Rect) {
        let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
        let popup = canvas.popup(60, 18, labels.dialogs.palette_title);
        let rows = [Length(1), Length(1), Length(1), Fill(1), Length(1)];
        let [_, above, _, list, _] = popup.layout(&Layout::vertical(rows));
        let [label, prompt] = area::split_left(above, cells::width(labels.dialogs.palette_prompt) + 1);
        canvas.lines(label, &[labels.dialogs.palette_prompt], theme.quiet);
        self.prompt.draw(canvas, prompt, Focus::Here);
        if self.found.len() == 0 {
            canvas.lines(list, &[labels.dialogs.palette_empty], theme.quiet);
        }
        for (row, entry, focus) in self.found.page(list, 1) {
            let inner = row.inner(Margin::new(1, 0));
            if let [(name, style), (keys, key)] = &entry.cells(canvas.cx)[..] {
                canvas.text(inner.x, inner.y, inner.width - KEYS, name, *style);
                canvas.text_right(inner, inner.y, keys, *key);
            }
            if focus == Focus::Here {
                canvas.tint(row, theme.selected);
            }
        }
    }
}

/// The width of the keys' column.
const KEYS: u16 = 14;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_found_by_either_language_and_by_its_reading() {
        let rank = |command, typed| rank(command, &Wanted::of(typed));
        assert_eq!(rank(Command::Lock, "ロック"), Some(Rank::Contains));
        assert_eq!(rank(Command::Lock, "lock"), Some(Rank::Begins));
        assert_eq!(rank(Command::SignOut, "sgot"), Some(Rank::InOrder));
        assert_eq!(rank(Command::Lock, "xyz"), None);
        for typed in ["はっそう", "ハッソウ", "ﾊｯｿｳ", "発送"] {
            assert_eq!(rank(Command::Dispatch, typed), Some(Rank::Begins), "{typed}");
        }
        assert_eq!(rank(Command::Returned, "へんれい"), Some(Rank::Begins));
        for (typed, command) in
            [("hassou", Command::Dispatch), ("ｈａｓｓｏｕ", Command::Dispatch), ("henrei", Command::Returned)]
        {
            assert_eq!(rank(command, typed), Some(Rank::Begins), "{typed}");
        }
        assert_eq!(rank(Command::Search, "kensaku"), Some(Rank::Begins));
        assert_eq!(rank(Command::Approve, "syounin"), rank(Command::Approve, "shounin"));
        assert_eq!(rank(Command::Approve, "shounin"), Some(Rank::Contains));
    }

    #[test]
    fn every_reading_is_kana() {
        for command in Command::ALL {
            let reading = command.row().reading;
            let kana = |c: char| matches!(c, 'ぁ'..='ゖ' | 'ー' | '、' | '・' | ' ') || c.is_ascii_alphanumeric();
            assert!(!reading.is_empty() && reading.chars().all(kana), "{command:?}: {reading}");
        }
    }
}
