//! What a person gives to be let in, and what follows when it is right.

use super::context::OpenPerson;
use crate::usecases::staff::Passphrase;

/// A password or a code. A workspace opens only by the reply to one of these.
#[derive(Debug, Clone)]
pub(crate) enum Credential {
    /// The staff ID and the password.
    SignIn { id: String, password: Passphrase },
    /// The password again, to open the lock.
    Unlock { password: Passphrase },
    /// An own password in place of the given one.
    ChangePassword { new: Passphrase },
    /// The code of the device, after the password.
    Code(Passphrase),
    /// The first code of a new device.
    Enrol(Passphrase),
}

/// What follows a credential that was right.
#[derive(Debug, Clone)]
pub(crate) enum AuthStep {
    /// The workspace opens.
    Enter(OpenPerson),
    /// The password was set by another and must be changed first.
    ChangePassword(OpenPerson),
    /// The password is changed; the workspace opens.
    PasswordChanged(OpenPerson),
    /// A code is needed.
    GiveCode,
    /// A device must be enrolled.
    Enrol(Pairing),
    /// The device is enrolled; the recovery codes are shown this once.
    RecoveryCodes(OpenPerson, Vec<Passphrase>),
    /// The lock opens.
    Unlock,
}

/// A device about to be enrolled: what the QR code says, and the secret in it.
#[derive(Debug, Clone)]
pub(crate) struct Pairing {
    /// `otpauth://…`
    pub(crate) uri: Passphrase,
    pub(crate) secret: Passphrase,
}
