//! What scripts and replies say of the society.

use super::Settings;
use crate::domain::diagnosis::{CharacterKind, SenderWords, SocietyWords};

impl Settings {
    /// The society's own names, for the sentences that staff say and write.
    pub fn society_words(&self) -> SocietyWords {
        SocietyWords {
            portal: self.society.portal_name.clone(),
            medical: self.medical_section.clone(),
            health: self.health_section.clone(),
            characters: CharacterKind::of(&self.passwords.alphabet()),
            sender: SenderWords {
                name: self.society.name.clone(),
                department: self.society.department.clone(),
                phone: self.society.phone.clone(),
                hours: self.society.hours.clone(),
            },
        }
    }
}
