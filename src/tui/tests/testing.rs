//! A console without terminal, clock or database: keys in, cells out.

use crate::domain::Role;
use crate::labels::Lang;
use crate::tui::app::App;
use crate::tui::authentication::{AuthStep, Credential};
use crate::tui::context::{Database, OpenPerson, PersonKind};
use crate::tui::message::{Effect, Msg, RequestId, RequestOutcome};
use crate::tui::request::{AnyRequest, RefusalText, RequestPolicy, TypedRequest};
use crate::tui::theme::{ColorScheme, Glyphs, Theme};
use chrono::{DateTime, Duration, TimeZone, Utc};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Style};
use std::any::Any;

/// 2026-11-24(火) 10:42 in Japan.
pub(crate) fn morning() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 1, 42, 0).unwrap()
}

/// A console under test.
pub(crate) struct Rig {
    pub(crate) app: App,
    pub(crate) now: DateTime<Utc>,
    terminal: Terminal<TestBackend>,
    /// Effects without a reply.
    pub(crate) effects: Vec<Effect>,
}

impl Rig {
    /// Before the sign-in.
    pub(crate) fn new(lang: Lang, (width, height): (u16, u16)) -> Self {
        let now = morning();
        let theme = Theme::new(ColorScheme::Dark, Glyphs::LINES);
        let database = Database { name: "kempo".to_owned(), kind: PersonKind::Real };
        let app = App::new(lang.labels(), theme, "東京電子機械工業健康保険組合".to_owned(), now).at(database);
        let terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        Self { app, now, terminal, effects: Vec::new() }
    }

    /// Before the sign-in, at a terminal that draws lines and blocks wide.
    pub(crate) fn ascii(lang: Lang, size: (u16, u16)) -> Self {
        let theme = Theme::new(ColorScheme::Dark, Glyphs::ASCII);
        let app = App::new(lang.labels(), theme, "東京電子機械工業健康保険組合".to_owned(), morning());
        Self { app, ..Self::new(lang, size) }
    }

    /// A person with a role signed in, home in front.
    pub(crate) fn signed_in(lang: Lang, size: (u16, u16), role: Role) -> Self {
        let mut rig = Self::new(lang, size);
        rig.keys("sato<Enter>pass<Enter>");
        rig.authenticate(AuthStep::Enter(person(role)));
        rig
    }

    /// The same at a database for rehearsals.
    pub(crate) fn rehearsing(mut self) -> Self {
        self.app = self.app.at(Database { name: "demo.db".to_owned(), kind: PersonKind::Rehearsal });
        self
    }

    /// The same in another theme.
    pub(crate) fn in_tone(mut self, tone: ColorScheme) -> Self {
        self.app = self.app.looking(Theme::new(tone, Glyphs::LINES));
        self
    }

    /// How many rows have a cell in that style.
    pub(crate) fn rows_in(&mut self, style: Style) -> usize {
        self.draw();
        let buffer = self.terminal.backend().buffer();
        let is = |x, y| {
            let cell = &buffer[(x, y)];
            cell.bg == style.bg.unwrap_or(Color::Reset) && cell.modifier.contains(style.add_modifier)
        };
        (0..buffer.area.height).filter(|y| (0..buffer.area.width).any(|x| is(x, *y))).count()
    }

    /// Every cell with its style.
    pub(crate) fn cells(&mut self) -> Buffer {
        self.draw();
        self.terminal.backend().buffer().clone()
    }

    pub(crate) fn send(&mut self, msg: Msg) -> &mut Self {
        let effects = self.app.update(msg, self.now);
        self.effects.extend(effects);
        self
    }

