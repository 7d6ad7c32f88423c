//! Which one of an instrument's lists: an index of a type for each, so that they cannot be confused.

macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub usize);
    };
}

index!(
    /// Which response scale of [`crate::Instrument::response_scales`].
    ResponseScaleIx
);
index!(
    /// Which section of [`crate::Instrument::sections`].
    SectionIx
);
index!(
    /// Which item of [`crate::Instrument::items`].
    ItemIx
);
index!(
    /// Which scale of [`crate::Instrument::scales`].
    ScaleIx
);
index!(
    /// Which work of [`crate::Instrument::references`].
    ReferenceIx
);
