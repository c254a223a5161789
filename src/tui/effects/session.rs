//! The session of this terminal: who is signed in, or on the way to be.

use crate::labels::Labels;
use crate::tui::authentication::{AuthStep, Credential, Pairing};
use crate::tui::context::OpenPerson;
use crate::tui::progress::WorkHandle;
use crate::tui::request::{AnyReply, AnyRequest, RequestContext};
use crate::usecases::staff::Passphrase;
use crate::usecases::staff::{self, Credentials, Enrolment, SignIn};
use crate::usecases::{Actor, AppContext, Error, Refusal as Reason};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How far a person has come.
#[derive(Clone)]
pub(super) enum SignedIn {
    No,
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

/// The society, and the person signed in at this terminal.
pub(crate) struct SessionStore {
    ctx: AppContext,
    signed_in: Mutex<SignedIn>,
}

impl SessionStore {
    /// Not signed in yet.
    pub(crate) fn new(ctx: AppContext) -> Self {
        Self { ctx, signed_in: Mutex::new(SignedIn::No) }
    }

    fn signed_in(&self) -> MutexGuard<'_, SignedIn> {
        self.signed_in.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The session of a request, as it was when the request was made: one that was made before a sign-out is carried out
    /// all the same.
    pub(super) fn at_hand(&self) -> SignedIn {
        self.signed_in().clone()
    }

    /// Runs a request with its session.
    pub(super) async fn run(
        &self,
        signed_in: SignedIn,
        request: Box<dyn AnyRequest>,
        labels: &'static Labels,
        work: &WorkHandle,
    ) -> Result<AnyReply, Error> {
        let (ctx, actor) = self.open(signed_in).await?;
        let done = request.run_any(RequestContext { ctx: &ctx, actor: &actor, labels, work }).await;
        if let Err(Error::Refused(Reason::Role { needs, .. })) = &done
            && let Err(error) = staff::record_refused(&ctx, &actor, *needs).await
        {
            tracing::warn!(code = error.code(), "a refused attempt was not audited");
        }
        done
    }

    /// What every request begins with: the society as it is now, and who acts.
    ///
    /// # Errors
    /// The session has ended: the person was disabled, reset or given another role since.
    async fn open(&self, signed_in: SignedIn) -> Result<(AppContext, Actor), Error> {
        let SignedIn::Open(session) = signed_in else { return Err(Reason::SignIn.into()) };
        session.enter(&self.ctx).await
    }

    async fn person(&self, actor: &Actor) -> Result<OpenPerson, Error> {
        let idle_minutes = self.ctx.current().await?.settings.idle_minutes;
        let failed = staff::failures_since_last(&self.ctx, actor).await?;
        Ok(OpenPerson { id: actor.id.clone(), name: actor.name.clone(), role: actor.role, idle_minutes, failed })
    }

    /// The only way to a session.
    pub(super) async fn authenticate(&self, credential: Credential) -> Result<AuthStep, Error> {
        match credential {
            Credential::SignIn { id, password } => self.sign_in(&id, password).await,
            Credential::Unlock { password } => self.unlock(&password).await,
            Credential::ChangePassword { new } => self.change_password(&new).await,
            Credential::Code(code) => self.give_code(code).await,
            Credential::Enrol(code) => self.enrol(&code).await,
        }
    }

    async fn sign_in(&self, id: &str, password: Passphrase) -> Result<AuthStep, Error> {
        *self.signed_in() = SignedIn::No;
        self.admit(id, password, None).await
    }

    async fn give_code(&self, code: Passphrase) -> Result<AuthStep, Error> {
        let signed_in = self.signed_in().clone();
        let SignedIn::Asked { id, password } = signed_in else { return Err(Reason::SignIn.into()) };
        self.admit(&id, password, Some(&code)).await
    }

    async fn admit(&self, id: &str, password: Passphrase, code: Option<&Passphrase>) -> Result<AuthStep, Error> {
        let given = Credentials { id, password: &password, code };
        let (signed_in, step) = match staff::sign_in_with(&self.ctx, &given).await {
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
        *self.signed_in() = signed_in;
        Ok(step)
    }

    /// Begins to enrol a device.
    async fn pair(&self, given: &Credentials<'_>) -> Result<AuthStep, Error> {
        let enrolment = staff::begin_enrolment(&self.ctx, given).await?;
        let pairing = Pairing { uri: enrolment.secret.uri(&enrolment.actor.id), secret: enrolment.secret.base32() };
        *self.signed_in() = SignedIn::Enrolling(enrolment);
        Ok(AuthStep::Enrol(pairing))
    }

    async fn enrol(&self, code: &Passphrase) -> Result<AuthStep, Error> {
        let signed_in = self.signed_in().clone();
        let SignedIn::Enrolling(enrolment) = signed_in else { return Err(Reason::SignIn.into()) };
        let codes = staff::enrol(&self.ctx, &enrolment, code).await?;
        let person = self.person(&enrolment.actor).await?;
        let open = staff::Session::open(&self.ctx, enrolment.actor).await?;
        *self.signed_in() = SignedIn::Open(open);
        Ok(AuthStep::RecoveryCodes(person, codes))
    }

    async fn change_password(&self, new: &Passphrase) -> Result<AuthStep, Error> {
        let signed_in = self.signed_in().clone();
        let SignedIn::MustChange(actor, old) = signed_in else { return Err(Reason::SignIn.into()) };
        staff::change_password(&self.ctx, &actor, &old, new).await?;
        if staff::must_enrol(&self.ctx, &actor).await? {
            return self.pair(&Credentials { id: &actor.id, password: new, code: None }).await;
        }
        let person = self.person(&actor).await?;
        *self.signed_in() = SignedIn::Open(staff::Session::open(&self.ctx, actor).await?);
        Ok(AuthStep::PasswordChanged(person))
    }

    async fn unlock(&self, password: &Passphrase) -> Result<AuthStep, Error> {
        let (_, actor) = self.open(self.at_hand()).await?;
        staff::unlock_screen(&self.ctx, &actor, password).await?;
        Ok(AuthStep::Unlock)
    }

    /// Forgets who was signed in. That must not fail, also where it cannot be audited.
    pub(super) async fn sign_out(&self) {
        let signed_in = std::mem::replace(&mut *self.signed_in(), SignedIn::No);
        if let SignedIn::Open(session) = signed_in
            && let Err(error) = staff::sign_out(&self.ctx, &session.actor).await
        {
            tracing::warn!(code = error.code(), "a sign-out was not audited");
        }
    }
}
