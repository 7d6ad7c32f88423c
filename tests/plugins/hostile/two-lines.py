# expected: wrote more after its answer
# in: import
from plugin import *
import time

request(features=["serve"])
print('{"protocol": 1}\n{"protocol": 1}', flush=True)
time.sleep(600)
