//! 電話対応 beside the facts: what was found, what to say, what never, what next.

use super::keys::VIEW;
use super::person::key_of;
use super::requests::{DiagnoseRequest, Guidance, MembersMsg};
use crate::domain::MemberKey;
use crate::domain::diagnosis::{self, Caller, Question, Scripts, Topic};
use crate::domain::request::CallerStanding;
use crate::labels::Labels;
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command};
use crate::tui::days::Days;
use crate::tui::layers::{Choice, Form, FormRow, Pick};
use crate::tui::screen::{KeyAction, Load, StatusTone, nothing};
use crate::tui::screens::common;
use crate::tui::widgets::scroll::Scroll;
use crate::tui::widgets::{area, cells};
use crate::usecases::members::MemberView;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// A call about a member.
pub(super) struct CallPanel {
    /// Whether the caller was identified before the member was opened.
    standing: CallerStanding,
    pub(super) guidance: Load<Box<Guidance>>,
    scroll: Scroll,
}

impl CallPanel {
    pub(super) fn new(standing: CallerStanding) -> Self {
        Self { standing, guidance: Load::Idle, scroll: Scroll::default() }
    }

    /// A diagnosis has come.
    pub(super) fn show(&mut self, guidance: Box<Guidance>) {
        self.guidance = Load::Ready(guidance);
        self.scroll.go(0);
    }

    /// The caller has answered, besides what was answered before.
    pub(super) fn answer(&self, question: Question, answer: &str, key: &MemberKey, labels: &Labels) -> Vec<KeyAction> {
        let Some(guidance) = self.guidance.ready() else { return nothing() };
        let (topic, mut caller) = (guidance.found.diagnosis.topic, guidance.caller.clone());
        match caller.hear(question, answer) {
            Ok(()) => vec![diagnose(topic, key.clone(), caller)],
            Err(refused) => vec![KeyAction::Say(StatusTone::Attention, labels.call.no_answer(&refused.text))],
        }
    }

    pub(super) fn scrolled(&mut self, command: Command) {
        self.scroll.moved(command);
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let (words, theme) = (&canvas.cx.labels.call, canvas.cx.theme);
        if matches!(self.guidance, Load::Idle) {
            canvas.text(area.x, area.y, area.width, words.no_topic, theme.quiet);
            return;
        }
        let Some(guidance) = common::ready(canvas, area, &self.guidance) else { return };
        let panel = Panel { guidance, standing: self.standing, width: area.width };
        match area.height {
            ..ROOMY => self.draw_narrow(canvas, area, &panel),
            ROOMY.. => self.draw_lines(canvas, area, &panel.all(canvas)),
        }
    }

    /// What must never be said and the next keys stay in sight; the rest scrolls above them.
    fn draw_narrow(&self, canvas: &mut Canvas<'_, '_>, area: Rect, panel: &Panel<'_>) {
        let (words, theme) = (&canvas.cx.labels.call, canvas.cx.theme);
        let [above, below] = area::split_bottom(area, 2);
        let foot = below.y;
        let never = panel.guidance.words.never.first().map_or("", String::as_str);
        let heading = format!("{}: ", words.never_short);
        canvas.pieces(area, foot, &[(&heading, theme.bad), (never, theme.text)]);
        let lang = canvas.cx.labels.lang;
        let mut rest = below;
        for command in panel.commands() {
            let (key, name) = (key_for(command), command.row().short(lang));
            let pieces = [(key.as_str(), theme.key), (" ", theme.text), (name, theme.text), ("  ", theme.text)];
            let used = canvas.pieces(rest, foot + 1, &pieces);
            [_, rest] = area::split_left(rest, used);
        }
        self.draw_lines(canvas, above, &panel.first(canvas));
    }

    fn draw_lines(&self, canvas: &mut Canvas<'_, '_>, area: Rect, lines: &[(String, Style)]) {
        let part = self.scroll.part(canvas, area, lines.len());
        canvas.styled(area, &lines[part]);
    }
}

/// Rows from which on everything stands one under another, spaced.
const ROOMY: u16 = 24;

/// The words of a diagnosis as lines.
struct Panel<'a> {
    guidance: &'a Guidance,
    standing: CallerStanding,
    width: u16,
}

