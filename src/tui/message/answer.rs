//! What comes back to the screens.

use crate::secrets::Passphrase;
use crate::tui::context::Person;

/// A device about to be enrolled: what the QR code says, and the secret in it.
#[derive(Debug, Clone)]
pub(crate) struct Pairing {
    /// `otpauth://…`
    pub(crate) uri: Passphrase,
    /// Base32.
    pub(crate) secret: Passphrase,
}

/// Answers to questions and orders.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    /// Signed in.
    SignedIn(Person),
    /// The password was right, but must be changed before anything else.
    MustChange(Person),
    /// The password was right, and a code is needed.
    CodeNeeded,
    /// The password was right, and a device must be enrolled.
    Enrol(Pairing),
    /// The device is enrolled.
    Enrolled(Person, Vec<Passphrase>),
    /// The person was disabled, reset or given another role: the console shuts, and says so.
    ShutOut(String),
    /// The lock may open; the password is changed.
    Welcome,
    /// Noted for the record.
    Noted,
}
