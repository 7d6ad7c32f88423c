# expected: follows protocol 2, this program 1
# in: start
from plugin import *

request(protocol=2, news=[1])
