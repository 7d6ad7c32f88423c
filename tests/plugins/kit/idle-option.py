"""Wrong: it ignores an option."""

from correct import Exporter


class Wrong(Exporter):
    name = "idle-option"
    features = ["serve"]

    def labels(self, request, item):
        return ""


if __name__ == "__main__":
    Wrong().main()
