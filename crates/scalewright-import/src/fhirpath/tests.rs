//! Expressions on their own: what they give, and how they are written in our language.

use serde_json::{Value as Json, json};

use super::machine::Context;
use super::{Answered, Machine, Node, Offered, Question, World, parse, value};
use crate::value::Value;

/// Three questions: `a` with the options `x` (0), `y` (1) and `z` (2), the number `n`, and `b` with yes and no.
fn world() -> World {
    let option = |value: i64, code: &str| Offered {
        value: value.into(),
        json: json!({ "system": "urn:s", "code": code, "display": code.to_uppercase() }),
        #[expect(clippy::cast_precision_loss, reason = "small")]
        weight: Some(value as f64),
    };
    let truth = |value: i64| {
        let json = Json::Bool(value == 1);
        Offered { value: value.into(), json, weight: None }
    };
    let one = |item, offered| Answered::One { item, offered };
    let number = Answered::Number {
        item: 1,
        is_quantity: false,
        is_whole: true,
        low: Some(-9.0),
        high: Some(9.0),
    };
    let questions = [
        ("a", "valueCoding", one(0, vec![option(0, "x"), option(1, "y"), option(2, "z")])),
        ("n", "valueInteger", number),
        ("b", "valueBoolean", one(2, vec![truth(0), truth(1)])),
    ];
    let mut nodes = vec![Node { children: vec![1, 2, 3], ..Node::default() }];
    nodes.extend(questions.map(|(link_id, key, answered)| Node {
        link_id: link_id.to_owned(),
        question: Some(Question { key, answered }),
        ..Node::default()
    }));
    let questionnaire = json!({ "resourceType": "Questionnaire", "item": [{ "linkId": "a", "answerOption": [
        { "valueCoding": { "code": "x" }, "extension": [{ "url": "w", "valueDecimal": 0 }] },
        { "valueCoding": { "code": "z" }, "extension": [{ "url": "w", "valueDecimal": 2 }] }] }] });
    World { questionnaire, nodes, ..World::default() }
}

fn evaluated(text: &str, answers: [Option<f64>; 3]) -> Result<Value, String> {
    let world = world();
    // `$a` and so on, so that the cases stay short.
    let path = |name: &str| format!("%resource.item.where(linkId = '{name}').answer.value");
    let text = ["a", "n", "b"]
        .iter()
        .fold(text.to_owned(), |text, name| text.replace(&format!("@{name}"), &path(name)));
    let ast = parse(&text)?;
    let found = Machine::with(&world, &answers, &Machine::enabled_in(&world, &answers))
        .eval(&ast, &Context::at(0))?;
    Ok(value(&world, &found))
}

