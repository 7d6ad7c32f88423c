#!/bin/sh
# An exporter for scalewright in shell and jq: a data dictionary as a Markdown page.
# jq reads each request as it comes, and prints one line for it. So the program serves many requests.
exec jq --compact-output --unbuffered '

def description: {
  protocol: 1, kind: "export", name: "datadict", version: "1.0.0", features: ["serve"],
  summary: "a data dictionary as Markdown",
  options: [{name: "labels", summary: "whether values have their labels", type: "switch", default: "yes"}],
  files: [{name: "<id>.<language>.md", what: "a table of the items, and a table of the scores"}],
  losses: [
    {keys: ["scales[].bands"], what: "the list of bands of `{id}`", because: "the page has no place for it"},
    {keys: ["scales", "flags", "norms"], what: "the score `{id}`", because: "its key is only recalled",
     when: "if its key may not be published"}
  ]
};

# Whatever has a meaning in Markdown gets a backslash. A line break becomes a blank: a row is one line.
def cell: tostring | explode | map(
    if . < 32 then 32
    elif . < 48 or (. > 57 and . < 65) or (. > 90 and . < 97) or (. > 122 and . < 127)
    then (if . == 32 then . else 92, . end)
    else . end
  ) | implode;

def row: "| " + (map(cell) | join(" | ")) + " |\n";
def table($head): ($head | row) + "|" + ($head | map("---|") | add) + "\n" + (map(row) | add // "");

# The answers to an item: the options, or the numbers that are accepted, or the kind of answer.
def answers($item):
  .scores.answers[$item.id].accepted as $accepted | .options.labels as $labels
  | .wording.response_scales[$item.response].options as $options
  | if $options != [] then $options | map("\(.value)" + if $labels then " = \(.label)" else "" end) | join("; ")
    elif $accepted then "\($accepted.min) to \($accepted.max)"
    else .instrument.response_scales[] | select(.id == $item.response) | .kind end;

def items: . as $request | [.instrument.items[] | . as $item
  | [.id, $request.wording.items[.id].stem, ($request | answers($item))]];

def scores: .wording.scales as $names | [.scores.scores[] | select(.published)
  | [.scale, $names[.scale].title, "\(.range.any.low) to \(.range.any.high)", .formula]];

def losses: [
  (.instrument.scales[] | select(.bands != [])
    | {at, what: "the list of bands of `\(.id)`", because: "the page has no place for it"}),
  (.scores.scores[] | select(.published | not)
    | {at, what: "the score `\(.scale)`", because: .withheld_because})
];

def export: {
  protocol: 1, losses: losses,
  files: [{
    path: "\(.instrument.id).\(.wording.language).md",
    text: ("# \(.wording.title | cell)\n\n## Items\n\n"
      + (items | table(["item", "stem", "answers"])) + "\n## Scores\n\n"
      + (scores | table(["score", "name", "range", "formula"])))
  }]
};

if .request == "describe" then description else export end'
