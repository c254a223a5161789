//! Who is signed in at this terminal.

use super::AppBackend;
use crate::secrets::Passphrase;
use crate::tui::authentication::{AuthStep, Credential, Pairing};
use crate::tui::context::Person;
use crate::usecases::staff::{self, Credentials, Enrolment, SignIn};
use crate::usecases::{Actor, AppContext, Error, Refusal as Reason};
use std::sync::{MutexGuard, PoisonError};

/// Who is signed in at this terminal.
#[derive(Clone)]
pub(super) enum SignedIn {
    Nobody,
    /// The password was right; a code is needed.
    Asked {
        id: String,
        password: Passphrase,
    },
    /// The password was right; a device must be enrolled.
    Enrolling(Enrolment),
    /// The given password must be changed first.
    MustChange(Actor, Passphrase),
    Open(staff::Session),
}

impl AppBackend {
    pub(super) fn session(&self) -> MutexGuard<'_, SignedIn> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What every request begins with: the society as it is now, and who acts, unless they were shut out since they
    /// signed in.
    pub(super) async fn open(&self) -> Result<(AppContext, Actor), Error> {
        let session = self.session().clone();
        let SignedIn::Open(session) = session else { return Err(Reason::SignIn.into()) };
        session.enter(&self.ctx).await
    }

    async fn person(&self, actor: &Actor) -> Result<Person, Error> {
        let idle_minutes = self.ctx.current().await?.settings.idle_minutes;
        Ok(Person { id: actor.id.clone(), name: actor.name.clone(), role: actor.role, idle_minutes })
    }

    /// The only way in.
    pub(super) async fn check(&self, credential: Credential) -> Result<AuthStep, Error> {
        match credential {
            Credential::SignIn { id, password } => self.sign_in(&id, password).await,
            Credential::Unlock { password } => self.unlock(&password).await,
            Credential::ChangePassword { new } => self.change_password(&new).await,
            Credential::Code(code) => self.give_code(code).await,
            Credential::Enrol(code) => self.enrol(&code).await,
        }
    }

    async fn sign_in(&self, id: &str, password: Passphrase) -> Result<AuthStep, Error> {
        *self.session() = SignedIn::Nobody;
        self.come_in(id, password, None).await
    }

    async fn give_code(&self, code: Passphrase) -> Result<AuthStep, Error> {
        let session = self.session().clone();
        let SignedIn::Asked { id, password } = session else { return Err(Reason::SignIn.into()) };
        self.come_in(&id, password, Some(&code)).await
    }

    async fn come_in(&self, id: &str, password: Passphrase, code: Option<&Passphrase>) -> Result<AuthStep, Error> {
        let given = Credentials { id, password: &password, code };
        let (session, step) = match staff::sign_in_with(&self.ctx, &given).await {
            Ok(SignIn::Ready(actor)) => {
                let person = self.person(&actor).await?;
                (SignedIn::Open(staff::Session::open(&self.ctx, actor).await?), AuthStep::Enter(person))
            }
            Ok(SignIn::MustChange(actor)) => {
                let person = self.person(&actor).await?;
                (SignedIn::MustChange(actor, password), AuthStep::ChangePassword(person))
            }
            Err(Error::Refused(Reason::CodeNeeded)) => {
                (SignedIn::Asked { id: id.to_owned(), password }, AuthStep::GiveCode)
            }
            Err(Error::Refused(Reason::MustEnrol)) => return self.pair(&given).await,
            Err(other) => return Err(other),
        };
        *self.session() = session;
        Ok(step)
    }

    /// Begins to enrol a device.
    async fn pair(&self, given: &Credentials<'_>) -> Result<AuthStep, Error> {
        let enrolment = staff::begin_enrolment(&self.ctx, given).await?;
        let pairing = Pairing { uri: enrolment.secret.uri(&enrolment.actor.id), secret: enrolment.secret.base32() };
        *self.session() = SignedIn::Enrolling(enrolment);
        Ok(AuthStep::Enrol(pairing))
    }

    async fn enrol(&self, code: &Passphrase) -> Result<AuthStep, Error> {
        let session = self.session().clone();
        let SignedIn::Enrolling(enrolment) = session else { return Err(Reason::SignIn.into()) };
        let codes = staff::enrol(&self.ctx, &enrolment, code).await?;
        let person = self.person(&enrolment.actor).await?;
        let open = staff::Session::open(&self.ctx, enrolment.actor).await?;
        *self.session() = SignedIn::Open(open);
        Ok(AuthStep::RecoveryCodes(person, codes))
    }

    async fn change_password(&self, new: &Passphrase) -> Result<AuthStep, Error> {
        let session = self.session().clone();
        let SignedIn::MustChange(actor, old) = session else { return Err(Reason::SignIn.into()) };
        staff::change_password(&self.ctx, &actor, &old, new).await?;
        if staff::must_enrol(&self.ctx, &actor).await? {
            return self.pair(&Credentials { id: &actor.id, password: new, code: None }).await;
        }
        let person = self.person(&actor).await?;
        *self.session() = SignedIn::Open(staff::Session::open(&self.ctx, actor).await?);
        Ok(AuthStep::PasswordChanged(person))
    }

    async fn unlock(&self, password: &Passphrase) -> Result<AuthStep, Error> {
        let (_, actor) = self.open().await?;
        staff::unlock_screen(&self.ctx, &actor, password).await?;
        Ok(AuthStep::Unlock)
    }
}
