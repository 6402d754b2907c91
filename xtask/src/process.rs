//! Running other programs: quietly with the elapsed time, loudly, or for what they print.

use crate::stopwatch::{Stopwatch, in_words};
use crate::workspace;
use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::io::{BufRead, BufReader, IsTerminal, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

/// Runs a long step in one line that tells the elapsed time.
///
/// What the program prints goes to a log under `target/xtask`; its last lines are shown when it fails.
pub(crate) fn step(title: &str, command: &mut Command) -> Result<()> {
    let log = log_path(title);
    let child = spawn_into(&log, command)?;
    let status = wait(title, child)?;
    if status.success() {
        return Ok(());
    }
    bail!(
        "{title}: {status}\n{}\nthe whole output is in {}",
        last_lines(&log, 40),
        log.display()
    );
}

/// Runs a program with its output on the terminal; fails when it fails.
pub(crate) fn show(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| cannot_run(command))?;
    succeeded(command, status)
}

/// Becomes the program, so that Ctrl-C and SIGTERM reach it directly and its exit code is the command's.
#[cfg(unix)]
pub(crate) fn replace(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(command.exec()).with_context(|| cannot_run(command))
}

/// Where a process cannot become another one: as [`show`].
#[cfg(not(unix))]
pub(crate) fn replace(command: &mut Command) -> Result<()> {
    show(command)
}

/// Runs a program with its output on the terminal, and hands each line of it to `line` as well.
pub(crate) fn watch(command: &mut Command, mut line: impl FnMut(&str)) -> Result<()> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| cannot_run(command))?;
    if let Some(output) = child.stdout.take() {
        for text in BufReader::new(output).lines() {
            let text = text?;
            println!("{text}");
            line(&text);
        }
    }
    let status = child.wait()?;
    succeeded(command, status)
}

/// What a program prints; fails with its error output when it fails.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| cannot_run(command))?;
    if !output.status.success() {
        bail!(
            "`{}`: {}\n{}",
            words(command),
            output.status,
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn succeeded(command: &Command, status: ExitStatus) -> Result<()> {
    if status.success() {
        return Ok(());
    }
    bail!("`{}`: {status}", words(command));
}

fn log_path(title: &str) -> std::path::PathBuf {
    let name: String = title
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    workspace::target()
        .join("xtask")
        .join(format!("{name}.log"))
}

fn spawn_into(log: &Path, command: &mut Command) -> Result<Child> {
    if let Some(folder) = log.parent() {
        fs::create_dir_all(folder)?;
    }
    let file = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
    let errors = file.try_clone()?;
    command.stdin(Stdio::null()).stdout(file).stderr(errors);
    command.spawn().with_context(|| cannot_run(command))
}

/// Waits, and tells the time each second on a terminal, each minute elsewhere.
fn wait(title: &str, mut child: Child) -> Result<ExitStatus> {
    let on_terminal = std::io::stdout().is_terminal();
    let stopwatch = Stopwatch::start();
    let mut told = 0;
    if !on_terminal {
        println!("{title} …");
    }
    loop {
        if let Some(status) = child.try_wait()? {
            let lead = if on_terminal { "\r" } else { "" };
            println!("{lead}{title} … {}      ", in_words(stopwatch.elapsed()));
            return Ok(status);
        }
        let seconds = stopwatch.elapsed().as_secs();
        if on_terminal {
            print!("\r{title} … {} ", in_words(stopwatch.elapsed()));
            std::io::stdout().flush()?;
        } else if seconds >= told + 60 {
            told = seconds;
            println!("{title} … {}", in_words(stopwatch.elapsed()));
        }
        thread::sleep(Duration::from_millis(if seconds < 1 { 20 } else { 250 }));
    }
}

fn last_lines(log: &Path, count: usize) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

fn words(command: &Command) -> String {
    let arguments = command
        .get_args()
        .map(|argument| argument.to_string_lossy());
    std::iter::once(command.get_program().to_string_lossy())
        .chain(arguments)
        .collect::<Vec<_>>()
        .join(" ")
}

fn cannot_run(command: &Command) -> String {
    format!("cannot run `{}`", words(command))
}
