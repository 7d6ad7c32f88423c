# expected: nested too many folders
# in: import
from plugin import *

request()
for number in range(1_200):
    os.mkdir("a")
    os.chdir("a")
answer()
