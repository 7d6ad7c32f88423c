//! Why work stopped before it was done, as a value: whoever called decides how to show it.

/// Why work could not be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// What is wrong, in a clause.
    pub message: String,
    /// What to do, a line each.
    pub help: Vec<String>,
    /// Whether the request or the data are to blame.
    pub cause: Cause,
}

/// What made work stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The request cannot be carried out as given: wrong arguments, or a file that cannot be read or written.
    Usage,
    /// A definition, its cases or the responses are wrong.
    Wrong,
}

impl Stop {
    /// The request cannot be carried out as given.
    #[must_use]
    pub fn usage(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: Vec::new(), cause: Cause::Usage }
    }

    /// The data are wrong.
    #[must_use]
    pub fn wrong(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: Vec::new(), cause: Cause::Wrong }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }
}
