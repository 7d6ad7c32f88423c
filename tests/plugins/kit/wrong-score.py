"""Wrong: a missing answer counts as 0."""

from correct import Exporter
from scores import Scores


class Wrong(Exporter):
    name = "wrong-score"

    def scored(self, export, row):
        return Scores(export, {item: 0 if answer is None else answer for item, answer in row.items()})


if __name__ == "__main__":
    Wrong().main()
