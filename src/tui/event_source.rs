//! What happens to the console from outside: keys, signals, answers, time.

use super::message::Msg;
use super::terminal;
use chrono::TimeDelta;
use crossterm::event::{self, Event};
use rustix::event::{PollFd, PollFlags, poll};
use std::io;
use std::time::Duration;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};

/// Something that the loop has to deal with.
pub(super) enum TerminalEvent {
    /// It concerns the app.
    Msg(Msg),
    /// The terminal has another size, or had one in between: what it shows may be cut off.
    Resized,
    /// A stopped console goes on: another program had the terminal meanwhile.
    Continued,
    /// A part of the console has panicked, and the terminal is given back already.
    Broken,
}

/// Everything that can happen.
pub(super) struct EventSource {
    inbox: UnboundedReceiver<Msg>,
    ended: [Signal; 4],
    resized: Signal,
    continued: Signal,
}

impl EventSource {
    /// Listens to signals, and to what keys and answers put into the inbox.
    pub(super) fn new(inbox: UnboundedReceiver<Msg>) -> io::Result<Self> {
        let ended =
            [SignalKind::terminate(), SignalKind::hangup(), SignalKind::interrupt(), SignalKind::quit()].map(signal);
        let [terminate, hangup, interrupt, quit] = ended;
        Ok(Self {
            inbox,
            ended: [terminate?, hangup?, interrupt?, quit?],
            resized: signal(SignalKind::window_change())?,
            continued: signal(SignalKind::from_raw(rustix::process::Signal::CONT.as_raw()))?,
        })
    }

    /// The next thing; `wake_in` is when the app wants to be woken.
    pub(super) async fn next(&mut self, wake_in: Option<TimeDelta>) -> TerminalEvent {
        let [terminate, hangup, interrupt, quit] = &mut self.ended;
        tokio::select! {
            Some(msg) = self.inbox.recv() => TerminalEvent::Msg(msg),
            _ = terminate.recv() => TerminalEvent::Msg(Msg::Terminate),
            _ = hangup.recv() => TerminalEvent::Msg(Msg::Terminate),
            _ = interrupt.recv() => TerminalEvent::Msg(Msg::Terminate),
            _ = quit.recv() => TerminalEvent::Msg(Msg::Terminate),
            _ = self.resized.recv() => TerminalEvent::Resized,
            _ = self.continued.recv() => TerminalEvent::Continued,
            () = terminal::lost() => TerminalEvent::Broken,
            () = after(wake_in) => TerminalEvent::Msg(Msg::Wake),
        }
    }

    /// What is there already.
    pub(super) fn at_hand(&mut self) -> Option<Msg> {
        self.inbox.try_recv().ok()
    }
}

/// Reads keys for the rest of the program's life, in a thread of its own: the library that reads them never comes back
/// from a terminal that hangs up just then, and nothing but signals may end the console in that case.
pub(super) fn listen(to: UnboundedSender<Msg>) {
    std::thread::spawn(move || {
        while let Ok(()) = wait_for_input() {
            while let Ok(event) = event::read() {
                let told = of_event(event).map_or(Ok(()), |msg| to.send(msg));
                if told.is_err() {
                    return;
                }
                // More may have come in one breath.
                if !event::poll(Duration::from_millis(1)).unwrap_or(false) {
                    break;
                }
            }
        }
        // The console may have ended already.
        let _ = to.send(Msg::Terminate);
    });
}

/// Sleeps until something was typed; an error once the terminal is gone.
fn wait_for_input() -> io::Result<()> {
    let stdin = rustix::stdio::stdin();
    let mut waiting = [PollFd::new(&stdin, PollFlags::IN)];
    while let Err(error) = poll(&mut waiting, None) {
        if error != rustix::io::Errno::INTR {
            return Err(error.into());
        }
    }
    match waiting[0].revents() {
        PollFlags::IN => Ok(()),
        _ => Err(io::ErrorKind::NotConnected.into()),
    }
}

fn of_event(event: Event) -> Option<Msg> {
    match event {
        Event::Key(key) => Some(Msg::Key(key)),
        Event::Paste(text) => Some(Msg::Paste(text)),
        // A new size comes as a signal, whether or not a key is pressed.
        _ => None,
    }
}

async fn after(wait: Option<TimeDelta>) {
    match wait {
        // A little late rather than a little early: an early bird would have to go back to sleep.
        Some(wait) => tokio::time::sleep(wait.to_std().unwrap_or_default() + Duration::from_millis(5)).await,
        None => std::future::pending().await,
    }
}
