//! 回復済み (L4): the portal tells that a member uses the login again.

use super::{note, save, step};
use crate::domain::request::{Agreement, Ground, OnFile, RequestKind, RequestState, RequestStep};
use crate::store::member::Member;
use crate::store::{self, request::Request};
use crate::usecases::audit::AuditEvent;
use crate::usecases::{Error, UnitOfWork, replies};
use chrono::{DateTime, Utc};

/// Who settles such a request.
const PORTAL: &str = "portal";

/// Closes the member's requests for login data from before `at`; how many. A request that may be another person's stays
/// open: where key and name point to two people, one of them logging in says nothing of the other.
pub(in crate::usecases) async fn recovered(
    uow: &mut UnitOfWork,
    member: &Member,
    at: DateTime<Utc>,
) -> Result<u64, Error> {
    let mut closed = 0;
    for mut request in store::request::unsettled_of_member(uow, member.id).await? {
        let from = request.state();
        let before = request.kind == RequestKind::LoginInfo && request.received_at < at;
        if !before || !(from == RequestState::Queued || is_surely_of(&request, member)) {
            continue;
        }
        step(&mut request, RequestStep::Recover)?;
        request.reason = Some(Ground::Recovered.code().to_owned());
        request.settled_by = Some(PORTAL.to_owned());
        request.settled_at = Some(uow.now());
        request.follow_up_on = None;
        save(uow, &request, from).await?;
        replies::withdraw_draft(uow, &request).await?;
        uow.record(note(AuditEvent::RequestRecovered { receipt: request.receipt }, Some(member))).await?;
        closed += 1;
    }
    Ok(closed)
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
