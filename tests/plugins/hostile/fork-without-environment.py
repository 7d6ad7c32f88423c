# expected: left a process running
# in: import
from plugin import *
import time

request()
# The environment is cleared, but the process was seen as a child.
if os.fork() == 0:
    os.setsid()
    os.chdir("/")
    os.execve("/usr/bin/sleep", ["sleep", "600.125"], {})
time.sleep(0.3)
answer()
