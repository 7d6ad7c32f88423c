# expected: it is absolute
# in: files
from plugin import *

request()
files("/tmp/outside.toml")
