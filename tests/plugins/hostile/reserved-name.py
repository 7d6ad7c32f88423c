# expected: Windows reserves
# in: files
from plugin import *

request()
files("sub/NUL.txt")
