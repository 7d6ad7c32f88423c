"""Wrong: a finding is at a place that does not exist."""

from correct import Exporter


class Wrong(Exporter):
    name = "missing-place"
    features = ["serve"]

    def export(self, request):
        count = len(request["instrument"]["items"])
        finding = {"code": "last-item", "message": "the last item is short", "at": f"/items/{count}/stem"}
        return {**super().export(request), "diagnostics": [finding]}


if __name__ == "__main__":
    Wrong().main()
