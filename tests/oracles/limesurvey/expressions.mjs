// A reference evaluator of LimeSurvey's ExpressionScript on the server, from its manual and its published source: values
// are those of PHP (null, truth values, numbers, texts), texts that are numbers count as numbers, `+` joins other texts,
// and all arguments of a function are evaluated.

const TOKEN = /\s+|"[^"\\]*"|'[^'\\]*'|[(),]|\b(?:and|or|lt|le|gt|ge|eq|ne)\b|<=|>=|==|!=|[<>]|[A-Za-z]\w*(?:\.\w+)?|[0-9]+\.?[0-9]*|\.[0-9]+|!|\+\+|--|[+*\/-]/gy;
const NUMERIC = /^[ \t\n\r\v\f]*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?[ \t\n\r\v\f]*$/;

/** A value as a text: numbers have 14 significant digits. */
export function textOf(value) {
  if (value === null || value === false) return "";
  if (value === true) return "1";
  if (typeof value === "string") return value;
  if (Number.isNaN(value)) return "NAN";
  if (!Number.isFinite(value)) return value > 0 ? "INF" : "-INF";
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const exponent = Number(value.toExponential(13).split("e")[1]);
  if (exponent >= -4 && exponent < 14) return String(Number(value.toPrecision(14)));
  const [mantissa] = value.toExponential(13).split("e");
  const digits = mantissa.replace(/\.?0+$/, "");
  return `${digits.includes(".") ? digits : `${digits}.0`}E${exponent < 0 ? "-" : "+"}${Math.abs(exponent)}`;
}

const isTrue = (value) => !(value === null || value === false || value === 0 || value === "" || value === "0");
const isNumeric = (value) => (typeof value === "string" ? NUMERIC.test(value) : typeof value === "number");
/** The number that a text begins with. */
function numberOf(value) {
  if (typeof value === "string") return Number(/^\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?/.exec(value)?.[0] ?? 0);
  return value === null ? 0 : Number(value);
}

/** `a == b` of PHP 8. */
function equal(a, b) {
  if (typeof a === "boolean" || typeof b === "boolean") return isTrue(a) === isTrue(b);
  if (a === null || b === null) return a === b || (a ?? b) === "" || (a ?? b) === 0;
  if (isNumeric(a) && isNumeric(b)) return numberOf(a) === numberOf(b);
  return textOf(a) === textOf(b);
}

/** Whether LimeSurvey takes a value for a number. */
const countsAsNumber = (value) =>
  value !== "" && (typeof value === "number" || !isTrue(value) || equal(textOf(numberOf(textOf(value))), textOf(value)));

function binary(operator, left, right) {
  let [numbers, texts] = [countsAsNumber(left.value) && countsAsNumber(right.value), false];
  let [a, b] = [left.value, right.value];
  texts = [a, b].every((value) => !isTrue(value) || !countsAsNumber(value));
  if ((left.isText || right.isText) && numbers) [numbers, texts, a, b] = [false, true, textOf(a), textOf(b)];
  const order = () => {
    if (!numbers) return textOf(a) < textOf(b) ? -1 : textOf(a) > textOf(b) ? 1 : 0;
    return Math.sign(numberOf(a) - numberOf(b));
  };
  const result = (value, isText = false) => ({ value, isText });
  // For `>` and `<=`, a blank counts as 0 beside a 0.
  const areZeros = [[a, b], [b, a]].some(([x, y]) => equal(x, "0") && equal(y, ""));
  const isOrdered = numbers || texts;
  switch (operator) {
    case "or": return result(isTrue(a) || isTrue(b));
    case "and": return result(isTrue(a) && isTrue(b));
    case "eq": return result(equal(a, b));
    case "ne": return result(!equal(a, b));
    case "lt": return result(isOrdered && order() < 0);
    case "le": return result(isOrdered && (areZeros || order() <= 0));
    case "gt": return result(isOrdered && !areZeros && order() > 0);
    case "ge": return result(isOrdered && order() >= 0);
    case "+": return numbers ? result(numberOf(a) + numberOf(b)) : result(textOf(a) + textOf(b), true);
  }
  if (!numbers) return result(NaN);
  const [x, y] = [numberOf(a), numberOf(b)];
  return result(operator === "-" ? x - y : operator === "*" ? x * y : y === 0 ? NaN : x / y);
}

