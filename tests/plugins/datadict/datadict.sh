#!/bin/sh
# An exporter for scalewright in shell and jq: a data dictionary as a Markdown page.
exec jq --compact-output --unbuffered '

def description: {
  protocol: 1, kind: "export", name: "datadict", version: "1.0.0", features: ["serve"],
  summary: "a data dictionary as Markdown",
  files: [{name: "<id>.<language>.md", what: "a table of the items, and a table of the scores"}],
  losses: [{keys: ["scales[].bands"], what: "the bands", because: "the page describes variables, not their meaning"}]
};

# Every character with a meaning in Markdown gets a backslash, and a line break becomes a blank: a table row is one line.
def cell: tostring | explode | map(
    if . < 32 then 32 elif ([.] | implode | inside("\\`*_{}[]<>()#+.!|&~$:@=^-")) then (92, .) else . end
  ) | implode;

def row: "| " + (map(cell) | join(" | ")) + " |\n";
def head: row + (map("---") | row | gsub("\\\\"; ""));
