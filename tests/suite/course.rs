//! Courses over sessions: every value of the oracles, the tables of the command, and what it refuses.

mod agree;
mod agreement;
mod changes;
mod charts;
mod columnar;
mod command;
mod episodes;
mod meta;
mod mixed;
mod outcomes;
mod pages;
mod shapes;
mod small;
