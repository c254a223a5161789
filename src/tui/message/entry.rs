//! What somebody gives to be let in, or in again.

use crate::secrets::Passphrase;

/// Nothing of the desk opens but by the answer to one of these.
#[derive(Debug, Clone)]
pub(crate) enum Entry {
    /// Sign in.
    SignIn { id: String, password: Passphrase },
    /// Give the password again to open the lock.
    Unlock { password: Passphrase },
    /// Choose an own password at the first sign-in.
    ChangePassword { new: Passphrase },
    /// The code of the device, after the password.
    Code(Passphrase),
    /// The first code of a new device.
    Enrol(Passphrase),
}
