# expected: ran longer than 3 s
# in: import
from plugin import *
import signal, time

request()
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
    signal.signal(number, signal.SIG_IGN)
time.sleep(600)
