# expected: wrote more after its answer
# in: finish
from plugin import *
import time

request(features=["serve"])
answer()
for line in sys.stdin:
    pass
print("more", flush=True)
