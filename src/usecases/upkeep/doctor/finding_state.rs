//! How a finding stands, and its code for scripts.

use super::finding::{Finding, FindingCode, State, YearBegun};
use super::server_finding::ServerFinding;
use crate::usecases::Life;

impl Finding {
    /// The kind of finding, for scripts.
    pub const fn code(&self) -> FindingCode {
        match self {
            Self::Good => FindingCode::Good,
            Self::Whole(_) => FindingCode::Whole,
            Self::Failed(_) => FindingCode::Failed,
            Self::OldSchema { .. } => FindingCode::OldSchema,
            Self::Copy(_) => FindingCode::Copy,
            Self::NotOurFolder(_) => FindingCode::NotOurFolder,
            Self::Damaged(_) => FindingCode::Damaged,
            Self::SettingUnreadable(_) => FindingCode::SettingUnreadable,
            Self::SettingUnknown(_) => FindingCode::SettingUnknown,
            Self::BrokenChain(_) => FindingCode::BrokenChain,
            Self::NoBackup => FindingCode::NoBackup,
            Self::OldBackup(_) => FindingCode::OldBackup,
            Self::Exposed(_) => FindingCode::Exposed,
            Self::ClearCopy(_) => FindingCode::ClearCopy,
            Self::NoSpace { .. } => FindingCode::NoSpace,
            Self::Unfinished(_) => FindingCode::Unfinished,
            Self::Stray(_) => FindingCode::Stray,
            Self::PastTime(_) => FindingCode::PastTime,
            Self::LostFile { .. } => FindingCode::LostFile,
            Self::PrintSoon { .. } => FindingCode::PrintSoon,
            Self::PrintOver { .. } => FindingCode::PrintOver,
            Self::NoSender(_) => FindingCode::NoSender,
            Self::OldPostcodes(_) => FindingCode::OldPostcodes,
            Self::ClockBack { .. } => FindingCode::ClockBack,
            Self::OtherZone(_) => FindingCode::OtherZone,
            Self::NoHolidays { .. } => FindingCode::NoHolidays,
            Self::NeverSignedIn(_) => FindingCode::NeverSignedIn,
            Self::SilentMachines(_) => FindingCode::SilentMachines,
            Self::FewSupervisors(_) => FindingCode::FewSupervisors,
            Self::OneDecides(_) => FindingCode::OneDecides,
            Self::FeedWaits { .. } => FindingCode::FeedWaits,
            Self::ForgottenPromises { .. } => FindingCode::ForgottenPromises,
            Self::ReportDue(_) => FindingCode::ReportDue,
            Self::ReportLate(_) => FindingCode::ReportLate,
            Self::Server(ServerFinding::NotAServer) => FindingCode::NotAServer,
            Self::Server(ServerFinding::OwnersRole(_)) => FindingCode::OwnersRole,
            Self::Server(ServerFinding::ExcessGrant { .. }) => FindingCode::ExcessGrant,
            Self::Server(ServerFinding::MissingGrant { .. }) => FindingCode::MissingGrant,
            Self::Server(ServerFinding::OtherDefault { .. }) => FindingCode::OtherDefault,
            Self::Server(ServerFinding::SwitchedOff(_)) => FindingCode::SwitchedOff,
            Self::Server(ServerFinding::FewConnections { .. }) => FindingCode::FewConnections,
            Self::Server(ServerFinding::NoArchive) => FindingCode::NoArchive,
            Self::Server(ServerFinding::ArchiveFails(_)) => FindingCode::ArchiveFails,
            Self::Server(ServerFinding::OldArchive(_)) => FindingCode::OldArchive,
            Self::Server(ServerFinding::StandbyLag(_)) => FindingCode::StandbyLag,
            Self::Server(ServerFinding::DeadRows(_)) => FindingCode::DeadRows,
            Self::Server(ServerFinding::Hidden(_)) => FindingCode::Hidden,
        }
    }

    /// How it stands.
    pub const fn state(&self) -> State {
        match self {
            Self::Good | Self::Whole(_) => State::Good,
            Self::OldSchema { .. }
            | Self::Copy(Life::Drill)
            | Self::SettingUnknown(_)
            | Self::NoBackup
            | Self::OldBackup(_)
            | Self::Unfinished(_)
            | Self::Stray(_)
            | Self::OtherZone(_)
            | Self::OldPostcodes(_)
            | Self::NoHolidays { begun: YearBegun::NotYet, .. }
            | Self::NeverSignedIn(_)
            | Self::SilentMachines(_)
            | Self::FewSupervisors(1..)
            | Self::OneDecides(_)
            | Self::ForgottenPromises { .. }
            | Self::ReportDue(_)
            | Self::PrintSoon { .. }
            | Self::PrintOver { .. }
            | Self::FeedWaits { .. } => State::Notice,
            Self::Server(finding) => match finding {
                ServerFinding::NotAServer => State::Good,
                ServerFinding::OwnersRole(_)
                | ServerFinding::OtherDefault { .. }
                | ServerFinding::SwitchedOff(_)
                | ServerFinding::FewConnections { .. }
                | ServerFinding::NoArchive
                | ServerFinding::OldArchive(_)
                | ServerFinding::StandbyLag(_)
                | ServerFinding::DeadRows(_)
                | ServerFinding::Hidden(_) => State::Notice,
                ServerFinding::ExcessGrant { .. }
                | ServerFinding::MissingGrant { .. }
                | ServerFinding::ArchiveFails(_) => State::Wrong,
            },
            Self::Failed(_)
            | Self::SettingUnreadable(_)
            | Self::Damaged(_)
            | Self::Copy(_)
            | Self::NotOurFolder(_)
            | Self::BrokenChain(_)
            | Self::Exposed(_)
            | Self::ClearCopy(_)
            | Self::NoSpace { .. }
            | Self::PastTime(_)
            | Self::LostFile { .. }
            | Self::NoSender(_)
            | Self::ReportLate(_)
            | Self::ClockBack { .. }
            | Self::NoHolidays { begun: YearBegun::Yes, .. }
            | Self::FewSupervisors(0) => State::Wrong,
        }
    }
}
