"""Wrong: the order of a set depends on the seed of the process."""

from correct import Exporter


class Wrong(Exporter):
    name = "not-deterministic"
    features = ["serve"]

    def labels(self, request, item):
        words = {"one", "two", "three", "four", "five", "six", "seven", "eight"}
        return "; ".join(words) + super().labels(request, item)


if __name__ == "__main__":
    Wrong().main()
