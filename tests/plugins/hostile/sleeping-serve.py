# expected: ran longer than 3 s
# in: import
from plugin import *
import time

request(features=["serve"])
time.sleep(600)
