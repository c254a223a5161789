//! A private PostgreSQL: one server per test binary on a temporary folder and a unix socket, one database per test.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};

/// A server of its own; it ends with the test binary.
#[derive(Debug, Clone)]
pub struct Server {
    folder: PathBuf,
    bin: PathBuf,
}

/// A database of a server; gone when dropped.
#[derive(Debug)]
pub struct Database {
    server: Server,
    name: String,
}

static SHARED: OnceLock<Option<Server>> = OnceLock::new();
static NEXT: AtomicU32 = AtomicU32::new(1);

/// A new, empty database; nothing where the machine has no server binaries. Where `MYKEMPO_TEST_POSTGRES=required`, a
/// missing server is a failure.
pub(super) fn fresh_database() -> Option<Database> {
    Some(SHARED.get_or_init(Server::start).as_ref()?.database())
}

impl Server {
    /// A new server; nothing where the machine has none.
    pub fn start() -> Option<Self> {
        let Some(bin) = server_binaries() else {
            let required = std::env::var("MYKEMPO_TEST_POSTGRES").is_ok_and(|v| v == "required");
            assert!(!required, "MYKEMPO_TEST_POSTGRES=required, but there is no PostgreSQL server");
            return None;
        };
        let name = format!("mykempo-pg-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let server = Self { folder: std::env::temp_dir().join(name), bin };
        std::fs::create_dir_all(&server.folder).unwrap();
        own(&server.folder);
        server.run("initdb", &["-A", "trust", "-U", "postgres", "--locale=C.UTF-8", "-N", "-D", &server.data()]);
        server.go_on();
        server.stop_at_exit();
        Some(server)
    }

    /// Starts the server again after [`Server::crash`].
    pub fn go_on(&self) {
        let folder = self.folder.display();
        let options = format!("-k {folder} -c listen_addresses= -c fsync=off -c max_connections=200");
        self.run("pg_ctl", &["start", "-w", "-D", &self.data(), "-l", &self.log(), "-o", &options]);
    }

    /// Stops the server as a loss of power does.
    pub fn crash(&self) {
        self.run("pg_ctl", &["stop", "-w", "-m", "immediate", "-D", &self.data()]);
    }

    /// A new, empty database.
    pub fn database(&self) -> Database {
        let name = format!("kempo{}", NEXT.fetch_add(1, Ordering::Relaxed));
        self.run("createdb", &["-h", &self.folder.display().to_string(), "-U", "postgres", &name]);
        Database { server: self.clone(), name }
    }

    /// Everything that the server keeps: data, write-ahead log, its own log.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn data(&self) -> String {
        self.folder.join("data").display().to_string()
    }

    fn log(&self) -> String {
        self.folder.join("log").display().to_string()
    }

    /// PostgreSQL refuses to run as root.
    fn command(&self, program: &str) -> Command {
        let program = self.bin.join(program);
        let mut command = if is_root() { Command::new("setpriv") } else { Command::new(&program) };
        if is_root() {
            command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]).arg(&program);
        }
        command.current_dir("/").stdin(Stdio::null()).stdout(Stdio::null());
        command
    }

    fn run(&self, program: &str, args: &[&str]) {
        let done = self.command(program).args(args).status().unwrap();
        assert!(done.success(), "{program} {args:?}");
    }

    /// The test binary ends without running destructors of statics: a small shell outlives it and stops the server.
    fn stop_at_exit(&self) {
        static KEEP: Mutex<Vec<Child>> = Mutex::new(Vec::new());
        let folder = self.folder.display();
        let script = format!(
            "while kill -0 {me} 2>/dev/null; do sleep 0.2; done; kill -QUIT $(head -1 '{folder}/data/postmaster.pid'); sleep 0.5; rm -rf '{folder}'",
            me = std::process::id(),
        );
        let mut watcher = Command::new("setsid");
        watcher.args(["sh", "-c", &script]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        KEEP.lock().unwrap().push(watcher.spawn().unwrap());
    }
}

impl Database {
    /// Where it is.
    pub fn url(&self) -> String {
        let (name, folder) = (&self.name, self.server.folder.display());
        format!("postgres://postgres@localhost/{name}?host={folder}")
    }

    /// The server writes down every statement of it with all values.
    pub fn logging_every_statement(self) -> Self {
        let host = self.server.folder.display().to_string();
        for (key, value) in [("log_statement", "'all'"), ("log_parameter_max_length", "-1")] {
            let set = format!("ALTER DATABASE {} SET {key} = {value}", self.name);
            self.server.run("psql", &["-q", "-h", &host, "-U", "postgres", "-d", "postgres", "-c", &set]);
        }
        self
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let host = self.server.folder.display().to_string();
        // A server that a test has stopped keeps it; its folder goes with the test binary.
        let _ = self.server.command("dropdb").args(["--force", "-h", &host, "-U", "postgres", &self.name]).status();
    }
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

fn own(folder: &Path) {
    if is_root() {
        let done = Command::new("chown").arg("postgres:postgres").arg(folder).status().unwrap();
        assert!(done.success(), "chown");
    }
}

/// PostgreSQL would refuse to run.
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0)
}
