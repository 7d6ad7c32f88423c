"""A strict check of a Qualtrics survey file against what genuine exports have in common.

The lists of keys were counted in 53 genuine exports: the elements, the keys of the survey entry, and the keys that all
questions of a type have. `check` raises `ValueError` with the place of the first difference.
"""

ENTRY = (
    "SurveyID SurveyName SurveyDescription SurveyOwnerID SurveyBrandID DivisionID SurveyLanguage SurveyActiveResponseSet "
    "SurveyStatus SurveyStartDate SurveyExpirationDate SurveyCreationDate CreatorID LastModified LastAccessed LastActivated Deleted"
).split()
ELEMENT = "SurveyID Element PrimaryAttribute SecondaryAttribute TertiaryAttribute Payload".split()
ELEMENTS = {"BL", "FL", "SO", "SCO", "STAT", "QC", "RS", "PROJ"}
COMMON = "QuestionText DataExportTag QuestionType Selector Configuration QuestionDescription Validation Language QuestionID".split()
KINDS = {
    ("Matrix", "Likert", "SingleAnswer"): "DefaultChoices SubSelector Choices ChoiceOrder GradingData Answers AnswerOrder ChoiceDataExportTags RecodeValues".split(),
    ("MC", "SAVR", "TX"): "SubSelector Choices ChoiceOrder RecodeValues".split(),
    ("MC", "MAVR", "TX"): "SubSelector Choices ChoiceOrder RecodeValues".split(),
    ("TE", "SL", None): [],
    ("TE", "ML", None): [],
    ("Slider", "HSLIDER", None): "Choices ChoiceOrder".split(),
    ("DB", "TB", None): [],
}
# The keys that our questions may have: a misspelt one would be ignored.
KNOWN = set(COMMON) | {
    "DefaultChoices", "SubSelector", "DataVisibility", "GradingData", "NextChoiceId", "NextAnswerId", "DisplayLogic",
    "Labels", "Choices", "ChoiceOrder", "Answers", "AnswerOrder", "ChoiceDataExportTags", "RecodeValues",
}
OPERATORS = {"EqualTo", "GreaterThan", "GreaterThanOrEqual", "LessThan", "LessThanOrEqual"}


def require(truth, place):
    if not truth:
        raise ValueError(place)


def unique(values, place):
    values = list(values)
    require(len(values) == len(set(values)), f"{place}: {values}")


def flow_elements(element):
    for inner in element.get("Flow", []):
        yield inner
        yield from flow_elements(inner)


def columns(survey):
    """The columns of exported data: the rule that is right for all columns of genuine exports."""
    for question in survey.shown:
        kind, tags = question["QuestionType"], question.get("ChoiceDataExportTags") or {}
        if kind in ("Matrix", "Slider"):
            for position, choice in enumerate(question["ChoiceOrder"], 1):
                yield tags.get(choice) or f"{question['DataExportTag']}_{position}", question, choice
        elif kind != "DB":
            yield question["DataExportTag"], question, None


