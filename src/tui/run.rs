//! The loop: wait for something, update, draw if something changed.

use super::app::App;
use super::effects::{Backend, Runner};
use super::message::{Effect, Msg};
use super::terminal;
use crate::usecases::Clock;
use chrono::TimeDelta;
use crossterm::event::{Event, EventStream};
use futures::StreamExt;
use std::io;
use std::ops::ControlFlow;
use std::time::Duration;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// Runs the console until somebody leaves it. The terminal is given back in every case.
pub(crate) async fn run<B: Backend>(app: App, backend: B, clock: Clock) -> io::Result<()> {
    let (to, answers) = unbounded_channel();
    let mut runner = Runner::new(backend, to);
    let ended = match terminal::enter() {
        Ok(screen) => turn(app, screen, &mut runner, answers, clock).await,
        Err(error) => Err(error),
    };
    // What was ordered is carried out, whatever ended the console.
    runner.finish().await;
    terminal::leave();
    ended
}

async fn turn<B: Backend>(
    mut app: App,
    mut screen: terminal::Screen,
    runner: &mut Runner<B>,
    mut answers: UnboundedReceiver<Msg>,
    clock: Clock,
) -> io::Result<()> {
    let mut outside = Outside::new()?;
    screen.draw(|frame| app.draw(frame))?;
    loop {
        let mut message = Some(outside.next(&mut answers, app.wake_in()).await);
        // Whatever else is there already is taken in before drawing once.
        while let Some(msg) = message {
            for effect in app.update(msg, clock.now()) {
                if let Some(effect) = runner.run(effect)
                    && terminal_effect(effect, &mut screen, &mut outside)?.is_break()
                {
                    return Ok(());
                }
            }
            message = answers.try_recv().ok();
        }
        if terminal::is_lost() {
            return Err(io::Error::other("a part of the console failed"));
        }
        if app.take_changed() {
            screen.draw(|frame| app.draw(frame))?;
        }
    }
}

fn terminal_effect(
    effect: Effect,
    screen: &mut terminal::Screen,
    outside: &mut Outside,
) -> io::Result<ControlFlow<()>> {
    match effect {
        Effect::Quit => return Ok(ControlFlow::Break(())),
        Effect::Suspend => {
            // Reading the terminal would compete with the shell.
            outside.keys = None;
            terminal::leave();
            rustix::process::kill_current_process_group(rustix::process::Signal::TSTP)?;
            terminal::take()?;
            outside.keys = Some(EventStream::new());
            terminal::wipe(screen)?;
        }
        _ => terminal::wipe(screen)?,
    }
    Ok(ControlFlow::Continue(()))
}

/// Everything that can happen to the console from outside.
struct Outside {
    keys: Option<EventStream>,
    terminated: Signal,
    hung_up: Signal,
}

impl Outside {
    fn new() -> io::Result<Self> {
        Ok(Self {
            keys: Some(EventStream::new()),
            terminated: signal(SignalKind::terminate())?,
            hung_up: signal(SignalKind::hangup())?,
        })
    }

    /// The next thing that concerns the app.
    async fn next(&mut self, answers: &mut UnboundedReceiver<Msg>, wake_in: Option<TimeDelta>) -> Msg {
        loop {
            let Some(keys) = &mut self.keys else { return Msg::Terminate };
            let happened = tokio::select! {
                event = keys.next() => of_event(event),
                Some(msg) = answers.recv() => Some(msg),
                _ = self.terminated.recv() => Some(Msg::Terminate),
                _ = self.hung_up.recv() => Some(Msg::Terminate),
                () = after(wake_in) => Some(Msg::Wake),
            };
            if let Some(msg) = happened {
                return msg;
            }
        }
    }
}

/// A closed or broken input means that nobody is there any more.
fn of_event(event: Option<io::Result<Event>>) -> Option<Msg> {
    match event {
        Some(Ok(Event::Key(key))) => Some(Msg::Key(key)),
        Some(Ok(Event::Paste(text))) => Some(Msg::Paste(text)),
        Some(Ok(Event::Resize(..))) => Some(Msg::Resized),
        Some(Ok(_)) => None,
        Some(Err(_)) | None => Some(Msg::Terminate),
    }
}

async fn after(wait: Option<TimeDelta>) {
    match wait {
        // A little late rather than a little early: an early bird would have to go back to sleep.
        Some(wait) => tokio::time::sleep(wait.to_std().unwrap_or_default() + Duration::from_millis(5)).await,
        None => std::future::pending().await,
    }
}
