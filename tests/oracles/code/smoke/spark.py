from pyspark.sql import functions as f


def scores(df):
    total = f.col("a") + f.col("b")
    return df.withColumns({
        "total": total,
        "total_answered": f.col("a").isNotNull().cast("int") + f.col("b").isNotNull().cast("int"),
        "total_prorated": f.when(total.isNotNull(), f.lit(False)),
        "total_band": f.when(total >= 4, "high").when(total < 4, 'low, "mäßig"'),
        "third": total * f.col("weight") / 3,
        "high": total >= 4,
        "group": f.when(total >= 4, "many").when(total < 4, "few"),
        "invalid_answers": f.lit(0),
    })


def self_test(spark):
    rows = scores(spark.createDataFrame([(1, 2, 1)], "a int, b int, weight int")).collect()
    assert [row["total"] for row in rows] == [3]
