//! The loop: wait for something, update, draw if something changed.

use super::app::App;
use super::effects::Runner;
use super::event_source::{EventSource, TerminalEvent, listen};
use super::message::{Effect, Msg};
use super::terminal::{self, Screen};
use crate::usecases::Clock;
use std::io;
use std::ops::ControlFlow;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

/// Runs the console until it is left. The terminal is given back in every case.
pub(crate) async fn run(app: App, runner: impl FnOnce(UnboundedSender<Msg>) -> Runner, clock: Clock) -> io::Result<()> {
    let (to, inbox) = unbounded_channel();
    let events = EventSource::new(inbox)?;
    let mut runner = runner(to.clone());
    let ended = match terminal::enter() {
        Ok(screen) => {
            listen(to);
            turn(app, screen, &mut runner, events, clock).await
        }
        Err(error) => Err(error),
    };
    // What was ordered is carried out, whatever ended the console.
    let finished = runner.finish().await;
    terminal::leave();
    ended.and(finished)
}

async fn turn(
    mut app: App,
    mut screen: Screen,
    runner: &mut Runner,
    mut events: EventSource,
    clock: Clock,
) -> io::Result<()> {
    screen.draw(|frame| app.draw(frame))?;
    loop {
        let first = match events.next(app.wake_in()).await {
            TerminalEvent::Msg(msg) => msg,
            TerminalEvent::Resized => {
                terminal::wipe(&mut screen)?;
                Msg::Resized
            }
            TerminalEvent::Continued => {
                terminal::take_again(&mut screen)?;
                Msg::Resized
            }
            TerminalEvent::Broken => return Err(terminal::broken()),
        };
        let mut message = Some(first);
        // Whatever else is there already is taken in before drawing once.
        while let Some(msg) = message {
            for effect in app.update(msg, clock.now()) {
                if let Some(effect) = runner.run(effect)
                    && terminal_effect(effect, &mut screen)?.is_break()
                {
                    return Ok(());
                }
            }
            message = events.at_hand();
        }
        terminal::break_if_rehearsed("draw");
        if app.take_changed() {
            screen.draw(|frame| app.draw(frame))?;
        }
    }
}

fn terminal_effect(effect: Effect, screen: &mut Screen) -> io::Result<ControlFlow<()>> {
    match effect {
        Effect::Quit => return Ok(ControlFlow::Break(())),
        Effect::Suspend => {
            terminal::leave();
            // Without a shell that could continue us, the system lets this pass.
            rustix::process::kill_current_process_group(rustix::process::Signal::TSTP)?;
            terminal::take_again(screen)?;
        }
        Effect::Copy(text) => terminal::copy(&text)?,
        _ => terminal::wipe(screen)?,
    }
    Ok(ControlFlow::Continue(()))
}
