# expected: ran longer than 3 s
# in: import
from plugin import *
import time

request()
time.sleep(600)
