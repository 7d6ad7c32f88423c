//! Which types of columns hold answers, and what the others are called.

use arrow_schema::DataType;

/// Whether cells of this type can be answers or names; lists can where several answers may be given.
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

/// What cells of a type that is not read are.
pub(super) fn words(kind: &DataType) -> &'static str {
    match kind {
        DataType::Duration(_) | DataType::Interval(_) => "lengths of time",
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView => "bytes",
        DataType::FixedSizeBinary(16) => {
            "bytes, as numbers of 128 bits are stored by some programs"
        }
        DataType::FixedSizeBinary(_) => "bytes",
        DataType::List(_)
        | DataType::LargeList(_)
        | DataType::ListView(_)
        | DataType::LargeListView(_)
        | DataType::FixedSizeList(..) => "lists",
        DataType::Struct(_) | DataType::Map(..) => "records",
        DataType::Dictionary(_, values) => words(values),
        _ => "values of a type of their own",
    }
}
