# expected: its `kind` is `export`, and it is used as `import`
# in: start
from plugin import *

request(kind="export")
