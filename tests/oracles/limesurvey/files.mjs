// Reads the two files of a LimeSurvey survey strictly, each into the same model, and checks the rules of LimeSurvey for
// them: codes, order of rows, complete languages, references. Throws at the first violation.

const QUESTION = /^[A-Za-z][A-Za-z0-9]{0,19}$/;
/** LimeSurvey joins the number of a question and the code of a row: row 2 of question 1 would be question 12. */
const SUBQUESTION = /^[A-Za-z][A-Za-z0-9]{0,19}$/;
const ANSWER = /^[A-Za-z0-9]{1,5}$/;
const RESERVED = ["LANG", "SID", "SAVEDID", "TOKEN", "QID", "GID", "SGQ", "self", "that", "this"].map((w) => w.toLowerCase());
/** Operators of expressions, which their lexer finds before names. */
const WORDS = ["and", "or", "lt", "le", "gt", "ge", "eq", "ne"];
const COLUMNS = ["id", "related_id", "class", "type/scale", "name", "relevance", "text", "help", "language", "validation",
  "mandatory", "encrypted", "other", "default", "same_default", "same_script"];
const TYPES = new Set(["F", "L", "M", "N", "K", "S", "T", "D", "X", "*"]);
const WITH_LANGUAGE = new Set(["suffix"]);

function must(condition, message) {
  if (!condition) throw new Error(message);
}

/** The rows of a table with tabs, as PHP's fgetcsv reads it. */
function table(text) {
  must(text.startsWith("\ufeff"), "the byte order mark is missing");
  const rows = [];
  let [row, cell, at, quoted] = [[], "", 1, false];
  while (at < text.length) {
    const c = text[at++];
    if (quoted) {
      if (c === '"' && text[at] === '"') (cell += c), at++;
      else if (c === '"') quoted = false;
      else if (c === "\\" && text[at] === '"') throw new Error("a backslash before a quotation mark is an escape in PHP");
      else cell += c;
    } else if (c === '"') {
      must(cell === "", "a quotation mark within a cell without quotation marks");
      quoted = true;
    } else if (c === "\t") row.push(cell), (cell = "");
    else if (c === "\n") row.push(cell), rows.push(row), (row = []), (cell = "");
    else if (c !== "\r") cell += c;
  }
  must(!quoted && row.length === 0 && cell === "", "the last row is not complete");
  return rows;
}

/** The model of the tab-separated structure. */
export function readTable(text) {
  const [header, ...rows] = table(text);
  COLUMNS.forEach((name, at) => must(header[at] === name, `column ${at} is ${header[at]}`));
  must(new Set(header).size === header.length, "a column occurs twice");
  const survey = { settings: {}, words: {}, groups: [] };
  let last = "S";
  let [language, group, question, groups, questions, subs] = [null, null, null, 0, 0, 0];
  for (const cells of rows) {
    must(cells.length === header.length, `a row has ${cells.length} cells`);
    for (const value of cells) must(!/^".*"$/s.test(value), "LimeSurvey would remove the quotation marks of a cell");
    const row = Object.fromEntries(header.map((name, at) => [name, cells[at]]));
    const { class: kind, name, text: words } = row;
    if (kind === "S") must(last === "S", "a setting after other rows"), (survey.settings[name] = words);
    else if (kind === "SL") {
      must(last === "S" || last === "SL", "a text of the survey after its groups");
      (survey.words[row.language] ??= {})[name] = words;
    } else {
      if (row.language !== language) {
        must(kind === "G", "a language begins with a group");
        must(language === null || groups === survey.groups.length, `${language} has not all groups`);
        [language, groups] = [row.language, 0];
      }
      const languages = allLanguages(survey);
      const at = languages.indexOf(language);
      must(at >= 0, `the language ${language} is not one of the survey`);
      const isBase = at === 0;
      if (kind === "G") {
        must(question === null || group === null || isBase || questions === group.questions.length, "questions are missing");
        must(row["type/scale"] === String(groups + 1), "the number of a group");
        if (isBase) survey.groups.push({ relevance: row.relevance, name: [], description: [], questions: [] });
        group = survey.groups[groups++];
        must(group && group.name.length === at && group.relevance === row.relevance, "another group");
        group.name.push(name), group.description.push(words);
        [question, questions] = [null, 0];
      } else if (kind === "Q") {
        complete(question, at, subs);
        const own = { type: row["type/scale"], code: name, relevance: row.relevance, mandatory: row.mandatory, preg: row.validation };
        if (isBase) group.questions.push({ ...own, text: [], attributes: {}, rows: [], answers: [] });
        question = group.questions[questions++];
        for (const [key, value] of Object.entries(own)) must(question[key] === value, `${name}: another ${key} in ${language}`);
        question.text.push(words);
        for (const attribute of header.slice(COLUMNS.length)) {
          if (row[attribute] === "") continue;
          const has = WITH_LANGUAGE.has(attribute);
          must(has || isBase, `${name}: the attribute ${attribute} is repeated`);
          if (has) (question.attributes[attribute] ??= [])[at] = row[attribute];
          else question.attributes[attribute] = row[attribute];
        }
        subs = 0;
      } else if (kind === "SQ" || kind === "A") {
        must(row["type/scale"] === "0", "the scale of a subquestion or an answer");
        const list = kind === "SQ" ? question.rows : question.answers;
        const own = kind === "SQ" ? { code: name } : { code: name, value: row.assessment_value };
        if (isBase) list.push({ ...own, text: [] });
        const entry = kind === "SQ" ? list[subs] : list[subs - question.rows.length];
        subs += 1;
        must(entry && entry.code === name && entry.text.length === at, `${question.code}: another order in ${language}`);
        entry.text.push(words);
      } else throw new Error(`a row of class ${kind}`);
    }
    last = kind;
  }
  complete(question, allLanguages(survey).indexOf(language), subs);
  return survey;
}

