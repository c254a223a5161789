//! The tables of keys that work besides those of the screen in front.

use super::binding::{Binding, bindings};
use crate::tui::keys::{Key, ctrl, f};

/// On every screen after sign-in, unless the screen has another use for the key.
pub(crate) const EVERYWHERE: &[Binding] = bindings![
    Search,
    Manual,
    Help,
    Palette,
    Home,
    Members,
    Requests,
    Queue,
    Batches,
    Import,
    Admin,
    FollowUps,
    Promises,
    SearchNotes,
    NextCall,
    NewCall,
    Calls,
    Incidents,
    Employers,
    Reload,
    Lock,
    SignOut,
    Quit,
    Suspend,
    Redraw,
];

const QUIT: &[Key] = &[ctrl('q'), ctrl('c'), f(12)];

/// Over every dialog, unless it has another use for the key.
pub(crate) const OVER: &[Binding] = bindings![
    Manual.spare(),
    Lock.on(&[ctrl('o')]),
    Help.on(&[f(2)]),
    NextCall,
    NewCall,
    Quit.on(QUIT).hidden(),
    Suspend,
    Redraw,
];

/// Before sign-in and while the screen is locked.
pub(crate) const OUTSIDE: &[Binding] = bindings![Quit.on(QUIT).shown(), Suspend, Redraw];
