# expected: was ended by signal 25 (SIGXFSZ)
# in: import
from plugin import *
import signal

request()
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
with open("sparse", "wb") as file:
    file.truncate(10_000_000_000)
answer()
