//! What comes back to the screens.


/// Answers to questions and orders.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    /// The person was disabled, reset or given another role: the console shuts, and says so.
    ShutOut(String),
    /// Noted for the record.
    Noted,
}
