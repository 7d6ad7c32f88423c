# expected: PermissionError
# in: import
from plugin import *

request()
with open("/tmp/scalewright-outside", "w") as file:
    file.write("outside")
answer()
