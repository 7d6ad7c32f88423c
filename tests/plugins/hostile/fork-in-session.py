# expected: left a process running
# in: import
from plugin import *
import time

request()
if os.fork() == 0:
    os.setsid()
    time.sleep(600)
answer()
