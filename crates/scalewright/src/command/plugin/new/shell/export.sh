#!/bin/sh
# An exporter for scalewright: `scalewright export INSTRUMENT --to example-name --out out`.
#
# scalewright writes one request per line to standard input, and reads one answer per line from standard output. jq reads
# every line as it comes, and prints one line for each. The first request asks what the plug-in is.
exec jq --compact-output --unbuffered '

def description: {
  protocol: 1, kind: "export", name: "example-name", version: "0.1.0",
  summary: "a table of the items and the scores",
  # "serve" means: it answers several requests, so it is started only once.
  features: ["serve"],
  files: [{name: "<id>.<language>.csv", what: "a row for each item and each score"}]
};

# The items with their stems, then the scores in words. Never compute a score in another way.
def rows:
  ["id", "text"],
  (.wording.items as $words | .instrument.items[] | [.id, $words[.id].stem]),
  (.scores.scores[] | select(.published) | [.scale, .formula]);

def export: {
  protocol: 1,
  files: [{
    path: "\(.instrument.id).\(.wording.language).csv",
    # @csv quotes every text. Joining cells with commas would not.
    text: ([rows | @csv + "\n"] | add)
  }]
};

if .request == "describe" then description else export end'