function complete(question, at, subs) {
  if (question === null || at < 0) return;
  must(subs === question.rows.length + question.answers.length, `${question.code}: rows or answers are missing`);
}

function allLanguages(survey) {
  const { language, additional_languages: others } = survey.settings;
  return [language, ...others.split(" ").filter(Boolean)];
}

/** The elements of an XML document without attributes, comments and mixed content. */
function parse(text) {
  const root = { name: "", children: [], text: "" };
  const open = [root];
  const token = /<\?xml[^>]*\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<(\w+)\/>|<(\w+)>|<\/(\w+)>|([^<]+)/gy;
  for (let found; token.lastIndex < text.length; ) {
    found = token.exec(text);
    must(found, "not the XML of a survey");
    const [, data, empty, start, end, words] = found;
    const top = open.at(-1);
    if (data !== undefined) top.text += data;
    else if (empty) top.children.push({ name: empty, children: [], text: "" });
    else if (start) top.children.push({ name: start, children: [], text: "" }), open.push(top.children.at(-1));
    else if (end) must(open.pop().name === end, `</${end}>`);
    else if (words !== undefined && words.trim() !== "") must(!words.includes("&"), "an entity"), (top.text += words);
  }
  must(open.length === 1, "an element is not closed");
  return root.children[0];
}

/** The model of the XML structure. */
export function readXml(text) {
  const document = parse(text);
  must(document.name === "document", "the root");
  const child = (name) => document.children.find((element) => element.name === name);
  must(child("LimeSurveyDocType").text === "Survey", "the type of the document");
  const rows = (name) => {
    const found = child(name);
    if (!found) return [];
    const fields = found.children.find((element) => element.name === "fields").children.map((field) => field.text);
    const list = found.children.find((element) => element.name === "rows").children;
    return list.map((row) => {
      const own = Object.fromEntries(row.children.map((cell) => [cell.name, cell.text]));
      must(JSON.stringify(Object.keys(own)) === JSON.stringify(fields), `the fields of ${name}`);
      return own;
    });
  };
  const [settings] = rows("surveys");
  const survey = { settings: { ...settings }, words: {}, groups: [] };
  delete survey.settings.sid;
  const languages = allLanguages(survey);
  const listed = child("languages").children.map((language) => language.text);
  must(JSON.stringify(listed) === JSON.stringify(languages), "the languages");
  for (const { surveyls_survey_id: id, surveyls_language: language, ...words } of rows("surveys_languagesettings")) {
    must(id === settings.sid, "the number of the survey");
    survey.words[language] = words;
  }
  const inLanguages = (all, key, id, field) => {
    const own = all.filter((row) => row[key] === id);
    must(own.length === languages.length, `${key} ${id} has ${own.length} languages`);
    return languages.map((language) => own.find((row) => row.language === language)[field]);
  };
  const [groupWords, questionWords, answerWords] = ["group_l10ns", "question_l10ns", "answer_l10ns"].map(rows);
  const ordered = (list, key) => [...list].sort((a, b) => a[key] - b[key]);
  const [questions, subquestions, answers, attributes] =
    ["questions", "subquestions", "answers", "question_attributes"].map(rows);
  const ids = [...questions, ...subquestions].map((row) => row.qid);
  must(new Set(ids).size === ids.length, "the number of a question occurs twice");
  for (const group of ordered(rows("groups"), "group_order")) {
    const own = ordered(questions.filter((question) => question.gid === group.gid), "question_order");
    survey.groups.push({
      relevance: group.grelevance,
      name: inLanguages(groupWords, "gid", group.gid, "group_name"),
      description: inLanguages(groupWords, "gid", group.gid, "description"),
      questions: own.map((question) => {
        const mine = attributes.filter((attribute) => attribute.qid === question.qid);
        const values = {};
        for (const { attribute, value, language } of mine) {
          must((language !== "") === WITH_LANGUAGE.has(attribute), `the language of ${attribute}`);
          if (language) (values[attribute] ??= [])[languages.indexOf(language)] = value;
          else values[attribute] = value;
        }
        const subs = ordered(subquestions.filter((sub) => sub.parent_qid === question.qid), "question_order");
        const options = ordered(answers.filter((answer) => answer.qid === question.qid), "sortorder");
        return {
          type: question.type,
          code: question.title,
          relevance: question.relevance,
          mandatory: question.mandatory,
          preg: question.preg,
          text: inLanguages(questionWords, "qid", question.qid, "question"),
          attributes: values,
          rows: subs.map((sub) => ({ code: sub.title, text: inLanguages(questionWords, "qid", sub.qid, "question") })),
          answers: options.map((answer) => ({
            code: answer.code,
            value: answer.assessment_value,
            text: inLanguages(answerWords, "aid", answer.aid, "answer"),
          })),
        };
      }),
    });
  }
  return survey;
}

