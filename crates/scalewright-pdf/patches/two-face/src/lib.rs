//! A stub without syntaxes of programming languages: see the stub for `syntect`.

/// Syntaxes.
pub mod syntax {
    use syntect::parsing::SyntaxSet;

    /// The empty set of syntaxes.
    #[must_use]
    pub fn extra_no_newlines() -> SyntaxSet {
        SyntaxSet
    }
}
