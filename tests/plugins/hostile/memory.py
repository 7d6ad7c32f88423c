# expected: MemoryError
# in: import
from plugin import *

request()
held = bytearray(2_000_000_000)
answer()
