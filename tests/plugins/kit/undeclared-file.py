"""Wrong: a file has a name that the description does not declare."""

from correct import Exporter


class Wrong(Exporter):
    name = "undeclared-file"
    features = ["serve"]

    def export(self, request):
        answer = super().export(request)
        answer["files"].append({"path": "notes.txt", "text": "Notes.\n"})
        return answer


if __name__ == "__main__":
    Wrong().main()
