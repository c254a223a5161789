//! What must not be said.

use crate::domain::coded;

coded! {
    /// Never, on any call.
    pub enum Never {
        /// Say a password.
        Password = "password",
        /// Read out the mail address.
        ReadMail = "read_mail",
        /// Take a paper application by phone.
        PaperByPhone = "paper_by_phone",
        /// Tell about a spouse's account.
        Spouse = "spouse",
        /// Change the destination of a card.
        ChangeDestination = "change_destination",
    }
}
