"""Wrong: names are longer than the description allows."""

from correct import Exporter


class Wrong(Exporter):
    name = "long-name"
    features = ["serve"]

    def table(self, request):
        scores = (score["scale"] for score in request["scores"]["scores"] if score["published"])
        return super().table(request) + "".join(f"{score}_raw,,\n" for score in scores)


if __name__ == "__main__":
    Wrong().main()
