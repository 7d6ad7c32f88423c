# expected: ran longer than 3 s
# in: import
from plugin import *

request()
while True:
    print("a" * 65536, file=sys.stderr)
