//! One file per verb group. Each change and its audit entry are made in one transaction; the role is checked here.

pub mod accounts;
mod audit;
pub mod batches;
pub mod cards;
pub mod change_summary;
pub mod context;
pub mod day;
pub mod diagnosis;
pub mod error;
pub mod feed;
pub mod home;
pub mod import;
mod last_transition;
pub mod lineage;
pub mod members;
pub mod notes;
pub mod one_off;
pub mod portal;
pub mod queue;
pub mod refusal;
pub mod requests;
pub mod settings;
pub mod setup;
pub mod staff;
pub mod upkeep;

pub use audit::{
    Act, AuditFilter, Chain, anchor as audit_anchor, check as audit_check, export as audit_export,
    unusual as audit_unusual, verify as audit_verify, verify_against as audit_verify_against,
};
pub use context::{Actor, AppContext, Clock};
pub use error::Error;
pub use last_transition::LastTransition;
pub use refusal::Refusal;
pub use settings::{DateStyle, Delivery, SETTINGS, Settings};

#[cfg(test)]
mod model;
