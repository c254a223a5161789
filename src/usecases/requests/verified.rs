//! What a login notice is asked for with (L1).

use super::facts::CaseFacts;
use super::{RequestRefusal, get, member_of, step};
use crate::domain::request::{RequestKind, RequestStep};
use crate::domain::{MemberKey, Permission};
use crate::store::{self, account::Account, member::Member, request::Request};
use crate::usecases::actor::Allowed;
use crate::usecases::{Actor, AppContext, Error, Refusal, UnitOfWork};

/// L1: a request for login data whose sender was identified, by a member with an account who has not recovered the login
/// since (L4). [`Self::check`] alone makes one, from the stored row; only with one a login notice can be asked for.
#[derive(Debug)]
pub struct VerifiedRequest {
    request: Request,
    member: Member,
    account: Account,
}

impl VerifiedRequest {
    /// Reads the request in the transaction that answers it.
    ///
    /// # Errors
    /// It is not known, not in a state to be queued, not about login data, its sender is not identified, or its member
    /// has left, has no account, or needs no notice any more.
    pub(in crate::usecases) async fn check(
        uow: &mut UnitOfWork,
        ctx: &AppContext,
        receipt: &str,
    ) -> Result<Self, Error> {
        let mut request = get(uow, receipt).await?;
        step(&mut request, RequestStep::Queue)?;
        if request.kind != RequestKind::LoginInfo {
            return Err(RequestRefusal::OtherMatter(request.receipt).into());
        }
        let member = identified(uow, ctx, &request).await?;
        if let Some(on) = member.lost_on.filter(|on| *on <= uow.today()) {
            return Err(Refusal::MemberLost { member: member.key(), on }.into());
        }
        let account = store::account::open_of(uow, member.id).await?;
        let account = account.ok_or_else(|| Refusal::NoAccount(member.key()))?;
        let recovered = account.login_in_use_at();
        if recovered > request.received_at {
            return Err(
                RequestRefusal::Recovered { receipt: request.receipt, member: member.key(), at: recovered }.into()
            );
        }
        Ok(Self { request, member, account })
    }

    /// L7: the same for a script that names the member, too.
    ///
    /// # Errors
    /// Those of [`Self::check`], and a request of another member.
    pub(in crate::usecases) async fn of(
        uow: &mut UnitOfWork,
        ctx: &AppContext,
        receipt: &str,
        key: &MemberKey,
    ) -> Result<Self, Error> {
        let request = get(uow, receipt).await?;
        match member_of(uow, &request).await? {
            Some(member) if member.key() != key.to_string() => {
                Err(RequestRefusal::OfAnother { receipt: request.receipt, member: key.to_string() }.into())
            }
            _ => Self::check(uow, ctx, receipt).await,
        }
    }

    /// The member that the notice is for.
    pub fn member(&self) -> &Member {
        &self.member
    }

    /// The account whose login data it carries.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// The request, in the state that the step leads to.
    pub(super) fn into_request(self) -> Request {
        self.request
    }
}

/// Both are needed to ask for a notice: the request is settled, and a card is queued.
pub(super) fn may_queue(actor: &Actor) -> Result<Allowed, Error> {
    actor.allowed(Permission::Requests)?;
    Ok(actor.allowed(Permission::Queue)?)
}

/// the member that it was matched to, once the ticks that count suffice; before that, nothing of the
/// registry goes out.
pub(super) async fn identified(tx: &mut store::Tx, ctx: &AppContext, request: &Request) -> Result<Member, Error> {
    let facts = CaseFacts::read(tx, ctx, request).await?;
    let lacking = facts.lacking(request);
    let member = facts.member.ok_or_else(|| RequestRefusal::NoMember(request.receipt.clone()))?;
    match lacking.is_empty() {
        true => Ok(member),
        false => Err(RequestRefusal::NotIdentified { receipt: request.receipt.clone(), lacking }.into()),
    }
}
