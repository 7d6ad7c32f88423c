# expected: wrote more than 4 MB
# in: import
from plugin import *
import time

request()
for number in range(20):
    with open(f"{number}", "wb") as file:
        file.truncate(3_000_000)
time.sleep(600)
