# expected: its feature `fly` is not known
# in: start
from plugin import *

request(features=["fly"])
