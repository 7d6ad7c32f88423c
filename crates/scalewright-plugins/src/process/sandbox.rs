//! Closes the file system and the network to a plug-in.

use std::path::{Path, PathBuf};

/// How far a plug-in was closed off from files and the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sandbox {
    /// Files, TCP and signals are closed, except what is allowed.
    Full,
    /// Files are closed, but the kernel is too old to close TCP or signals, or a few file operations.
    Partial,
    /// Nothing is closed: the system has no Landlock, or it is switched off.
    None,
}

/// What a plug-in may open.
#[derive(Debug, Clone)]
pub(super) struct Allowed {
    /// The temporary folder, which it may write.
    pub(super) folder: PathBuf,
    /// What it may read and run.
    pub(super) read: Vec<PathBuf>,
}

/// Restricts the current thread and the processes that it starts.
#[cfg(target_os = "linux")]
pub(super) fn restrict(allowed: &Allowed) -> Sandbox {
    use landlock::RulesetStatus;
    match rules(allowed) {
        Ok(RulesetStatus::FullyEnforced) => Sandbox::Full,
        Ok(RulesetStatus::PartiallyEnforced) => Sandbox::Partial,
        Ok(RulesetStatus::NotEnforced) | Err(_) => Sandbox::None,
    }
}

#[cfg(not(target_os = "linux"))]
pub(super) fn restrict(_: &Allowed) -> Sandbox {
    Sandbox::None
}

#[cfg(target_os = "linux")]
fn rules(allowed: &Allowed) -> Result<landlock::RulesetStatus, landlock::RulesetError> {
    use landlock::{ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr};
    // The newest version whose features are named above. An older kernel enforces those that it has.
    let version = ABI::V6;
    let mut rules = Ruleset::default()
        .handle_access(AccessFs::from_all(version))?
        .handle_access(AccessNet::from_all(version))?
        .scope(landlock::Scope::from_all(version))?
        .create()?;
    let file = AccessFs::from_file(version);
    rules = rule(rules, &allowed.folder, AccessFs::from_all(version))?;
    rules = rule(rules, Path::new("/dev/null"), file & !AccessFs::Execute)?;
    for path in &allowed.read {
        let read = AccessFs::from_read(version);
        rules = rule(rules, path, if path.is_dir() { read } else { read & file })?;
    }
    Ok(rules.restrict_self()?.ruleset)
}

/// Adds a rule for a path, if it exists.
#[cfg(target_os = "linux")]
fn rule(
    rules: landlock::RulesetCreated,
    path: &Path,
    access: landlock::BitFlags<landlock::AccessFs>,
) -> Result<landlock::RulesetCreated, landlock::RulesetError> {
    use landlock::{PathBeneath, PathFd, RulesetCreatedAttr};
    match PathFd::new(path) {
        Ok(opened) => rules.add_rule(PathBeneath::new(opened, access)),
        Err(_) => Ok(rules),
    }
}
