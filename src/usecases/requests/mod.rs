//! 送付依頼: from the inbox to the queue. One file per step; `domain::request::REQUEST_TABLE` is the table.

mod inbox;
mod merge;
mod settle;
mod take;
mod verify;
mod view;

pub use inbox::{InboxLine, Scope, list, show};
pub use merge::merge;
pub use settle::{Settlement, hold, queue, reject};
pub use take::{Call, New, Taken, take, take_call};
pub use verify::{choose, verify};
pub use view::{MatchedBy, RequestView, Sent};

use super::audit::{self, Act};
use super::{Actor, AppContext, Error, Refusal};
use crate::domain::request::RequestStep;
use crate::store::{self, Tx, member::Member, request::Request};
use crate::text;

/// A request by receipt number, in any width and case.
async fn get(tx: &mut Tx, receipt: &str) -> Result<Request, Error> {
    let typed = text::nfkc(receipt);
    let request = match store::request::by_receipt(tx, &typed).await? {
        None => store::request::by_receipt(tx, &typed.to_uppercase()).await?,
        found => found,
    };
    Ok(request.ok_or(Refusal::RequestUnknown(typed))?)
}

/// Moves a request by the table.
fn step(request: &mut Request, step: RequestStep) -> Result<(), Refusal> {
    let refused = Refusal::RequestStep { receipt: request.receipt.clone(), state: request.state, step };
    request.state = request.state.after(step).ok_or(refused)?;
    Ok(())
}

/// Writes a moved request with its entry; refused where somebody else has moved it since it was read.
async fn save(
    tx: &mut Tx,
    ctx: &AppContext,
    actor: &Actor,
    request: &Request,
    from: crate::domain::request::RequestState,
    act: Act,
) -> Result<(), Error> {
    if !store::request::update(tx, request, from).await? {
        return Err(Refusal::Changed { what: request.receipt.clone() }.into());
    }
    note(tx, ctx, actor, request, act).await
}

/// An entry on a request, and on its member where it has one.
async fn note(tx: &mut Tx, ctx: &AppContext, actor: &Actor, request: &Request, act: Act) -> Result<(), Error> {
    let entry = match member_of(tx, request).await? {
        Some(member) => act.on(member.key()).and_detail(&request.receipt),
        None => act.detail(&request.receipt),
    };
    Ok(audit::write(tx, ctx, actor, entry).await?)
}

async fn member_of(tx: &mut Tx, request: &Request) -> Result<Option<Member>, Error> {
    Ok(match request.member_id {
        Some(id) => store::member::get(tx, id).await?,
        None => None,
    })
}
