//! The keys of the search and of a member's view.

use crate::tui::commands::{Binding, bindings};
use crate::tui::keys::{DOWN, UP, key};

/// The keys of the search. Letters are text here; arrows move in the result.
pub(crate) const FIND: &[Binding] = bindings![Open, Call, Down.on(&[DOWN]), Up.on(&[UP]), PageUp, PageDown, Back];

/// The keys of a member's view.
pub(crate) const VIEW: &[Binding] = bindings![
    Diagnose, Call.hidden(), Caller, Note, Reissue, History, NextPage, Answer, ShowCards, Contact, TakeRequest.on(&[key('t')]).hidden(),
    CopyPhone.hidden(), EndCall.hidden(), NewIncident.hidden(), Former, Later, Lineage, PreviousPage, Family, NextDate.hidden(), Protect; list
];
