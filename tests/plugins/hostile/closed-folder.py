# expected: exited with code 3
# in: import
from plugin import *

request()
os.makedirs("a/b/c")
os.chmod("a/b", 0)
os.chmod("a", 0)
os.chmod(".", 0)
sys.exit(3)
