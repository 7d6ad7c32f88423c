"""Wrong: it never ends without a request."""

import sys
import time

from correct import Exporter


class Wrong(Exporter):
    name = "waits"
    features = []
    options = []

    def main(self):
        line = sys.stdin.readline()
        while not line:
            time.sleep(0.1)
        sys.stdin = [line]
        super().main()


if __name__ == "__main__":
    Wrong().main()
