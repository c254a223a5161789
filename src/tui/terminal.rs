//! Entering and leaving the terminal. `leave` may be called from anywhere, any number of times.

use super::clipboard;
use super::output::Output;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::ResetColor;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{cursor, execute};
use ratatui::Terminal;
use ratatui::layout::Size;
use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::os::fd::AsFd;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use tokio::sync::Notify;

/// The console's screen.
pub(crate) type Screen = Terminal<Output<Tty>>;

/// The terminal itself: standard output would cut frames at their lines.
pub(crate) struct Tty(File);

/// Whether the one terminal is ours at the moment. Held while something is written to it: after a panic in another
/// thread has given it back, nothing more is drawn.
static ENTERED: Mutex<bool> = Mutex::new(false);
/// Confirmation when a panic took the terminal away.
static LOST: Notify = Notify::const_new();

/// Takes the terminal; it is given back by `leave`, or by a panic.
pub(crate) fn enter() -> io::Result<Screen> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(io::Error::new(io::ErrorKind::NotConnected, "not a terminal"));
    }
    leave_on_panic();
    let tty = Tty(File::from(io::stdout().as_fd().try_clone_to_owned()?));
    take()?;
    let mut screen = Terminal::new(Output::new(tty, size))?;
    wipe(&mut screen)?;
    Ok(screen)
}

/// The terminal's size; 80 by 24 where it has not been told, as on a serial line.
fn size() -> Size {
    match rustix::termios::tcgetwinsize(io::stdout()) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 0 => Size::new(size.ws_col, size.ws_row),
        _ => Size::new(80, 24),
    }
}

/// Makes the next drawing draw everything.
pub(crate) fn wipe(screen: &mut Screen) -> io::Result<()> {
    screen.resize(size().into())
}

/// Takes the terminal again after another program had it, and draws everything.
pub(crate) fn take_again(screen: &mut Screen) -> io::Result<()> {
    leave();
    take()?;
    wipe(screen)
}

fn entered() -> MutexGuard<'static, bool> {
    ENTERED.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Write for Tty {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if *entered() { self.0.write(bytes) } else { Err(broken()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// What ends the console where a part of it has panicked.
pub(crate) fn broken() -> io::Error {
    io::Error::other("a part of the console failed")
}

fn take() -> io::Result<()> {
    let mut entered = entered();
    enable_raw_mode()?;
    *entered = true;
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, cursor::Hide)
}

/// Gives the terminal back as it was. Errors are ignored: there may be no terminal any more.
pub(crate) fn leave() {
    let mut entered = entered();
    if std::mem::take(&mut *entered) {
        let _ = execute!(io::stdout(), DisableBracketedPaste, LeaveAlternateScreen, ResetColor, cursor::Show);
        let _ = disable_raw_mode();
    }
}

/// Puts a text into the clipboard of the person at the terminal, while the terminal is ours.
pub(crate) fn copy(text: &str) -> io::Result<()> {
    let entered = entered();
    if *entered {
        let mut out = io::stdout();
        out.write_all(clipboard::sequence(text).as_bytes())?;
        out.flush()?;
    }
    Ok(())
}

/// Waits until a panic has taken the terminal away from a running console.
pub(crate) async fn lost() {
    LOST.notified().await;
}

fn leave_on_panic() {
    static HOOKED: Once = Once::new();
    HOOKED.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            leave();
            before(info);
            LOST.notify_one();
        }));
    });
}

/// Panics where `MYKEMPO_BREAK` names the place, so that a test sees the terminal given back. Never in a release.
pub(crate) fn break_if_rehearsed(_place: &str) {
    #[cfg(debug_assertions)]
    assert_ne!(std::env::var("MYKEMPO_BREAK").as_deref(), Ok(_place), "broken on purpose");
}
