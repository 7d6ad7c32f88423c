# expected: was ended by signal 11 (SIGSEGV)
# in: import
from plugin import *
import signal

request()
os.kill(os.getpid(), signal.SIGSEGV)
