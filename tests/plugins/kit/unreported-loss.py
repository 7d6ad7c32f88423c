"""Wrong: a declared loss is not reported."""

from correct import Exporter


class Wrong(Exporter):
    name = "unreported-loss"
    features = ["serve"]

    def losses(self, request):
        return []


if __name__ == "__main__":
    Wrong().main()
