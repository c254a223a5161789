//! Who is meant by a key.

use super::{Error, Refusal};
use crate::domain::MemberKey;
use crate::store::{self, Tx, employer::Employer, member::Member};

/// The present holder of a number.
///
/// # Errors
/// [`Refusal::MemberUnknown`].
pub(super) async fn member(tx: &mut Tx, key: &MemberKey) -> Result<Member, Error> {
    Ok(store::member::by_key(tx, key).await?.ok_or_else(|| Refusal::MemberUnknown(key.to_string()))?)
}

/// The employer of a 事業所記号, in whatever width and case it was typed.
///
/// # Errors
/// [`Refusal::EmployerUnknown`].
pub(super) async fn employer(tx: &mut Tx, code: &str) -> Result<Employer, Error> {
    let found = store::employer::by_code(tx, &crate::text::key(code)).await?;
    Ok(found.ok_or_else(|| Refusal::EmployerUnknown(code.to_owned()))?)
}
