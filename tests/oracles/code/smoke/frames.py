import narwhals as nw


@nw.narwhalify
def scores(frame):
    total = nw.col("a") + nw.col("b")
    known = ~nw.col("a").is_null() & ~nw.col("b").is_null()
    return frame.with_columns(total=nw.when(known).then(total)).with_columns(
        total_answered=(~nw.col("a").is_null()).cast(nw.Int64) + (~nw.col("b").is_null()).cast(nw.Int64),
        total_prorated=nw.when(known).then(nw.lit(False)),
        total_band=nw.when(known & (total >= 4))
        .then(nw.lit("high"))
        .otherwise(nw.when(known).then(nw.lit('low, "mäßig"'))),
        third=total * nw.col("weight") / 3,
        high=nw.when(known).then(total >= 4),
        group=nw.when(known & (total >= 4)).then(nw.lit("many")).otherwise(nw.when(known).then(nw.lit("few"))),
        invalid_answers=nw.lit(0),
    )


def self_test(dataframe):
    assert list(scores(dataframe({"a": [1], "b": [2], "weight": [1]}))["total"]) == [3]
