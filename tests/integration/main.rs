//! Integration tests, linked once: the library on both engines, and the real program in real terminals.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod account;
mod arrows;
mod audit;
mod audit_events;
mod backup;
mod batches;
mod clerks;
mod cli;
mod colours;
mod common;
mod console;
mod console_phone;
mod doctor;
mod eight_processes;
mod faults;
mod feed;
mod fuzz;
mod home;
mod imports;
mod in_sight;
mod kill_loop;
mod one_off;
mod operations;
mod phone;
mod pictures;
mod pty;
mod purge;
mod requests;
mod restore;
mod secrets;
mod sign_in;
mod society;
mod supply_chain;
mod terminals;
mod unit_of_work;
mod upgrade;
