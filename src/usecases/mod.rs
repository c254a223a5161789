//! One file per verb group. A change, its permission and its audit events are one [`UnitOfWork`]; a look reads first, and
//! is answered once it is recorded.

pub mod accounts;
mod actor;
pub mod addresses;
pub mod apart;
pub mod as_of;
mod audit;
pub mod batches;
pub mod calls;
mod card_steps;
pub mod cards;
pub mod change_summary;
mod clock;
pub mod confirmations;
pub mod context;
pub mod database;
pub mod day;
pub mod delivery;
pub mod demo;
pub mod diagnosis;
pub mod employer_cards;
pub mod employers;
pub mod error;
pub mod exports;
mod failure_kind;
pub mod feed;
mod gate;
mod holds;
pub mod home;
mod household;
pub mod import;
pub mod incidents;
mod installation;
pub mod intake;
pub mod interrupted;
mod known;
mod last_transition;
mod life;
pub mod lineage;
pub mod members;
pub mod notes;
pub mod one_off;
mod origin;
pub mod persons;
pub mod portal;
pub mod promises;
mod proposals;
pub mod protection;
pub mod queue;
pub mod refusal;
mod registrations;
pub mod replies;
pub mod requests;
mod routes;
pub mod search;
pub mod settings;
pub mod setup;
pub mod staff;
pub mod stats;
pub mod templates;
mod transitions;
pub mod two_people;
mod unit_of_work;
pub mod upkeep;
mod work;

pub use crate::store::{DbUrl, UrlError};
pub use actor::{Actor, Allowed};
pub use audit::{
    Act, AuditEntry, AuditEvent, AuditFilter, AuditLine, AuditPages, AuditQuestion, AuditRoute, AuditSheet, AuditWhom,
    CardRef, Chain, ExportOutcome, FieldChange, GoneBecause, IdRanges, MemberPart, NoteFacts, Order as AuditOrder,
    Recorded, SearchScope, SignInFailure, anchor as audit_anchor, check as audit_check, export as audit_export,
    export_pages as audit_export_pages, list as audit_list, unusual as audit_unusual, verify as audit_verify,
    verify_against as audit_verify_against,
};
pub use clock::Clock;
pub use context::AppContext;
pub use error::{DataError, Error};
pub use failure_kind::FailureKind;
pub use last_transition::LastTransition;
pub use life::{Life, Place};
pub use refusal::Refusal;
pub use settings::{DateStyle, Delivery, SETTINGS, Settings};
pub use unit_of_work::UnitOfWork;

#[cfg(test)]
mod tests;
