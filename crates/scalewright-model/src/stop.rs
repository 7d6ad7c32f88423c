//! Why work stopped before it was finished, as a value: the caller decides how to show it.

/// The reason why work stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// What is wrong, in a clause.
    pub message: String,
    /// What to do, one line per entry.
    pub help: Vec<String>,
    /// Whether the request or the data are wrong.
    pub cause: Cause,
}

/// What caused the stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The request cannot be carried out as given: wrong arguments, or a file that cannot be read or written.
    Usage,
    /// A definition, its cases or the responses are wrong.
    Wrong,
}

impl Stop {
    /// Creates a stop because the request cannot be carried out as given.
    #[must_use]
    pub fn usage(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: Vec::new(), cause: Cause::Usage }
    }

    /// Creates a stop because a definition, its cases or the responses are wrong.
    #[must_use]
    pub fn wrong(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: Vec::new(), cause: Cause::Wrong }
    }

    /// Adds a line on what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }
}
