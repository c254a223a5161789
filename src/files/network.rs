//! File systems that are on another machine, or shared with one.

use std::path::Path;

/// What `statfs` calls a file system, and its name. Their locks or their shared memory do not hold between machines.
const NETWORK: [(u64, &str); 17] = [
    (0x6969, "NFS"),
    (0x517B, "SMB"),
    (0xFE53_4D42, "SMB"),
    (0xFF53_4D42, "CIFS"),
    (0x0102_1997, "9p"),
    (0x5346_414F, "AFS"),
    (0x6B41_4653, "AFS"),
    (0x7375_7245, "Coda"),
    (0x00C3_6400, "Ceph"),
    (0x0BD0_0BD0, "Lustre"),
    (0x0116_1970, "GFS2"),
    (0x7461_636F, "OCFS2"),
    (0x4750_4653, "GPFS"),
    (0x1983_0326, "BeeGFS"),
    (0x564C, "NCP"),
    (0x786F_4256, "vboxsf"),
    (0xBACB_ACBC, "vmhgfs"),
];

/// Any file system of a program; its own name is in the mount table.
const FUSE: u64 = 0x6573_5546;

/// The programs among them that reach another machine. An encrypted folder or a disk (`fuseblk`) is local.
const NETWORK_FUSE: [&str; 17] = [
    "virtiofs",
    "fuse.sshfs",
    "fuse.rclone",
    "fuse.s3fs",
    "fuse.goofys",
    "fuse.gcsfuse",
    "fuse.blobfuse",
    "fuse.blobfuse2",
    "fuse.glusterfs",
    "fuse.ceph-fuse",
    "fuse.davfs",
    "fuse.curlftpfs",
    "fuse.smbnetfs",
    "fuse.gvfsd-fuse",
    "fuse.google-drive-ocamlfuse",
    "fuse.vmhgfs-fuse",
    "fuse.nfs",
];

/// The name of the file system that a folder is on, where that is on another machine; none where it is local, or where
/// the system does not tell.
pub fn network_file_system(folder: &Path) -> Option<String> {
    let kind = u64::try_from(rustix::fs::statfs(folder).ok()?.f_type).ok()?;
    let mounts = || {
        let device = std::os::unix::fs::MetadataExt::dev(&std::fs::metadata(folder).ok()?);
        let mounts = std::fs::read_to_string("/proc/self/mountinfo").ok()?;
        Some(kind_of_device(&mounts, device)?.to_owned())
    };
    name(kind, mounts)
}

fn name(kind: u64, mounted_as: impl FnOnce() -> Option<String>) -> Option<String> {
    match NETWORK.iter().find(|(magic, _)| *magic == kind) {
        Some((_, name)) => Some((*name).to_owned()),
        None if kind == FUSE => mounted_as().filter(|kind| NETWORK_FUSE.contains(&kind.as_str())),
        None => None,
    }
}

/// The kind of the file system on a device, from the lines of `/proc/self/mountinfo`.
fn kind_of_device(mounts: &str, device: u64) -> Option<&str> {
    let device = format!("{}:{}", rustix::fs::major(device), rustix::fs::minor(device));
    let of_device = |line: &&str| line.split(' ').nth(2) == Some(device.as_str());
    mounts.lines().find(of_device)?.split_once(" - ")?.1.split(' ').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard
40 27 0:51 / /mnt/share rw,nosuid shared:9 master:1 - fuse.sshfs kempo@files:/share rw,user_id=0
41 27 0:52 / /mnt/private rw,nosuid - fuse.gocryptfs /srv/cipher rw
42 27 8:17 / /mnt/stick rw - fuseblk /dev/sdb1 rw
";

    #[test]
    fn file_systems_of_other_machines_are_named() {
        for (kind, named) in [(0x6969, Some("NFS")), (0xFF53_4D42, Some("CIFS")), (0x0102_1997, Some("9p"))] {
            assert_eq!(name(kind, || None).as_deref(), named);
        }
        for local in [0xEF53, 0x9123_683E, 0x5846_5342, 0x0102_1994, 0x794C_7630] {
            assert_eq!(name(local, || unreachable!("not FUSE")), None, "{local:x}");
        }
    }

    #[test]
    fn a_program_s_file_system_is_told_by_the_mount_table() {
        let mounted = |minor| {
            let device = rustix::fs::makedev(if minor == 17 { 8 } else { 0 }, minor);
            name(FUSE, || kind_of_device(MOUNTS, device).map(ToOwned::to_owned))
        };
        assert_eq!(mounted(51).as_deref(), Some("fuse.sshfs"));
        assert_eq!([mounted(52), mounted(17), mounted(99)], [None, None, None]);
    }

    #[test]
    fn the_disk_of_this_machine_is_local() {
        assert_eq!(network_file_system(Path::new(env!("CARGO_MANIFEST_DIR"))), None);
    }
}
