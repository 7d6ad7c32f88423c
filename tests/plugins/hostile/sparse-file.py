# expected: exited with code 1
# in: import
from plugin import *

request()
with open("sparse", "wb") as file:
    file.truncate(10_000_000_000)
answer()
