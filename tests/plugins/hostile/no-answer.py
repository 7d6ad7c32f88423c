# expected: answered nothing
# in: import
from plugin import *

request()
