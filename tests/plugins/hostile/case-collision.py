# expected: the same file on some systems
# in: files
from plugin import *

request()
files("Sub/instrument.toml", "sub/instrument.toml")
