//! Integration tests, linked once: the library on both engines, and the real program in real terminals.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod account;
mod audit;
mod audit_events;
mod backup;
mod backup_of_0_1;
mod batches;
mod clerks;
mod cli;
mod colours;
mod common;
mod console;
mod console_phone;
mod diagnostic_log;
mod doctor;
mod eight_processes;
mod faults;
mod feed;
mod fuzz;
mod home;
mod imports;
mod in_sight;
mod kill_loop;
mod layers;
mod notices;
mod one_off;
mod operations;
mod output_files;
mod phone;
mod pictures;
mod pile;
mod pty;
mod purge;
mod reading_order;
mod requests;
mod restore;
mod secrets;
mod server;
mod sign_in;
mod society;
mod sqlite;
mod states;
mod terminals;
mod unit_of_work;
mod upgrade;