    /// Types; `<Enter>`, `<C-p>`, `<F5>` are keys.
    pub(crate) fn keys(&mut self, keys: &str) -> &mut Self {
        let mut rest = keys;
        while let Some(c) = rest.chars().next() {
            let event = match (c, rest.find('>')) {
                ('<', Some(end)) => {
                    let event = named(&rest[1..end]);
                    rest = &rest[end + 1..];
                    event
                }
                _ => {
                    rest = &rest[c.len_utf8()..];
                    KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE)
                }
            };
            self.send(Msg::Key(event));
        }
        self
    }

    pub(crate) fn paste(&mut self, text: &str) -> &mut Self {
        self.send(Msg::Paste(text.to_owned()))
    }

    /// Time goes by.
    pub(crate) fn wait(&mut self, span: Duration) -> &mut Self {
        self.now += span;
        self.send(Msg::Wake)
    }

    /// The id of the newest request or credential.
    pub(crate) fn request_id(&self) -> RequestId {
        let id = |effect: &Effect| match effect {
            Effect::Authenticate(id, _) | Effect::Request(id, _) => Some(*id),
            _ => None,
        };
        self.effects.iter().rev().find_map(id).expect("nothing was requested")
    }

    /// Refuses the newest request or credential.
    pub(crate) fn refuse(&mut self, text: &str) -> &mut Self {
        let id = self.request_id();
        self.effects.clear();
        self.refuse_to(id, text)
    }

    /// The requests of a type, the oldest first.
    pub(crate) fn requests<R: TypedRequest>(&self) -> impl Iterator<Item = (RequestId, &R)> {
        self.effects.iter().filter_map(|effect| match effect {
            Effect::Request(id, request) => (&**request as &dyn Any).downcast_ref().map(|request| (*id, request)),
            _ => None,
        })
    }

    /// The newest request of a type.
    pub(crate) fn requested<R: TypedRequest>(&self) -> Option<&R> {
        self.requests().last().map(|(_, request)| request)
    }

    /// Whether there is a request of a type.
    pub(crate) fn has_requested<R: TypedRequest>(&self) -> bool {
        self.requests::<R>().next().is_some()
    }

    /// The newest request that changes something.
    pub(crate) fn written(&self) -> Option<&(dyn AnyRequest + 'static)> {
        self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Request(_, request) if request.kind() == RequestPolicy::Always => Some(&**request),
            _ => None,
        })
    }

    /// The id of the newest request of a type, to reply to it later.
    pub(crate) fn id_of<R: TypedRequest>(&self) -> RequestId {
        self.requests::<R>().last().map(|(id, _)| id).expect("nothing of that type was requested")
    }

    /// Replies to the newest request of a type.
    pub(crate) fn reply<R: TypedRequest>(&mut self, reply: R::Reply) -> &mut Self {
        let id = self.id_of::<R>();
        self.effects.clear();
        self.reply_to::<R>(id, reply)
    }

    /// Replies to a request of a type, late.
    pub(crate) fn reply_to<R: TypedRequest>(&mut self, id: RequestId, reply: R::Reply) -> &mut Self {
        self.send(Msg::Reply(id, RequestOutcome::Done(Box::new(reply))))
    }

    /// Refuses a request, late.
    pub(crate) fn refuse_to(&mut self, id: RequestId, text: &str) -> &mut Self {
        self.send(Msg::Reply(id, RequestOutcome::Refused(RefusalText { text: text.to_owned() })))
    }

    /// The newest request finds that the session has ended.
    pub(crate) fn end_session(&mut self, why: &str) -> &mut Self {
        let id = self.request_id();
        self.effects.clear();
        self.send(Msg::Reply(id, RequestOutcome::SessionEnded(why.to_owned())))
    }

    /// The screen as text, without blanks at the ends of lines.
    pub(crate) fn screen(&mut self) -> String {
        self.draw();
        let buffer = self.terminal.backend().buffer();
        let mut lines = Vec::new();
        for y in 0..buffer.area.height {
            let mut line = String::new();
            let mut x = 0;
            while x < buffer.area.width {
                let symbol = buffer[(x, y)].symbol();
                line.push_str(symbol);
                x += crate::tui::widgets::cells::width(symbol).max(1);
            }
            lines.push(line.trim_end().to_owned());
        }
        lines.join("\n")
    }

    /// The style of the first cell of a text.
    pub(crate) fn style_of(&mut self, text: &str) -> Style {
        let screen = self.screen();
        let (y, line) = screen.lines().enumerate().find(|(_, line)| line.contains(text)).expect("text is on screen");
        let x = crate::tui::widgets::cells::width(&line[..line.find(text).unwrap()]);
        self.terminal.backend().buffer()[(x, u16::try_from(y).unwrap())].style()
    }

    /// Where the terminal's cursor stands, if it is shown.
    pub(crate) fn cursor(&mut self) -> Option<(u16, u16)> {
        self.draw();
        let backend = self.terminal.backend_mut();
        backend.cursor_visible().then(|| {
            let position = backend.cursor_position();
            (position.x, position.y)
        })
    }

    pub(crate) fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.terminal.backend_mut().resize(width, height);
        self.send(Msg::Resized)
    }

    fn draw(&mut self) {
        // Unlike a terminal, the test backend keeps the right half of a wide character that a narrow one replaces.
        self.terminal.clear().unwrap();
        let app = &self.app;
        self.terminal.draw(|frame| app.draw(frame)).unwrap();
    }

    /// Whether the program was told to end.
    pub(crate) fn has_quit(&self) -> bool {
        self.effects.iter().any(|effect| matches!(effect, Effect::Quit))
    }

    /// The credential that was given last.
    pub(crate) fn given(&self) -> Option<&Credential> {
        self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Authenticate(_, credential) => Some(credential),
            _ => None,
        })
    }

    /// The credential that was given last was right.
    pub(crate) fn authenticate(&mut self, step: AuthStep) -> &mut Self {
        let id = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Authenticate(id, _) => Some(*id),
            _ => None,
        });
        self.effects.clear();
        self.send(Msg::Reply(id.expect("nothing was given"), RequestOutcome::Done(Box::new(step))))
    }
}

