"""Wrong: half a request is no error for it."""

import json

from correct import Exporter


class Wrong(Exporter):
    name = "swallows-errors"
    features = []
    options = []

    def main(self):
        try:
            super().main()
        except json.JSONDecodeError:
            pass


if __name__ == "__main__":
    Wrong().main()
