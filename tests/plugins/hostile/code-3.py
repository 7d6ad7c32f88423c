# expected: exited with code 3
# in: import
from plugin import *

request()
print("the reason", file=sys.stderr)
sys.exit(3)
