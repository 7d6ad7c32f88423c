//! Stands in until the suite has targets.