/// The results are those of fhirpath.js 5.
#[test]
fn expressions_are_evaluated_as_engines_do() {
    let number = |number: f64| Ok(Value::Number(number));
    let truth = |truth: bool| Ok(Value::Truth(truth));
    let text = |text: &str| Ok(Value::Text(text.to_owned()));
    let full = [Some(2.0), Some(-3.0), Some(1.0)];
    let blank = [None, None, None];
    let cases = [
        ("1 + 2 * 3 - 4 / 2", full, number(5.0)),
        ("7 div 2 + 7 mod 2", full, number(4.0)),
        ("-(1 + 2)", full, number(-3.0)),
        ("@a.weight() + @n", full, number(-1.0)),
        ("@a.weight() + 1", blank, Ok(Value::Blank)),
        ("@a.code = 'z'", full, truth(true)),
        ("@a.code != 'z'", blank, Ok(Value::Blank)),
        ("@n > 1 or true", blank, truth(true)),
        ("@n > 1 and false", blank, truth(false)),
        ("@n > 1 xor true", blank, Ok(Value::Blank)),
        ("false implies @b", blank, truth(true)),
        ("(@n > 1).not()", blank, Ok(Value::Blank)),
        ("iif(@n > 1, 'yes', 'no')", blank, text("no")),
        ("iif(@n > 1, 'yes')", blank, Ok(Value::Blank)),
        ("@n.exists() or @a.empty()", full, truth(true)),
        ("(2.5).round() + (-2.5).round(0)", full, number(1.0)),
        ("(2.345).round(1)", full, number(2.3)),
        ("(-1.5).truncate() + (1.5).ceiling() + (-1.5).floor()", full, number(-1.0)),
        ("(4).sqrt() + (2).power(3) + (-1).abs()", full, number(11.0)),
        ("(-1).sqrt()", full, Ok(Value::Blank)),
        ("1 / 0", full, Ok(Value::Blank)),
        ("(1 | 2 | 2).sum()", full, number(3.0)),
        ("1.combine(2).combine(2).avg() * 3", full, number(5.0)),
        ("{}.sum()", full, Ok(Value::Blank)),
        ("{}.count()", full, number(0.0)),
        ("(3 | 1 | 2).min() + (3 | 1 | 2).max()", full, number(4.0)),
        ("(3 | 1 | 2).aggregate($this + $total, 0)", full, number(6.0)),
        ("'1' = 1", full, truth(false)),
        ("0.1 + 0.2 = 0.3", full, truth(true)),
        ("'ab' & {} & 'c'", full, text("abc")),
        ("'ab' + {}", full, Ok(Value::Blank)),
        ("'12'.toInteger() + '1.5'.toDecimal()", full, number(13.5)),
        ("'x'.toDecimal()", full, Ok(Value::Blank)),
        ("@b.toInteger() + true.toDecimal()", full, number(2.0)),
        ("'abc'.substring(1, 1) + 'abc'.substring(2)", full, text("bc")),
        ("'z' in ('x' | 'z')", full, truth(true)),
        ("('x' | 'z') contains @a.code", full, truth(true)),
        ("@a.code ~ 'Z'", full, truth(true)),
        ("@a.select(iif(code = 'z', 5, 0))", full, number(5.0)),
        ("%resource.item.answer.value.count()", full, number(3.0)),
        ("%resource.descendants().where(linkId = 'n').answer.value", full, number(-3.0)),
        ("%resource.repeat(item).where(linkId = 'n').answer.valueInteger", full, number(-3.0)),
        ("%resource.item.where(linkId = 'n').answer.valueDecimal", full, Ok(Value::Blank)),
        ("item.where(linkId = 'a').answer.valueCoding.display", full, text("Z")),
        ("QuestionnaireResponse.item[0].linkId", full, text("a")),
        (
            "%questionnaire.item.where(linkId = 'a').answerOption.where(valueCoding.code = @a.code).extension('w').value",
            full,
            number(2.0),
        ),
        ("%questionnaire.item.answerOption.value.code.first()", blank, text("x")),
        (
            "(1 | 2) + 1",
            full,
            Err("arithmetic has several values where one is expected".to_owned()),
        ),
        ("@a > 1", full, Err("it compares values of different types".to_owned())),
        ("%nobody", full, Err("there is no variable `%nobody`".to_owned())),
        ("(1).nonsense()", full, Err("it uses the function `nonsense`".to_owned())),
        ("1 + // comment\n 2 /* and another */", full, number(3.0)),
        ("1 +", full, Err("it ends too early".to_owned())),
        ("(1", full, Err("it has nothing instead of `)`".to_owned())),
        ("'a", full, Err("it has a text without a closing quote".to_owned())),
        ("@2020-01-01", full, Err("it has a date or a time".to_owned())),
        ("3 days", full, Err("it has a quantity with a unit".to_owned())),
        ("1 is Integer", full, Err("it tests or converts a type by `is` or `as`".to_owned())),
    ];
    for (expression, answers, expected) in cases {
        assert_eq!(evaluated(expression, answers), expected, "{expression} {answers:?}");
    }
}
