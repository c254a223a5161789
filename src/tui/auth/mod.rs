//! Before and beside the workspace: sign-in, the first change of password, the second factor, the lock.

mod enrolment;
mod form;
mod input;
mod recovery;
mod step;

pub(crate) use form::CredentialForm;
#[cfg(test)]
pub(crate) use form::{ONE_FIELD, TWO_FIELDS};
#[cfg(test)]
pub(crate) use recovery::RECOVERY;
pub(crate) use recovery::Recovery;
