# expected: its `name` is `impostor`
# in: start
from plugin import *

request(name="impostor")
