# expected: left a process running
# in: import
from plugin import *
import time

request()
if os.fork() == 0:
    time.sleep(600)
answer()
