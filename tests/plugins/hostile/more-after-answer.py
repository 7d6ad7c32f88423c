# expected: wrote more after its answer: `more`
# in: import
from plugin import *

request()
answer()
print("more")
