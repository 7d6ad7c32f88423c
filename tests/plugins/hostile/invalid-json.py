# expected: answered invalid JSON at line 1, column 1
# in: import
from plugin import *

request()
print("Traceback: nothing is well")
