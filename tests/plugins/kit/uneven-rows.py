"""Wrong: cells are joined by commas."""

from correct import Exporter


class Wrong(Exporter):
    name = "uneven-rows"
    features = ["serve"]

    def table(self, request):
        ends = request["options"]["ends"].replace("crlf", "\r\n").replace("lf", "\n")
        items = request["instrument"]["items"]
        rows = [f"{i['id']},{self.stem(request, i)},{len(self.labels(request, i))}" for i in items]
        return ends.join(["id,stem,labels", *rows, ""])


if __name__ == "__main__":
    Wrong().main()
