#!/bin/sh
# A lint plug-in for scalewright: `scalewright check INSTRUMENT --lints example-name`.
#
# scalewright writes one request per line to standard input, and reads one answer per line from standard output. jq reads
# every line as it comes, and prints one line for each. The first request asks what the plug-in is.
exec jq --compact-output --unbuffered '

# The most characters of a stem.
def longest: 120;

def description: {
  protocol: 1, kind: "lint", name: "example-name", version: "0.1.0", summary: "rules of our house",
  # "serve" means: it answers several requests, so it is started only once.
  features: ["serve"],
  # The name states the defect. `scalewright.toml` sets another level under [lints.example-name].
  lints: [{name: "long-stem", summary: "a stem has more than \(longest) characters", level: "warning"}]
};

# The place is a JSON pointer into the definition; scalewright shows its line. `about` is for an [[allow]].
def finding($item; $length): {
  code: "long-stem", message: "the stem of `\($item.id)` has \($length) characters",
  at: $item.at, about: $item.id, help: ["write at most \(longest) characters"]
};

def lint: {
  protocol: 1,
  findings: [
    (.wordings[0].items // {}) as $words | .instrument.items[]
    | ($words[.id].stem // "" | length) as $length | select($length > longest) | finding(.; $length)
  ]
};

if .request == "describe" then description else lint end'
