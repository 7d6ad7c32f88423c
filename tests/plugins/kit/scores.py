"""Computes the scores of a request from their normal form."""

import math

CLOSE = 1e-9


class Scores:
    """The scores of one respondent."""

    def __init__(self, request, answers):
        self.normal = request["scores"]["normal"]
        self.rules = request["scores"]["answers"]
        self.models = request["instrument"].get("models", [])
        self.answers = answers
        self.steps = {}
        self.checks = {}

    def all(self, scores):
        return {score["scale"]: self.result(at) for at, score in enumerate(scores) if score["published"]}

    def result(self, at):
        output = self.normal["scores"][at]
        if output["kind"] == "truth":
            return True if self.check(output["yes"]) else False if self.check(output["no"]) else None
        value = self.step(output["step"])
        return output["words"][int(value)] if output["kind"] == "word" and value is not None else value

    def number(self, at):
        output = self.normal["scores"][at]
        return float(self.result(at)) if output["kind"] == "truth" else self.step(output["step"])

    def step(self, at):
        if at not in self.steps:
            step = self.normal["steps"][at]
            value = self.operation(step) if self.check(step["known"]) else None
            self.steps[at] = value if value is not None and math.isfinite(value) else None
        return self.steps[at]

    def operation(self, step):
        op = step["op"]
        of = self.step(step["of"]) if "of" in step else None
        if op == "constant":
            return step["value"]
        if op == "answer":
            return self.answers[step["item"]]
        if op == "score":
            return self.number(step["score"])
        if op == "arithmetic":
            return arithmetic(step["operator"], self.step(step["left"]), self.step(step["right"]))
        if op == "apply":
            return FUNCTIONS[step["function"]](of)
        if op == "round":
            scale = 10 ** step["decimals"]
            return math.copysign(math.floor(abs(of) * scale + 0.5 + CLOSE) / scale, of)
        if op == "add_up":
            return sum(self.step(term) for term in step["terms"])
        if op == "combine":
            return self.combined(step)
        if op == "count":
            return sum(self.check(check) for check in step["checks"])
        if op == "choose":
            chosen = (case["then"] for case in step["cases"] if self.check(case["if"]))
            return self.step(next(chosen, step["otherwise"]))
        if op == "recode":
            values = (value for key, value in step["pairs"] if abs(key - of) <= CLOSE)
            return next(values, step.get("other"))
        if op == "lookup":
            return self.looked_up(step)
        if op == "eap":
            return self.trait(step)
        return None

    def combined(self, step):
        values = [self.step(part["of"]) for part in step["parts"]]
        values = [part.get("stand_in") if value is None else value for part, value in zip(step["parts"], values)]
        values = [value for value in values if value is not None]
        kinds = {"sum": sum, "mean": lambda v: sum(v) / len(v), "min": min, "max": max}
        return kinds[step["kind"]](values) * step["times"]

    def looked_up(self, step):
        keys = [self.step(key) for key in step["keys"]]
        if None in keys:
            return None
        node = self.normal["trees"][step["tree"]]
        while node["node"] == "split":
            node = node["less"] if keys[node["key"]] < node["below"] else node["more"]
        if node["node"] == "line":
            return node["value"] + max((keys[0] - node["from"]) / node["run"], 0) * node["rise"]
        return node.get("value")

    def trait(self, step):
        model = self.models[step["model"]]
        weights = []
        for at, weight in model["points"]:
            for item, answer in zip(model["items"], step["answers"]):
                value = self.step(answer)
                if value is not None and value in item["values"]:
                    weight *= probability(model, item, item["values"].index(value), at)
            weights.append((at, weight))
        total = sum(weight for _, weight in weights)
        mean = sum(at * weight for at, weight in weights) / total
        variance = sum((at - mean) ** 2 * weight for at, weight in weights) / total
        return math.sqrt(variance) if step["sd"] else mean

    def check(self, at):
        if at not in self.checks:
            self.checks[at] = self.condition(self.normal["checks"][at])
        return self.checks[at]

    def condition(self, check):
        op = check["op"]
        if op == "given":
            return self.is_given(check["item"])
        if op == "known":
            return self.step(check["step"]) is not None
        if op == "flag":
            return self.result(check["score"]) is check["truth"]
        if op == "decided":
            return self.result(check["score"]) is not None
        if op == "compare":
            left, right = self.step(check["left"]), self.step(check["right"])
            return None not in (left, right) and COMPARISONS[check["comparison"]](left - right)
        if op == "not":
            return not self.check(check["of"])
        if op == "covered":
            return self.looked_up(check) is not None
        if op in ("non_zero", "listed"):
            of = self.step(check["of"])
            if op == "non_zero":
                return of is not None and abs(of) > 1e-12
            return of is not None and any(abs(value - of) <= CLOSE for value in check["values"])
        if op in ("all", "any", "at_least"):
            least = {"all": len(check["of"]), "any": 1}.get(op) if op != "at_least" else check["count"]
            return sum(self.check(one) for one in check["of"]) >= least
        return op == "always"

    def is_given(self, item):
        answer, accepted = self.answers[item], self.rules[item]["accepted"]
        if answer is None:
            return False
        if accepted["kind"] == "values":
            return answer in accepted["values"]
        return accepted["min"] - CLOSE <= answer <= accepted["max"] + CLOSE


def arithmetic(operator, left, right):
    if operator == "add":
        return left + right
    if operator == "subtract":
        return left - right
    if operator == "multiply":
        return left * right
    return left / right if operator == "divide" else left - right * math.floor(left / right)


def whole(function):
    return lambda x: round(x) if abs(x - round(x)) <= CLOSE else function(x)


FUNCTIONS = {
    "abs": abs,
    "sqrt": lambda x: math.sqrt(x) if x >= 0 else None,
    "ln": lambda x: math.log(x) if x > 0 else None,
    "exp": math.exp,
    "floor": whole(math.floor),
    "ceiling": whole(math.ceil),
    "truncate": whole(math.trunc),
    "normal_cdf": lambda x: 0.5 * math.erfc(-x / math.sqrt(2)),
}

COMPARISONS = {
    "<": lambda difference: difference < -CLOSE,
    "<=": lambda difference: difference <= CLOSE,
    "=": lambda difference: abs(difference) <= CLOSE,
    "!=": lambda difference: abs(difference) > CLOSE,
    ">=": lambda difference: difference >= -CLOSE,
    ">": lambda difference: difference > CLOSE,
}


def probability(model, item, category, at):
    slope, thresholds = model["scaling"] * item["discrimination"], item["thresholds"]
    if model["kind"] == "graded-response":
        above = [1.0] + [1 / (1 + math.exp(-slope * (at - threshold))) for threshold in thresholds] + [0.0]
        return above[category] - above[category + 1]
    sums = [0.0]
    for threshold in thresholds:
        sums.append(sums[-1] + slope * (at - threshold))
    return math.exp(sums[category]) / sum(math.exp(one) for one in sums)
