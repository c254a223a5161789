//! What scripts and replies say of the society.

use super::Settings;
use crate::domain::diagnosis::{CharacterKind, SocietyWords};

impl Settings {
    /// The society's own names, for the sentences that staff say and write.
    pub fn society_words(&self) -> SocietyWords {
        SocietyWords {
            portal: self.society.portal_name.clone(),
            medical: self.medical_section.clone(),
            health: self.health_section.clone(),
            characters: CharacterKind::of(&self.passwords.alphabet()),
        }
    }
}
