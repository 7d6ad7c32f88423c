# expected: the key `flies` is not known
# in: import
from plugin import *

request()
answer(flies=[])
