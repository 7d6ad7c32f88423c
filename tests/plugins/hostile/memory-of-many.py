# expected: used more than 300 MB of memory
# in: import
from plugin import *
import time

request()
for number in range(4):
    if os.fork() == 0:
        block = bytearray(100_000_000)
        time.sleep(600)
time.sleep(600)
