# expected: 1000 are allowed
# in: files
from plugin import *

request()
files(*[f"{number}.toml" for number in range(10_000)])
