//! An encrypted backup that version 0.1.0 wrote is restored: the format of encrypted files does not change.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::{Command, Output};

/// A society with one admin, `mykempo init`; then `mykempo backup FILE --passphrase-env KEY`.
const BACKUP: &str = "tests/integration/data/encrypted-backup-0.1.0";

fn mykempo(folder: &Path, passphrase: &str, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mykempo"));
    command.args(["--json", "--db", "restored.db", "--staff", "admin"]).args(args).current_dir(folder).env_clear();
    command.env("MYKEMPO_PASSWORD", "correct horse battery").env("KEY", passphrase).output().unwrap()
}

#[test]
fn encrypted_backup_of_0_1_0_is_restored() {
    let folder = tempfile::tempdir().unwrap();
    let backup = Path::new(env!("CARGO_MANIFEST_DIR")).join(BACKUP);
    let restore = ["restore", backup.to_str().unwrap(), "--passphrase-env", "KEY", "--portal-at", "0"];
    let refused = mykempo(folder.path(), "an umbrella in december", &restore);
    assert_eq!(refused.status.code(), Some(1));
    assert!(!folder.path().join("restored.db").exists());
    for args in [&restore[..], &["audit", "verify"]] {
        let done = mykempo(folder.path(), "an umbrella in november", args);
        assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
    }
}
