//! A question before a step that cannot be taken back: what will happen, and to which member, in words.

use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::context::Context;
use crate::tui::keys::{LEFT, RIGHT, TAB, ctrl, f, key};
use crate::tui::screen::{KeyAction, Screen, ScreenEvent, StatusTone, nothing};
use crate::tui::widgets::{area, cells};
use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Rect};

/// The keys of a question.
pub(crate) const CONFIRM: &[Binding] = bindings![Yes, No, NextField.on(&[TAB, LEFT, RIGHT]).hidden(), Submit.hidden()];

/// The keys of the question whether to leave: the key that asked says yes when it is pressed again.
pub(crate) const LEAVE: &[Binding] = bindings![
    Yes.on(&[key('y'), f(12), ctrl('q'), ctrl('c')]),
    No,
    NextField.on(&[TAB, LEFT, RIGHT]).hidden(),
    Submit.hidden()
];

/// Which of the two answers Enter gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Chosen {
    Yes,
    No,
}

/// A question with yes and no. Enter means no until yes is chosen.
#[derive(Debug)]
pub(crate) struct Confirm {
    title: String,
    facts: Vec<String>,
    warnings: Vec<String>,
    yes: String,
    then: Vec<KeyAction>,
    chosen: Chosen,
    keys: &'static [Binding],
}

impl Confirm {
    /// Asks whether `then` shall be done; `yes` names the step.
    pub(crate) fn new(title: impl Into<String>, yes: impl Into<String>, then: Vec<KeyAction>) -> Self {
        Self {
            title: title.into(),
            facts: Vec::new(),
            warnings: Vec::new(),
            yes: yes.into(),
            then,
            chosen: Chosen::No,
            keys: CONFIRM,
        }
    }

    /// Says what will happen, and to which member.
    pub(crate) fn saying(mut self, facts: impl IntoIterator<Item = String>) -> Self {
        self.facts.extend(facts);
        self
    }

    /// Says what the person should think twice about.
    pub(crate) fn warning(mut self, warnings: impl IntoIterator<Item = String>) -> Self {
        self.warnings.extend(warnings);
        self
    }

    /// For steps that can be taken back: Enter means yes.
    pub(crate) fn harmless(mut self) -> Self {
        self.chosen = Chosen::Yes;
        self
    }

    /// With other keys than the usual ones.
    pub(crate) fn keys(mut self, keys: &'static [Binding]) -> Self {
        self.keys = keys;
        self
    }

    /// A no is said, too: Enter may have been meant as a yes.
    fn answer(&mut self, chosen: Chosen, cx: &Context) -> Vec<KeyAction> {
        let then = match chosen {
            Chosen::Yes => std::mem::take(&mut self.then),
            Chosen::No => vec![KeyAction::Say(StatusTone::Quiet, cx.labels.dialogs.left_as_it_was.to_owned())],
        };
        std::iter::once(KeyAction::Close).chain(then).collect()
    }
}

impl Screen for Confirm {
    fn bindings(&self) -> &'static [Binding] {
        self.keys
    }

    fn on(&mut self, event: ScreenEvent, cx: &Context) -> Vec<KeyAction> {
        match event {
            ScreenEvent::Command(Command::Yes) => self.answer(Chosen::Yes, cx),
            ScreenEvent::Command(Command::No) => self.answer(Chosen::No, cx),
            ScreenEvent::Command(Command::Submit) => self.answer(self.chosen, cx),
            ScreenEvent::Command(Command::NextField) => {
                self.chosen = match self.chosen {
                    Chosen::Yes => Chosen::No,
                    Chosen::No => Chosen::Yes,
                };
                nothing()
            }
            _ => nothing(),
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, _area: Rect) {
        let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
        let width = 64.min(canvas.area().width);
        let wrapped =
            |lines: &[String]| -> Vec<String> { lines.iter().flat_map(|line| cells::wrap(line, width - 4)).collect() };
        let (facts, warnings) = (wrapped(&self.facts), wrapped(&self.warnings));
        let gap = u16::from(!warnings.is_empty() && !facts.is_empty());
        let lines = area::height(&facts).saturating_add(area::height(&warnings)).saturating_add(gap);
        let popup = canvas.popup(width, lines.saturating_add(6), &self.title);
        let rows = [Length(1), Length(area::height(&facts)), Length(gap), Fill(1), Length(1), Length(1)];
        let [_, above, _, below, answers, _] = popup.layout(&Layout::vertical(rows));
        canvas.lines(above, &facts, theme.text);
        canvas.lines(below, &warnings, theme.attention);
        let style = |own| if own == self.chosen { theme.selected } else { theme.text };
        let yes = format!(" y {} ", self.yes);
        let no = format!(" n {} ", labels.words.no);
        let pieces = [(yes.as_str(), style(Chosen::Yes)), ("   ", theme.text), (&no, style(Chosen::No))];
        canvas.pieces(answers, answers.y, &pieces);
    }
}
