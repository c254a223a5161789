//! Entering and leaving the terminal. `leave` may be called from anywhere, any number of times.

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{cursor, execute};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

/// One write to the terminal for each drawing: kind to slow lines.
pub(crate) type Screen = Terminal<CrosstermBackend<BufWriter<Stdout>>>;

/// The terminal is one per process; the panic hook must know whether it is ours at the moment.
static ENTERED: AtomicBool = AtomicBool::new(false);

/// Takes the terminal; it is given back by `leave`, or by a panic.
pub(crate) fn enter() -> io::Result<Screen> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(io::Error::new(io::ErrorKind::NotConnected, "not a terminal"));
    }
    leave_on_panic();
    take()?;
    let buffered = BufWriter::with_capacity(64 * 1024, io::stdout());
    let mut terminal = Terminal::new(CrosstermBackend::new(buffered))?;
    wipe(&mut terminal)?;
    Ok(terminal)
}

/// Makes the next drawing draw everything. `Terminal::clear` would first ask the terminal where its cursor is, and
/// fail where no answer comes.
pub(crate) fn wipe(screen: &mut Screen) -> io::Result<()> {
    let size = screen.size()?;
    screen.resize(size.into())
}

/// Takes the terminal again, after a suspension.
pub(crate) fn take() -> io::Result<()> {
    enable_raw_mode()?;
    ENTERED.store(true, Ordering::SeqCst);
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, cursor::Hide)
}

/// Gives the terminal back as it was. Errors are ignored: there may be no terminal any more.
pub(crate) fn leave() {
    if ENTERED.swap(false, Ordering::SeqCst) {
        let _ = execute!(io::stdout(), DisableBracketedPaste, LeaveAlternateScreen, cursor::Show);
        let _ = io::stdout().flush();
        let _ = disable_raw_mode();
    }
}

/// Whether a panic took the terminal away from a running console.
pub(crate) fn is_lost() -> bool {
    !ENTERED.load(Ordering::SeqCst)
}

fn leave_on_panic() {
    static HOOKED: Once = Once::new();
    HOOKED.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            leave();
            before(info);
        }));
    });
}
