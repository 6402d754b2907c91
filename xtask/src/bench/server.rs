//! A server that is measured: started, watched through /proc, ended.

use crate::process;
use crate::stopwatch::Stopwatch;
use crate::workspace::command;
use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

/// The longest that a start may take before it counts as failed. The first one writes down everybody of the seed.
const START_LIMIT: Duration = Duration::from_mins(2);

/// A page that must be answered with 200 before the server counts as started.
#[derive(Clone, Debug)]
pub(crate) struct Probe {
    pub(crate) address: SocketAddr,
    pub(crate) host: String,
    pub(crate) path: &'static str,
}

/// A running server; it ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
}

impl Server {
    /// Starts the server; gives it with the time until every probe has been answered with 200.
    pub(crate) fn start(
        command: &mut Command,
        log: &Path,
        probes: &[Probe],
    ) -> Result<(Server, Duration)> {
        let output =
            File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
        command
            .stdin(Stdio::null())
            .stderr(output.try_clone()?)
            .stdout(output);
        let stopwatch = Stopwatch::start();
        let mut server = Server {
            child: command
                .spawn()
                .context("cannot start the server to measure")?,
        };
        for probe in probes {
            while !is_answered(probe) {
                if server.child.try_wait()?.is_some() || stopwatch.elapsed() > START_LIMIT {
                    bail!(
                        "the server did not start:\n{}",
                        fs::read_to_string(log).unwrap_or_default()
                    );
                }
                thread::sleep(Duration::from_micros(100));
            }
        }
        Ok((server, stopwatch.elapsed()))
    }

    /// Ends the server as Ctrl-C does, and waits until it has.
    pub(crate) fn stop(mut self) -> Result<()> {
        process::read(command("kill").args(["-TERM", &self.child.id().to_string()]))?;
        self.child.wait().context("waiting for the server to end")?;
        Ok(())
    }

    /// Memory that is really in use, in MiB.
    pub(crate) fn resident(&self) -> Result<f64> {
        self.memory("VmRSS:")
    }

    /// The most memory that was really in use, in MiB.
    pub(crate) fn peak(&self) -> Result<f64> {
        self.memory("VmHWM:")
    }

    /// Lets the peak begin at what is in use now (proc(5), `clear_refs`).
    pub(crate) fn forget_peak(&self) -> Result<()> {
        let path = format!("/proc/{}/clear_refs", self.child.id());
        fs::write(&path, "5").with_context(|| format!("cannot write {path}"))
    }

    fn memory(&self, field: &str) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix(field));
        let line = line.with_context(|| format!("no {field} in /proc"))?;
        let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse()?;
        Ok(kilobytes / 1024.0)
    }

    /// Processor time used since the start, in seconds, of user and system.
    pub(crate) fn cpu_seconds(&self, ticks_per_second: f64) -> Result<f64> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        Ok(
            ticks(&stat).context("/proc/PID/stat has another form than proc(5) tells")?
                / ticks_per_second,
        )
    }

    /// Binds every thread of the server to one core.
    pub(crate) fn pin(&self, core: usize) -> Result<()> {
        pin(self.child.id(), core)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A server that `stop` has ended is gone already, and that is what is wanted.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Binds a process, and what it starts from then on, to one core.
pub(crate) fn pin(process: u32, core: usize) -> Result<()> {
    let mut taskset = command("taskset");
    taskset.args([
        "--all-tasks",
        "--cpu-list",
        "--pid",
        &core.to_string(),
        &process.to_string(),
    ]);
    process::read(&mut taskset).map(drop)
}

/// A port of loopback that nobody uses.
pub(crate) fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?)
}

fn is_answered(probe: &Probe) -> bool {
    let ask = || -> std::io::Result<[u8; 12]> {
        let mut stream = TcpStream::connect(probe.address)?;
        stream.set_read_timeout(Some(START_LIMIT))?;
        write!(
            stream,
            "GET {} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            probe.path, probe.host
        )?;
        let mut start = [0; 12];
        stream.read_exact(&mut start)?;
        Ok(start)
    };
    ask().is_ok_and(|start| start.ends_with(b" 200"))
}

/// Fields 14 and 15; the name before them may itself hold spaces and parentheses.
fn ticks(stat: &str) -> Option<f64> {
    let (_, after_name) = stat.rsplit_once(") ")?;
    let fields: Vec<&str> = after_name.split(' ').collect();
    let user: f64 = fields.get(11)?.parse().ok()?;
    let system: f64 = fields.get(12)?.parse().ok()?;
    Some(user + system)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processor_time_is_read_past_a_name_with_spaces() {
        let stat = "812 (a (b) c) S 1 812 812 0 -1 4194560 1 0 0 0 150 50 0 0 20 0 3 0 100 0 0";
        assert_eq!(ticks(stat), Some(200.0));
    }
}
