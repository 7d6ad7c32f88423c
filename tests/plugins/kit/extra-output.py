"""Wrong: it prints a message beside its answer."""

from correct import Exporter


class Wrong(Exporter):
    name = "extra-output"
    features = []
    options = []

    def export(self, request):
        print("exporting", request["instrument"]["id"])
        return super().export(request)


if __name__ == "__main__":
    Wrong().main()
