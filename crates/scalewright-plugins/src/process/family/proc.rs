//! Finds the processes of a plug-in in `/proc`, also those that left its process group.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};

/// The processes of a plug-in, besides its program.
pub(super) struct Members {
    leader: u32,
    /// When the program was started, in clock ticks since the system was started.
    start: u64,
    folder: PathBuf,
    /// The environment variable that only processes of this plug-in have.
    marker: Vec<u8>,
    /// The start times of processes that were seen, by number. A number with another start time is another process.
    seen: BTreeMap<u32, u64>,
}

/// What `/proc/PID/stat` says about a process.
struct Stat {
    is_alive: bool,
    parent: u32,
    group: u32,
    session: u32,
    start: u64,
    /// Resident memory in bytes.
    resident: u64,
}

impl Members {
    pub(super) fn of(leader: u32, folder: &Path) -> Self {
        let start = Stat::of(leader).map_or(0, |stat| stat.start);
        let marker = [b"TMPDIR=", folder.as_os_str().as_bytes()].concat();
        Self { leader, start, folder: folder.to_owned(), marker, seen: BTreeMap::new() }
    }

    /// Remembers the descendants of the program and of processes seen earlier. Returns their resident memory.
    pub(super) fn observe(&mut self) -> u64 {
        let mut resident = Stat::of(self.leader).map_or(0, |stat| stat.resident);
        self.seen.retain(|pid, start| is_same(*pid, *start));
        let mut open: Vec<u32> = self.seen.keys().copied().chain([self.leader]).collect();
        while let Some(parent) = open.pop() {
            for child in children(parent) {
                let Some(stat) = Stat::of(child).filter(|stat| stat.parent == parent) else {
                    continue;
                };
                if self.seen.insert(child, stat.start).is_none() {
                    open.push(child);
                }
            }
        }
        resident += self.seen.keys().filter_map(|pid| Some(Stat::of(*pid)?.resident)).sum::<u64>();
        resident
    }

    /// Returns the processes that are alive, without the program.
    pub(super) fn alive(&mut self) -> Vec<u32> {
        let stats = self.younger();
        let mut members = BTreeMap::new();
        // Until a round finds no further child of a member.
        loop {
            let before = members.len();
            for (pid, stat) in &stats {
                if !members.contains_key(pid)
                    && (members.contains_key(&stat.parent) || self.is_member(*pid, stat))
                {
                    members.insert(*pid, stat.start);
                }
            }
            if members.len() == before {
                break;
            }
        }
        self.seen.extend(members.iter().map(|(pid, start)| (*pid, *start)));
        let is_alive = |pid: &u32| stats.get(pid).is_some_and(|stat| stat.is_alive);
        members.into_keys().filter(is_alive).collect()
    }

    /// Ends all processes but the program, and returns how many were alive.
    pub(super) fn kill(&mut self) -> usize {
        let alive = self.alive();
        for pid in alive.iter().copied() {
            let Some(start) = self.seen.get(&pid) else { continue };
            let Some(number) = i32::try_from(pid).ok().and_then(Pid::from_raw) else { continue };
            // The descriptor refers to one process for ever. If that is still the one that was found, it gets the signal.
            let Ok(process) = pidfd_open(number, PidfdFlags::empty()) else { continue };
            if is_same(pid, *start) {
                let _ = pidfd_send_signal(&process, Signal::KILL);
            }
        }
        alive.len()
    }

    /// The processes that were started after the program, or with it.
    fn younger(&self) -> BTreeMap<u32, Stat> {
        let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
        let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
        let others = pids.filter(|pid| *pid != self.leader && *pid != std::process::id());
        let stats = others.filter_map(|pid| Some((pid, Stat::of(pid)?)));
        stats.filter(|(_, stat)| stat.start >= self.start).collect()
    }

    fn is_member(&self, pid: u32, stat: &Stat) -> bool {
        stat.group == self.leader
            || stat.session == self.leader
            || stat.parent == self.leader
            || self.seen.get(&pid) == Some(&stat.start)
            || self.has_marker(pid)
            || fs::read_link(format!("/proc/{pid}/cwd"))
                .is_ok_and(|folder| folder.starts_with(&self.folder))
    }

    fn has_marker(&self, pid: u32) -> bool {
        let environment = fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
        environment.split(|byte| *byte == 0).any(|variable| variable == self.marker)
    }
}

impl Stat {
    fn of(pid: u32) -> Option<Self> {
        let text = fs::read(format!("/proc/{pid}/stat")).ok()?;
        let text = String::from_utf8_lossy(&text);
        // The name of the program is in round brackets and may contain such brackets.
        let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
        let number = |index: usize| fields.get(index)?.parse::<u64>().ok();
        let pid = |index: usize| u32::try_from(number(index)?).ok();
        let pages = number(21)?;
        Some(Self {
            is_alive: !matches!(*fields.first()?, "Z" | "X" | "x"),
            parent: pid(1)?,
            group: pid(2)?,
            session: pid(3)?,
            start: number(19)?,
            resident: pages * u64::try_from(rustix::param::page_size()).ok()?,
        })
    }
}

/// Whether the process with this number is the one that was started at `start`.
fn is_same(pid: u32, start: u64) -> bool {
    Stat::of(pid).is_some_and(|stat| stat.start == start)
}

/// Returns the numbers of the children of a process. Empty where the kernel does not list them.
fn children(pid: u32) -> Vec<u32> {
    let threads = fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten();
    let lists =
        threads.filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok());
    let all = lists.collect::<Vec<_>>().join(" ");
    all.split_whitespace().filter_map(|number| number.parse().ok()).collect()
}
