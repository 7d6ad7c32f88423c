# expected: exited with code 3
# in: import
from plugin import *

request()
answer()
sys.exit(3)