/// A person with a role.
pub(crate) fn person(role: Role) -> OpenPerson {
    OpenPerson { id: "sato".to_owned(), name: "佐藤".to_owned(), role, idle_minutes: 10, failed: None }
}

fn named(name: &str) -> KeyEvent {
    if let Some(c) = name.strip_prefix("C-") {
        return KeyEvent::new(KeyCode::Char(c.chars().next().unwrap()), KeyModifiers::CONTROL);
    }
    if let Some(c) = name.strip_prefix("A-") {
        return KeyEvent::new(KeyCode::Char(c.chars().next().unwrap()), KeyModifiers::ALT);
    }
    let code = match name {
        "Enter" => KeyCode::Enter,
        "Esc" => KeyCode::Esc,
        "Tab" => KeyCode::Tab,
        "Up" => KeyCode::Up,
        "Down" => KeyCode::Down,
        "Left" => KeyCode::Left,
        "Right" => KeyCode::Right,
        "BS" => KeyCode::Backspace,
        "PgDn" => KeyCode::PageDown,
        "PgUp" => KeyCode::PageUp,
        "Home" => KeyCode::Home,
        "End" => KeyCode::End,
        f if f.starts_with('F') => KeyCode::F(f[1..].parse().unwrap()),
        other => panic!("no such key: {other}"),
    };
    KeyEvent::new(code, KeyModifiers::NONE)
}

/// The four ways every screen is looked at.
pub(crate) const LOOKS: [(&str, Lang, (u16, u16)); 4] = [
    ("ja_80", Lang::Ja, (80, 24)),
    ("en_80", Lang::En, (80, 24)),
    ("ja_120", Lang::Ja, (120, 36)),
    ("en_120", Lang::En, (120, 36)),
];

/// Every state of a screen at every size in both languages, for one snapshot.
#[derive(Default)]
pub(crate) struct Album {
    pub(crate) pages: String,
}

impl Album {
    /// One more state in one more look.
    pub(crate) fn add(&mut self, state: &str, look: &str, screen: &str) {
        self.pages.push_str(&format!("======== {state} {look}\n{screen}\n"));
    }
}
