#!/bin/sh
# An importer for scalewright: a text file with one statement per line becomes a definition.
#
# scalewright writes one request per line to standard input, and reads one answer per line from standard output. jq reads
# every line as it comes, and prints one line for each. The first request asks what the plug-in is.
exec jq --compact-output --unbuffered '

def description: {
  protocol: 1, kind: "import", name: "example-name", version: "0.1.0", summary: "statements, one per line",
  features: ["serve"],
  formats: [{what: "a text file with one statement per line", endings: ["txt"]}]
};

def head: "format = 1
id = \"imported\"
title = \"Imported statements\"
version = \"0.1.0\"
status = \"development\"
language = \"en\"
rights = { holder = \"TODO: who owns the words\", licence = \"TODO\", wording = \"included\" }
administration = { respondent = \"self\" }
response-scales.agreement.options = [{ value = 0, label = \"No\" }, { value = 1, label = \"Yes\" }]
";

# A text of JSON is a text of TOML, once control characters are removed.
def item($number; $stem):
  "\n[[items]]\nid = \"i\($number)\"\nresponse = \"agreement\"\nstem = \($stem | tojson)\n";

def stems: .base64 | @base64d | split("\n")
  | map(explode | map(select(. >= 32 and . != 127)) | implode | select(test("[^ ]")));

def definition: stems as $stems
  | if $stems == [] then {protocol: 1, refusal: {message: "the file has no statement"}}
    else {protocol: 1, files: [{path: "instrument.toml",
      text: ([head, ($stems | to_entries[] | item(.key + 1; .value))] | add)}]} end;

if .request == "describe" then description else definition end'
