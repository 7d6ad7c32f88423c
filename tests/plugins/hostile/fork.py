# expected: left a process running
# in: import
from plugin import *
import time

request()
if os.fork() == 0:
    for stream in (0, 1, 2):
        os.close(stream)
    time.sleep(600)
answer()
