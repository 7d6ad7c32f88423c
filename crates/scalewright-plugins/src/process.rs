//! Runs the program of a plug-in without trusting it.
//!
//! The program is started without a shell, in a temporary folder of its own, with a cleared environment. Its time, output,
//! files and memory are limited, and after its answer no process of it is left.
//!
//! # What is enforced where
//!
//! - **All systems**: the environment, the working folder, the limits of time, of output and of files in the working
//!   folder, and the end of the program itself.
//! - **Unix**: the program has a process group of its own, all of which is ended.
//! - **Linux**: processes that leave the group are found through `/proc` and ended too. The memory of each process is
//!   limited (`RLIMIT_DATA`), and so is the resident memory of all of them together. A file cannot be larger than the output limit
//!   (`RLIMIT_FSIZE`), and no core dump is written.
//! - **Linux with Landlock** (5.13 and later): the file system is closed. The program can write only in its temporary
//!   folder, and read only the folders of the system, of installed programs, of the plug-in and those that the settings
//!   allow. Since Linux 6.7, TCP is closed too; since 6.12, signals to other processes. UDP, and Unix sockets with a path,
//!   are not closed.
//!
//! A process that clears its own environment, leaves its group, changes its folder, and whose parent ends within
//! milliseconds, is not recognised as a process of the plug-in. It remains restricted by Landlock.

mod family;
mod json;
mod launch;
mod locate;
mod program;
mod reachable;
mod running;
mod sandbox;
mod scratch;
mod session;
mod streams;

pub use locate::locate;
pub use program::Program;
pub use sandbox::Sandbox;
pub use session::Session;
pub(crate) use session::{alone, value};
