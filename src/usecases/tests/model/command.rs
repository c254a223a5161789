//! What can happen in a story.

use crate::domain::WebDisplay;
use crate::domain::portal::EventKind;
use proptest::prelude::*;

/// The members of the story, as `fixtures::key` reads them.
pub(super) const MEMBERS: [&str; 6] = ["260 1", "260 1 01", "260 2", "107 1", "107 2", "999 1"];

/// A command, and after how many statements its connection breaks (0: never).
#[derive(Debug, Clone)]
pub(super) struct ModelStep {
    pub(super) command: ModelCommand,
    pub(super) fuse: u32,
}

/// Members, cards and batches are named by number, counted round.
#[derive(Debug, Clone)]
pub(super) enum ModelCommand {
    Portal {
        member: usize,
        kind: EventKind,
        wants: WebDisplay,
    },
    Lose {
        member: usize,
    },
    AskViewing {
        member: usize,
        confirmed: bool,
    },
    AskLogin {
        member: usize,
    },
    /// a call; what the caller says agrees in everything, or not.
    TakeCall {
        member: usize,
        agrees: bool,
    },
    /// One key: checked and queued.
    SettleRequest {
        request: usize,
    },
    HoldRequest {
        request: usize,
    },
    RejectRequest {
        request: usize,
    },
    ResumeRequest {
        request: usize,
    },
    AssignRequest {
        request: usize,
    },
    Hold {
        card: usize,
    },
    Release {
        card: usize,
    },
    Cancel {
        card: usize,
    },
    Return {
        card: usize,
    },
    /// 漏えい等: a card was opened by another person, and its password is stopped.
    OpenIncident {
        card: usize,
    },
    /// B15: the receipt says that a card could not be handed over.
    Undelivered {
        card: usize,
    },
    Draft {
        boss: bool,
        limit: usize,
    },
    Approve {
        batch: usize,
    },
    Export {
        batch: usize,
        ahead: u64,
        stop: bool,
    },
    Print {
        batch: usize,
        spoil: usize,
    },
    Remake {
        batch: usize,
    },
    Dispatch {
        batch: usize,
        obeys: bool,
    },
    CancelBatch {
        batch: usize,
    },
    /// R6: an import changes the address of the first employer.
    Readdress {
        house: u32,
    },
    ConfirmAddress,
    SendBackChanged {
        batch: usize,
    },
    /// R7: sets or ends a protective measure.
    Protect {
        member: usize,
        set: bool,
    },
    /// P1: gives what is owed to a member a date, or records that it needs no answer.
    Promise {
        member: usize,
        close: bool,
    },
    /// The portal acknowledges what the feed has.
    Acknowledge,
    NextDay,
}

impl ModelCommand {
    /// Whether it is one change of a request and nothing more.
    pub(super) fn of_request(&self) -> bool {
        matches!(
            self,
            Self::TakeCall { .. }
                | Self::HoldRequest { .. }
                | Self::RejectRequest { .. }
                | Self::ResumeRequest { .. }
                | Self::AssignRequest { .. }
                | Self::SettleRequest { .. }
        )
    }
}

/// Mostly the main job, so that stories get far; most steps have a fuse, and many end before it burns down.
pub(super) fn step() -> impl Strategy<Value = ModelStep> {
    let fuse = prop_oneof![2 => Just(0), 3 => 1..8u32, 2 => 8..50u32];
    (command(), fuse).prop_map(|(command, fuse)| ModelStep { command, fuse })
}

fn command() -> impl Strategy<Value = ModelCommand> {
    let member = || 0..MEMBERS.len();
    let card = || 0..12usize;
    let request = || 0..4usize;
    let batch = || 0..3usize;
    let kind = || {
        prop_oneof![
            Just(EventKind::WebDisplayOn),
            Just(EventKind::WebDisplayOff),
            Just(EventKind::ViewingReissue),
            Just(EventKind::ViewingChanged),
            Just(EventKind::LoggedIn),
            Just(EventKind::LoginPasswordChanged),
        ]
    };
    let wants = || prop_oneof![4 => Just(WebDisplay::Wanted), 1 => Just(WebDisplay::NotWanted)];
    let registered = (member(), wants());
    prop_oneof![
        6 => registered.prop_map(|(member, wants)| ModelCommand::Portal { member, kind: EventKind::Registered, wants }),
        3 => (member(), kind(), wants()).prop_map(|(member, kind, wants)| ModelCommand::Portal { member, kind, wants }),
        1 => member().prop_map(|member| ModelCommand::Lose { member }),
        2 => (member(), any::<bool>()).prop_map(|(member, confirmed)| ModelCommand::AskViewing { member, confirmed }),
        2 => member().prop_map(|member| ModelCommand::AskLogin { member }),
        2 => (member(), prop::bool::weighted(0.8)).prop_map(|(member, agrees)| ModelCommand::TakeCall { member, agrees }),
        2 => request().prop_map(|request| ModelCommand::SettleRequest { request }),
        1 => request().prop_map(|request| ModelCommand::HoldRequest { request }),
        1 => request().prop_map(|request| ModelCommand::RejectRequest { request }),
        2 => request().prop_map(|request| ModelCommand::ResumeRequest { request }),
        1 => request().prop_map(|request| ModelCommand::AssignRequest { request }),
        1 => card().prop_map(|card| ModelCommand::Hold { card }),
        1 => card().prop_map(|card| ModelCommand::Release { card }),
        1 => card().prop_map(|card| ModelCommand::Cancel { card }),
        1 => card().prop_map(|card| ModelCommand::Return { card }),
        1 => card().prop_map(|card| ModelCommand::OpenIncident { card }),
        1 => card().prop_map(|card| ModelCommand::Undelivered { card }),
        5 => (any::<bool>(), 1..5usize).prop_map(|(boss, limit)| ModelCommand::Draft { boss, limit }),
        5 => batch().prop_map(|batch| ModelCommand::Approve { batch }),
        6 => (batch(), 0..2u64, prop::bool::weighted(0.1)).prop_map(|(batch, ahead, stop)| ModelCommand::Export { batch, ahead, stop }),
        5 => (batch(), 0..2usize).prop_map(|(batch, spoil)| ModelCommand::Print { batch, spoil }),
        2 => batch().prop_map(|batch| ModelCommand::Remake { batch }),
        5 => (batch(), prop::bool::weighted(0.8)).prop_map(|(batch, obeys)| ModelCommand::Dispatch { batch, obeys }),
        1 => batch().prop_map(|batch| ModelCommand::CancelBatch { batch }),
        1 => (1..4u32).prop_map(|house| ModelCommand::Readdress { house }),
        2 => Just(ModelCommand::ConfirmAddress),
        2 => batch().prop_map(|batch| ModelCommand::SendBackChanged { batch }),
        2 => (member(), any::<bool>()).prop_map(|(member, set)| ModelCommand::Protect { member, set }),
        1 => (member(), prop::bool::weighted(0.3)).prop_map(|(member, close)| ModelCommand::Promise { member, close }),
        1 => Just(ModelCommand::Acknowledge),
        2 => Just(ModelCommand::NextDay),
    ]
}
