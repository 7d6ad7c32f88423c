# expected: MemoryError
# in: import
from plugin import *

request()
block = bytearray(2_000_000_000)
answer()
