# expected: PermissionError
# in: import
from plugin import *

request()
os.kill(os.getppid(), 0)
answer()
