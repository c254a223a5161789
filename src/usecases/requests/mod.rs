//! 送付依頼: from the inbox to the queue. One file per step; `domain::request::REQUEST_TABLE` is the table.

mod facts;
mod inbox;
mod matching;
mod merge;
mod recovered;
mod resume;
mod settle;
mod take;
mod verified;
mod verify;
mod view;

pub use super::refusal::RequestRefusal;
pub use crate::store::request::NewRequest;
pub use crate::store::request::NoticeOnWay;
pub use inbox::{InboxLine, InboxOrder, Scope, list, show};
pub use matching::{Candidate, CaseCandidate, PointedBy};
pub use merge::merge;
pub(super) use recovered::{is_recovered, recover, reopen};
pub use resume::{assign, resume};
pub use settle::{Settlement, answer, hold, queue, queue_for, reject, settle_agreed};
pub use take::{IncomingCall, Taken, take, take_call};
pub use verified::VerifiedRequest;
pub use verify::{choose, let_pass, verify};
pub use view::{CaseDestination, CheckEvidence, LetPass, MatchedBy, RequestView, Sent, SentField, differences};

use super::audit::{AuditEvent, NoteFacts};
use super::{Error, Refusal};
use crate::domain::NoSuchStep;
use crate::domain::request::{RequestState, RequestStep};
use crate::store::{self, Tx, member::Member, request::Request};
use crate::text;

/// A request by receipt number, in any width and case.
async fn get(tx: &mut Tx, receipt: &str) -> Result<Request, Error> {
    let typed = text::nfkc(receipt);
    let request = match store::request::by_receipt(tx, &typed).await? {
        None => store::request::by_receipt(tx, &typed.to_uppercase()).await?,
        found => found,
    };
    Ok(request.ok_or(RequestRefusal::Unknown(typed))?)
}

/// Moves a request by the table.
fn step(request: &mut Request, step: RequestStep) -> Result<(), RequestRefusal> {
    let refused =
        |request: &Request| RequestRefusal::Step { receipt: request.receipt.clone(), state: request.state(), step };
    request.step(step).map_err(|NoSuchStep| refused(request))
}

/// Writes a moved request.
///
/// # Errors
/// [`Refusal::Changed`] where another transaction has moved it since it was read.
pub(super) async fn save(tx: &mut Tx, request: &Request, from: RequestState) -> Result<(), Error> {
    if store::request::update(tx, request, from).await? {
        Ok(())
    } else {
        Err(Refusal::Changed { what: request.receipt.clone() }.into())
    }
}

/// An event of a request, and of its member where it has one.
fn note(event: AuditEvent, member: Option<&Member>) -> NoteFacts {
    match member {
        Some(member) => event.on(member.key()),
        None => event.into(),
    }
}

async fn member_of(tx: &mut Tx, request: &Request) -> Result<Option<Member>, Error> {
    Ok(match request.member_id {
        Some(id) => store::member::get(tx, id).await?,
        None => None,
    })
}