/** The variables of a question in expressions, each with the name of its column. */
export function variables({ type, code, rows }) {
  if (type === "X") return [];
  if (rows.length === 0) return [{ name: code, column: code }];
  return rows.map((row) => ({ name: `${code}_${row.code}`, column: `${code}[${row.code}]`, row }));
}

/** The names that an expression refers to. */
export function references(expression) {
  return [...expression.replace(/'[^']*'|"[^"]*"/g, "''").matchAll(/([A-Za-z]\w*)\.(\w+)/g)].map(([, name, suffix]) => {
    must(suffix === "NAOK", `${name}.${suffix}: without NAOK, one hidden question makes the whole expression empty`);
    return name;
  });
}

/** Checks the rules of LimeSurvey. */
export function check(survey) {
  const languages = allLanguages(survey);
  must(survey.settings.shownoanswer === "N", "shownoanswer");
  for (const language of languages) {
    must(survey.words[language]?.surveyls_title, `${language} has no title`);
    must(survey.words[language].surveyls_numberformat === "0", "numbers have a decimal point");
  }
  const complete = (texts, what) => {
    must(texts.length === languages.length, `${what}: languages`);
    must(texts.every((text) => (text === "") === (texts[0] === "")), `${what}: not in all languages`);
    for (const text of texts) must(!/[{}\\\t\r\n]/.test(text), `${what}: ${text}`);
  };
  const known = new Set();
  const codes = new Set();
  for (const { name, description, relevance, questions } of survey.groups) {
    must(name[0] !== "", "a group has no name"), must(relevance === "1", "the relevance of a group");
    complete(name, "a group"), complete(description, "a group");
    must(questions.some(({ attributes }) => attributes.hidden !== "1"), "a group with hidden questions alone");
    for (const { code, type, text, relevance, rows, answers, attributes } of questions) {
      must(QUESTION.test(code), `the code ${code}`), must(TYPES.has(type), `the type ${type}`);
      must(![...RESERVED, ...WORDS].includes(code.toLowerCase()), `the code ${code} is reserved`);
      must(!codes.has(code.toLowerCase()), `the code ${code} occurs twice`);
      codes.add(code.toLowerCase());
      complete(text, code);
      must("FMK".includes(type) === rows.length > 0, `${code}: rows`), must("FL".includes(type) === answers.length > 0, `${code}: answers`);
      for (const [list, pattern] of [[rows, SUBQUESTION], [answers, ANSWER]]) {
        const own = list.map((entry) => entry.code);
        must(own.every((code) => pattern.test(code) && code !== "time"), `${code}: codes ${own}`);
        must(new Set(own.map((code) => code.toLowerCase())).size === own.length, `${code}: codes ${own}`);
        for (const entry of list) complete(entry.text, `${code} ${entry.code}`);
      }
      for (const { value } of answers) must(/^-?\d+$/.test(value), `${code}: the assessment value ${value}`);
      if (type === "*") {
        must(attributes.hidden === "1", `${code}: an equation that is shown`);
        must(/^\{\S(?:[\s\S]*\S)?\}$/.test(attributes.equation), `${code}: ${attributes.equation}`);
      }
      for (const used of [...references(relevance), ...references(attributes.equation ?? "")]) {
        must(known.has(used), `${code} refers to ${used}, which does not exist above it`);
      }
      for (const { name } of variables({ type, code, rows })) must(!known.has(name), `${name} occurs twice`), known.add(name);
    }
  }
}