const guarded = (of) => (x) => (isNumeric(x) ? of(numberOf(x)) : NaN);
function extreme(values, better) {
  // PHP compares a number with a text that is none as texts; ours never has one.
  if (!values.every((value) => isNumeric(value))) return NaN;
  return values.reduce((best, value) => (better(numberOf(value), numberOf(best)) ? value : best));
}

const FUNCTIONS = {
  if: (test, then, otherwise = "") => (isTrue(test) ? then : otherwise),
  is_empty: (value) => value === null || value === "" || value === false,
  intval: (value) => {
    const whole = Math.trunc(numberOf(typeof value === "boolean" ? Number(value) : value));
    return Number.isFinite(whole) ? whole + 0 : 0;
  },
  abs: (value) => (isNumeric(value) ? Math.abs(numberOf(value)) : false),
  sqrt: guarded(Math.sqrt),
  exp: guarded(Math.exp),
  log: guarded(Math.log),
  min: (...values) => extreme(values, (a, b) => a < b),
  max: (...values) => extreme(values, (a, b) => a > b),
  substr: (text, start, length) => [...textOf(text)].slice(start, start + length).join(""),
  regexMatch: (pattern, text) => {
    const [, body] = /^\/(.*)\/$/.exec(pattern);
    return new RegExp(body, "u").test(textOf(text)) ? 1 : 0;
  },
};

function tokens(expression) {
  const found = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < expression.length) {
    const at = TOKEN.lastIndex;
    const [token] = TOKEN.exec(expression) ?? [];
    if (token === undefined) throw new Error(`no token at ${at} of ${expression}`);
    if (token === "++" || token === "--") throw new Error(`${token} is not an operator`);
    if (token.trim() !== "") found.push(token);
  }
  return found;
}

const LEVELS = [["or"], ["and"], ["eq", "ne"], ["lt", "le", "gt", "ge"], ["+", "-"], ["*", "/"]];

/** The value of an expression. `variable` gives that of a name with its suffix. */
function parse(expression) {
  const list = tokens(expression);
  let at = 0;
  const level = (depth) => {
    if (depth === LEVELS.length) return unary();
    let left = level(depth + 1);
    while (LEVELS[depth].includes(list[at]?.toLowerCase())) {
      const operator = list[at++].toLowerCase();
      const [a, b] = [left, level(depth + 1)];
      left = (read) => binary(operator, a(read), b(read));
    }
    return left;
  };
  const unary = () => {
    const token = list[at];
    if (token !== "-" && token !== "+" && token !== "!") return primary();
    at += 1;
    const of = unary();
    return (read) => {
      const { value } = of(read);
      const own = value === "" ? 0 : value;
      return { value: token === "!" ? !isTrue(own) : token === "-" ? 0 - numberOf(own) : numberOf(own), isText: false };
    };
  };
  const primary = () => {
    const token = list[at++];
    if (token === undefined) throw new Error("the expression ends too early");
    if (token === "(") {
      const inner = level(0);
      if (list[at++] !== ")") throw new Error("a parenthesis is not closed");
      return inner;
    }
    if (/^['"]/.test(token)) return () => ({ value: token.slice(1, -1), isText: true });
    if (/^[.\d]/.test(token)) return () => ({ value: token, isText: false });
    if (!/^[A-Za-z]/.test(token)) throw new Error(`unexpected ${token}`);
    if (list[at] !== "(") return (read) => ({ value: read(token), isText: false });
    const own = FUNCTIONS[token];
    if (!own) throw new Error(`no function ${token}`);
    at += 1;
    const parts = [];
    while (list[at] !== ")") {
      parts.push(level(0));
      if (list[at] === ",") at += 1;
      else if (list[at] !== ")") throw new Error(`unexpected ${list[at]} in a call`);
    }
    at += 1;
    // A result of a function is no text for the operators around it.
    return (read) => ({ value: own(...parts.map((part) => part(read).value)), isText: false });
  };
  const whole = level(0);
  if (at < list.length) throw new Error(`unexpected ${list[at]}`);
  return whole;
}

const parsed = new Map();
/** The value of an expression. `read` gives that of a name with its suffix. */
export function evaluate(expression, read) {
  if (!parsed.has(expression)) parsed.set(expression, parse(expression));
  return parsed.get(expression)(read).value;
}

export { isNumeric, isTrue };
