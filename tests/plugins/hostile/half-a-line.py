# expected: stopped answering before it answered a request
# in: import
from plugin import *

request(features=["serve"])
print('{"protocol": 1, "files":', end="")
