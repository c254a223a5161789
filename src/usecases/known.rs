//! Who is meant by a key.

use super::{Error, Refusal};
use crate::domain::MemberKey;
use crate::store::{self, Tx, member::Member};

/// The present holder of a number.
///
/// # Errors
/// [`Refusal::MemberUnknown`].
pub(super) async fn member(tx: &mut Tx, key: &MemberKey) -> Result<Member, Error> {
    Ok(store::member::by_key(tx, key).await?.ok_or_else(|| Refusal::MemberUnknown(key.to_string()))?)
}
