# expected: wrote more than 1000 files
# in: import
from plugin import *

request()
for number in range(10_000):
    os.symlink("/etc/passwd", f"{number}")
answer()
