//! A disk so small that it can be filled: memory, mounted over a folder.

use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) struct SmallDisk {
    folder: PathBuf,
}

impl SmallDisk {
    /// Nothing where this user or machine cannot mount.
    pub(crate) fn over(folder: &Path) -> Option<Self> {
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", "size=24m,mode=755", "tmpfs"]).arg(folder).output();
        if !mounted.is_ok_and(|output| output.status.success()) {
            println!("SKIPPED: no disk can be mounted here");
            return None;
        }
        Some(Self { folder: folder.to_owned() })
    }

    /// Fills the disk but for so many KiB.
    pub(crate) fn leave(&self, kib: usize) {
        let ballast = self.folder.join("ballast");
        let _ = std::fs::remove_file(&ballast);
        let output = Command::new("df").args(["--output=avail", "-k"]).arg(&self.folder).output().unwrap();
        let free: usize = String::from_utf8(output.stdout).unwrap().lines().nth(1).unwrap().trim().parse().unwrap();
        std::fs::write(ballast, vec![0; free.saturating_sub(kib) * 1024]).unwrap();
    }

    pub(crate) fn read_only(&self) {
        self.mount("remount,ro");
    }

    pub(crate) fn writable(&self) {
        self.mount("remount,rw");
    }

    fn mount(&self, options: &str) {
        assert!(Command::new("mount").args(["-o", options]).arg(&self.folder).status().unwrap().success(), "{options}");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily: the society may still have it open.
        let _ = Command::new("umount").arg("-l").arg(&self.folder).status();
    }
}
