"""Wrong: it keeps the labels of earlier requests."""

from correct import Exporter


class Wrong(Exporter):
    name = "remembers"
    features = ["serve"]
    earlier = 0

    def table(self, request):
        self.earlier += 1
        return super().table(request) + f"requests,{self.earlier},\n"


if __name__ == "__main__":
    Wrong().main()
