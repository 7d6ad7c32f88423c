# expected: answered incomplete JSON: the answer ends at line 1, column 24
# in: import
from plugin import *

request()
print('{"protocol": 1, "files":', end="")
