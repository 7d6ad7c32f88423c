"""Wrong: a loss is reported that the description does not declare."""

from correct import Exporter


class Wrong(Exporter):
    name = "undeclared-loss"
    features = ["serve"]

    def losses(self, request):
        loss = {"at": "/title", "what": "the title", "because": "it is too long"}
        return [*super().losses(request), loss]


if __name__ == "__main__":
    Wrong().main()
