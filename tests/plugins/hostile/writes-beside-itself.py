# expected: PermissionError
# in: import
from plugin import *

request()
with open(os.path.join(os.path.dirname(__file__), "written"), "w") as file:
    file.write("outside")
answer()
