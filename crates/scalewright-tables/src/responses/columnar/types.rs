//! The column types that can contain answers, and words for the others.

use arrow_schema::DataType;

/// Whether cells of this type can be answers or names. With `lists`, lists can be answers too.
pub(super) fn is_read(kind: &DataType, lists: bool) -> bool {
    use DataType::{
        Boolean, Date32, Date64, Decimal32, Decimal64, Decimal128, Decimal256, Dictionary, Float16,
        Float32, Float64, Int8, Int16, Int32, Int64, LargeList, LargeUtf8, List, Null, Time32,
        Time64, Timestamp, UInt8, UInt16, UInt32, UInt64, Utf8, Utf8View,
    };
    match kind {
        Null | Boolean | Utf8 | LargeUtf8 | Utf8View | Float16 | Float32 | Float64 => true,
        Int8 | Int16 | Int32 | Int64 | UInt8 | UInt16 | UInt32 | UInt64 => true,
        Decimal32(..) | Decimal64(..) | Decimal128(..) | Decimal256(..) => true,
        Date32 | Date64 | Time32(_) | Time64(_) | Timestamp(..) => true,
        Dictionary(_, values) => is_read(values, false),
        List(entry) | LargeList(entry) => lists && is_read(entry.data_type(), false),
        _ => false,
    }
}

/// Words for the cells of a type that cannot be read.
pub(super) fn words(kind: &DataType) -> &'static str {
    match kind {
        DataType::Duration(_) | DataType::Interval(_) => "durations",
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView => "bytes",
        DataType::FixedSizeBinary(16) => "bytes (some programs store 128-bit numbers like this)",
        DataType::FixedSizeBinary(_) => "bytes",
        DataType::List(_)
        | DataType::LargeList(_)
        | DataType::ListView(_)
        | DataType::LargeListView(_)
        | DataType::FixedSizeList(..) => "lists",
        DataType::Struct(_) | DataType::Map(..) => "records",
        DataType::Dictionary(_, values) => words(values),
        _ => "values of an unsupported type",
    }
}
