"""Wrong: scores that may not be published are printed."""

from correct import Exporter


class Wrong(Exporter):
    name = "recalled-score"
    features = ["serve"]

    def is_printed(self, score):
        return True


if __name__ == "__main__":
    Wrong().main()
