# expected: contains a control character
# in: import
from plugin import *

request()
answer(refusal={"message": "\u001b[2Jall is well"})
