//! SQL once, two engines: SQLite (embedded) and PostgreSQL (many terminals).
//!
//! [`Db`] opens, [`Tx`] runs. Each noun has one file of queries; a query is one text for both engines unless the
//! engines really differ, and then it is a [`Sql`]. Timestamps are cut to microseconds before binding, because that
//! is what PostgreSQL keeps.

#[macro_use]
mod query;
mod claim;
mod connect;
mod db;
mod error;
pub(crate) mod fault;
mod ids;
mod key;
pub mod migrate;
mod schema;
mod server;
mod sqlite_file;
mod url;

pub mod account;
pub mod address_change;
pub mod approved_card;
pub mod audit;
pub mod audit_read;
pub mod batch;
pub mod batch_card;
pub mod batch_file;
pub mod bulk;
pub mod bundle;
pub mod call;
pub mod card;
pub mod comment;
pub mod copy;
pub mod employer;
pub mod feed;
pub mod home;
pub mod incident;
pub mod installation;
pub mod listed;
pub mod member;
pub mod note;
pub mod one_off;
pub mod paper;
pub mod person;
pub mod portal;
pub mod promise;
pub mod proposal;
pub mod protection;
pub mod remake;
pub mod reply;
pub mod request;
pub mod retention;
pub mod search;
pub mod server_state;
pub mod setting;
pub mod sign_in_origin;
pub mod staff;
pub mod stats;
pub mod totp;
pub mod undelivered;
pub mod version;
pub mod work;

pub use claim::WorkClaim;
#[cfg(test)]
pub(crate) use db::counted;
pub use db::{Db, Engine, Tx};
pub use error::{DriverError, FileFault, StoreError};
pub(crate) use ids::{Numbered, next_id, used_ids};
pub use key::KeyColumns;
pub use query::{Sql, micros};
pub use sqlite_file::with_companions;
pub use url::{DbUrl, UrlError};
