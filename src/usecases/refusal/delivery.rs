//! Why the feed was not delivered.

use crate::files::IoFault;
use std::path::PathBuf;

/// Why the feed was not delivered. What was not delivered is delivered by the next one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeliveryRefusal {
    /// `feed.deliver` names no place.
    NoPlace,
    /// Another delivery, or another large change, is under way.
    Running,
    /// Others than owner and group may enter the folder, or change the program.
    Open {
        /// The folder or the program.
        path: PathBuf,
        /// Its mode, as the system has it.
        mode: u32,
    },
    /// The program cannot be started.
    NoProgram {
        /// The path of the program.
        path: PathBuf,
        /// Why the system refuses it.
        why: IoFault,
    },
    /// The program did not take it.
    NotTaken {
        /// The path of the program.
        path: PathBuf,
        /// Its exit code; none where a signal ended it.
        exit: Option<i32>,
    },
}

impl DeliveryRefusal {
    /// The stable code for scripts.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoPlace => "no_feed_place",
            Self::Running => "delivery_running",
            Self::Open { .. } => "feed_place_open",
            Self::NoProgram { .. } => "delivery_program",
            Self::NotTaken { .. } => "feed_not_taken",
        }
    }
}
