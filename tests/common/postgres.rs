//! A private PostgreSQL: one cluster per test binary on a temporary folder and a unix socket, one database per test.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

struct Cluster {
    socket: PathBuf,
    bin: PathBuf,
}

static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();
static NEXT: AtomicU32 = AtomicU32::new(1);

/// The URL of a new, empty database; nothing where the machine has no server binaries. Where
/// `MYKEMPO_TEST_POSTGRES=required`, a missing server is a failure.
pub(super) fn fresh_database() -> Option<String> {
    let cluster = CLUSTER.get_or_init(start).as_ref();
    if cluster.is_none() && std::env::var("MYKEMPO_TEST_POSTGRES").is_ok_and(|v| v == "required") {
        panic!("MYKEMPO_TEST_POSTGRES=required, but no PostgreSQL server could be started");
    }
    let cluster = cluster?;
    let name = format!("kempo{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let made = as_postgres(&cluster.bin.join("createdb"))
        .args(["-h", &cluster.socket.display().to_string(), "-U", "postgres", &name])
        .status()
        .unwrap();
    assert!(made.success(), "createdb {name}");
    Some(format!("postgres://postgres@localhost/{name}?host={}", cluster.socket.display()))
}

fn start() -> Option<Cluster> {
    let bin = server_binaries()?;
    let folder = std::env::temp_dir().join(format!("mykempo-pg-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    own(&folder);
    let data = folder.join("data");
    let made = as_postgres(&bin.join("initdb"))
        .args(["-A", "trust", "-U", "postgres", "--locale=C.UTF-8", "-N", "-D"])
        .arg(&data)
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(made.success(), "initdb");
    let server = as_postgres(&bin.join("postgres"))
        .arg("-D")
        .arg(&data)
        .arg("-k")
        .arg(&folder)
        .args(["-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=200"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    stop_at_exit(server, folder.clone());
    let deadline = Instant::now() + Duration::from_secs(30);
    while !folder.join(".s.PGSQL.5432").exists() {
        assert!(Instant::now() < deadline, "postgres did not start");
        std::thread::sleep(Duration::from_millis(20));
    }
    let ready = || as_postgres(&bin.join("pg_isready")).arg("-h").arg(&folder).stdout(Stdio::null()).status();
    while !ready().is_ok_and(|status| status.success()) {
        assert!(Instant::now() < deadline, "postgres is not ready");
        std::thread::sleep(Duration::from_millis(20));
    }
    Some(Cluster { socket: folder, bin })
}

/// Debian keeps the server's programs away from the path.
fn server_binaries() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let debian = versions.map(|entry| entry.path().join("bin")).filter(|bin| bin.join("initdb").exists()).max();
    debian.or_else(|| {
        std::env::split_paths(&std::env::var_os("PATH")?)
            .find(|bin| bin.join("initdb").exists() && bin.join("createdb").exists())
    })
}

/// PostgreSQL refuses to run as root.
fn as_postgres(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]).arg(program);
    command.current_dir("/");
    command
}

fn own(folder: &Path) {
    if is_root() {
        let done = Command::new("chown").arg("postgres:postgres").arg(folder).status().unwrap();
        assert!(done.success(), "chown");
    }
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0)
}

/// The test binary ends without running destructors of statics: a small shell outlives it and stops the server.
fn stop_at_exit(server: Child, folder: PathBuf) {
    let script = format!(
        "while kill -0 {me} 2>/dev/null; do sleep 0.2; done; kill -INT {server}; sleep 0.5; rm -rf '{folder}'",
        me = std::process::id(),
        server = server.id(),
        folder = folder.display(),
    );
    let mut watcher = Command::new("setsid");
    watcher.args(["sh", "-c", &script]).stdout(Stdio::null()).stderr(Stdio::null());
    static KEEP: Mutex<Vec<Child>> = Mutex::new(Vec::new());
    KEEP.lock().unwrap().extend([server, watcher.spawn().unwrap()]);
}
