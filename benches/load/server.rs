//! A server in a process of its own, and what it takes of the machine.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::bare::{self, Bare};

/// The clock of `/proc` ticks so often in a second on every Linux there is.
const TICK: Duration = Duration::from_millis(10);

/// A server, for as long as this lives.
pub(crate) struct Server {
    child: Child,
    pub(crate) port: u16,
    /// Whether it speaks as a relay does.
    pub(crate) is_relay: bool,
}

impl Server {
    /// The relay over a journal in this folder. Who comes from this machine counts as many.
    pub(crate) fn relay(folder: &Path) -> Server {
        let mut command = Command::new(env!("CARGO_BIN_EXE_squall"));
        command.arg("serve").arg("--data").arg(folder);
        command.args(["--listen", "127.0.0.1:0", "--public", "http://relay.invalid"]);
        Server::start(command, true)
    }

    /// A bare server.
    pub(crate) fn bare(bare: Bare) -> Server {
        let mut command = Command::new(std::env::current_exe().expect("this program is a file"));
        command.args([bare::ARG, bare.name()]);
        Server::start(command, false)
    }

    fn start(mut command: Command, is_relay: bool) -> Server {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let mut told = BufReader::new(child.stderr.take().expect("it is piped")).lines();
        let port = told.by_ref().map_while(Result::ok).find_map(|line| {
            let rest = line.split_once("127.0.0.1:")?.1;
            rest.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
        });
        std::thread::spawn(move || told.map_while(Result::ok).for_each(drop));
        Server { child, port: port.expect("it tells where it listens"), is_relay }
    }

    /// The time of processors it has taken.
    pub(crate) fn cpu(&self) -> Duration {
        let stat = self.proc("stat");
        let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
        let ticks = after_name.split_whitespace().skip(11).take(2).filter_map(|it| it.parse::<u32>().ok());
        TICK * ticks.sum::<u32>()
    }

    /// Bytes of memory it holds.
    pub(crate) fn memory(&self) -> u64 {
        self.status("VmRSS:")
    }

    /// The most bytes of memory it has held since [`Server::forget_peak`].
    pub(crate) fn peak(&self) -> u64 {
        self.status("VmHWM:")
    }

    pub(crate) fn forget_peak(&self) {
        let path = format!("/proc/{}/clear_refs", self.child.id());
        fs::write(path, "5").expect("it is a child of this process");
    }

    fn status(&self, name: &str) -> u64 {
        let status = self.proc("status");
        let row = status.lines().find_map(|row| row.strip_prefix(name)).unwrap_or_default();
        let kib: u64 = row.split_whitespace().next().and_then(|it| it.parse().ok()).unwrap_or(0);
        kib * 1024
    }

    fn proc(&self, file: &str) -> String {
        let path = format!("/proc/{}/{file}", self.child.id());
        fs::read_to_string(path).expect("it lives")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
