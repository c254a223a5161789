//! A member as the screens name one.

use crate::domain::{KeyError, MemberKey};
use crate::usecases::members::Member;

/// The key of a member as the registry gives it.
pub(super) fn key_of(member: &Member) -> Result<MemberKey, KeyError> {
    member.key.parse()
}

/// `260-1-00 東海林 拓也`
pub(super) fn who(member: &Member) -> String {
    format!("{} {}", member.key(), member.name)
}
