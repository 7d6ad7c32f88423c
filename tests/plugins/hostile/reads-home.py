# expected: PermissionError
# in: import
from plugin import *

request()
import pwd
os.listdir(pwd.getpwuid(os.getuid()).pw_dir)
answer()
