# expected: PermissionError
# in: import
from plugin import *

request()
import socket
socket.create_connection(("127.0.0.1", 9), timeout=1)
answer()
