# expected: wrote more than 1000 files
# in: import
from plugin import *

request()
for number in range(1_200):
    os.mkdir("a")
    os.chdir("a")
answer()
