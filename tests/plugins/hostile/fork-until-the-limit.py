# expected: ran longer than 3 s
# in: import
from plugin import *
import time

request()
for number in range(5):
    if os.fork() == 0:
        os.setsid()
        time.sleep(600)
time.sleep(600)
