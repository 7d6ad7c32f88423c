//! The processes of a plug-in: the program and what it started.

#[cfg(target_os = "linux")]
mod proc;

use std::path::Path;
use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

/// How long processes are ended again and again, if they keep starting others.
const LONGEST_ENDING: Duration = Duration::from_millis(1_000);

/// The processes of a plug-in.
pub(super) struct Family {
    #[cfg(unix)]
    leader: rustix::process::Pid,
    #[cfg(target_os = "linux")]
    members: proc::Members,
}

impl Family {
    /// The family of a process that was started as the leader of its group, in `folder`.
    #[cfg(unix)]
    pub(super) fn of(child: &Child, folder: &Path) -> Self {
        #[cfg(not(target_os = "linux"))]
        let _ = folder;
        Self {
            leader: rustix::process::Pid::from_child(child),
            #[cfg(target_os = "linux")]
            members: proc::Members::of(child.id(), folder),
        }
    }

    #[cfg(not(unix))]
    pub(super) fn of(_: &Child, _: &Path) -> Self {
        Self {}
    }

    /// Remembers the processes that exist now, and returns their resident memory in bytes: 0 where it is not known.
    pub(super) fn observe(&mut self) -> u64 {
        #[cfg(target_os = "linux")]
        return self.members.observe();
        #[cfg(not(target_os = "linux"))]
        0
    }

    /// Whether the program itself has ended. It remains a zombie, so that its number is not given to another process.
    #[cfg(unix)]
    pub(super) fn has_ended(&self, _: &mut Child) -> bool {
        use rustix::process::{WaitId, WaitIdOptions, waitid};
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        !matches!(waitid(WaitId::Pid(self.leader), options), Ok(None))
    }

    #[cfg(not(unix))]
    pub(super) fn has_ended(&self, child: &mut Child) -> bool {
        !matches!(child.try_wait(), Ok(None))
    }

    /// How many processes besides the program are alive. 0 where that is not known.
    pub(super) fn survivors(&mut self) -> usize {
        #[cfg(target_os = "linux")]
        return self.members.alive().len();
        #[cfg(not(target_os = "linux"))]
        0
    }

    /// Ends all processes, and waits until they have ended.
    pub(super) fn end(&mut self, child: &mut Child) {
        let since = Instant::now();
        loop {
            self.kill_group(child);
            let others = self.kill_others();
            if (self.has_ended(child) && others == 0) || since.elapsed() > LONGEST_ENDING {
                return;
            }
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// Ends the program and its group.
    fn kill_group(&self, child: &mut Child) {
        // The group exists as long as the program is running or a zombie. That of an empty group fails, without effect.
        #[cfg(unix)]
        let _ = rustix::process::kill_process_group(self.leader, rustix::process::Signal::KILL);
        let _ = child.kill();
    }

    /// Ends the processes besides the program, and returns how many were alive. 0 where that is not known.
    fn kill_others(&mut self) -> usize {
        #[cfg(target_os = "linux")]
        return self.members.kill();
        #[cfg(not(target_os = "linux"))]
        0
    }
}
