//! Indices into the lists of an instrument. Each list has an index type of its own, so that they cannot be confused.

macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub usize);
    };
}

index!(
    /// The index of a response scale in [`crate::Instrument::response_scales`].
    ResponseScaleIx
);
index!(
    /// The index of a section in [`crate::Instrument::sections`].
    SectionIx
);
index!(
    /// The index of an item in [`crate::Instrument::items`].
    ItemIx
);
index!(
    /// The index of a note in [`crate::Instrument::notes`].
    NoteIx
);
index!(
    /// The index of a scale in [`crate::Instrument::scales`].
    ScaleIx
);
index!(
    /// The index of a work in [`crate::Instrument::references`].
    ReferenceIx
);
