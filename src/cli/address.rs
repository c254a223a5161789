//! `address`: what Japan Post's tables say of an address.

use super::context::CliContext;
use super::output::Failure;
use crate::domain::postal::PostalTables;
use crate::labels::postal;

#[derive(Debug, clap::Subcommand)]
pub(super) enum AddressCommand {
    /// 郵便番号と住所を照合する / whether postcode and address mean the same place
    Check {
        /// 郵便番号 / postcode
        postcode: String,
        /// 住所 / address
        #[arg(required = true)]
        address: Vec<String>,
    },
}

impl AddressCommand {
    /// Needs no database and no staff: the tables come with the program.
    pub(super) fn run(&self, cli: &CliContext) -> Result<(), Failure> {
        let Self::Check { postcode, address } = self;
        let check = PostalTables::embedded().check(postcode, &address.join(" "));
        cli.print(&check, || postal::address_check(cli.lang, &check))
    }
}
