# expected: contains `.` or `..`
# in: files
from plugin import *

request()
files("../outside.toml")
