//! The command line: one file per noun. Scripts rely on it; with `--json` one document goes to stdout and nothing else.

mod address;
mod args;
mod audit;
mod backup;
mod batch;
mod command;
mod console;
mod context;
mod demo;
mod diagnose;
mod doctor;
mod employer;
mod feed;
mod import;
mod init;
mod member;
mod migrate;
mod note;
mod one_off;
mod output;
mod person;
mod progress;
mod promises;
mod proposal;
mod purge;
mod queue;
mod request;
mod restore;
mod settings;
mod shell;
mod staff;
mod template;
mod terminal;
mod totp;
mod usage;

pub use command::main;
