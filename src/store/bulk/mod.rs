//! Queries of the importer: many rows at a time, COPY on PostgreSQL and multi-row inserts on SQLite.

mod copy;
mod employers;
mod events;
mod grams;
mod members;
mod rebuild;
mod record;
mod runs;
mod tune;

pub use employers::put_employer;
pub use events::{AppliedEvent, NewestEvents, add_events, event_digests, newest_events};
pub use grams::{GRAMS, Gram, insert_grams, remove_grams};
pub use members::{MemberRecord, each_member, insert_members, member_records, next_member_id, update_members};
pub use rebuild::{rebuild_names, rebuild_notes};
pub use runs::{
    ImportNote, ImportRun, RunResult, RunState, begin_run, came_late, finish_run, last_run_of_each_kind, last_runs,
    latest_run, notes_of, run_of, run_of_file,
};
pub use tune::{after, analyze, before};
