def score(answers):
    a, b, weight = answers["a"], answers["b"], answers["weight"]
    total = None if a is None or b is None else a + b
    high = None if total is None else total >= 4
    return {
        "total": total,
        "total_answered": (a is not None) + (b is not None),
        "total_prorated": None if total is None else False,
        "total_band": None if total is None else "high" if high else 'low, "mäßig"',
        "third": None if total is None or weight is None else total * weight / 3,
        "high": high,
        "group": None if total is None else "many" if high else "few",
        "invalid_answers": 0,
    }


def self_test():
    assert score({"a": 1, "b": 2, "weight": 1})["total"] == 3
