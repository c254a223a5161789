//! Who is signed in at this terminal.

use super::OfficeBackend;
use crate::secrets::Passphrase;
use crate::tui::context::Person;
use crate::tui::message::Answer;
use crate::usecases::staff::{self, SignIn};
use crate::usecases::{Actor, Error, Refusal as Reason};
use std::sync::{MutexGuard, PoisonError};

/// Who is signed in at this terminal.
pub(super) enum Session {
    Nobody,
    /// The given password must be changed first.
    MustChange(Actor, Passphrase),
    Open(Actor),
}

impl OfficeBackend {
    pub(super) fn session(&self) -> MutexGuard<'_, Session> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn actor(&self) -> Result<Actor, Error> {
        match &*self.session() {
            Session::Open(actor) => Ok(actor.clone()),
            Session::Nobody | Session::MustChange(..) => Err(Reason::SignIn.into()),
        }
    }

    fn person(&self, actor: &Actor) -> Person {
        let idle_minutes = self.office.settings.idle_minutes;
        Person { id: actor.id.clone(), name: actor.name.clone(), role: actor.role, idle_minutes }
    }

    pub(super) async fn sign_in(&self, id: &str, password: Passphrase) -> Result<Answer, Error> {
        let signed_in = staff::sign_in(&self.office, id, &password).await?;
        let (session, answer) = match signed_in {
            SignIn::Ready(actor) => {
                let person = self.person(&actor);
                (Session::Open(actor), Answer::SignedIn(person))
            }
            SignIn::MustChange(actor) => {
                let person = self.person(&actor);
                (Session::MustChange(actor, password), Answer::MustChange(person))
            }
        };
        *self.session() = session;
        Ok(answer)
    }

    pub(super) async fn change_password(&self, new: &Passphrase) -> Result<Answer, Error> {
        let (actor, old) = match &*self.session() {
            Session::MustChange(actor, given) => (actor.clone(), given.clone()),
            Session::Nobody | Session::Open(_) => return Err(Reason::SignIn.into()),
        };
        staff::change_password(&self.office, &actor, &old, new).await?;
        *self.session() = Session::Open(actor);
        Ok(Answer::Welcome)
    }

    pub(super) async fn unlock(&self, password: &Passphrase) -> Result<Answer, Error> {
        let actor = self.actor()?;
        staff::sign_in(&self.office, &actor.id, password).await?;
        Ok(Answer::Welcome)
    }
}