class Survey:
    """A survey file whose structure is right."""

    def __init__(self, file):
        require(set(file) == {"SurveyEntry", "SurveyElements"}, "the file")
        require(list(file["SurveyEntry"]) == ENTRY, "SurveyEntry")
        self.entry, self.elements = file["SurveyEntry"], file["SurveyElements"]
        for element in self.elements:
            require(list(element) == ELEMENT, f"the keys of {element.get('Element')}")
            require(element["SurveyID"] == self.entry["SurveyID"], "SurveyID")
        names = [element["Element"] for element in self.elements]
        for name in ELEMENTS:
            require(names.count(name) == 1, f"the number of {name}")
        require(set(names) == ELEMENTS | {"SQ"}, f"other elements: {set(names)}")
        payload = {e["Element"]: e["Payload"] for e in self.elements if e["Element"] != "SQ"}
        self.questions = [e["Payload"] for e in self.elements if e["Element"] == "SQ"]
        self.by_id = {question["QuestionID"]: question for question in self.questions}
        self.options, self.blocks, self.flow = payload["SO"], payload["BL"], payload["FL"]
        self.categories = [category["ID"] for category in payload["SCO"]["ScoringCategories"]]
        self.check_questions()
        self.check_blocks()
        self.check_flow()
        self.check_scoring(payload["SCO"])
        count = next(e["SecondaryAttribute"] for e in self.elements if e["Element"] == "QC")
        require(count == str(len(self.questions)), "the count of questions")
        active = next(e["PrimaryAttribute"] for e in self.elements if e["Element"] == "RS")
        require(active == self.entry["SurveyActiveResponseSet"], "the response set")
        require(self.entry["SurveyLanguage"] in self.options["AvailableLanguages"], "the languages")
        self.columns = list(columns(self))
        unique([name for name, _, _ in self.columns], "columns")

    def check_questions(self):
        unique([question["QuestionID"] for question in self.questions], "ids of questions")
        unique([question["DataExportTag"] for question in self.questions], "tags of questions")
        for element in self.elements:
            if element["Element"] == "SQ":
                require(element["PrimaryAttribute"] == element["Payload"]["QuestionID"], "the id of a question")
        for question in self.questions:
            self.check_question(question)

    def check_question(self, question):
        place = question["QuestionID"]
        kind = (question["QuestionType"], question["Selector"], question.get("SubSelector"))
        require(kind in KINDS, f"{place}: {kind}")
        for key in COMMON + KINDS[kind]:
            require(key in question, f"{place}: no {key}")
        require(set(question) <= KNOWN, f"{place}: {set(question) - KNOWN}")
        for words, order in (("Choices", "ChoiceOrder"), ("Answers", "AnswerOrder")):
            if words in question:
                require(list(question[words]) == question[order], f"{place}: {order}")
                require(all(text["Display"] for text in question[words].values()), f"{place}: an empty text")
        coded = question.get("Answers" if kind[0] == "Matrix" else "Choices", {})
        if "RecodeValues" in question:
            require(set(question["RecodeValues"]) == set(coded), f"{place}: RecodeValues")
            unique(question["RecodeValues"].values(), f"{place}: codes")
        if question.get("ChoiceDataExportTags"):
            require(set(question["ChoiceDataExportTags"]) == set(question["Choices"]), f"{place}: tags")
        texts = [question["QuestionText"]] + [text["Display"] for text in question.get("Choices", {}).values()]
        texts += [text["Display"] for text in question.get("Answers", {}).values()]
        for code, words in (question["Language"] or {}).items():
            require(code in self.options["AvailableLanguages"], f"{place}: the language {code}")
            for key in ("Choices", "Answers"):
                if key in words:
                    require(set(words[key]) == set(question[key]), f"{place}: {key} in {code}")
                    texts += [text["Display"] for text in words[key].values()]
            texts.append(words["QuestionText"])
        for text in texts:
            require("${" not in text and "$e{" not in text and "<script" not in text, f"{place}: piped text")
        if "DisplayLogic" in question:
            self.check_logic(question["DisplayLogic"], place)

    def check_logic(self, logic, place):
        require(logic["Type"] == "BooleanExpression" and set(logic) <= {"0", "Type", "inPage"}, f"{place}: logic")
        tests = logic["0"]
        require(tests["Type"] == "If", f"{place}: If")
        keys = [key for key in tests if key != "Type"]
        require(keys == [str(at) for at in range(len(keys))] and keys, f"{place}: numbers of tests")
        joins = {tests[key].get("Conjuction") for key in keys[1:]}
        require(len(joins) <= 1 and joins <= {"And", "Or"} and "Conjuction" not in tests["0"], f"{place}: {joins}")
        for key in keys:
            self.check_test(tests[key], place)

    def check_test(self, test, place):
        require(test["Type"] == "Expression", f"{place}: expression")
        if test["LogicType"] == "EmbeddedField":
            require(test["Operator"] in OPERATORS and test["LeftOperand"], f"{place}: a field")
            float(test["RightOperand"])
            return
        require(test["LogicType"] == "Question", f"{place}: {test['LogicType']}")
        question = self.by_id[test["QuestionID"]]
        require(test["ChoiceLocator"] == test["LeftOperand"], f"{place}: locator")
        scheme, _, id_, *path = test["LeftOperand"].split("/")
        require(scheme == "q:" and id_ == test["QuestionID"] == test["QuestionIDFromLocator"], f"{place}: {id_}")
        if path[0] == "SelectableChoice":
            require(test["Operator"] == "Selected", f"{place}: operator")
            require(path[1] in question["Choices"], f"{place}: choice {path[1]}")
            if question["QuestionType"] == "Matrix":
                require(path[2] in question["Answers"], f"{place}: answer {path[2]}")
        else:
            require(path == ["ChoiceTextEntryValue"] and question["QuestionType"] == "TE", f"{place}: {path}")
            require(test["Operator"] in OPERATORS, f"{place}: operator")

    def check_blocks(self):
        unique([block["ID"] for block in self.blocks], "ids of blocks")
        kinds = [block["Type"] for block in self.blocks]
        require(kinds[0] == "Default" and kinds[-1] == "Trash" and set(kinds[1:-1]) <= {"Standard"}, f"blocks: {kinds}")
        used = [e["QuestionID"] for b in self.blocks for e in b["BlockElements"] if e["Type"] == "Question"]
        others = {e["Type"] for b in self.blocks for e in b["BlockElements"]} - {"Question", "Page Break"}
        require(not others, f"elements of blocks: {others}")
        unique(used, "questions in blocks")
        require(set(used) == set(self.by_id), "questions without a block")
        shown = [e["QuestionID"] for b in self.blocks[:-1] for e in b["BlockElements"] if e["Type"] == "Question"]
        self.shown = [self.by_id[id_] for id_ in shown]

    def check_flow(self):
        require(self.flow["Type"] == "Root" and self.flow["FlowID"] == "FL_1", "the flow")
        elements = list(flow_elements(self.flow))
        unique([element["FlowID"] for element in elements] + ["FL_1"], "ids of the flow")
        require(self.flow["Properties"]["Count"] == len(elements) + 1, "the count of the flow")
        blocks = [element["ID"] for element in elements if element["Type"] == "Standard"]
        require(blocks == [block["ID"] for block in self.blocks[:-1]], "the order of blocks")
        for element in elements:
            place = element["FlowID"]
            if element["Type"] == "Branch":
                self.check_logic(element["BranchLogic"], place)
                require(element["Flow"], f"{place}: an empty branch")
            elif element["Type"] == "EmbeddedData":
                for field in element["EmbeddedData"]:
                    require(field["Type"] == "Custom" and field["Field"] == field["Description"], f"{place}: a field")
            else:
                require(element["Type"] == "Standard", f"{place}: {element['Type']}")

    def check_scoring(self, scoring):
        unique(self.categories, "categories")
        unique([category["Name"] for category in scoring["ScoringCategories"]], "names of categories")
        require(scoring["DefaultScoringCategory"] == (self.categories[0] if self.categories else None), "the default category")
        for question in self.questions:
            grades = question.get("GradingData", [])
            require([grade["index"] for grade in grades] == list(range(len(grades))), "the order of grades")
            for grade in grades:
                require(grade["ChoiceID"] in question["Choices"], "the choice of a grade")
                if question["QuestionType"] == "Matrix":
                    require(grade["AnswerID"] in question["Answers"], "the answer of a grade")
                require(set(grade["Grades"]) <= set(self.categories), "the category of a grade")
                require(all(points.isdigit() for points in grade["Grades"].values()), "points are whole numbers from 0")
        self.points = {category: {} for category in self.categories}
        for question in self.questions:
            for grade in question.get("GradingData", []):
                is_matrix = question["QuestionType"] == "Matrix"
                row = grade["ChoiceID"] if is_matrix else None
                cell = (question["QuestionID"], row, grade["AnswerID" if is_matrix else "ChoiceID"])
                for category, points in grade["Grades"].items():
                    require(cell not in self.points[category], "a choice has points twice")
                    self.points[category][cell] = int(points)
