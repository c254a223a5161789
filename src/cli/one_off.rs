//! `queue release ID --to-…`, `queue address`, `queue approve-address`, `queue refuse-address` (R3).

use super::context::CliContext;
use super::output::Failure;
use crate::domain::{OneOffAddress, Reason};
use crate::usecases::one_off::{self, AddressProposal, AddressRefusal};
use crate::usecases::{Actor, AppContext, Error};

/// 一度だけの送付先 / a one-off address
#[derive(Debug, clap::Args)]
pub(super) struct To {
    /// 一度だけの送付先の郵便番号 / postcode of a one-off address
    #[arg(long, value_name = "POSTCODE", requires_all = ["to_address", "to_name", "reason"])]
    to_postcode: Option<String>,
    /// 住所 / address
    #[arg(long, value_name = "ADDRESS", requires = "to_postcode")]
    to_address: Option<String>,
    /// 建物名など / building
    #[arg(long, value_name = "BUILDING", requires = "to_postcode")]
    to_building: Option<String>,
    /// あて名 / addressee
    #[arg(long, value_name = "NAME", requires = "to_postcode")]
    to_name: Option<String>,
    /// 部署・担当者 / department
    #[arg(long, value_name = "DEPARTMENT", requires = "to_postcode")]
    to_department: Option<String>,
    /// その送付先に送る理由 / why it goes there
    #[arg(long, value_name = "REASON", requires = "to_postcode")]
    reason: Option<String>,
}

impl To {
    /// Proposes the address, where one was given.
    pub(super) async fn propose(
        &self,
        ctx: &AppContext,
        actor: &Actor,
        id: i64,
    ) -> Result<Option<AddressProposal>, Error> {
        match self.address()? {
            Some((address, why)) => one_off::propose(ctx, actor, id, &address, &why).await.map(Some),
            None => Ok(None),
        }
    }

    /// The address and the reason, where they were given.
    pub(super) fn address(&self) -> Result<Option<(OneOffAddress, Reason)>, Error> {
        let Some(postcode) = &self.to_postcode else { return Ok(None) };
        let of = |text: &'_ Option<String>| text.clone().unwrap_or_default();
        let parts =
            [postcode.clone(), of(&self.to_address), of(&self.to_building), of(&self.to_name), of(&self.to_department)];
        let address = OneOffAddress::parse(parts.each_ref().map(String::as_str)).map_err(AddressRefusal::Fault)?;
        Ok(Some((address, Reason::parse(&of(&self.reason))?)))
    }
}

/// What came of a step, with the address it is about.
pub(super) fn print(cli: &CliContext, proposal: &AddressProposal, done: &str) -> Result<(), Failure> {
    cli.print(proposal, || {
        let AddressProposal { postcode, address1, address2, addressee, department, reason, proposed_by, .. } = proposal;
        let place = [address1, address2, addressee, department].map(String::as_str).join(" ");
        format!("{done}\n{}", cli.texts().queue.address(postcode, &place, reason, proposed_by))
    })
}
