# expected: left a process running
# in: import
from plugin import *
import time

request()
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.chdir("/")
        for stream in (0, 1, 2):
            os.close(stream)
        time.sleep(600)
    os._exit(0)
os.wait()
answer()
