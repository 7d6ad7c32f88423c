# expected: answered more than 4 MB
# in: import
from plugin import *

request()
while True:
    print("a" * 65536)
