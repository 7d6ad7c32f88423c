#!/bin/sh
# Checks the plug-in: every answer must be valid, the same each time, and escaped for its kind of file.
set -eu
cd "$(dirname "$0")"
#BUILD
scalewright plugin check example-name --trust-plugins