impl Panel<'_> {
    /// What the clerk reads first: the question that narrows it, what was found, what to say.
    fn first(&self, canvas: &Canvas<'_, '_>) -> Vec<(String, Style)> {
        let (words, theme) = (&canvas.cx.labels.call, canvas.cx.theme);
        [
            self.title(canvas),
            self.part("", self.question(canvas), theme.attention),
            self.part("", self.findings(), theme.text),
            self.part(words.say, vec![words.quoted(&self.guidance.words.say)], theme.strong),
            self.part(words.steps, self.steps(), theme.text),
        ]
        .concat()
    }

    fn all(&self, canvas: &Canvas<'_, '_>) -> Vec<(String, Style)> {
        let (words, theme) = (&canvas.cx.labels.call, canvas.cx.theme);
        let answer = &self.guidance.words;
        let next = answer.next.iter().map(|(action, text)| format!("{} {text}", key_for(command_of(*action))));
        let parts = [
            self.part(words.ask, self.question(canvas), theme.attention),
            self.part(words.found, self.findings(), theme.text),
            self.part(words.say, vec![words.quoted(&answer.say)], theme.strong),
            self.part(words.steps, self.steps(), theme.text),
            self.part(words.never, answer.never.clone(), theme.bad),
            self.part(words.next, next.collect(), theme.text),
        ];
        let spaced = parts
            .into_iter()
            .filter(|part| !part.is_empty())
            .flat_map(|part| std::iter::once((String::new(), theme.text)).chain(part));
        self.title(canvas).into_iter().chain(spaced).collect()
    }

    fn title(&self, canvas: &Canvas<'_, '_>) -> Vec<(String, Style)> {
        let (words, theme) = (&canvas.cx.labels.call, canvas.cx.theme);
        let title = format!("{}  {}", self.guidance.words.title, self.guidance.words.guide);
        let identified =
            (self.standing == CallerStanding::Identified).then(|| (words.identified.to_owned(), theme.good));
        let title = cells::wrap(&title, self.width).into_iter().map(|line| (line, theme.strong));
        identified.into_iter().chain(title).collect()
    }

    fn question(&self, canvas: &Canvas<'_, '_>) -> Vec<String> {
        let words = &canvas.cx.labels.call;
        let asked = self.guidance.words.question.as_ref();
        asked.map(|asked| format!("{} {}", key_for(Command::Answer), words.quoted(&asked.text))).into_iter().collect()
    }

    fn findings(&self) -> Vec<String> {
        self.guidance.words.findings.iter().zip(1..).map(|(text, n)| format!("{n} {text}")).collect()
    }

    fn steps(&self) -> Vec<String> {
        self.guidance.words.steps.iter().zip(1..).map(|(text, n)| format!("{n} {text}")).collect()
    }

    /// The distinct keys of the actions.
    fn commands(&self) -> Vec<Command> {
        let mut commands: Vec<Command> = Vec::new();
        for (action, _) in &self.guidance.words.next {
            let command = command_of(*action);
            if !commands.contains(&command) {
                commands.push(command);
            }
        }
        commands
    }

    /// A heading, if any, and its items wrapped below it.
    fn part(&self, heading: &str, items: Vec<String>, style: Style) -> Vec<(String, Style)> {
        let indent = if heading.is_empty() { "" } else { "  " };
        let width = self.width.saturating_sub(cells::width(indent));
        let lines = items.iter().flat_map(|item| cells::wrap(item, width));
        let lines: Vec<_> = lines.map(|line| (format!("{indent}{line}"), style)).collect();
        let heading = (!heading.is_empty() && !lines.is_empty()).then(|| (heading.to_owned(), Style::new()));
        heading.into_iter().chain(lines).collect()
    }
}

/// The key that does what an action says.
const fn command_of(action: diagnosis::NextAction) -> Command {
    use diagnosis::NextAction as A;
    match action {
        // A transfer is told on the phone and kept in the note.
        A::RecordNote | A::TransferMedical | A::TransferHealth => Command::Note,
        A::OpenCard | A::ResolveHold => Command::ShowCards,
        A::EmployerContact => Command::Contact,
        A::ReissueViewing => Command::Reissue,
        A::TypeInRequest => Command::TakeRequest,
        A::OpenPredecessor => Command::Former,
        A::OpenSuccessor => Command::Later,
    }
}

fn key_for(command: Command) -> String {
    let row = VIEW.iter().find(|binding: &&Binding| binding.command == command);
    row.and_then(|binding| binding.keys.first()).map(|key| key.shown()).unwrap_or_default()
}

/// Asks for a diagnosis.
fn diagnose(topic: Topic, key: MemberKey, caller: Caller) -> KeyAction {
    let of = key.clone();
    KeyAction::request_ok(DiagnoseRequest { topic, key, caller }, move |guidance| MembersMsg::Diagnosed {
        key: of,
        guidance,
    })
}

/// The caller's answer, for the screen below the dialog.
fn answered(question: Question, answer: String) -> KeyAction {
    KeyAction::send(MembersMsg::Answered(question, answer))
}

/// The topics, one key each.
pub(super) fn topics(member: &MemberView, labels: &'static Labels) -> Vec<KeyAction> {
    let Ok(key) = key_of(&member.member) else { return nothing() };
    let scripts = match Scripts::embedded() {
        Ok(scripts) => scripts,
        Err(error) => return vec![KeyAction::Say(StatusTone::Bad, error.to_string())],
    };
    let choice = |(topic, letter): (&Topic, char)| Choice {
        letter,
        text: scripts.title(*topic, labels.lang.into()).to_owned(),
        then: vec![diagnose(*topic, key.clone(), Caller::default())],
    };
    vec![KeyAction::dialog(Pick::new(labels.call.topics, Topic::ALL.iter().zip('a'..).map(choice).collect()))]
}

/// Asks for the caller's answer: a choice, a date or a serial.
pub(super) fn question(guidance: &Guidance, labels: &'static Labels) -> Vec<KeyAction> {
    let Some(asked) = &guidance.words.question else {
        return vec![KeyAction::Say(StatusTone::Quiet, labels.call.nothing_to_answer.to_owned())];
    };
    let question = asked.question;
    if asked.choices.is_empty() {
        let form = match question {
            Question::IssueDate => {
                Form::new(asked.text.clone(), vec![FormRow::date("", Days::Past)], move |mut filled| {
                    filled.day().map(|day| answered(question, day.to_string())).into_iter().collect()
                })
            }
            _ => Form::new(asked.text.clone(), vec![FormRow::text("").required()], move |mut filled| {
                vec![answered(question, filled.text())]
            }),
        };
        return vec![KeyAction::dialog(form)];
    }
    let letters = 'a'..;
    let choice = |((code, text), letter): (&(&'static str, String), char)| Choice {
        letter,
        text: text.clone(),
        then: vec![answered(question, (*code).to_owned())],
    };
    vec![KeyAction::dialog(Pick::new(asked.text.clone(), asked.choices.iter().zip(letters).map(choice).collect()))]
}
