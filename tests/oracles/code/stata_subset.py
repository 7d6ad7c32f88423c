"""Runs the do-files that scalewright exports, without Stata.

This is not Stata. It is a reading of Stata's manual for the few commands, functions and operators that the do-files
contain, and it fails at everything else. It can show that a do-file has the wrong logic. It cannot show that Stata runs
it.
"""

import math
import re


class Stop(Exception):
    """The do-file ends, with a return code."""

    def __init__(self, code, reason=""):
        super().__init__(f"r({code}) {reason}".strip())
        self.code = code


# ---- expressions: numbers are floats, a missing number is None, texts are str

TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+\.?\d*(?![\w.]))|(?P<text>\"[^\"`$\\]*\")|(?P<name>[A-Za-z_]\w*)"
    r"|(?P<sign>==|!=|<=|>=|[-+*/<>&|!(),.]))"
)


def tokens(text):
    found, at, text = [], 0, text.rstrip()
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match:
            raise Stop(198, f"cannot read {text[at:at + 40]!r}")
        found.append((match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return found


def ordered(value):
    """A missing number is greater than all numbers."""
    return math.inf if value is None else value


def strict(compute):
    def operator(*values):
        if any(isinstance(value, str) for value in values):
            raise Stop(109, "type mismatch")
        if any(value is None for value in values):
            return None
        try:
            result = float(compute(*values))
        except (ZeroDivisionError, OverflowError, ValueError):
            return None
        return result if math.isfinite(result) else None

    return operator


def comparison(compute):
    def operator(left, right):
        if isinstance(left, str) != isinstance(right, str):
            raise Stop(109, "type mismatch")
        return float(compute(ordered(left), ordered(right)))

    return operator


def true(value):
    """A missing number is not 0, so it is true."""
    if isinstance(value, str):
        raise Stop(109, "type mismatch")
    return value != 0


def add(left, right):
    if isinstance(left, str) and isinstance(right, str):
        return left + right
    return strict(lambda a, b: a + b)(left, right)


LEVELS = [
    {"|": lambda a, b: float(true(a) or true(b))},
    {"&": lambda a, b: float(true(a) and true(b))},
    {
        "==": comparison(lambda a, b: a == b),
        "!=": comparison(lambda a, b: a != b),
        "<": comparison(lambda a, b: a < b),
        "<=": comparison(lambda a, b: a <= b),
        ">": comparison(lambda a, b: a > b),
        ">=": comparison(lambda a, b: a >= b),
    },
    {"+": add, "-": strict(lambda a, b: a - b)},
    {"*": strict(lambda a, b: a * b), "/": strict(lambda a, b: a / b)},
]


def known(values):
    return [value for value in values if value is not None]


def is_missing(*values):
    return float(any(value is None or value == "" for value in values))


def inlist(value, *values):
    if len(values) > 249:
        raise Stop(130, "expression too long")
    return float(value in values)


def inrange(value, low, high):
    return float(value is not None and low <= value <= high)


FUNCTIONS = {
    "abs": strict(abs),
    "ceil": strict(math.ceil),
    "char": lambda code: chr(int(code)),
    "cond": lambda test, yes, no: yes if true(test) else no,
    "exp": strict(math.exp),
    "floor": strict(math.floor),
    "inlist": inlist,
    "inrange": inrange,
    "ln": strict(math.log),
    "max": lambda *values: max(known(values), default=None),
    "min": lambda *values: min(known(values), default=None),
    "missing": is_missing,
    "normal": strict(lambda x: math.erfc(-x / math.sqrt(2)) / 2),
    "sign": strict(lambda x: (x > 0) - (x < 0)),
    "sqrt": strict(math.sqrt),
}
# The manual's limits.
LITERALS, OPERATORS = 300, 800


class Expression:
    """An expression, as a function of the data, of a row, and of the results of earlier commands."""

    def __init__(self, text):
        self.tokens, self.at = tokens(text), 0
        if sum(kind in ("number", "text") for kind, _ in self.tokens) > LITERALS:
            raise Stop(130, "expression too long")
        if sum(kind == "sign" and sign not in "(),." for kind, sign in self.tokens) > OPERATORS:
            raise Stop(130, "expression too long")
        self.value = self.binary(0)
        if self.at < len(self.tokens):
            raise Stop(198, f"cannot read {text!r} after token {self.at}")

    def next(self):
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def take(self, sign):
        if self.next() != sign:
            raise Stop(198, f"`{sign}` expected, not `{self.next()}`")
        self.at += 1

    def binary(self, level):
        if level == len(LEVELS):
            return self.unary()
        left = self.binary(level + 1)
        while self.next() in LEVELS[level]:
            operator = LEVELS[level][self.next()]
            self.at += 1
            left = self.joined(operator, left, self.binary(level + 1))
        return left

    @staticmethod
    def joined(operator, left, right):
        return lambda data, row: operator(left(data, row), right(data, row))

    def unary(self):
        if self.next() == "!":
            self.at += 1
            of = self.unary()
            return lambda data, row: float(not true(of(data, row)))
        if self.next() == "-":
            self.at += 1
            negated, of = strict(lambda x: -x), self.unary()
            return lambda data, row: negated(of(data, row))
        return self.primary()

    def primary(self):
        if self.at >= len(self.tokens):
            raise Stop(198, "the expression ends early")
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return lambda data, row: float(text)
        if kind == "text":
            return lambda data, row: text[1:-1]
        if text == ".":
            return lambda data, row: None
        if text == "(":
            inner = self.binary(0)
            self.take(")")
            return inner
        if kind != "name":
            raise Stop(198, f"cannot read `{text}`")
        return self.call(text) if self.next() == "(" else self.variable(text)

    @staticmethod
    def variable(name):
        if name == "_n":
            return lambda data, row: float(row + 1)

        def value(data, row):
            if name not in data.columns:
                raise Stop(111, f"variable {name} not found")
            return data.columns[name][row]

        return value

    def call(self, name):
        self.take("(")
        if name == "r":
            key = self.tokens[self.at][1]
            self.at += 1
            self.take(")")
            return lambda data, row: data.results[key]
        if name not in FUNCTIONS:
            raise Stop(133, f"unknown function {name}()")
        arguments = [self.binary(0)]
        while self.next() == ",":
            self.at += 1
            arguments.append(self.binary(0))
        self.take(")")
        function = FUNCTIONS[name]
        return lambda data, row: function(*(argument(data, row) for argument in arguments))


# ---- commands


def conditioned(text):
    """An expression and the condition after it."""
    depth, quoted = 0, False
    for at, character in enumerate(text):
        quoted ^= character == '"'
        depth += {"(": 1, ")": -1}.get(character, 0) * (not quoted)
        if not depth and not quoted and text.startswith(" if ", at):
            return text[:at], text[at + 4:]
    return text, None


class Stata:
    """The data in memory, and what commands leave behind."""

    def __init__(self, columns, rows, arguments):
        self.columns, self.rows = dict(columns), rows
        self.types, self.results, self.output = {}, {}, []
        self.macros, self.arguments, self.kept = {}, arguments, None

    def run(self, text):
        lines = [line.strip() for line in re.sub(r" ///\n\s*", " ", text).split("\n")]
        lines = [line for line in lines if line and not line.startswith("//")]
        skipping = False
        for line in lines:
            if skipping or line == "}":
                skipping = skipping and line != "}"
                continue
            line = re.sub(r"`(\w+)'", lambda match: self.macros.get(match[1], ""), line)
            if line.endswith("{"):
                test = re.fullmatch(r'if (".*" == ".*") {', line)
                skipping = not Expression(test[1]).value(self, 0)
            elif not self.command(line):
                return
        if self.kept:
            raise Stop(0, "the do-file ends without `restore`")

    def command(self, line):
        """Runs a command. Returns false if it ends the do-file."""
        line = line.removeprefix("quietly ")
        name, rest = re.fullmatch(r"(\w+)[, ]*(.*)", line).groups()
        if name == "exit":
            if rest:
                raise Stop(int(rest), "".join(self.output))
            return False
        if name == "if":
            test, command = re.fullmatch(r"if (r\(\w+\) > 0) (.*)", line).groups()
            return self.command(command) if Expression(test).value(self, 0) else True
        action = getattr(self, f"do_{name}", None)
        if not action:
            raise Stop(199, f"unknown command {name}")
        action(rest)
        return True

    def do_version(self, rest):
        assert rest == "14"

    def do_args(self, rest):
        self.macros.update(zip(rest.split(), self.arguments))

    def do_preserve(self, _):
        self.kept = (dict(self.columns), self.rows)

    def do_restore(self, rest):
        if rest != "not":
            self.columns, self.rows = self.kept
        self.kept = None

    def do_drop(self, rest):
        for name in list(self.columns) if rest == "_all" else rest.split():
            if name not in self.columns:
                raise Stop(111, f"variable {name} not found")
            del self.columns[name]

    def do_set(self, rest):
        self.rows = int(rest.removeprefix("obs "))

    def do_confirm(self, rest):
        kind, name = re.fullmatch(r"(numeric|new) variable (\w+)(?:, exact)?", rest).groups()
        if kind == "new":
            if name in self.columns:
                raise Stop(110, f"variable {name} already defined")
        elif name not in self.columns:
            raise Stop(111, f"variable {name} not found")
        elif any(isinstance(value, str) for value in self.columns[name]):
            raise Stop(7, f"'{name}' found where numeric variable expected")

    def values(self, text, otherwise):
        text, condition = conditioned(text)
        value = Expression(text).value
        test = Expression(condition).value if condition else lambda data, row: 1.0
        return [value(self, row) if true(test(self, row)) else otherwise(row) for row in range(self.rows)]

    def stored(self, name, values):
        if len(name) > 32 or not re.fullmatch(r"[A-Za-z_]\w*", name):
            raise Stop(198, f"{name} invalid name")
        texts = [isinstance(value, str) for value in values]
        if any(texts) != all(texts):
            raise Stop(109, "type mismatch")
        if self.types[name] in ("byte", "int", "long"):
            assert all(value is None or value == int(value) for value in values), name
        elif self.types[name] == "":
            assert all(texts), f"{name} would be a float"
        self.columns[name] = values

    def do_generate(self, rest):
        kind, name, text = re.fullmatch(r"(?:(double|byte|int|long) )?(\w+) = (.*)", rest).groups()
        if name in self.columns:
            raise Stop(110, f"variable {name} already defined")
        self.types[name] = kind or ""
        self.stored(name, self.values(text, lambda row: None))

    def do_replace(self, rest):
        name, text = re.fullmatch(r"(\w+) = (.*)", rest).groups()
        if name not in self.columns:
            raise Stop(111, f"variable {name} not found")
        old = self.columns[name]
        self.stored(name, self.values(text, lambda row: old[row]))

    def do_count(self, rest):
        test = Expression(rest.removeprefix("if ")).value
        self.results = {"N": float(sum(true(test(self, row)) for row in range(self.rows)))}

    def do_summarize(self, name):
        values = known(self.columns[name])
        self.results = {"N": float(len(values)), "sum": float(sum(values))}

    def do_local(self, rest):
        name, text = re.fullmatch(r'(\w+) (".*"|= .*)', rest).groups()
        self.macros[name] = text[1:-1] if text[0] == '"' else Expression(text[2:]).value(self, 0)

    def do_display(self, rest):
        self.output.append(rest)

    def do_label(self, rest):
        pattern = r'(variable \w+|define __truth [01]) ("[^"`$]*"|`"`macval\(text\)\'"\')(, (replace|modify))?'
        if not re.fullmatch(pattern, rest) and not re.fullmatch(r"values( \w+)+ __truth", rest):
            raise Stop(198, f"label {rest}")

    def do_assert(self, rest):
        if not all(true(value) for value in self.values(rest, lambda row: 1.0)):
            raise Stop(9, f"assertion is false: {rest}")
