//! 回復済み (L4): the portal tells that a member uses the login again.

use super::{note, step};
use crate::domain::request::{Agreement, Ground, OnFile, RequestKind, RequestState, RequestStep};
use crate::store::member::Member;
use crate::store::request::Request;
use crate::usecases::Error;
use crate::usecases::audit::{AuditEvent, NoteFacts};
use chrono::{DateTime, Utc};

/// Who settles such a request.
const PORTAL: &str = "portal";

/// Closes a member's request for login data from before `at`; the entry about it, none where it stays as it is. One that may
/// be another person's stays open: where key and name point to two people, one of them logging in says nothing of the
/// other.
pub(in crate::usecases) fn recover(
    request: &mut Request,
    member: &Member,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Option<NoteFacts>, Error> {
    let unsettled = match request.state() {
        RequestState::Queued => true,
        RequestState::New | RequestState::Verifying | RequestState::OnHold => is_surely_of(request, member),
        RequestState::Done | RequestState::Rejected => false,
    };
    let before = request.kind == RequestKind::LoginInfo && request.received_at < at;
    if !unsettled || !before {
        return Ok(None);
    }
    step(request, RequestStep::Recover)?;
    request.reason = Some(Ground::Recovered.code().to_owned());
    request.settled_by = Some(PORTAL.to_owned());
    request.settled_at = Some(now);
    request.follow_up_on = None;
    Ok(Some(note(AuditEvent::RequestRecovered { receipt: request.receipt.clone() }, Some(member))))
}

/// Whether a request is closed because its member uses the login again.
pub(in crate::usecases) fn is_recovered(request: &Request) -> bool {
    request.state() == RequestState::Done && request.reason.as_deref() == Some(Ground::Recovered.code())
}

/// Opens a request again whose card is cancelled, unless it is closed because its member uses the login again (L4).
pub(in crate::usecases) fn reopen(request: &mut Request) {
    if !is_recovered(request) && request.step(RequestStep::Reopen).is_ok() {
        request.reason = Some(Ground::CardFell.code().to_owned());
        request.settled_by = None;
        request.settled_at = None;
    }
}

/// Whether nothing that the sender gave is another person's.
fn is_surely_of(request: &Request, member: &Member) -> bool {
    let (key, employer) = (member.key(), "");
    let on_file = OnFile {
        key: &key,
        name: &member.name,
        kana: &member.kana,
        born_on: member.born_on,
        employer,
        employer_kana: "",
    };
    let compared = request.claim().compare(on_file);
    !compared.iter().any(|line| line.field.identifies() && line.agreement == Agreement::Differs)
}
