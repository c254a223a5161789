//! What the command line prints, one file per noun.

mod audit;
mod batch;
mod demo;
mod import;
mod man;
mod member;
mod proposal;
mod queue;
mod request;
mod staff;
mod start;
mod template;
mod upkeep;
mod usage;

pub use audit::{AUDIT_COLUMNS, AuditTexts};
pub use batch::BatchTexts;
pub use demo::DemoTexts;
pub use import::ImportTexts;
pub use man::ManTexts;
pub use member::MemberTexts;
pub use proposal::ProposalTexts;
pub use queue::QueueTexts;
pub use request::RequestTexts;
pub use staff::StaffTexts;
pub use start::{StartTexts, SystemFault};
pub use template::TemplateTexts;
pub use upkeep::UpkeepTexts;
pub use usage::{UsageFault, UsageTexts, WrongValue};

use super::Lang;

/// Every text of the command line.
#[derive(Debug)]
pub struct CliTexts {
    /// Opening the database, signing in, opening the console.
    pub start: StartTexts,
    /// `audit` and `feed`.
    pub audit: AuditTexts,
    /// `batch`.
    pub batch: BatchTexts,
    /// `demo`.
    pub demo: DemoTexts,
    /// `import`.
    pub import: ImportTexts,
    /// `doctor --settings`, `man` and `completions`.
    pub man: ManTexts,
    /// `member`, `diagnose` and `note`.
    pub member: MemberTexts,
    /// `proposal`.
    pub proposal: ProposalTexts,
    /// `queue`.
    pub queue: QueueTexts,
    /// `request`.
    pub request: RequestTexts,
    /// `staff`.
    pub staff: StaffTexts,
    /// `template`.
    pub template: TemplateTexts,
    /// `init`, `migrate`, `backup`, `restore`, `purge`, `doctor`.
    pub upkeep: UpkeepTexts,
    /// Help and errors of the parser of arguments.
    pub usage: UsageTexts,
}

impl CliTexts {
    pub(super) const fn new(lang: Lang) -> Self {
        Self {
            start: StartTexts::new(lang),
            audit: AuditTexts::new(lang),
            batch: BatchTexts::new(lang),
            demo: DemoTexts::new(lang),
            import: ImportTexts::new(lang),
            man: ManTexts::new(lang),
            member: MemberTexts::new(lang),
            proposal: ProposalTexts::new(lang),
            queue: QueueTexts::new(lang),
            request: RequestTexts::new(lang),
            staff: StaffTexts::new(lang),
            template: TemplateTexts::new(lang),
            upkeep: UpkeepTexts::new(lang),
            usage: UsageTexts::new(lang),
        }
    }
}

/// An argument that is no date. The parser of arguments runs before the language is known.
pub fn not_a_date(typed: &str) -> String {
    format!("{typed}: 2026-11-24 / 令和8年11月24日 / R8.11.24")
}
